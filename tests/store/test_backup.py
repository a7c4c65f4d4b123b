"""Copies of the database: whole, private, verified, and tidied up."""

import asyncio
from datetime import UTC, datetime, timedelta

import apsw
import pytest
from newsroom import NOON, OKSANA, Verbs, article, follows, opened, publish

from core.errors import StoreError
from store import backup
from store.backup import back_up, copies, is_due, name_in, newest_sound, read_through, tidy
from store.sqlite import sqlite_store

DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


async def lived_in(store):
    db = Verbs(store)
    await follows(db, OKSANA, "мінськ")
    await publish(db, await opened(db, "https://a.test/feed"), article("a.test/1"), article("a.test/2"))


def names(folder):
    return sorted(one.name for one in folder.iterdir())


async def test_a_copy_made_while_the_store_is_written_to_holds_what_was_committed_before(path, folder):
    async with sqlite_store(path) as store:
        await lived_in(store)
        going_on = [asyncio.create_task(Verbs(store).intern_query(f"слово {number}")) for number in range(200)]
        made = await asyncio.to_thread(back_up, path, name_in(folder, now=NOON), now=NOON)
        await asyncio.gather(*going_on)

    assert names(folder) == ["chatovyi-20260302-120000.db"]
    assert (made.articles, made.subscriptions, made.made) == (2, 1, NOON)
    assert read_through(made.path) == made
    async with sqlite_store(made.path) as copy:
        assert (await Verbs(copy).query_changes(-1))[0][1] == "мінськ"


async def test_a_copy_is_nobody_elses_to_read(path, folder):
    async with sqlite_store(path):
        made = back_up(path, name_in(folder, now=NOON), now=NOON)
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_two_copies_of_one_second_have_names_of_their_own(path, folder):
    async with sqlite_store(path):
        for _ in range(2):
            back_up(path, name_in(folder, now=NOON), now=NOON)
    assert names(folder) == ["chatovyi-20260302-120000.db", "chatovyi-20260302-120001.db"]


async def test_a_copy_takes_the_place_of_nothing(path, tmp_path):
    (tmp_path / "mine").write_text("a diary")
    async with sqlite_store(path):
        with pytest.raises(StoreError, match="is there already"):
            back_up(path, tmp_path / "mine", now=NOON)
    assert (tmp_path / "mine").read_text() == "a diary"


async def test_a_copy_that_is_stopped_leaves_nothing(path, folder, monkeypatch):
    monkeypatch.setattr(backup, "_STEPS_BETWEEN_LOOKS", 1)
    async with sqlite_store(path) as store:
        await lived_in(store)
        with pytest.raises(StoreError, match="stopped midway"):
            back_up(path, name_in(folder, now=NOON), now=NOON, stopped=lambda: True)
    assert names(folder) == []


async def test_without_room_for_it_no_copy_is_begun(path, folder, monkeypatch):
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1 << 20}))
    async with sqlite_store(path):
        with pytest.raises(StoreError, match="1 are free"):
            back_up(path, name_in(folder, now=NOON), now=NOON)
    assert names(folder) == []


async def test_a_damaged_database_gives_no_copy(path, folder):
    async with sqlite_store(path) as store:
        await asyncio.gather(*(Verbs(store).intern_query(f"слово {number}") for number in range(2000)))
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xab" * (path.stat().st_size - 8192))

    with pytest.raises(StoreError, match="damaged"):
        back_up(path, name_in(folder, now=NOON), now=NOON)
    assert names(folder) == []


async def test_a_copy_whose_pages_do_not_fit_together_is_not_sound(path):
    async with sqlite_store(path) as store:
        await lived_in(store)
    damaged = bytearray(path.read_bytes())
    damaged[36:40] = (5).to_bytes(4, "big")  # pages said to be free, of which there are none
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match="damaged"):
        read_through(path)


async def test_a_copy_whose_rows_do_not_belong_together_is_not_sound(path):
    async with sqlite_store(path) as store:
        await lived_in(store)
    by_hand = apsw.Connection(str(path))
    by_hand.execute("DELETE FROM story")
    by_hand.close()
    with pytest.raises(StoreError, match="story"):
        read_through(path)


def test_what_is_no_database_of_ours_is_no_copy(tmp_path):
    (tmp_path / "a.db").write_bytes(b"word,count\n" * 500)
    theirs = apsw.Connection(str(tmp_path / "b.db"))
    theirs.execute("CREATE TABLE theirs (word TEXT)")
    theirs.close()
    (tmp_path / "c.db").touch()
    for name, word in (("a.db", "not a database"), ("b.db", "not a Chatovyi"), ("c.db", "nothing"), ("d.db", "there")):
        with pytest.raises(StoreError, match=word):
            read_through(tmp_path / name)


def _named(folder, *times):
    folder.mkdir(exist_ok=True)
    for time in times:
        name_in(folder, now=time).touch()


def test_the_next_copy_is_due_by_the_name_of_the_newest(folder):
    assert is_due(folder, every=DAY, now=NOON)
    _named(folder, NOON - 2 * DAY, NOON - DAY)
    assert not is_due(folder, every=DAY, now=NOON - timedelta(seconds=1))
    assert is_due(folder, every=DAY, now=NOON)


def test_a_copy_from_the_future_keeps_no_other_from_being_made(folder):
    _named(folder, datetime(2036, 1, 1, tzinfo=UTC))
    assert is_due(folder, every=DAY, now=NOON)
    _named(folder, NOON)
    assert not is_due(folder, every=DAY, now=NOON)


def test_old_copies_go_and_the_newest_few_stay_however_old(folder):
    _named(folder, *(NOON - day * DAY for day in range(10)))
    (folder / "notes.txt").touch()
    (folder / ".chatovyi-abc.part").touch()

    assert len(tidy(folder, keep=7, every=DAY, now=NOON)) == 3
    assert len(copies(folder)) == 7
    assert tidy(folder, keep=7, every=DAY, now=NOON + 1000 * DAY) == []
    assert "notes.txt" in names(folder)
    assert ".chatovyi-abc.part" not in names(folder)


def test_copies_asked_for_by_hand_do_not_push_out_those_of_the_days_before(folder):
    _named(folder, *(NOON - day * DAY for day in range(6)), *(NOON - timedelta(minutes=5 * n) for n in range(1, 9)))
    assert tidy(folder, keep=7, every=DAY, now=NOON) == []


async def test_the_newest_good_copy_is_found_behind_a_spoilt_one(path, folder):
    async with sqlite_store(path) as store:
        await lived_in(store)
        good = back_up(path, name_in(folder, now=NOON), now=NOON)
        spoilt = back_up(path, name_in(folder, now=NOON + DAY), now=NOON + DAY)
    spoilt.path.write_bytes(spoilt.path.read_bytes()[:9000])
    assert newest_sound(folder) == good
