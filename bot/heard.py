"""What a person did, out of what Telegram sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from telegram import MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType

from core.belongings import LARGEST
from core.model import BotId, ChatId, MessageId, Target

ALLOWED = ("message", "callback_query", "my_chat_member")
"""The kinds of update we ask for."""


Place = Literal["private", "group", "channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """A message in a private chat, or one in a group that is for us; `text` is absent for pictures and the like."""

    target: Target
    """Where it was written, or, where a person tends another chat from theirs, that chat."""
    language_code: str | None
    text: str | None
    name: str = field(default="", compare=False)
    """Of the person, as Telegram gives it; what was done is the same by any name."""
    file: str | None = None
    """What Telegram calls a file that was sent, where it is small enough to be read."""
    file_name: str = ""
    """What its sender calls it."""
    place: Place = "private"
    by: ChatId | None = None
    """In a group: who wrote; `None` for an administrator who hides their name."""
    home: Target | None = None
    """The private chat from which another is tended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button under one of our messages: its word, and what follows it."""

    target: Target
    """Where it was pressed, or, where a person tends another chat from theirs, that chat."""
    language_code: str | None
    message: MessageId
    key: str
    values: tuple[str, ...]
    name: str = field(default="", compare=False)
    """Of the person, as Telegram gives it; what was done is the same by any name."""
    place: Place = "private"
    by: ChatId | None = None
    """In a group or channel: who pressed."""
    home: Target | None = None
    """The private chat from which another is tended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The person blocked the bot, or it was removed from the group or channel."""

    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """The person unblocked the bot."""

    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The bot was added to a group or channel; `by` is absent where an administrator hides their name."""

    target: Target
    title: str
    by: ChatId | None
    language_code: str | None
    can_post: bool
    place: Place = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the bot may do in its group or channel has changed."""

    target: Target
    title: str
    can_post: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """The group became a supergroup: its target has another number from now on."""

    target: Target
    to: ChatId


Joined = Left | Back | Added | Rights | Upgraded
"""Where the bot is, and what it may do there."""

Said = Wrote | Pressed | Joined


def said(payload: str, bot: BotId) -> Said | None:
    """What the update says, or `None` where it is nothing for us, as most of what is said in groups."""
    read = json.loads(payload)
    if read.get("my_chat_member"):
        return _joined(read["my_chat_member"], bot)
    update = Update.de_json(read, None)
    if update.callback_query:
        return _pressed(update, bot)
    message = update.message
    if message is None:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return _upgraded(message, bot) or _said_in_group(message, bot)
    person = message.from_user
    return Wrote(
        target=_target(bot, message.chat.id),
        language_code=person.language_code if person else None,
        text=message.text,
        file=_file(message),
        file_name=(message.document.file_name or "") if message.document else "",
        name=person.full_name if person else "",
    )


def _pressed(update: Update, bot: BotId) -> Pressed | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    message, place = query.message, _place(query.message.chat.type)
    key, *values = (query.data or "").split(":")
    return Pressed(
        target=_target(bot, message.chat.id, thread=_thread(message)),
        language_code=query.from_user.language_code,
        message=MessageId(message.message_id),
        place=place,
        by=None if place == "private" else ChatId(query.from_user.id),
        key=key,
        values=tuple(values),
        name=query.from_user.full_name,
    )


def _file(message: Message) -> str | None:
    document = message.document
    return document.file_id if document and (document.file_size or 0) <= LARGEST else None


def _said_in_group(message: Message, bot: BotId) -> Wrote | None:
    """A command, or an answer to a message of ours: nothing else said there is for us, even where we hear it."""
    if message.chat.type == ChatType.CHANNEL:
        return None
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    text = message.text or ""
    if not text.startswith("/") and (answered is None or answered.id != bot):
        return None
    writer, speaker = message.from_user, message.sender_chat
    hidden = speaker is not None and speaker.id == message.chat.id
    if not hidden and (writer is None or writer.is_bot or speaker is not None):
        return None
    return Wrote(
        target=_target(bot, message.chat.id, thread=_thread(message)),
        language_code=writer.language_code if writer and not hidden else None,
        text=text,
        place="group",
        by=None if hidden or writer is None else ChatId(writer.id),
    )


def _thread(message: MaybeInaccessibleMessage) -> int:
    """The topic of a forum; elsewhere a number of the kind only tells of a row of answers."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id or 0
    return 0


def _place(kind: str) -> Place:
    if kind == ChatType.PRIVATE:
        return "private"
    return "channel" if kind == ChatType.CHANNEL else "group"


def _upgraded(message: Message, bot: BotId) -> Upgraded | None:
    """Either chat tells of it, each with the other's number."""
    if message.migrate_to_chat_id:
        return Upgraded(target=_target(bot, message.chat.id), to=ChatId(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        return Upgraded(target=_target(bot, message.migrate_from_chat_id), to=ChatId(message.chat.id))
    return None


def _joined(change: Mapping[str, Any], bot: BotId) -> Joined | None:
    """Read as it came: the library refuses a member that lacks one of the rights of its own version."""
    chat, before, after = change["chat"], change["old_chat_member"], change["new_chat_member"]
    target = _target(bot, chat["id"])
    if chat["type"] == ChatType.PRIVATE:
        return Left(target=target) if after["status"] == "kicked" else Back(target=target) if _inside(after) else None
    if not _inside(after):
        return Left(target=target)
    title, can_post = str(chat.get("title", "")), _can_post(after, chat)
    if _inside(before):
        return Rights(target=target, title=title, can_post=can_post)
    person = change["from"]
    return Added(
        target=target,
        title=title,
        by=None if person.get("is_bot") else ChatId(person["id"]),
        language_code=None if person.get("is_bot") else person.get("language_code"),
        can_post=can_post,
        place=_place(chat["type"]),
    )


def _inside(member: Mapping[str, Any]) -> bool:
    if member["status"] == "restricted":
        return bool(member.get("is_member"))
    return member["status"] not in ("left", "kicked")


def _can_post(member: Mapping[str, Any], chat: Mapping[str, Any]) -> bool:
    """As far as Telegram says: a group may forbid all its members to write, which only a try shows."""
    if chat["type"] == ChatType.CHANNEL:
        return bool(member.get("can_post_messages"))
    return member["status"] != "restricted" or bool(member.get("can_send_messages"))


def _target(bot: BotId, chat: int, *, thread: int = 0) -> Target:
    return Target(bot=bot, chat=ChatId(chat), thread=thread)
