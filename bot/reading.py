"""Reads a post of a channel: the Bot API shows none, but forwarding one to another chat returns its text."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from core.lookup import Unfindable, Unfinished
from core.model import ChatId, MessageId
from core.outbox import Pace
from core.ports import Clock

log = logging.getLogger(__name__)

_PACE = Pace(gap=timedelta(seconds=4), burst=1)
"""Every copy is a message to the service chat, which may be a group."""
_KEPT = 1000
"""Texts kept, so that a search that goes on later reads nothing twice."""


class ReadingRoom:
    """A chat where the bot may write, and nobody minds a copy that comes and goes."""

    def __init__(self, bot: Bot, chat: ChatId, clock: Clock) -> None:
        self._bot = bot
        self._chat = chat
        self._clock = clock
        self._arrival = clock()
        self._texts: dict[tuple[ChatId, MessageId], str] = {}

    async def text_of(self, chat: ChatId, number: MessageId) -> str | Unfinished | Unfindable:
        """The post's text, if it may be read now; raises `TelegramError` where the network fails."""
        known = self._texts.get((chat, number))
        if known is not None:
            return known
        now = self._clock()
        if not _PACE.free(self._arrival, now=now):
            return Unfinished(_PACE.opens(self._arrival) - now)
        self._arrival = _PACE.after(self._arrival, sent=1, now=now)
        try:
            copy = await self._bot.forward_message(self._chat, chat, number, disable_notification=True)
        except (BadRequest, Forbidden) as error:
            return Unfindable(f"a post could not be compared: {error.message}")
        await self._clear(lambda: self._bot.delete_message(self._chat, copy.message_id))
        while len(self._texts) >= _KEPT:
            del self._texts[next(iter(self._texts))]
        text = self._texts[chat, number] = copy.text or ""
        return text

    async def _clear(self, delete: Callable[[], Awaitable[bool]]) -> None:
        for _ in range(2):
            try:
                await delete()
                return
            except TelegramError as error:
                log.info("copy not deleted", extra={"reason": error.message})
