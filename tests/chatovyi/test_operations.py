"""Backup, restore and migrate as an operator meets them; and the copy of the day."""

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import apsw
import pytest

from chatovyi.admin import Admin
from chatovyi.backups import Backups
from chatovyi.clock import system_clock
from chatovyi.control import listening
from config.settings import read_settings
from core.errors import DamagedError
from store.backup import copies, read_through
from store.migrations import migrations
from store.sqlite import sqlite_store
from tests.chatovyi.terminal import refused

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DATABASE = "sqlite:///x.db"


@pytest.fixture
def settings(tmp_path):
    return replace(read_settings({}), database=tmp_path / "x.db")


class HandClock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


def add(chatovyi, number):
    return chatovyi("source", "add", f"https://example.com/{number}", "--unasked", DATABASE=DATABASE)


def test_what_was_backed_up_is_there_after_a_restore_and_the_rest_is_kept_aside(chatovyi, tmp_path):
    add(chatovyi, 1)
    made = chatovyi("backup", "copy.db", DATABASE=DATABASE)
    add(chatovyi, 2)
    (tmp_path / "x.db-matcher").touch()

    restored = chatovyi("restore", "copy.db", DATABASE=DATABASE)

    assert made.stdout.startswith(f"Backup made: {tmp_path / 'copy.db'} (")
    assert "0 articles, 0 subscriptions" in made.stdout
    assert restored.returncode == 0
    assert all(word in restored.stdout for word in ("Restored: copy.db", ".aside", "Lost is", "counts as told"))
    listed = chatovyi("source", "list", DATABASE=DATABASE).stdout
    assert "example.com/1" in listed
    assert "example.com/2" not in listed
    assert not (tmp_path / "x.db-matcher").exists()


def test_a_backup_goes_beside_the_database_or_into_a_folder(chatovyi, tmp_path):
    add(chatovyi, 1)
    (tmp_path / "elsewhere").mkdir()
    assert chatovyi("backup", DATABASE=DATABASE).returncode == 0
    assert chatovyi("backup", "elsewhere", DATABASE=DATABASE).returncode == 0
    assert chatovyi("backup", DATABASE=DATABASE, BACKUP_FOLDER="third").returncode == 0
    assert [len(copies(tmp_path / folder)) for folder in ("backups", "elsewhere", "third")] == [1, 1, 1]


def test_what_cannot_be_backed_up_or_restored_is_said_and_nothing_is_changed(chatovyi, tmp_path):
    refused(chatovyi("backup", DATABASE=DATABASE), "x.db", "not there yet")
    refused(chatovyi("restore", "nowhere.db", DATABASE=DATABASE), "nowhere.db", "not there")
    assert not (tmp_path / "x.db").exists()


def test_a_damaged_database_names_the_newest_good_backup(chatovyi, tmp_path):
    add(chatovyi, 1)
    chatovyi("backup", DATABASE=DATABASE)
    content = bytearray((tmp_path / "x.db").read_bytes())
    content[4096 : 4096 * 6] = os.urandom(4096 * 5)
    (tmp_path / "x.db").write_bytes(content)

    newest = copies(tmp_path / "backups")[0][1]
    refused(chatovyi("source", "list", DATABASE=DATABASE), "damaged", "chatovyi restore", newest.name)
    assert chatovyi("restore", str(newest), DATABASE=DATABASE).returncode == 0
    assert "example.com/1" in chatovyi("source", "list", DATABASE=DATABASE).stdout


async def test_the_running_program_makes_the_backup_and_refuses_a_restore(chatovyi, settings, tmp_path):
    async with sqlite_store(settings.database) as store:
        admin = Admin(store=store, settings=settings, clock=system_clock)
        async with listening(settings.database, admin):
            made = await asyncio.to_thread(chatovyi, "backup", "mine.db", DATABASE=DATABASE)
            (tmp_path / "folder").mkdir()
            restore = await asyncio.to_thread(chatovyi, "restore", "mine.db", "--force", DATABASE=DATABASE)
        refused(restore, "in use", f"process {os.getpid()}")
    assert f"Backup made: {tmp_path / 'mine.db'}" in made.stdout
    assert read_through(tmp_path / "mine.db").schema == migrations()[-1].number


def test_migrate_says_what_is_to_be_done_and_does_it(chatovyi, tmp_path):
    by_hand = apsw.Connection(str(tmp_path / "x.db"))
    by_hand.execute(migrations()[0].sql)
    by_hand.pragma("application_id", 0x43686174)
    by_hand.pragma("user_version", 1)
    by_hand.close()
    newest = migrations()[-1].number

    assert f"schema 1, this program works with {newest}" in chatovyi("migrate", "--check", DATABASE=DATABASE).stdout
    assert f"from schema 1 to {newest}: 0002_concepts" in chatovyi("migrate", DATABASE=DATABASE).stdout
    assert f"up to date: schema {newest}" in chatovyi("migrate", DATABASE=DATABASE).stdout


def test_a_backup_of_an_older_schema_leaves_it_as_it_is(chatovyi, tmp_path):
    by_hand = apsw.Connection(str(tmp_path / "x.db"))
    by_hand.execute(migrations()[0].sql)
    by_hand.pragma("application_id", 0x43686174)
    by_hand.pragma("user_version", 1)
    by_hand.close()
    assert chatovyi("backup", "before.db", DATABASE=DATABASE).returncode == 0
    assert read_through(tmp_path / "before.db").schema == 1


# The copy of the day.


async def test_a_copy_is_made_once_a_day_also_across_restarts(settings):
    clock = HandClock()
    async with sqlite_store(settings.database):
        for hours in range(0, 73, 6):
            clock.now = NOON + timedelta(hours=hours)
            await Backups(settings, clock=clock).beat()
    assert [time for time, _ in copies(settings.backups)] == [NOON + day * DAY for day in (3, 2, 1, 0)]


async def test_a_week_of_copies_is_kept(settings):
    clock = HandClock()
    backups = Backups(settings, clock=clock)
    async with sqlite_store(settings.database):
        for _ in range(10):
            await backups.beat()
            clock.now += DAY
    assert [time for time, _ in copies(settings.backups)] == [NOON + day * DAY for day in range(9, 2, -1)]


async def test_backups_may_be_turned_off(settings):
    assert read_settings({"CHATOVYI_BACKUP_EVERY": "off"}).backup_every is None
    async with sqlite_store(settings.database):
        await Backups(replace(settings, backup_every=None), clock=HandClock()).beat()
    assert copies(settings.backups) == []


async def test_a_copy_that_fails_is_told_deletes_nothing_and_is_tried_again_in_an_hour(settings, monkeypatch, caplog):
    clock = HandClock()
    backups = Backups(settings, clock=clock)
    async with sqlite_store(settings.database):
        await backups.beat()
        clock.now += 30 * DAY
        with monkeypatch.context() as full:
            full.setattr("store.backup.shutil.disk_usage", lambda folder: type("Usage", (), {"free": 0}))
            await backups.beat()
            await backups.beat()
        assert "No room" in backups.trouble
        assert caplog.messages.count("backup failed") == 1
        await backups.beat()
        assert len(copies(settings.backups)) == 1
        clock.now += timedelta(hours=1)
        await backups.beat()
    assert backups.trouble is None
    assert len(copies(settings.backups)) == 2


async def test_damage_found_by_a_copy_is_not_kept_quiet(settings):
    async with sqlite_store(settings.database) as store:
        await store.write(lambda tx: [tx.intern_query(f"слово {number}") for number in range(2000)])
    with settings.database.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xab" * (settings.database.stat().st_size - 8192))
    with pytest.raises(DamagedError):
        await Backups(settings, clock=HandClock()).beat()
    assert copies(settings.backups) == []


async def test_a_copy_under_way_is_given_up_when_the_program_stops(settings, monkeypatch):
    monkeypatch.setattr("store.backup._STEPS_BETWEEN_LOOKS", 1)
    backups = Backups(settings, clock=HandClock())
    async with sqlite_store(settings.database) as store:
        await store.write(lambda tx: [tx.intern_query(f"слово {number}") for number in range(5000)])
        beating = asyncio.create_task(backups.beat())
        await asyncio.sleep(0)  # it has begun
        await backups.stop()
        await beating
    assert list(settings.backups.iterdir()) == []
    assert backups.trouble is None
