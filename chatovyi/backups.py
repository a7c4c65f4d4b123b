"""Copies of the database while the program runs: those asked for, and one a day."""

import asyncio
import logging
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from config.settings import Settings
from core.errors import DamagedError, StoreError
from core.ports import Clock
from store.backup import Copy, back_up, is_due, name_in, tidy

log = logging.getLogger(__name__)

PAUSE = timedelta(hours=1)
"""After which a copy of the day that failed is tried again."""


class Backups:
    """Makes one copy at a time, on a thread of its own: nothing that is read or written waits for it."""

    def __init__(self, settings: Settings, *, clock: Clock) -> None:
        self.trouble: str | None = None
        """Why there is no copy of today, if that is so."""
        self._settings = settings
        self._clock = clock
        self._put_off: datetime | None = None
        self._one = asyncio.Lock()
        self._stopped = threading.Event()
        self._making: asyncio.Future[Copy] | None = None

    async def make(self, to: Path | None = None) -> Copy:
        """A copy in this file, or in the folder of backups; `StoreError` says why there is none."""
        async with self._one:
            return await self._make(to)

    async def beat(self) -> None:
        """Makes the copy of the day where it is due, and deletes old ones once there is a new one.

        When it is due is told by the names of the copies, so a restart neither repeats nor skips one. One that fails
        is told of in `trouble`; only damage found in the database itself is raised.
        """
        every, folder, now = self._settings.backup_every, self._settings.backups, self._clock()
        if every is None or self._one.locked() or (self._put_off and now < self._put_off):
            return
        async with self._one:
            try:
                if not is_due(folder, every=every, now=now):
                    return
                copy = await self._make(None)
                gone = tidy(folder, keep=self._settings.backup_keep, every=every, now=now)
            except DamagedError:
                raise
            except (StoreError, OSError) as error:
                if not self._stopped.is_set():
                    self.trouble, self._put_off = str(error), now + PAUSE
                    log.error("backup failed", extra={"reason": self.trouble})
                return
        self.trouble = self._put_off = None
        log.info("backup made", extra={"path": str(copy.path), "bytes": copy.size, "deleted": len(gone)})

    async def stop(self) -> None:
        """Gives up a copy that is being made; nothing of it stays."""
        self._stopped.set()
        if self._making:
            await asyncio.wait([self._making])

    async def _make(self, to: Path | None) -> Copy:
        now = self._clock()
        path = to or name_in(self._settings.backups, now=now)
        work = partial(back_up, self._settings.database, path, now=now, stopped=self._stopped.is_set)
        self._making = asyncio.get_running_loop().run_in_executor(None, work)
        # Shielded: who no longer waits must not leave a thread at work that `stop` knows nothing of.
        return await asyncio.shield(self._making)


def told(copy: Copy) -> str:
    """What a copy holds, for a terminal."""
    size = f"{copy.size / (1 << 20):.1f} MB"
    made = f"{copy.made.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return f"{copy.path} ({made}, {size}, {copy.articles} articles, {copy.subscriptions} subscriptions)"
