"""One thing at a time is asked of a site, with a gap between two."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.ports import Clock

Wait = Callable[[timedelta], Awaitable[None]]
"""Comes back after so long."""

GAP = timedelta(seconds=2)
GAPS: Mapping[str, timedelta] = {
    "t.me": timedelta(seconds=3),
    "telegram.me": timedelta(seconds=3),
    "google.com": timedelta(seconds=10),
    "bing.com": timedelta(seconds=10),
}
"""Sites that many sources share, and that count who asks."""
LONGEST_GAP = timedelta(seconds=30)
"""However long a site wants to be left alone between two pages (`Crawl-delay`)."""
MOST_PLACES = 4096
"""Sites that are remembered; those that were left alone long enough are forgotten first."""


async def wait(length: timedelta) -> None:
    """The world's own time."""
    await asyncio.sleep(length.total_seconds())


@dataclass(slots=True)
class _Place:
    """A site as those before its gate see it."""

    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    pages: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Pages queue here first: a feed waits for one of them at most."""
    free_at: datetime | None = None
    gap: timedelta = GAP
    inside: int = 0
    """Those who wait or are being answered."""


class Gate:
    """In memory: what is asked of a site in one process passes one gate."""

    def __init__(self, *, clock: Clock, wait: Wait = wait, gap: timedelta = GAP) -> None:
        """With a gap of nothing sites are still asked one thing at a time."""
        self._clock = clock
        self._wait = wait
        self._gap = gap
        self._places: dict[str, _Place] = {}

    def keep_apart(self, site: str, gap: timedelta) -> None:
        """The site wants so long between two pages."""
        self._place(site).gap = max(self._usual(site), min(gap, LONGEST_GAP))

    @asynccontextmanager
    async def turn(self, site: str | None, *, page: bool) -> AsyncIterator[None]:
        """Inside, nothing else is asked of the site. `None` is one's own network, which has no gate."""
        if site is None:
            yield
            return
        place = self._place(site)
        place.inside += 1
        try:
            async with AsyncExitStack() as stack:
                if page:
                    await stack.enter_async_context(place.pages)
                await stack.enter_async_context(place.door)
                await self._let_go_by(place, place.gap if page else self._usual(site))
                try:
                    yield
                finally:
                    place.free_at = self._clock()
        finally:
            place.inside -= 1

    async def _let_go_by(self, place: _Place, gap: timedelta) -> None:
        if place.free_at is None:
            return
        left = place.free_at + gap - self._clock()
        if left > timedelta(0):
            await self._wait(min(left, gap))

    def _usual(self, site: str) -> timedelta:
        return max(GAPS.get(site, self._gap), self._gap) if self._gap else self._gap

    def _place(self, site: str) -> _Place:
        place = self._places.get(site)
        if place is None:
            if len(self._places) >= MOST_PLACES:
                self._forget()
            place = self._places[site] = _Place(gap=self._usual(site))
        return place

    def _forget(self) -> None:
        """Nobody waits there, and whoever comes next need not wait."""
        now = self._clock()
        self._places = {
            site: place
            for site, place in self._places.items()
            if place.inside or (place.free_at and now - place.free_at < LONGEST_GAP)
        }
