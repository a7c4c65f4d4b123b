"""What an acknowledged write stands on: settings read back, one checkpointer, a log that stays small."""

import asyncio
import itertools
import shutil
import threading

import apsw
import pytest
from newsroom import NOON, OKSANA, Verbs, meet

from core.errors import StoreError
from store import file, writer
from store.connection import as_reader, connect
from store.file import beside, check
from store.sqlite import sqlite_store

_names = itertools.count()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "here" / "news.db"


def pragmas(*names):
    return lambda tx: {name: next(iter(tx._execute(f"PRAGMA {name}")))[0] for name in names}


class Watched(apsw.VFS):
    """Remembers which threads wrote."""

    def __init__(self):
        self.writers = set()
        self.name = f"watched-{next(_names)}"
        super().__init__(self.name, base="")

    def xOpen(self, name, flags):
        return _WatchedFile(self, name, flags)


class _WatchedFile(apsw.VFSFile):
    def __init__(self, disk, name, flags):
        self._disk = disk
        super().__init__("", name, flags)

    def xWrite(self, content, offset):
        self._disk.writers.add(threading.current_thread().name)
        super().xWrite(content, offset)


async def crashed(path, tmp_path):
    """The files as a kill leaves them after a write."""
    async with sqlite_store(path) as store:
        await Verbs(store).intern_query("мінськ")
        shutil.copytree(path.parent, tmp_path / "left", ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    return tmp_path / "left" / path.name


async def test_what_is_committed_survives_a_power_cut_by_the_engines_own_word(path):
    async with sqlite_store(path) as store:
        said = await store.write(pragmas("journal_mode", "synchronous", "foreign_keys", "journal_size_limit"))
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "journal_size_limit": 64 << 20}


async def test_a_reader_never_writes_the_log_back_by_the_engines_own_word(path):
    async with sqlite_store(path) as store:
        said = await store.read(pragmas("wal_autocheckpoint", "query_only"))
    assert said == {"wal_autocheckpoint": 0, "query_only": 1}


async def test_only_the_writers_thread_writes_also_after_a_crash(path, tmp_path):
    left, disk = await crashed(path, tmp_path), Watched()
    async with sqlite_store(left, connect=lambda path: connect(path, vfs=disk.name)) as store:
        for number in range(5):
            await store.read(lambda tx: tx.query_changes(-1))
            await Verbs(store).intern_query(f"слово {number}")
    assert disk.writers == {"store-writer"}


async def test_a_look_at_what_a_crash_left_leaves_the_log_to_the_writer(path, tmp_path):
    left = await crashed(path, tmp_path)
    before = left.read_bytes(), beside(left, "-wal").read_bytes()
    check(left)
    assert (left.read_bytes(), beside(left, "-wal").read_bytes()) == before


async def test_a_reader_that_leaves_last_leaves_the_log_to_the_writer(path, tmp_path):
    left = await crashed(path, tmp_path)
    before = left.read_bytes(), beside(left, "-wal").read_bytes()
    reader = as_reader(apsw.Connection(str(left)))
    assert reader.execute("SELECT text FROM query").fetchall() == [("мінськ",)]
    reader.close()
    assert (left.read_bytes(), beside(left, "-wal").read_bytes()) == before


async def test_a_clean_stop_leaves_no_log_and_a_look_makes_none(path):
    async with sqlite_store(path) as store:
        await Verbs(store).intern_query("мінськ")
        await store.read(lambda tx: tx.query_changes(-1))
    check(path)
    assert sorted(one.name for one in path.parent.iterdir()) == ["news.db", "news.db.lock"]


async def test_a_large_file_is_checked_after_an_unclean_stop_and_not_after_a_clean_one(path, monkeypatch):
    async with sqlite_store(path) as store:
        await asyncio.gather(*(Verbs(store).intern_query(f"слово {number}") for number in range(300)))
    damaged = bytearray(path.read_bytes())
    damaged[36:40] = (5).to_bytes(4, "big")  # pages said to be free, of which there are none
    path.write_bytes(damaged)
    monkeypatch.setattr(file, "_CHECK_ALWAYS_UP_TO", 0)

    check(path)
    beside(path, "-wal").touch()
    with pytest.raises(StoreError, match="damaged"):
        check(path)


async def test_a_log_that_a_reader_made_grow_is_small_again_after_it(path, monkeypatch):
    monkeypatch.setattr(writer, "_LARGEST_LOG", 1 << 20)
    monkeypatch.setattr(writer, "_MORE_LOG", 1 << 18)
    monkeypatch.setattr(writer, "_PATIENCE_WITH_READERS_MS", 1)
    reads, over = threading.Event(), threading.Event()

    def unhelped(path):
        connection = connect(path)
        connection.pragma("wal_autocheckpoint", 0)  # a reader is always in the way of the engine's own
        return connection

    def look(tx):
        tx.generation()
        reads.set()
        assert over.wait(10)

    async with sqlite_store(path, connect=unhelped) as store:
        await meet(Verbs(store), OKSANA)
        reading = asyncio.create_task(store.read(look))
        await asyncio.to_thread(reads.wait, 10)
        for _ in range(40):
            await Verbs(store).say(OKSANA, "довге слово" * 5000, edits=None, now=NOON)
        grown = beside(path, "-wal").stat().st_size
        over.set()
        await reading
        for _ in range(8):
            await Verbs(store).say(OKSANA, "довге слово" * 5000, edits=None, now=NOON)
        assert grown > 2 << 20
        assert beside(path, "-wal").stat().st_size <= 1 << 20
