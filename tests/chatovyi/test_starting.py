"""Sources to begin with are taken over at once, and tried one by one."""

from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest

from chatovyi import starting
from chatovyi.clock import system_clock
from chatovyi.demo.site import NewsSite
from chatovyi.serve import serving
from chatovyi.starting import add_starters, checked
from config.starters import Starter, starters
from store.sqlite import sqlite_store
from tests.chatovyi.terminal import refused
from watchers.asking import Limits
from watchers.fetch import Fetcher
from watchers.gate import Gate
from watchers.scout import Scout

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


async def test_a_file_of_sources_is_watched_whole_and_once(tmp_path):
    async with sqlite_store(tmp_path / "x.db") as store:
        first = await add_starters(store, "poland", clock=lambda: NOON)
        again = await add_starters(store, "poland", clock=lambda: NOON)
        known = await store.read(lambda tx: tx.sources())
    told = starters("poland")
    assert first.startswith(f"{len(told)} sources of 'poland'.\n")
    assert again.startswith(f"{len(told)} sources of 'poland', {len(told)} of them were watched already.\n")
    assert [(one.source.url, one.source.name, one.due_at) for one in known] == [
        (one.url, one.name, NOON) for one in told
    ]


def test_the_command_line_takes_them_over(chatovyi):
    assert "sources of 'belarus'" in chatovyi("source", "add", "--starter", "belarus").stdout
    assert "Наша Ніва" in chatovyi("source", "list").stdout
    refused(chatovyi("source", "add", "--starter", "atlantis"), "belarus", "ukraine")
    assert chatovyi("source", "add").returncode == 2


@pytest.fixture
async def scout():
    async with Fetcher(
        allow_private=[ip_network("127.0.0.0/8")],
        user_agent="Test/1",
        limits=Limits(),
        clock=system_clock,
        gate=Gate(clock=system_clock, gap=timedelta(0)),
    ) as door:
        yield Scout(door, clock=system_clock, zone=ZoneInfo("Europe/Kyiv"))


def starter(name, url):
    return Starter(name=name, url=url, language="uk", label="independent", kind="feed", verified=False)


async def test_which_answer_is_said_and_what_there_is_instead(scout, news_world, monkeypatch):
    outlet = news_world.outlet("dniprochas")
    site = NewsSite(news_world, clock=system_clock)
    site.publish(next(one for one in news_world.articles if one.outlet == outlet.key), at=system_clock())
    async with serving(site.app) as address:
        good, gone = address + outlet.feed_path, f"{address}/nowhere.xml"
        told = [starter("Добре", good), starter("Зникле", gone), starter("Глухе", "http://127.0.0.1:9/rss")]
        monkeypatch.setattr(starting, "starters", lambda name: told)
        async with aclosing(checked(["any"], scout, clock=system_clock)) as lines:
            *said, last = [line async for line in lines]
    assert last == "1 of 3 answer."
    yes, zone, deaf = (next(line for line in said if name in line) for name in ("Добре", "Зникле", "Глухе"))
    assert yes.startswith("yes  Добре: RSS, in Ukrainian, 1 entry, all with their full text")
    assert zone.startswith(f"NO   Зникле: HTTP 404 Not Found  {gone}, but there is {address}")
    assert deaf.startswith("NO   Глухе: no connection")
