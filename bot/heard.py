"""What a person did, out of what Telegram sent."""

import json
from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType

from core.model import BotId, ChatId, MessageId, Target

ALLOWED = ("message", "callback_query", "my_chat_member")
"""The kinds of update we ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """A message in a private chat; `text` is absent for pictures and the like."""

    target: Target
    language_code: str | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button under one of our messages: its word, and what follows it."""

    target: Target
    language_code: str | None
    message: MessageId
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The person blocked the bot."""

    target: Target


Said = Wrote | Pressed | Left


def said(payload: str, bot: BotId) -> Said | None:
    """What the update says, or `None` where it is nothing for us: groups and channels are not answered yet."""
    update = Update.de_json(json.loads(payload), None)
    if update.my_chat_member:
        return _left(update, bot)
    if update.callback_query:
        return _pressed(update, bot)
    message = update.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    code = message.from_user.language_code if message.from_user else None
    return Wrote(target=_target(bot, message.chat.id), language_code=code, text=message.text)


def _pressed(update: Update, bot: BotId) -> Pressed | None:
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    key, *values = (query.data or "").split(":")
    return Pressed(
        target=_target(bot, query.message.chat.id),
        language_code=query.from_user.language_code,
        message=MessageId(query.message.message_id),
        key=key,
        values=tuple(values),
    )


def _left(update: Update, bot: BotId) -> Left | None:
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE or change.new_chat_member.status != "kicked":
        return None
    return Left(target=_target(bot, change.chat.id))


def _target(bot: BotId, chat: int) -> Target:
    return Target(bot=bot, chat=ChatId(chat))
