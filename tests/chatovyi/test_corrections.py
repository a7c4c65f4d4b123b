"""Editors' words on stories, on the command line: by the addresses of articles, and out as labels for the bench."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bench.stories.streams import events_of, read
from chatovyi.admin import Admin
from chatovyi.dictionaries import linguist
from config.settings import read_settings
from core.errors import ConfigError
from core.growth import GROWTH
from core.ingest import ingest, prepare
from core.match.followed import Followed
from core.model import Entry
from store.sqlite import sqlite_store

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TOLD = {
    "https://vezha.test/1": "Страйк докерів зупинив порт у Гданську",
    "https://hanak.test/1": "У Гданську порт зупинив страйк докерів",
    "https://dzvin.test/1": "Сейм ухвалив бюджет на наступний рік",
}


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "x.db") as store:
        yield store


@pytest.fixture
async def asked(store):
    await store.write(take_in)
    admin = Admin(store=store, settings=read_settings({}), clock=lambda: NOON + timedelta(hours=1))

    async def asked(verb, url=None, other=None):
        return await admin.do({"command": f"story {verb}", "url": url, "other": other})

    return asked


def take_in(tx):
    followed = Followed(linguist(), left_out=lambda query: None)
    for number, (url, title) in enumerate(TOLD.items()):
        outlet = url.split("/")[2]
        tx.add_source(f"https://{outlet}/feed", name=outlet, outlet=outlet, every=None, now=NOON)
        source = next(state.source for state in tx.sources() if state.source.outlet == outlet)
        entry = Entry(url=url, guid=None, title=title, summary="", text=None, published=NOON)
        now = NOON + timedelta(minutes=number)
        taken = prepare(entry, source, followed=followed, now=now)
        ingest(tx, source=source, prepared=[taken], generation=tx.generation(), growth=GROWTH, now=now)


async def test_the_addresses_of_two_articles_join_their_stories(asked):
    vezha, _, dzvin = TOLD
    assert await asked("join", vezha, dzvin + "?utm_source=feed") == "They are one story now."
    assert await asked("join", vezha, dzvin) == "They are one story already."


async def test_an_article_is_split_off_by_its_address(asked):
    _, hanak, dzvin = TOLD
    assert await asked("split", hanak) == f"{hanak} is a story of its own now."
    with pytest.raises(ConfigError, match="the only article of its story"):
        await asked("split", dzvin)


async def test_an_address_that_is_not_known_is_said(asked):
    with pytest.raises(ConfigError, match=r"No article of the address https://x\.test/ is known"):
        await asked("split", "https://x.test/")


async def test_the_labels_are_a_stream_that_the_bench_reads(asked, tmp_path):
    vezha, hanak, dzvin = TOLD
    assert await asked("labels") == ""
    await asked("split", hanak)
    await asked("join", vezha, dzvin)

    labels = await asked("labels")
    file = tmp_path / "labels.jsonl"
    file.write_text(labels, encoding="utf-8")
    items = read(file)
    events = dict(zip((item["title"] for item in items), events_of(items), strict=True))
    assert events.keys() == set(TOLD.values())
    assert events[TOLD[vezha]] == events[TOLD[dzvin]] != events[TOLD[hanak]]
    assert json.loads(labels.splitlines()[0])["source"] == "vezha.test"
