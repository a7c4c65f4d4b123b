"""Power cuts at every kind of moment: what was acknowledged must be there, and with `synchronous=NORMAL` must not.

    python -m bench.power_cut [CUTS]

The way SQLite tests itself: a file system of the engine's own kind records every write and sync of database and log; a
cut keeps what was synced before it and a random half of the other sectors; then the real store opens what is left and
checks it, and every acknowledged write is looked for. Directories are taken to be durable, sectors to fail alone.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal

import apsw

from core.errors import StoreError
from core.model import BotId, ChatId, MessageId, Target
from core.outbox import Due, Sent, Settlement, after_try
from core.ports import Tx
from store.connection import connect
from store.sqlite import SqliteStore, sqlite_store

SECTOR = 512
AT_A_TIME = 8
"""Callers that wait for their writes together, so that commits hold several."""
BOT = BotId(100)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
File = Literal["db", "log"]
Sync = Literal["full", "normal"]


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes given to a file."""

    file: File
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file is made shorter."""

    file: File
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything given to the file before is safe."""

    file: File


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A caller was told that this is stored: a message that waits, or that it was sent."""

    words: str
    sent: bool


Event = Write | Cut | Synced | Acknowledged


class Recorder(apsw.VFS):
    """A file system that writes down what is done to it, in order."""

    def __init__(self, name: str) -> None:
        self.events: list[Event] = []
        self.name = name
        super().__init__(name, base="")

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if not path:  # a savepoint's own file, which nobody needs after a cut
            return apsw.VFSFile("", name, flags)
        return _Recorded(self.events, name, flags, file="log" if path.endswith("-wal") else "db")


class _Recorded(apsw.VFSFile):
    def __init__(
        self, events: list[Event], name: apsw.URIFilename | str | None, flags: list[int], *, file: File
    ) -> None:
        self._events, self._file = events, file
        super().__init__("", name, flags)

    def xWrite(self, content: bytes, offset: int) -> None:
        self._events.append(Write(self._file, offset, bytes(content)))
        super().xWrite(content, offset)

    def xTruncate(self, size: int) -> None:
        self._events.append(Cut(self._file, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._events.append(Synced(self._file))


@dataclass(slots=True)
class Result:
    """What became of the cuts of one setting."""

    cuts: int = 0
    broken: int = 0
    """Cuts after which the file could not be opened, or its pages did not fit together."""
    lossy: int = 0
    """Cuts that lost something acknowledged."""
    lost: int = 0
    """Acknowledged writes lost in all."""
    first: str = field(default="")
    """What was lost or broken first, to be looked into."""


async def run(folder: Path, sync: Sync, *, cuts: int, messages: int, seed: int) -> Result:
    """Lives once over a recorder, then cuts the power again and again."""
    path = folder / "whole.db"
    async with sqlite_store(path) as store:
        await store.write(_meet)
    before, recorder = path.read_bytes(), Recorder(f"recorder-{sync}-{seed}")
    store = SqliteStore(path, connect=_connecting(recorder.name, sync))
    life = _Life(store, recorder.events)
    try:
        await life.live(messages)
        events = list(recorder.events)
        _check_recording(path, _after_cut(before, [*events, Synced("db"), Synced("log")], random.Random(seed)))
    finally:
        await asyncio.to_thread(store.close)
    chance, result = random.Random(seed), Result()
    for number in range(cuts):
        at = chance.randrange(1, len(events) + 1)
        left = folder / f"{number}.db"
        _lay_down(left, _after_cut(before, events[:at], chance))
        await _look(left, [event for event in events[:at] if isinstance(event, Acknowledged)], life.number_of, result)
    return result


def _connecting(vfs: str, sync: Sync) -> Callable[[Path], apsw.Connection]:
    def connected(path: Path) -> apsw.Connection:
        connection = connect(path, vfs=vfs)
        connection.pragma("wal_autocheckpoint", 40)  # so that cuts fall into the writing back of the log too
        if sync == "normal":
            connection.pragma("synchronous", "normal")
        return connection

    return connected


def _target(number: int) -> Target:
    return Target(bot=BOT, chat=ChatId(number + 1))


def _meet(tx: Tx) -> None:
    for number in range(AT_A_TIME):
        tx.meet(_target(number), language="uk", now=NOON)


class _Life:
    """Messages are put into the outbox, claimed, sent and settled, by several callers at a time."""

    def __init__(self, store: SqliteStore, events: list[Event]) -> None:
        self.number_of: dict[str, int] = {}
        """The rows of messages that were claimed: once sent, a row holds no words any more."""
        self._store = store
        self._events = events

    async def live(self, messages: int) -> None:
        for first in range(0, messages, AT_A_TIME):
            now = NOON + timedelta(minutes=first)
            await asyncio.gather(*(self._say(at, f"{first + at} " + "слово " * 40, now) for at in range(AT_A_TIME)))
            await self._send(now + timedelta(seconds=30))

    async def _say(self, at: int, words: str, now: datetime) -> None:
        await self._store.write(lambda tx: tx.say(_target(at), words, edits=None, now=now))
        self._events.append(Acknowledged(words, sent=False))

    async def _send(self, now: datetime) -> None:
        until = now + timedelta(minutes=1)
        claimed = await self._store.write(lambda tx: tx.claim_deliveries(BOT, now=now, until=until, limit=AT_A_TIME))
        for due in claimed[1:]:  # one stays in flight, and is found so after the cut
            self.number_of[due.payload or ""] = due.id
            settlement = after_try(due, Sent(MessageId(due.id)), now=now)
            assert await self._store.write(partial(_settle, due=due, settlement=settlement, now=now))
            self._events.append(Acknowledged(due.payload or "", sent=True))


def _settle(tx: Tx, *, due: Due, settlement: Settlement, now: datetime) -> bool:
    return tx.settle_delivery(due, settlement, now=now)


def _after_cut(before: bytes, events: list[Event], chance: random.Random) -> dict[File, bytearray]:
    """What the disk holds: all that was synced, and of the rest each sector or not, by chance."""
    safe: dict[File, int] = {"db": -1, "log": -1}
    for at, event in enumerate(events):
        if isinstance(event, Synced):
            safe[event.file] = at
    disk: dict[File, bytearray] = {"db": bytearray(before), "log": bytearray()}
    for at, event in enumerate(events):
        match event:
            case Write(file, offset, content):
                for start in range(0, len(content), SECTOR):
                    if at < safe[file] or chance.random() < 0.5:
                        _put(disk[file], offset + start, content[start : start + SECTOR])
            case Cut(file, size) if at < safe[file] or chance.random() < 0.5:
                del disk[file][size:]
            case _:
                pass
    return disk


def _check_recording(path: Path, disk: dict[File, bytearray]) -> None:
    """Where nothing is lost, what was recorded is what is on the real disk; else the cuts would show nothing."""
    for real, recorded in ((path, disk["db"]), (path.with_name(path.name + "-wal"), disk["log"])):
        if real.read_bytes() != bytes(recorded):
            raise RuntimeError(f"{real.name} was not recorded as it was written")


def _put(file: bytearray, offset: int, content: bytes) -> None:
    if len(file) < offset:
        file.extend(bytes(offset - len(file)))
    file[offset : offset + len(content)] = content


def _lay_down(path: Path, disk: dict[File, bytearray]) -> None:
    path.write_bytes(disk["db"])
    path.with_name(path.name + "-wal").write_bytes(disk["log"])


async def _look(path: Path, promises: list[Acknowledged], number_of: dict[str, int], result: Result) -> None:
    """Opens what is left as the program does, with its check of all pages, and looks for what was promised."""
    result.cuts += 1
    try:
        async with sqlite_store(path):
            pass
    except StoreError as error:
        result.broken += 1
        result.first = result.first or str(error)
        return
    connection = apsw.Connection(str(path))
    rows = connection.execute("SELECT id, payload, state FROM delivery").fetchall()
    connection.close()
    waiting, sent = {words for _, words, _ in rows}, {number for number, _, state in rows if state == "sent"}
    missing = [
        one for one in promises if number_of.get(one.words) not in sent and (one.sent or one.words not in waiting)
    ]
    result.lossy += bool(missing)
    result.lost += len(missing)
    result.first = result.first or (f"lost: {missing[0].words[:20]}" if missing else "")


def main() -> None:
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(f"Python {sys.version.split()[0]}, apsw {apsw.apsw_version()}, SQLite {apsw.sqlite_lib_version()}")
    settings: tuple[Sync, ...] = ("full", "normal")
    for sync in settings:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            result = asyncio.run(run(Path(folder), sync, cuts=cuts, messages=400, seed=7))
        print(
            f"synchronous={sync}: {result.cuts} cuts, broken {result.broken}, losing what was acknowledged "
            f"{result.lossy} ({result.lost} writes in all); {time.perf_counter() - began:.0f} s"
        )


if __name__ == "__main__":
    main()
