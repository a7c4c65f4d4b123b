"""What the tests of visits share: a clock, a store, a desk, and rounds that are made by hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

import pytest
from raw_web import answer

from chatovyi.dictionaries import linguist
from core.model import BotId, ChatId, Target
from core.pace import Pace
from core.subscribe import follow
from store.sqlite import sqlite_store
from watchers.desk import Desk
from watchers.extract import extract
from watchers.pages import PageReader
from watchers.patrol import Patrol, Rounds

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KYIV = ZoneInfo("Europe/Kyiv")
OKSANA = Target(bot=BotId(100), chat=ChatId(1))


class HandClock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "news.db") as store:
        yield store


@pytest.fixture
def desk(store, clock):
    desk = Desk(store=store, linguist=linguist(), clock=clock)
    yield desk
    desk.close()


@pytest.fixture
async def round_(store, desk, make_fetcher, clock, site):
    async with make_fetcher(clock=clock) as fetcher:
        made = Round(store, desk, fetcher, clock, site)
        yield made
        await made.patrol.stop()


class InHouse:
    """The reader of pages, without a process of its own."""

    async def text_of(self, body, *, url, content_type, zone):
        return extract(body, url=url, content_type=content_type, zone=zone)


class Round:
    """A patrol on a store, with a web to visit."""

    def __init__(self, store, desk, fetcher, clock, site):
        self.store, self.desk, self.fetcher, self.clock, self.site = store, desk, fetcher, clock, site
        self.alarms, self.news, self.luck = [], [], 0.5
        self.patrol = self.patrol_of()

    def patrol_of(self, *, store=None, desk=None, extractor=None, **rounds):
        return Patrol(
            store=store or self.store,
            fetcher=self.fetcher,
            pages=PageReader(fetcher=self.fetcher, extractor=extractor or InHouse(), zone=KYIV, hands=2),
            desk=desk or self.desk,
            clock=self.clock,
            zone=KYIV,
            rounds=Rounds(**rounds),
            pace=Pace(),
            dice=lambda: self.luck,
            on_news=lambda: self.news.append(None),
            alarm=self.alarms.append,
        )

    async def watch(self, path, *, host=None, outlet=None, name=None, every=MINUTE, visited=True):
        """The feed at the path is a source, visited before unless it is said to be new."""
        url, now = self.site.url(path, host=host), self.clock()
        number = await self.verb("add_source", url, name=name, outlet=outlet or path, every=every, now=now)
        if visited:
            await self.store.write(
                lambda tx: list(tx._execute("UPDATE source SET visited = 1 WHERE id = :id", id=number))
            )
        return number

    async def follows(self, word):
        await self.verb("meet", OKSANA, language="uk", now=self.clock())
        query = await self.verb("intern_query", word)
        await self.store.write(lambda tx: follow(tx, OKSANA, query, word, now=self.clock()))

    async def visit(self, patrol=None):
        """A beat, until everybody is home."""
        patrol = patrol or self.patrol
        await patrol.beat()
        await patrol.rest()

    async def state(self, number=1):
        return next(one for one in await self.verb("sources") if one.source.id == number)

    async def titles(self):
        """Of all articles taken in, in that order."""
        return await self.store.read(
            lambda tx: [title for (title,) in tx._execute("SELECT title FROM article ORDER BY id")]
        )

    async def alerts(self):
        """The titles that somebody is told of."""
        sql = "SELECT a.title FROM alert t JOIN article a ON a.id = t.article_id ORDER BY t.id"
        return await self.store.read(lambda tx: [title for (title,) in tx._execute(sql)])

    async def verb(self, verb, /, *given, **named):
        return await self.store.write(lambda tx: getattr(tx, verb)(*given, **named))


def feed(*items, title="Стрічка"):
    return answer(
        f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>".encode(),
        "Content-Type: application/rss+xml",
    )


def item(site, path, title, *, summary="", text=None, at=NOON, guid=None):
    """An item of a feed; without a text of its own its page is asked for one."""
    link = f"<link>{site.url(path)}</link>" if path else f"<guid isPermaLink='false'>{guid}</guid>"
    full = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{text}</content:encoded>"
    return (
        f"<item>{link}<title>{escape(title)}</title><description>{escape(summary)}</description>"
        f"<pubDate>{format_datetime(at)}</pubDate>{full if text else ''}</item>"
    )


LONG = " ".join(["Подія сталася сьогодні зранку, повідомили очевидці, і триває досі."] * 12)


def page(*paragraphs):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><head><title>x</title></head><body><article><h1>Подія</h1>{body}</article></body></html>"
    return answer(html.encode(), "Content-Type: text/html; charset=utf-8")


class Held:
    """An answer that comes when the test lets it."""

    def __init__(self, says):
        self._says = says
        self.asked, self.let_go = asyncio.Event(), asyncio.Event()

    async def __call__(self, reader, writer):
        self.asked.set()
        await self.let_go.wait()
        writer.write(self._says)
        await writer.drain()


# The main way.
