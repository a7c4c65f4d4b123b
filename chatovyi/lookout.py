"""Looks around: what is wrong with the disk, the network, Telegram and the clock, and what mends it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot.troubles import observe
from core.model import Target
from core.ports import Clock, Store, Tx
from core.trouble import JUMP, LATE, Kind, Spell, Waiting

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=5)
"""What is wrong is looked at so often, in memory alone."""
WRITE = timedelta(seconds=30)
"""What was seen is written down so often, and told."""

Signs = Mapping[Kind, bool]
Steady = Callable[[], float]
"""Seconds by a clock that nobody sets."""


class Lookout:
    """Sees troubles, keeps them, tells the owners, and mends what a clock that was set would break."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        steady: Steady,
        zone: tzinfo,
        owners: Sequence[Target],
        signs: Callable[[], Signs],
        on_jump: Callable[[timedelta], Awaitable[None]],
        on_news: Callable[[], None],
    ) -> None:
        """`signs`: what is wrong now, of what the parts know themselves. `on_jump`: the clock was set by so much."""
        self._store = store
        self._clock = clock
        self._steady = steady
        self._zone = zone
        self._owners = owners
        self._signs = signs
        self._on_jump = on_jump
        self._on_news = on_news
        self._spells: dict[Kind, Spell] = {}
        self._read = (clock(), steady())
        """Both clocks at the last look."""

    async def begin(self) -> None:
        """At the start: a clock that stands before the program's last word was set back while it was away."""
        now = self._clock()
        by = await self._store.write(lambda tx: alive(tx, now=now))
        if by:
            self._saw_jump(-by, now)

    async def keep_looking(self) -> None:
        """Until it is cancelled; also while writing waits for the disk."""
        while True:
            await asyncio.sleep(LOOK.total_seconds())
            await self.look()

    async def keep_writing(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(WRITE.total_seconds())
            await self.write()

    async def look(self) -> None:
        """Compares the clocks, and sees which troubles begin, last or end."""
        now, steady = self._clock(), self._steady()
        jump = now - self._read[0] - timedelta(seconds=steady - self._read[1])
        self._read = (now, steady)
        for kind, wrong in self._signs().items():
            self._saw(kind, wrong, now)
        if abs(jump) >= JUMP:
            self._saw_jump(jump, now)
            if jump < timedelta(0):
                await self._store.write(lambda tx: alive(tx, now=now, back=-jump))
            await self._on_jump(jump)

    async def write(self) -> None:
        """Keeps what was seen, and tells of it; waits while nothing can be written."""
        now = self._clock()
        waiting = await self._store.read(lambda tx: tx.waiting(now=now))
        reachable = not self._signs().get("telegram", False)
        self._saw("late", reachable and late(waiting, now), now)

        def keep(tx: Tx) -> bool:
            at = self._clock()  # not `now`: this may have waited for the disk
            alive(tx, now=at)
            tx.gather_stragglers(now=at)
            return observe(tx, self._spells, owners=self._owners, reachable=reachable, zone=self._zone, now=at)

        if await self._store.write(keep):
            self._on_news()

    def _saw(self, kind: Kind, wrong: bool, now: datetime) -> None:
        spell = self._spells.get(kind)
        lasting = spell is not None and spell.ended is None
        if wrong and not lasting:
            self._spells[kind] = Spell(began=now)
            log.warning("trouble", extra={"trouble": kind})
        elif spell and lasting and not wrong:
            self._spells[kind] = replace(spell, ended=now)
            log.warning("trouble is over", extra={"trouble": kind, "lasted": str(now - spell.began)})

    def _saw_jump(self, jump: timedelta, now: datetime) -> None:
        log.warning("the clock was set", extra={"by": str(jump)})
        self._spells["clock"] = Spell(began=now, ended=now, jump=jump)


def alive(tx: Tx, *, now: datetime, back: timedelta | None = None) -> timedelta:
    """The program lives; where its clock stands before its last word, the store's times are moved along, once.

    By so much as the clock was set `back`, where that is known; else by what is certain. Returns by how much.
    """
    before = tx.alive(now=now)
    if before is None or before - now < JUMP:
        return timedelta(0)
    by = back or before - now
    tx.clock_went_back(by, now=now)
    return by


def late(waiting: Waiting, now: datetime) -> bool:
    """Whether people wait for what could have reached them long ago."""
    since = [queue.since for queue in (waiting.answers, waiting.alerts) if queue.since]
    return any(now - moment >= LATE for moment in since)
