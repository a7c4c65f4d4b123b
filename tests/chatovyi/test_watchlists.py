"""Watch lists on the command line: imported, compared, exported; and what those that come with the program find."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.admin.list_files import read_list
from chatovyi.admin import Admin
from chatovyi.clock import system_clock
from chatovyi.dictionaries import linguist
from config.settings import read_settings
from core.errors import ConfigError
from core.match.evaluate import answer
from core.model import Entry, Source, Validators
from core.query import parse
from store.sqlite import sqlite_store
from tests.chatovyi.terminal import refused
from watchers.desk import Desk

PACKS = sorted(Path(__file__).parents[2].joinpath("config", "watchlists").glob("*.toml"))
WINTER = '[list]\nid = "winter"\nname = "Зима"\n[[line]]\nquery = "сніг"\n[[line]]\nquery = "мороз"\n'


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "x.db") as store:
        yield store


@pytest.fixture
def asked(store):
    admin = Admin(store=store, settings=read_settings({}), clock=system_clock)

    async def asked(command, **given):
        return await admin.do({"command": f"watchlist {command}", **given})

    return asked


async def matched(store):
    return await store.read(lambda tx: sorted(text for _, text, followed in tx.query_changes(-1) if followed))


async def test_a_file_becomes_a_list_and_the_list_that_file(store, asked):
    told = await asked("import", text=WINTER, file="x.toml")
    assert told.splitlines()[0] == "Зима (winter): +2, −0, 0 changed, a new list."
    assert await matched(store) == ["мороз", "сніг"]
    exported = await asked("export", slug="winter", form="toml")
    assert await asked("diff", text=exported, file="x.toml") == "Зима (winter): nothing changes."


@pytest.mark.parametrize("form", ["toml", "json", "csv"])
async def test_an_import_of_an_export_changes_nothing(store, asked, form):
    await asked("import", text=WINTER, file="x.toml")
    before = await store.read(lambda tx: (tx.generation(), len(tx.changes(before=None, limit=99))))
    exported = await asked("export", slug="winter", form=form)
    assert await asked("import", text=exported, file=f"winter.{form}") == "Зима (winter): nothing changes."
    assert await store.read(lambda tx: (tx.generation(), len(tx.changes(before=None, limit=99)))) == before


async def test_a_comparison_changes_nothing(store, asked):
    await asked("import", text=WINTER, file="x.toml")
    told = await asked("diff", text="query,name\nсніг,Сніжок\nдощ,Дощ\n", file="winter.csv")
    assert told.splitlines() == [
        "Зима (winter): +1, −1, 1 changed.",
        "+ Дощ: дощ",
        "− мороз: мороз",
        "~ Сніжок: сніг",
    ]
    assert await matched(store) == ["мороз", "сніг"]


async def test_another_list_may_be_named_than_the_file_says(asked):
    await asked("import", text=WINTER, file="x.toml")
    assert "Зима (cold): +2" in await asked("import", text=WINTER, file="x.toml", slug="cold")
    assert sorted((await asked("list")).splitlines()) == [
        "cold: Зима, 2 queries, 0 followers, private",
        "winter: Зима, 2 queries, 0 followers, private",
    ]


async def test_a_list_that_was_removed_comes_back_with_an_import(store, asked):
    from dataclasses import replace

    from core import watchlist

    await asked("import", text=WINTER, file="x.toml")
    one = await store.read(lambda tx: tx.list_by_slug("winter"))
    await store.write(lambda tx: watchlist.alter(tx, one, replace(one, removed=True), by=None, now=system_clock()))
    with pytest.raises(ConfigError, match="no watch list"):
        await asked("export", slug="winter", form="toml")
    await asked("import", text=WINTER, file="x.toml")
    assert await matched(store) == ["мороз", "сніг"]


async def test_a_query_that_would_find_too_much_is_warned_of_in_figures(store, asked):
    now = system_clock()
    await store.write(lambda tx: tx.add_source("https://a.test/f", name="А", outlet="a.test", every=None, now=now))
    (state,) = await store.read(lambda tx: tx.sources())
    desk = Desk(store=store, linguist=linguist(), clock=system_clock)
    entries = [
        Entry(
            url=f"https://a.test/{number}",
            guid=None,
            title=f"Погода на {number}: сніг",
            summary="",
            text="",
            published=now - timedelta(minutes=1),
        )
        for number in range(150)
    ]
    source = Source(
        id=state.source.id,
        url=state.source.url,
        name="А",
        outlet="a.test",
        every=None,
        validators=Validators(),
        visited=True,
        failures=0,
        epoch=0,
    )
    await desk.take_in(source, entries)
    desk.close()
    told = await asked("diff", text="query,name\nсніг,Сніг\nмороз,Мороз\nмороз,Знову\nдощ,Сніг\n", file="winter.csv")
    assert [line for line in told.splitlines() if line.startswith("!")] == [
        "! Знову: its query is in the file twice, the first one counts.",
        "! Сніг: two queries are called so.",
        "! Сніг: 150 articles a week or more: give it a context.",
    ]


async def test_who_imported_it_stands_in_the_history(store, asked):
    await asked("import", text=WINTER, file="x.toml")
    changes = await store.read(lambda tx: tx.changes(before=None, limit=9))
    assert [(change.thing.kind, change.by) for change in changes] == [("lines", None), ("list", None)]


def test_a_wrong_file_is_told_by_its_row_and_changes_nothing(chatovyi, tmp_path):
    (tmp_path / "x.csv").write_bytes("запит\nсніг\n".encode("cp1251"))
    refused(chatovyi("watchlist", "import", "x.csv"), "Windows-1251")
    (tmp_path / "x.csv").write_text("query\nсніг\n(мороз\n", encoding="utf-8")
    refused(chatovyi("watchlist", "import", "x.csv"), "Row 3", "(мороз")
    refused(chatovyi("watchlist", "import", "none.csv"), "none.csv cannot be read")
    assert "No watch lists yet" in chatovyi("watchlist", "list").stdout


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.stem)
async def test_a_list_that_comes_with_the_program_is_imported_and_stays_the_same(asked, pack):
    text = pack.read_text(encoding="utf-8")
    assert "a new list" in await asked("import", text=text, file=pack.name)
    assert "nothing changes" in await asked("diff", text=text, file=pack.name)


HEADLINES = {
    "У Білорусі звільнили 14 політв’язнів": {"Усе про політв’язнів", "Звільнення"},
    "У Мінську засудили політв'язня": {"Усе про політв’язнів", "Вироки й арешти"},
    "Білоруський політв’язень помер у колонії": {"Усе про політв’язнів", "Смерть за ґратами"},
    "Беларусь: памілавалі васьмярых палітвязняў": {"Усе про політв’язнів", "Звільнення"},
    "Лукашэнка адпусціў палітвязьняў": {"Усе про політв’язнів", "Звільнення"},
    "В Беларуси освободили политзаключённых": {"Усе про політв’язнів", "Звільнення"},
    "Белорусский политзаключенный скончался": {"Усе про політв’язнів", "Смерть за ґратами"},
    "Białoruś zwolniła więźniów politycznych": {"Усе про політв’язнів", "Звільнення"},
    "Belarusian political prisoner dies in custody": {"Усе про політв’язнів", "Смерть за ґратами"},
    "Political prisoners released in Belarus": {"Усе про політв’язнів", "Звільнення"},
    "У Росії звільнили політв’язнів": set(),
    "У Білорусі звільнили міністра": set(),
    "Політв’язень помер у російській колонії": set(),
}


@pytest.fixture(scope="module")
def prisoners():
    pack = next(pack for pack in PACKS if pack.stem == "belarusian-prisoners")
    return read_list(pack.read_text(encoding="utf-8"), name=pack.name)


@pytest.mark.parametrize("headline", HEADLINES)
def test_the_list_of_prisoners_reads_five_languages(prisoners, headline):
    known = linguist().knowing(prisoners.concepts)
    read = known.read(headline, "", sources=())
    found = {line.label for line in prisoners.lines if answer(known.meaning(parse(line.text)), read, known.judge)}
    assert found == HEADLINES[headline]


def test_release_and_death_ring_at_night(prisoners):
    assert {line.label for line in prisoners.lines if line.urgent} == {"Звільнення", "Смерть за ґратами"}
