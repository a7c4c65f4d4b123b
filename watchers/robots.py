"""What sites let be read of them (RFC 9309): pages go by it, feeds do not, for those are published for machines."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from core.model import Failed, Fresh, Visit
from core.ports import Clock

KEPT = timedelta(hours=24)
UNKNOWN = timedelta(minutes=10)
"""A site whose robots.txt cannot be had is left alone for so long."""
LARGEST = 500 << 10
"""Bytes that are read of one (RFC 9309, section 2.5)."""
MOST = 4 << 20
"""Bytes of all that are kept."""
LONGEST_DELAY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site says, until when."""

    said: Protego | None
    """`None` where it cannot be known now, and so nothing may be read."""
    size: int
    until: datetime

    def allow(self, url: str, agent: str) -> bool:
        return self.said is not None and self.said.can_fetch(url, agent)

    def delay(self, agent: str) -> timedelta | None:
        """How long it wants to be left alone between two pages."""
        seconds = self.said.crawl_delay(agent) if self.said else None
        return min(timedelta(seconds=min(seconds, 3600)), LONGEST_DELAY) if seconds and seconds > 0 else None


class Robots:
    """Asks each host once a day; keeps no more than `MOST` bytes."""

    def __init__(self, get: Callable[[str], Awaitable[Visit]], *, clock: Clock) -> None:
        self._get = get
        self._clock = clock
        self._known: OrderedDict[str, Rules] = OrderedDict()
        self._size = 0

    async def rules(self, url: str) -> Rules:
        """Of the host that the page is on."""
        parts = urlsplit(url)
        host = parts.netloc.lower()
        known = self._known.get(host)
        if known and self._clock() < known.until:
            self._known.move_to_end(host)
            return known
        rules = await self._asked(f"{parts.scheme}://{parts.netloc}/robots.txt")
        self._keep(host, rules)
        return rules

    async def _asked(self, url: str) -> Rules:
        """Whoever has none (4xx) lets everything be read; whoever fails (5xx, or no answer) is left alone for now."""
        now = self._clock()
        match await self._get(url):
            case Fresh() as found:
                body = found.body[:LARGEST]
                said = await asyncio.to_thread(Protego.parse, body.decode("utf-8", "replace"))
                return Rules(said, len(body), now + KEPT)
            case Failed(status=status) if status is not None and 400 <= status < 500:
                return Rules(Protego.parse(""), 0, now + KEPT)
            case _:
                return Rules(None, 0, now + UNKNOWN)

    def _keep(self, host: str, rules: Rules) -> None:
        before = self._known.pop(host, None)
        self._size += rules.size + _FRAME - (before.size + _FRAME if before else 0)
        self._known[host] = rules
        while self._size > MOST:
            _, forgotten = self._known.popitem(last=False)
            self._size -= forgotten.size + _FRAME


_FRAME = 1 << 10
"""Bytes that any rules take, besides their text."""
