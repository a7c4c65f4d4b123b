"""What is SQLite's alone: one file, one owner, one writer."""

import asyncio
import os
import shutil
import threading
from contextlib import contextmanager

import apsw
import pytest
from newsroom import BOT, MINUTE, NOON, OKSANA, Verbs, meet

from core.errors import StoreError, UserError
from core.lookup import Unfindable, after_look
from store.migrations import migrations
from store.sqlite import SqliteStore, check, in_use, sqlite_store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


async def written(path, *words):
    """A database that was opened, written to and closed."""
    async with sqlite_store(path) as store:
        for word in words:
            await Verbs(store).intern_query(word)


async def words(store):
    return [text for _, text, _ in await Verbs(store).query_changes(-1)]


async def refusal(path):
    """What a person is told who tries to open the file."""
    with pytest.raises(StoreError) as refused:
        async with sqlite_store(path):
            pass
    return str(refused.value)


@contextmanager
def by_hand(path):
    connection = apsw.Connection(str(path))
    yield connection
    connection.close()


class Gate:
    """A piece of work that stands still until it is let go."""

    def __init__(self) -> None:
        self._reached, self._open = threading.Event(), threading.Event()

    def __call__(self, tx):
        self._reached.set()
        assert self._open.wait(10)
        return tx.generation()

    async def reached(self):
        assert await asyncio.to_thread(self._reached.wait, 10)

    def let_go(self):
        self._open.set()


# One owner.


async def test_a_file_in_use_is_refused_by_the_name_of_its_process(path):
    async with sqlite_store(path):
        told = await refusal(path)
    assert str(path) in told
    assert f"process {os.getpid()}" in told
    assert "CHATOVYI_DATABASE" in told


async def test_a_refused_second_owner_does_not_disturb_the_first(path):
    async with sqlite_store(path) as store:
        await refusal(path)
        assert f"process {os.getpid()}" in await refusal(path)
        await Verbs(store).intern_query("мінськ")
        assert await words(store) == ["мінськ"]


async def test_a_file_is_free_again_when_its_owner_closed_it(path):
    async with sqlite_store(path):
        assert in_use(path)
    assert not in_use(path)
    await written(path, "мінськ")


async def test_a_look_at_an_absent_file_makes_none(path):
    check(path)
    assert not in_use(path)
    assert os.listdir(path.parent) == []


async def test_a_file_that_was_never_written_to_is_as_good_as_none(path):
    path.touch()
    await written(path, "мінськ")


async def test_a_folder_that_cannot_be_made_is_named(path):
    path.write_text("a file, and no folder")
    assert str(path / "news.db") in await refusal(path / "news.db")


async def test_a_folder_in_the_files_place_is_refused(path):
    path.mkdir()
    assert "CHATOVYI_DATABASE" in await refusal(path) or "permissions" in await refusal(path)


async def test_the_files_are_nobody_elses_to_read(path):
    async with sqlite_store(path) as store:
        await Verbs(store).intern_query("мінськ")
        modes = {file.name: file.stat().st_mode & 0o077 for file in path.parent.iterdir()}
    assert modes == dict.fromkeys(modes, 0)


# What is not to be touched.


async def test_a_newer_database_is_refused_and_not_changed(path):
    await written(path, "мінськ")
    with by_hand(path) as connection:
        connection.pragma("user_version", 99)
    before = path.read_bytes()
    told = await refusal(path)
    assert "newer" in told
    assert "99" in told
    assert path.read_bytes() == before


async def test_another_programs_database_is_refused_and_not_changed(path):
    with by_hand(path) as connection:
        connection.execute("CREATE TABLE theirs (word TEXT); INSERT INTO theirs VALUES ('x')")
    before = path.read_bytes()
    assert "not a Chatovyi database" in await refusal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"word,count\n" * 500, b"\0" * 8192])
async def test_a_file_that_is_no_database_is_refused_and_not_changed(path, content):
    path.write_bytes(content)
    assert str(path) in await refusal(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("place", [0, 16])
async def test_a_file_with_a_damaged_header_is_refused_and_not_changed(path, place):
    await written(path, "мінськ")
    damaged = bytearray(path.read_bytes())
    damaged[place : place + 2] = b"\xff\xff"
    path.write_bytes(damaged)
    assert str(path) in await refusal(path)
    assert path.read_bytes() == damaged


async def test_a_file_with_damaged_pages_is_refused_and_not_changed(path):
    await written(path, *(f"слово {number}" for number in range(300)))
    damaged = bytearray(path.read_bytes())
    damaged[4096:] = b"\xab" * (len(damaged) - 4096)
    path.write_bytes(damaged)
    told = await refusal(path)
    assert "damaged" in told
    assert "backup" in told
    assert path.read_bytes() == damaged


async def test_a_file_whose_pages_do_not_fit_together_is_refused_and_not_changed(path):
    await written(path, "мінськ")
    damaged = bytearray(path.read_bytes())
    damaged[36:40] = (5).to_bytes(4, "big")  # pages said to be free, of which there are none
    path.write_bytes(damaged)
    assert "damaged" in await refusal(path)
    assert path.read_bytes() == damaged


async def test_a_file_that_was_cut_short_is_refused(path):
    await written(path, *(f"слово {number}" for number in range(300)))
    path.write_bytes(path.read_bytes()[: 4096 * 3 + 100])
    assert "damaged" in await refusal(path)


async def test_an_upgrade_that_fails_changes_nothing(path):
    with by_hand(path) as connection:
        connection.execute("CREATE TABLE source (theirs TEXT)")
        connection.pragma("application_id", 0x43686174)
    told = await refusal(path)
    assert "already exists" in told
    with by_hand(path) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema")]
        assert (tables, connection.pragma("user_version")) == (["source"], 0)


async def test_a_database_of_the_first_schema_is_upgraded_and_keeps_what_it_holds(path):
    first = migrations()[0]
    with by_hand(path) as connection:
        connection.execute(first.sql)
        connection.pragma("application_id", 0x43686174)
        connection.pragma("user_version", first.number)
        connection.execute("INSERT INTO query (text, changed) VALUES ('мінськ', 1)")
    async with sqlite_store(path) as store:
        assert await words(store) == ["мінськ"]
        assert await Verbs(store).concepts() == []
    with by_hand(path) as connection:
        assert connection.pragma("user_version") == migrations()[-1].number


_BEFORE_LOOKUPS = """
    INSERT INTO chat (bot_id, chat_id, language, met) VALUES (100, 1, 'uk', 1);
    INSERT INTO source (id, url, name, named, outlet, every, due_at, added_at) VALUES (1, 'u', 'n', 1, 'o', 1, 1, 1);
    INSERT INTO story VALUES (1, 1, 1);
    INSERT INTO article (id, key, source_id, outlet, title, text, gist, published, seen, told)
        VALUES (1, 'k', 1, 'o', 't', '', '[]', 1, 1, 1);
    INSERT INTO alert (id, bot_id, chat_id, thread_id, story_id, article_id, message_id, decided)
        VALUES (1, 100, 1, 0, 1, 1, 41, 1), (2, 100, -1001234567890, 0, 1, 1, 5, 1);
    INSERT INTO delivery (bot_id, chat_id, thread_id, kind, priority, alert_id, edits, state, due_at, created)
        VALUES (100, 1, 0, 'growth', 2, 1, 41, 'unknown', 1, 1), (100, 1, 0, 'growth', 2, 1, NULL, 'pending', 1, 1);
    INSERT INTO delivery (bot_id, chat_id, thread_id, kind, priority, payload, state, due_at, created)
        VALUES (100, 1, 0, 'answer', 0, 'here', 'unknown', 1, 1);
"""


async def test_what_an_older_version_did_not_know_the_fate_of_is_settled_after_the_upgrade(path):
    with by_hand(path) as connection:
        for step in migrations()[:2]:
            connection.execute(step.sql)
            connection.pragma("user_version", step.number)
        connection.pragma("application_id", 0x43686174)
        connection.execute(_BEFORE_LOOKUPS)
    async with sqlite_store(path) as store:
        db = Verbs(store)
        assert [await db.newest_number(BOT, chat) for chat in (1, 7, -1001234567890)] == [41, 41, 5]
        (look,) = await db.claim_deliveries(BOT, now=NOON, until=NOON + MINUTE, limit=9)
        assert (look.payload, look.search) == ("here", ())
        await db.settle_delivery(look, after_look(look, Unfindable("no number"), now=NOON), now=NOON)
        (edit,) = await db.claim_deliveries(BOT, now=NOON + MINUTE, until=NOON + 2 * MINUTE, limit=9)
        assert (edit.kind, edit.edits, edit.search) == ("growth", 41, None)


# Stops.


async def test_what_was_written_is_there_after_a_stop(path):
    await written(path, "мінськ")
    async with sqlite_store(path) as store:
        assert await words(store) == ["мінськ"]


async def test_what_was_written_is_there_after_an_unclean_stop(path, tmp_path):
    async with sqlite_store(path) as store:
        for word in ("мінськ", "сніг"):
            await Verbs(store).intern_query(word)
        left = tmp_path / "as the stop left it"
        shutil.copytree(path.parent, left, ignore=lambda folder, names: [name for name in names if " " in name])
    async with sqlite_store(left / path.name) as store:
        assert await words(store) == ["мінськ", "сніг"]


async def test_a_first_start_that_was_stopped_before_its_first_table_is_gone_on_with(path):
    with by_hand(path) as connection:
        connection.pragma("journal_mode", "wal")
    await written(path, "мінськ")


async def test_closing_finishes_what_was_given(path):
    async with sqlite_store(path) as store:
        given = [asyncio.create_task(Verbs(store).intern_query(f"слово {number}")) for number in range(50)]
        await asyncio.sleep(0)
    assert len(await asyncio.gather(*given)) == 50
    async with sqlite_store(path) as store:
        assert len(await words(store)) == 50


async def test_closing_waits_for_a_read_that_is_under_way(path):
    gate = Gate()
    async with sqlite_store(path) as store:
        reading = asyncio.create_task(store.read(gate))
        await gate.reached()
        asyncio.get_running_loop().call_soon(gate.let_go)
    assert await reading == 0
    await written(path, "мінськ")


# Many at a time.


async def test_many_write_at_once_and_a_piece_that_fails_is_undone_alone(path):
    def failing(tx):
        tx.intern_query("недописане")
        raise UserError("gone")

    async with sqlite_store(path) as store:
        db = Verbs(store)
        given = [store.write(failing) if number == 77 else db.intern_query(f"{number}") for number in range(200)]
        came = await asyncio.gather(*given, return_exceptions=True)
        assert [number for number, each in enumerate(came) if isinstance(each, Exception)] == [77]
        assert isinstance(came[77], UserError)
        assert sorted(await words(store), key=int) == [str(number) for number in range(200) if number != 77]


async def test_what_waits_goes_into_one_commit(path):
    gate = Gate()
    async with sqlite_store(path) as store:
        held = asyncio.create_task(store.write(gate))
        await gate.reached()
        given = [asyncio.create_task(Verbs(store).intern_query(f"{number}")) for number in range(30)]
        await asyncio.sleep(0)
        with by_hand(path) as onlooker:
            before = onlooker.pragma("data_version")
            gate.let_go()
            seen = {before, onlooker.pragma("data_version")}
            while not all(each.done() for each in given):
                await asyncio.sleep(0)
                seen.add(onlooker.pragma("data_version"))
        assert await held == 0
    assert len(seen) <= 2


async def test_pieces_of_one_commit_see_what_those_before_them_did(path):
    async with sqlite_store(path) as store:
        numbers = await asyncio.gather(*(Verbs(store).intern_query("те саме") for _ in range(20)))
    assert len(set(numbers)) == 1


async def test_a_reader_sees_one_moment_from_beginning_to_end(path):
    async with sqlite_store(path) as store:
        gate = Gate()

        def twice(tx):
            before = tx.query_changes(-1)
            gate(tx)
            return before, tx.query_changes(-1)

        reading = asyncio.create_task(store.read(twice))
        await gate.reached()
        await Verbs(store).intern_query("мінськ")
        gate.let_go()
        assert await reading == ([], [])
        assert [text for _, text, _ in await store.read(lambda tx: tx.query_changes(-1))] == ["мінськ"]


async def test_a_write_does_not_wait_for_a_reader(path):
    gate = Gate()
    async with sqlite_store(path) as store:
        reading = asyncio.create_task(store.read(gate))
        await gate.reached()
        async with asyncio.timeout(5):
            await Verbs(store).intern_query("мінськ")
        gate.let_go()
        await reading


async def test_a_reader_cannot_write(path):
    async with sqlite_store(path) as store:
        with pytest.raises(StoreError):
            await store.read(lambda tx: tx.intern_query("мінськ"))
        assert await words(store) == []
        assert await store.read(lambda tx: tx.generation()) == 0


async def test_a_read_that_breaks_leaves_its_reader_usable(path):
    def breaking(tx):
        raise KeyError("мінськ")

    async with sqlite_store(path) as store:
        for _ in range(5):
            with pytest.raises(KeyError):
                await store.read(breaking)
        assert await store.read(lambda tx: tx.generation()) == 0


# Trouble reaches whoever waits.


async def test_a_full_disk_is_told_to_everybody_whose_work_was_in_the_commit(path):
    gate = Gate()
    async with sqlite_store(path) as store:
        db = Verbs(store)
        await meet(db, OKSANA)
        held = asyncio.create_task(store.write(gate))
        await gate.reached()
        given = [asyncio.create_task(each) for each in (db.intern_query("раз"), _filled(store), db.intern_query("два"))]
        await asyncio.sleep(0)
        gate.let_go()
        await held
        came = await asyncio.gather(*given, return_exceptions=True)
        assert [type(each) for each in came] == [StoreError] * 3
        assert "disk is full" in str(came[0])
        assert await words(store) == []
        await store.write(lambda tx: list(tx._execute("PRAGMA max_page_count = 100000")))
        await db.intern_query("знову є місце")
        assert await words(store) == ["знову є місце"]


async def _filled(store):
    def fill(tx):
        list(tx._execute("PRAGMA max_page_count = 1"))
        for _ in range(100):
            tx.say(OKSANA, "довге слово" * 1000, edits=None, now=NOON)

    await store.write(fill)


async def test_a_store_that_cannot_be_opened_tells_everybody_who_waits(path):
    path.write_bytes(b"word,count\n" * 500)
    store = SqliteStore(path)
    came = await asyncio.gather(*(Verbs(store).generation() for _ in range(5)), return_exceptions=True)
    await asyncio.to_thread(store.close)
    assert [type(each) for each in came] == [StoreError] * 5


async def test_a_caller_who_no_longer_waits_does_not_break_the_writer(path):
    gate = Gate()
    async with sqlite_store(path) as store:
        held = asyncio.create_task(store.write(gate))
        await gate.reached()
        leaving = asyncio.create_task(Verbs(store).intern_query("раз"))
        await asyncio.sleep(0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        gate.let_go()
        async with asyncio.timeout(10):
            assert await held == 0
            await Verbs(store).intern_query("два")
        assert await words(store) == ["раз", "два"]
