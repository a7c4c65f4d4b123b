"""Databases of every released schema are brought up to date, and keep what they hold."""

from pathlib import Path

import apsw
import pytest
from newsroom import BOT, NOON, OKSANA, PETRO, HandClock, Verbs, claim

from core.errors import StoreError
from store import schema
from store.migrations import Migration, migrations
from store.sqlite import sqlite_store

RELEASED = sorted(Path(__file__).parent.joinpath("released").glob("*.sql"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


def laid_down(path, released):
    connection = apsw.Connection(str(path))
    connection.execute(released.read_text(encoding="utf-8"))
    connection.close()


def schema_of(path):
    """Every statement of the schema, spaces apart; a column added later stands where an upgrade puts it."""
    connection = apsw.Connection(str(path))
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
    connection.close()
    return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in found}


def tables(connection):
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%article_index%'"
    )
    return [name for (name,) in found.fetchall() if name != "sqlite_sequence"]


def counted(path):
    connection = apsw.Connection(str(path))
    found = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables(connection)}
    connection.close()
    return found


def test_released_schemas_are_numbered_from_the_first_without_a_gap():
    numbers = [int(file.stem) for file in RELEASED]
    assert numbers == list(range(1, len(RELEASED) + 1))
    assert numbers[-1] <= migrations()[-1].number


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
def test_a_released_database_has_something_in_every_table(path, released):
    laid_down(path, released)
    assert [table for table, rows in counted(path).items() if not rows] == []


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
async def test_a_released_database_is_brought_up_to_date_and_keeps_what_it_holds(path, tmp_path, released):
    laid_down(path, released)
    before = counted(path)

    async with sqlite_store(path) as store:
        db = Verbs(store)
        assert [(text, followed) for _, text, followed in await db.query_changes(-1)] == [("мінськ", True)]
        assert await db.offered(PETRO, 1) == "мінськ"
        assert (await db.next_heard(BOT)).update == 7
        assert [sub.label for sub in await db.subscriptions(OKSANA)] == ["мінськ"]
        assert [article.title for article in await found(db)] == ["Мінськ відпустив людей додому"] * 2
        clock = HandClock()
        clock.move(hours=1)
        assert {due.kind for due in await claim(db, clock)} == {"growth", "answer"}
    async with sqlite_store(tmp_path / "fresh.db"):
        pass
    assert schema_of(path) == schema_of(tmp_path / "fresh.db")
    assert [name for name, rows in counted(path).items() if rows < before.get(name, 0)] == []


async def found(db):
    """What is looked for by a word of the index, which the upgrade must not have lost."""
    return await db.articles_holding([frozenset({"мінськ"})], since=NOON, limit=9)


@pytest.mark.parametrize("step", range(2, len(migrations()) + 1))
async def test_a_step_that_fails_leaves_the_step_before_it_as_it_was(path, tmp_path, monkeypatch, step):
    laid_down(path, RELEASED[0])
    steps = migrations()
    broken = [one if one.number != step else spoilt(one) for one in steps]
    monkeypatch.setattr(schema, "migrations", lambda: steps[: step - 1])
    async with sqlite_store(path):
        pass
    before = schema_of(path), counted(path)

    monkeypatch.setattr(schema, "migrations", lambda: broken)
    with pytest.raises(StoreError, match=f"step {step}.*Nothing was changed"):
        async with sqlite_store(path):
            pass
    assert (schema_of(path), counted(path)) == before
    monkeypatch.setattr(schema, "migrations", lambda: steps)
    async with sqlite_store(path):
        pass


def spoilt(step):
    """Its last statement fails, after all before it were carried out."""
    return Migration(number=step.number, name=step.name, sql=f"{step.sql};\nINSERT INTO nowhere VALUES (1);")
