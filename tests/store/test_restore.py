"""A copy in the place of the database: nothing lost that was in it, nothing told twice, the old one kept."""

from dataclasses import replace
from datetime import timedelta

import apsw
import pytest
from newsroom import (
    NOON,
    OKSANA,
    PETRO,
    Verbs,
    article,
    claim,
    follows,
    match,
    opened,
    publish,
    record,
    say,
    sequel,
    settle,
)

from core.errors import StoreError
from core.model import MessageId
from core.outbox import Sent
from store.backup import back_up, name_in, read_through
from store.file import beside, check
from store.migrations import migrations
from store.restore import restore
from store.sqlite import sqlite_store

HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


async def states(store):
    rows = await store.read(lambda tx: list(tx._execute("SELECT kind, payload, state FROM delivery ORDER BY id")))
    return [tuple(row) for row in rows]


async def backed_up(path, folder, *, at=NOON):
    return back_up(path, name_in(folder, now=at), now=at).path


async def visited(db, clock):
    """The one source that is due is visited, and gives nothing new."""
    clock.move(minutes=2)
    (source,) = await db.claim_sources(now=clock(), until=clock(), limit=9)
    await db.settle_visit(source, sequel(source, due_at=clock()), record(at=clock()), now=clock())


async def test_the_drill_what_was_in_the_backup_is_there_and_what_was_sent_before_it_is_not_sent_again(
    path, folder, clock
):
    async with sqlite_store(path) as store:
        db = Verbs(store)
        query = await follows(db, OKSANA, "мінськ")
        feed = await opened(db, "https://a.test/feed")
        await publish(db, feed, article("a.test/1", matches=(match(query, (0, 6)),)))
        await settle(db, clock, (await claim(db, clock))[0], Sent(MessageId(11)))
        await say(db, PETRO, "чекає")
        copy = await backed_up(path, folder)
        await publish(db, feed, article("a.test/2", "Зовсім інше", matches=(match(query, (0, 6)),)))
    path.unlink()

    done = restore(copy, path, now=NOON + HOUR)

    assert done.aside is None
    async with sqlite_store(path) as store:
        assert await states(store) == [("alert", None, "sent"), ("answer", "чекає", "unknown")]
        assert (await Verbs(store).unseen(["a.test/1", "a.test/2"])) == {"a.test/2"}
        assert [sub.label for sub in await Verbs(store).subscriptions(OKSANA)] == ["мінськ"]


async def test_what_waited_is_looked_up_above_the_newest_number_of_the_backup_before_it_is_sent(path, folder, clock):
    async with sqlite_store(path) as store:
        db = Verbs(store)
        await follows(db, OKSANA, "мінськ")
        await say(db, OKSANA, "перше")
        await settle(db, clock, (await claim(db, clock))[0], Sent(MessageId(11)))
        clock.move(minutes=1)
        await say(db, OKSANA, "друге")
        copy = await backed_up(path, folder)
    restore(copy, path, now=NOON + HOUR)
    clock.move(hours=1)
    async with sqlite_store(path) as store:
        (due,) = await claim(Verbs(store), clock)
        assert due.payload == "друге"
        assert due.search[0] == 12


async def test_what_a_source_published_before_the_loss_counts_as_told_and_what_came_after_is_told(path, folder, clock):
    async with sqlite_store(path) as store:
        db = Verbs(store)
        query = await follows(db, OKSANA, "мінськ")
        feed = await opened(db, "https://a.test/feed")
        await visited(db, clock)
        copy = await backed_up(path, folder)
    path.unlink()
    restore(copy, path, now=NOON + HOUR)
    clock.move(hours=2)
    async with sqlite_store(path) as store:
        db = Verbs(store)
        (claimed,) = await db.claim_sources(now=clock(), until=clock() + HOUR, limit=9)
        assert claimed.told_until == NOON + HOUR
        assert not claimed.visited
        found = (match(query, (0, 6)),)
        old = _presumed(article("a.test/1", "Мінськ відпустив людей", matches=found))
        assert (await publish(db, feed, old, at=clock())).alerts == 0
        again = article("b.test/1", "Мінськ відпустив людей", matches=found)
        assert (await publish(db, feed, again, at=clock())).alerts == 0
        new = article("a.test/3", "Зовсім нова подія сьогодні", matches=found)
        assert (await publish(db, feed, new, at=clock())).alerts == 1
        assert [state for _, _, state in await states(store)] == ["pending"]


def _presumed(prepared):
    return replace(prepared, told=False, presumed=True)


async def test_a_source_is_met_anew_once_and_one_added_later_as_ever(path, folder, clock):
    async with sqlite_store(path) as store:
        await opened(Verbs(store), "https://a.test/feed")
        await visited(Verbs(store), clock)
        copy = await backed_up(path, folder)
    restore(copy, path, now=NOON + HOUR)
    clock.move(hours=2)
    async with sqlite_store(path) as store:
        db = Verbs(store)
        await visited(db, clock)
        await db.add_source("https://b.test/feed", name=None, outlet="b.test", every=HOUR, now=clock())
        later = await db.claim_sources(now=clock(), until=clock(), limit=9)
        assert [(one.outlet, one.visited, one.told_until) for one in sorted(later, key=lambda one: one.id)] == [
            ("https://a.test/feed", True, None),
            ("b.test", False, None),
        ]


async def test_what_was_there_is_kept_with_its_log_and_when_it_was_written_last_is_taken_for_the_loss(path, folder):
    async with sqlite_store(path) as store:
        copy = await backed_up(path, folder)
        await Verbs(store).intern_query("пізніше")
        left = path.read_bytes(), beside(path, "-wal").read_bytes()
    path.write_bytes(left[0])
    beside(path, "-wal").write_bytes(left[1])
    last = max(path.stat().st_mtime, beside(path, "-wal").stat().st_mtime)

    far = NOON + timedelta(days=3650)
    done = restore(copy, path, now=far)

    assert done.told_until.timestamp() == pytest.approx(last, abs=0.01)
    assert not beside(path, "-wal").exists()
    assert done.aside.read_bytes() == left[0]
    async with sqlite_store(done.aside) as kept:
        assert [text for _, text, _ in await Verbs(kept).query_changes(-1)] == ["пізніше"]
    async with sqlite_store(path) as store:
        assert await Verbs(store).query_changes(-1) == []


async def test_a_restore_that_was_stopped_midway_lets_nothing_start_until_it_is_done(path, folder, monkeypatch):
    async with sqlite_store(path) as store:
        await Verbs(store).intern_query("мінськ")
        copy = await backed_up(path, folder)

    with monkeypatch.context() as broken:
        broken.setattr("store.restore._put_aside", _cut)
        with pytest.raises(KeyboardInterrupt):
            restore(copy, path, now=NOON)
    with pytest.raises(StoreError, match="chatovyi restore"):
        check(path)
    restore(copy, path, now=NOON)
    check(path)


def _cut(*given, **named):
    raise KeyboardInterrupt


@pytest.mark.parametrize("spoil", ["damaged", "newer", "missing"])
async def test_a_copy_that_cannot_be_used_changes_nothing(path, folder, spoil):
    async with sqlite_store(path) as store:
        await Verbs(store).intern_query("мінськ")
        copy = await backed_up(path, folder)
    match spoil:
        case "damaged":
            copy.write_bytes(copy.read_bytes()[:9000])
        case "newer":
            by_hand = apsw.Connection(str(copy))
            by_hand.pragma("user_version", 99)
            by_hand.close()
        case "missing":
            copy.unlink()
    before = path.read_bytes(), sorted(one.name for one in path.parent.iterdir())

    with pytest.raises(StoreError):
        restore(copy, path, now=NOON)
    assert (path.read_bytes(), sorted(one.name for one in path.parent.iterdir())) == before


async def test_the_database_is_no_backup_of_itself(path):
    async with sqlite_store(path):
        pass
    with pytest.raises(StoreError, match="the database itself"):
        restore(path, path, now=NOON)


async def test_an_old_copy_is_brought_up_to_date_before_it_is_put_in_place(path, folder):
    folder.mkdir()
    by_hand = apsw.Connection(str(folder / "old.db"))
    by_hand.execute(migrations()[0].sql)
    by_hand.pragma("application_id", 0x43686174)
    by_hand.pragma("user_version", 1)
    by_hand.execute("INSERT INTO query (text, changed) VALUES ('мінськ', 1)")
    by_hand.close()

    assert restore(folder / "old.db", path, now=NOON).copy.schema == 1
    assert read_through(path).schema == migrations()[-1].number
    async with sqlite_store(path) as store:
        assert [text for _, text, _ in await Verbs(store).query_changes(-1)] == ["мінськ"]


async def test_a_number_that_an_old_button_names_is_given_to_no_other_query(path, folder):
    async with sqlite_store(path) as store:
        await Verbs(store).intern_query("мінськ")
        copy = await backed_up(path, folder)
        since = await Verbs(store).intern_query("після копії")
    restore(copy, path, now=NOON)
    async with sqlite_store(path) as store:
        assert await Verbs(store).intern_query("зовсім інше") > since + 1000
