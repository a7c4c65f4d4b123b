"""The door to Telegram: a screen goes in, what became of it comes out."""

from collections.abc import Sequence
from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.finder import Finder
from bot.reading import ReadingRoom
from bot.screen import Screen
from core.lookup import Look
from core.model import ChatId, MessageId, Target
from core.outbox import Ending, Gone, Later, Moved, Never, NoTopic, Outcome, Sent, Shut, Unknown

_NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"})
"""Causes that prove that nothing reached Telegram."""

_NO_RIGHTS = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_admin_required",
    "chat_restricted",
    "write_forbidden",
    "send_plain_forbidden",
    "user_banned_in_channel",
)
_NO_CHAT = ("user is deactivated", "chat was deactivated", "chat was deleted", "chat not found", "peer_id_invalid")
"""Will never be there again."""
_LEFT_CHAT = ("bot was blocked", "bot was kicked", "bot is not a member", "can't initiate conversation")
"""May let the bot in again."""


class Messenger:
    """Sends, edits and finds again through the Bot API; expected trouble is an outcome, sorted by its cause."""

    def __init__(self, bot: Bot, *, room: ReadingRoom | None = None) -> None:
        """`room`: where posts of channels can be read."""
        self._bot = bot
        self._room = room

    async def send(
        self, target: Target, screen: Screen, *, edits: MessageId | None, replies_to: MessageId | None = None
    ) -> Outcome:
        """Sends a new message, perhaps under another, or turns the message `edits` into this screen."""
        try:
            if edits is None:
                return Sent(MessageId((await self._new(target, screen, replies_to)).message_id))
            await self._edit(target, screen, edits)
            return Sent(edits)
        except TelegramError as error:
            bare = screen.without_links()
            if isinstance(error, BadRequest) and "url" in error.message.lower() and bare != screen:
                # A button's address that Telegram does not like must not cost the message.
                return await self.send(target, bare, edits=edits, replies_to=replies_to)
            return outcome_of(error, edits=edits)

    async def find(self, target: Target, numbers: Sequence[MessageId], screen: Screen, *, exact: bool) -> Look:
        """Whether a message that was sent is there, under one of these numbers.

        `exact` says that it was this screen to the letter; else its first line is what it began with.
        """
        finder = Finder(self._bot, target.chat, screen, keyboard=_keyboard, exact=exact, room=self._room)
        try:
            return await finder.find(numbers)
        except TelegramError as error:
            match outcome_of(error, edits=None):
                case Later() | Gone() | Moved() as trouble:
                    return trouble
                case _:
                    return Later(timedelta(0), error.message)

    async def _new(self, target: Target, screen: Screen, replies_to: MessageId | None) -> Message:
        if screen.file:
            return await self._bot.send_document(
                target.chat,
                screen.file.text.encode(),
                filename=screen.file.name,
                caption=screen.text,
                parse_mode=ParseMode.HTML,
                message_thread_id=target.thread or None,
                reply_markup=_keyboard(screen),
            )
        return await self._bot.send_message(
            target.chat,
            screen.text,
            parse_mode=ParseMode.HTML,
            message_thread_id=target.thread or None,
            reply_markup=_keyboard(screen),
            link_preview_options=_SMALL_PREVIEW,
            reply_parameters=ReplyParameters(replies_to, allow_sending_without_reply=True) if replies_to else None,
        )

    async def _edit(self, target: Target, screen: Screen, message: MessageId) -> None:
        await self._bot.edit_message_text(
            screen.text,
            target.chat,
            message,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(screen),
            link_preview_options=_SMALL_PREVIEW,
        )


_SMALL_PREVIEW = LinkPreviewOptions(prefer_small_media=True)


def outcome_of(error: TelegramError, *, edits: MessageId | None) -> Outcome:
    """What a failure means. Order matters: to python-telegram-bot a `BadRequest` is a `NetworkError`."""
    reason = error.message
    match error:
        case RetryAfter():
            wait = error.retry_after  # an int now, a timedelta in a later version
            return Later(wait if isinstance(wait, timedelta) else timedelta(seconds=wait), "too many requests")
        case ChatMigrated():
            return Moved(ChatId(error.new_chat_id))
        case Forbidden():
            return _ending(reason) or Gone(reason, final=False)
        case BadRequest():
            return _refused(reason, edits)
        case InvalidToken() | Conflict():
            return Later(timedelta(minutes=1), reason, everyone=True)
        case TimedOut() | NetworkError() if type(error.__cause__).__name__ in _NEVER_LEFT:
            return Later(timedelta(seconds=3), reason, everyone=True)
    if type(error.__cause__).__name__ == "JSONDecodeError":
        return Sent(edits)  # a 200 whose text broke off: it is in the chat, its number is not known
    return Unknown(reason)


def _refused(reason: str, edits: MessageId | None) -> Outcome:
    lower = reason.lower()
    if "message is not modified" in lower:
        return Sent(edits)
    return _ending(reason) or Never(reason)


def _ending(reason: str) -> Ending | None:
    """What Telegram says of the whole chat or topic; by words, for it gives no codes."""
    lower = reason.lower()
    if "thread not found" in lower or "topic_deleted" in lower or "topic_id_invalid" in lower:
        return NoTopic()
    if "topic_closed" in lower:
        return Shut(reason, topic=True)
    if any(words in lower for words in _NO_RIGHTS):
        return Shut(reason, topic=False)
    if any(words in lower for words in _NO_CHAT):
        return Gone(reason, final=True)
    return Gone(reason, final=False) if any(words in lower for words in _LEFT_CHAT) else None


def _keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(button.label, url=button.value)
                if button.action == "url"
                else InlineKeyboardButton(button.label, callback_data=button.value)
                for button in row
            ]
            for row in screen.rows
        ]
    )
