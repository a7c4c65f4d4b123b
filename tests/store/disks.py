"""Disks that fail: file systems of the engine's own kind, between it and the real one."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import apsw

from store.connection import connect


class FailingDisk(apsw.VFS):
    """While `failure` is set, nothing can be written; what is read comes from the real disk."""

    def __init__(self, name: str) -> None:
        self.failure: type[apsw.Error] | None = None
        self.refused = 0
        self._name = name
        super().__init__(name, base="")

    def xOpen(self, name, flags):
        return _File(self, name, flags)

    def connect(self, path: Path) -> apsw.Connection:
        return connect(path, vfs=self._name)

    def check(self) -> None:
        if self.failure:
            self.refused += 1
            raise self.failure("as the test wants it")


class _File(apsw.VFSFile):
    def __init__(self, disk, name, flags):
        self._disk = disk
        super().__init__("", name, flags)

    def xWrite(self, content, offset):
        self._disk.check()
        super().xWrite(content, offset)

    def xSync(self, flags):
        self._disk.check()
        super().xSync(flags)


class Mended:
    """In place of waiting: after so many pauses the disk works again."""

    def __init__(self, disk: FailingDisk, *, after: int) -> None:
        self.pauses: list[float] = []
        self._disk, self._after = disk, after

    def __call__(self, stop: threading.Event, pause: timedelta) -> bool:
        self.pauses.append(pause.total_seconds())
        if len(self.pauses) == self._after:
            self._disk.failure = None
        return stop.is_set()


class Held:
    """A pause that lasts until the test ends it, or the store is closed."""

    def __init__(self) -> None:
        self._reached, self._over = threading.Event(), threading.Event()

    def __call__(self, stop: threading.Event, pause: timedelta) -> bool:
        self._reached.set()
        while not self._over.wait(0.005):
            if stop.is_set():
                return True
        return False

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, 10)

    def let_go(self) -> None:
        self._over.set()
