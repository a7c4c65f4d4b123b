"""Whether somebody administers a chat, asked of Telegram and remembered for a moment."""

import logging
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import BadRequest, Forbidden

from core.model import ChatId
from core.ports import Clock

log = logging.getLogger(__name__)

REMEMBERED = timedelta(minutes=1)
_KEPT = 10_000
_RULING = ("creator", "administrator")


class Rights:
    """Called with a chat and a person; raises `TelegramError` where Telegram cannot be reached."""

    def __init__(self, bot: Bot, *, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[ChatId, ChatId], tuple[bool, datetime]] = {}

    async def __call__(self, chat: ChatId, person: ChatId) -> bool:
        now = self._clock()
        known = self._known.get((chat, person))
        if known and now - known[1] < REMEMBERED:
            return known[0]
        while len(self._known) >= _KEPT:
            del self._known[next(iter(self._known))]
        rules = await self._ask(chat, person)
        self._known[chat, person] = rules, now
        return rules

    async def _ask(self, chat: ChatId, person: ChatId) -> bool:
        try:
            member = await self._bot.get_chat_member(chat, person)
        except (BadRequest, Forbidden) as error:  # no such member, or we are no longer there
            log.info("rights not told", extra={"reason": error.message})
            return False
        return member.status in _RULING
