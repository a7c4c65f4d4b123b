"""Disks that are full or fail: what may pass is waited for, damage is never written over."""

import asyncio
import itertools

import apsw
import pytest
from disks import FailingDisk, Held, Mended
from newsroom import NOON, OKSANA, Verbs, meet

from core.errors import DamagedError, StoreError
from store.sqlite import sqlite_store

_names = itertools.count()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


@pytest.fixture
def disk():
    return FailingDisk(f"failing-{next(_names)}")


async def words(store):
    return [text for _, text, _ in await Verbs(store).query_changes(-1)]


@pytest.mark.parametrize("failure", [apsw.FullError, apsw.IOError, apsw.CantOpenError])
async def test_what_cannot_be_written_waits_and_is_written_once_when_it_can_be(path, disk, failure):
    wait = Mended(disk, after=6)
    async with sqlite_store(path, connect=disk.connect, wait=wait) as store:
        disk.failure = failure
        first, second = await asyncio.gather(*(Verbs(store).intern_query(word) for word in ("мінськ", "сніг")))

        assert first != second
        assert await words(store) == ["мінськ", "сніг"]
        assert store.trouble is None
    assert wait.pauses == [2, 4, 8, 16, 30, 30]


async def test_work_that_is_run_again_has_its_effect_once(path, disk):
    runs = []

    def work(tx):
        runs.append(len(runs))
        tx.say(OKSANA, "новина", edits=None, now=NOON)

    async with sqlite_store(path, connect=disk.connect, wait=Mended(disk, after=3)) as store:
        await meet(Verbs(store), OKSANA)
        disk.failure = apsw.FullError
        await store.write(work)
        assert await store.read(lambda tx: list(tx._execute("SELECT count(*) FROM delivery"))) == [(1,)]
    assert runs == [0, 1, 2, 3]


async def test_a_disk_that_fails_in_the_middle_of_a_large_piece_loses_nothing(path, disk):
    def large(tx):
        for number in range(4000):  # more than the page cache holds: some of it is written before the commit
            tx.say(OKSANA, f"{number} " + "довге слово " * 100, edits=None, now=NOON)
            if number == 3000 and not wait.pauses:
                disk.failure = apsw.IOError

    wait = Mended(disk, after=2)
    async with sqlite_store(path, connect=disk.connect, wait=wait) as store:
        await meet(Verbs(store), OKSANA)
        await store.write(large)
        assert await store.read(lambda tx: list(tx._execute("SELECT count(*) FROM delivery"))) == [(4000,)]
    assert len(wait.pauses) == 2


async def test_while_the_disk_is_full_it_is_said_and_reads_go_on(path, disk):
    held = Held()
    async with sqlite_store(path, connect=disk.connect, wait=held) as store:
        await Verbs(store).intern_query("мінськ")
        disk.failure = apsw.FullError
        waiting = asyncio.create_task(Verbs(store).intern_query("сніг"))
        await held.reached()

        assert store.trouble.startswith(f"The disk is full: free space near {path}.")
        assert await store.read(lambda tx: len(tx.query_changes(-1))) == 1
        disk.failure = None
        held.let_go()
        await waiting
        assert store.trouble is None


async def test_a_trouble_is_logged_when_it_begins_and_when_it_is_over(path, disk, caplog):
    async with sqlite_store(path, connect=disk.connect, wait=Mended(disk, after=5)) as store:
        disk.failure = apsw.FullError
        await Verbs(store).intern_query("мінськ")

    assert caplog.messages == ["store waits", "store goes on"]
    assert "free space near" in caplog.records[0].reason


async def test_who_closes_a_store_that_waits_does_not_wait(path, disk):
    held = Held()
    async with sqlite_store(path, connect=disk.connect, wait=held) as store:
        await Verbs(store).intern_query("мінськ")
        disk.failure = apsw.FullError
        given = [asyncio.create_task(Verbs(store).intern_query(f"{number}")) for number in range(300)]
        await held.reached()
    came = await asyncio.gather(*given, return_exceptions=True)
    assert {type(each) for each in came} == {StoreError}
    assert all("disk is full" in str(each) for each in came)
    async with sqlite_store(path) as store:
        assert await words(store) == ["мінськ"]


async def test_another_programs_lock_is_waited_for(path):
    onlooker = apsw.Connection(str(path))

    def wait(stop, pause):
        onlooker.execute("COMMIT")
        return False

    async with sqlite_store(path, connect=_impatient, wait=wait) as store:
        onlooker.execute("BEGIN IMMEDIATE")
        await Verbs(store).intern_query("мінськ")
        assert await words(store) == ["мінськ"]
    onlooker.close()


def _impatient(path):
    from store.connection import connect

    connection = connect(path)
    connection.set_busy_timeout(1)
    return connection


async def test_a_piece_that_is_wrong_does_not_wait_for_a_disk(path):
    def wrong(tx):
        list(tx._execute("SELECT nothing"))

    async with sqlite_store(path, wait=_never) as store:
        with pytest.raises(apsw.SQLError):
            await store.write(wrong)
        assert store.trouble is None


def _never(stop, pause):
    raise AssertionError("nothing to wait for")


# Damage.


async def many_words(path):
    async with sqlite_store(path) as store:
        await asyncio.gather(*(Verbs(store).intern_query(f"слово {number}") for number in range(3000)))


async def test_damage_that_is_met_while_running_ends_all_writing(path):
    await many_words(path)
    async with sqlite_store(path, wait=_never) as store:
        _ruin(path)
        with pytest.raises(DamagedError, match="chatovyi restore"):
            await Verbs(store).intern_query("слово 7, і ще одне")
        before = path.read_bytes()
        for _ in range(3):
            with pytest.raises(StoreError, match="damaged"):
                await store.write(lambda tx: None)
            with pytest.raises(StoreError, match="damaged"):
                await store.read(lambda tx: None)
    assert path.read_bytes() == before


async def test_damage_that_a_reader_meets_ends_all_writing_too(path):
    await many_words(path)
    async with sqlite_store(path, wait=_never) as store:
        _ruin(path)
        with pytest.raises(DamagedError, match="chatovyi restore"):
            await store.read(lambda tx: tx.query_changes(-1))
        with pytest.raises(StoreError, match="damaged"):
            await store.write(lambda tx: None)


def _ruin(path):
    """Every page behind the first is rubbish, as a broken disk leaves it."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xab" * (path.stat().st_size - 4096))
