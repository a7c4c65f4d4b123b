"""A bell: whoever waits for work is woken when there is some."""

import asyncio
from datetime import datetime

from core.ports import Clock


class Bell:
    """Rung any number of times, it wakes its listener once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There is work."""
        self._rung.set()

    async def wait(self, until: datetime | None = None) -> None:
        """Returns when the bell rings, or rang since the last time, or the time has come."""
        try:
            async with asyncio.timeout(self._left(until)):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()

    def _left(self, until: datetime | None) -> float | None:
        # Never nothing at all: a time that has come already must not make a loop spin.
        return None if until is None else max(0.005, (until - self._clock()).total_seconds())
