"""Is a message of ours in a chat that may have arrived, and which number has it?

A reaction that changes nothing tells which of the numbers exist there. One that does may be somebody else's: only ours
takes an edit to the buttons that ours has already. In a channel the bot may be allowed to edit other people's posts,
so a post is compared with what was sent, by forwarding it to where nobody minds.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.reading import ReadingRoom
from bot.says import plain
from bot.screen import Screen
from core.lookup import MARGIN, MOST_SEARCHED, Absent, Look, Unfindable, Unfinished, sequence_of
from core.model import ChatId, MessageId
from core.outbox import Sent

log = logging.getLogger(__name__)
T = TypeVar("T")

_AT_A_TIME = 4
"""Questions on their way."""
_TRIES = 4
"""Of one question: asked twice it changes nothing, so a failure that may pass costs the look-up nothing."""
_MOST_COPIES = 10
"""Posts that are read: each is a message to the service chat."""
_PATIENCE = 5.0
"""Seconds for an answer."""
_NO_MESSAGE = (
    "message to react not found",
    "message to edit not found",
    "message_id_invalid",
    "message identifier is not specified",
)
_NO_CHAT = ("chat not found", "kicked", "deactivated", "not a member", "peer_id_invalid", "channel_private")


class Finder:
    """Looks through one chat for one screen; raises `TelegramError` where Telegram does not let it look."""

    def __init__(
        self,
        bot: Bot,
        chat: ChatId,
        screen: Screen,
        *,
        keyboard: Callable[[Screen], InlineKeyboardMarkup | None],
        exact: bool,
        room: ReadingRoom | None,
    ) -> None:
        """`exact`: the screen is what was sent; else its first line alone is."""
        self._bot = bot
        self._chat = chat
        self._screen = screen
        self._keyboard = keyboard
        self._exact = exact
        self._room = room
        self._channel: bool | None = None

    async def find(self, numbers: Sequence[MessageId]) -> Look:
        """The message, if it has one of these numbers."""
        if sequence_of(self._chat):
            return await self._find_among_others(numbers)
        for asked in _pieces(numbers, _AT_A_TIME):
            found = await self._ours_of(await self._existing(asked))
            if found:
                return found
        return Absent()

    async def _find_among_others(self, numbers: Sequence[MessageId]) -> Look:
        """Others write here, and we do not hear of it: so on to where nothing is any more, and back from there."""
        there: list[MessageId] = []
        looked, top = 0, numbers[-1]
        waiting = list(_pieces(numbers, _AT_A_TIME))
        while waiting:
            asked = waiting.pop(0)
            there += await self._existing(asked)
            looked += len(asked)
            if looked > MOST_SEARCHED:
                return Unfindable("too much was written since")
            if not waiting and there and top - there[-1] < MARGIN:
                waiting = [[MessageId(number) for number in range(top + 1, top + 1 + _AT_A_TIME)]]
                top = waiting[0][-1]
        return await self._ours_of(there[::-1]) or Absent()

    async def _existing(self, numbers: Sequence[MessageId]) -> list[MessageId]:
        answers = await _all(map(self._exists, numbers))
        return [number for number, there in zip(numbers, answers, strict=True) if there]

    async def _ours_of(self, numbers: Sequence[MessageId]) -> Sent | Unfinished | Unfindable | None:
        """The first of these that is ours."""
        if numbers and await self._in_channel():
            return await self._ours_of_posts(numbers)
        for asked in _pieces(numbers, _AT_A_TIME):
            for number, ours in zip(asked, await _all(map(self._takes_an_edit, asked)), strict=True):
                if isinstance(ours, Unfindable):
                    return ours
                if ours:
                    return Sent(number)
        return None

    async def _ours_of_posts(self, numbers: Sequence[MessageId]) -> Sent | Unfinished | Unfindable | None:
        for number in _from_both_ends(numbers)[:_MOST_COPIES]:
            ours = await self._reads_the_same(number)
            if isinstance(ours, Unfinished | Unfindable):
                return ours
            if ours:
                return Sent(number)
        return Unfindable("others posted too much to compare") if len(numbers) > _MOST_COPIES else None

    async def _exists(self, number: MessageId) -> bool:
        """Any answer but "not found" is one that the message got."""
        try:
            await _asked(
                lambda: self._bot.set_message_reaction(self._chat, number, reaction=[], read_timeout=_PATIENCE)
            )
        except BadRequest as error:
            if _says(error, _NO_CHAT):
                raise
            return not _says(error, _NO_MESSAGE)
        return True

    async def _in_channel(self) -> bool:
        if self._channel is None:
            self._channel = (
                bool(sequence_of(self._chat))
                and (await _asked(lambda: self._bot.get_chat(self._chat))).type == ChatType.CHANNEL
            )
        return self._channel

    async def _takes_an_edit(self, number: MessageId, screen: Screen | None = None) -> bool | Unfindable:
        screen = screen or self._screen
        try:
            await _asked(
                lambda: self._bot.edit_message_reply_markup(
                    self._chat, number, reply_markup=self._keyboard(screen), read_timeout=_PATIENCE
                )
            )
        except BadRequest as error:
            if _says(error, ("message is not modified",)):
                return True
            if _says(error, ("can't be edited", *_NO_MESSAGE)):
                return False
            if _says(error, ("url",)) and screen.without_links() != screen:
                return await self._takes_an_edit(number, screen.without_links())
            if _says(error, _NO_CHAT):
                raise
            return Unfindable(error.message)
        return True

    async def _reads_the_same(self, number: MessageId) -> bool | Unfinished | Unfindable:
        if self._room is None:
            return Unfindable("others post there, and no telegram.service_chat is set to compare in")
        text = await self._room.text_of(self._chat, number)
        if not isinstance(text, str):
            return text
        return _same(text, plain(self._screen.text), exact=self._exact)


def _from_both_ends(numbers: Sequence[MessageId]) -> list[MessageId]:
    """Others posted much before ours, or much since; seldom both."""
    return [number for pair in zip(numbers, reversed(numbers), strict=True) for number in pair][: len(numbers)]


def _pieces(numbers: Sequence[MessageId], size: int) -> Iterator[Sequence[MessageId]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))


async def _all(questions: Iterable[Awaitable[T]]) -> list[T]:
    """All answers, once none is on its way any more; raises the first error."""
    answers: list[T] = []
    for answer in await asyncio.gather(*questions, return_exceptions=True):
        if isinstance(answer, BaseException):
            raise answer
        answers.append(answer)
    return answers


async def _asked(question: Callable[[], Awaitable[T]]) -> T:
    """The answer to a question that may be asked twice."""
    for _ in range(_TRIES - 1):
        try:
            return await question()
        except (BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter):
            raise
        except TelegramError as error:
            log.debug("asked again", extra={"reason": error.message})
    return await question()


def _says(error: TelegramError, words: Sequence[str]) -> bool:
    return any(word in error.message.lower() for word in words)


def _same(seen: str, sent: str, *, exact: bool) -> bool:
    """Spaces apart, which Telegram tidies."""
    if exact:
        return seen.split() == sent.split()
    return seen.strip().partition("\n")[0].split() == sent.strip().partition("\n")[0].split()
