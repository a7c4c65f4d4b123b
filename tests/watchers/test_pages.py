"""A page that cannot be read costs an article its body for a while, not its alert."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from chatovyi.dictionaries import lexicon
from chatovyi.serve import serving
from core.model import BotId, ChatId, Target
from core.subscribe import follow
from store.sqlite import sqlite_store
from watchers.desk import Desk
from watchers.extract import Extractor
from watchers.fetch import Fetcher, Limits
from watchers.pages import PageReader
from watchers.patrol import Patrol, Rounds

KYIV = ZoneInfo("Europe/Kyiv")
PERSON = Target(bot=BotId(1), chat=ChatId(7))
PARAGRAPH = "Правозахисники нагадали, що за ґратами лишаються політв\u2019язні, про яких мало хто говорить уголос. " * 3
PAGE = f"<html><body><article><h1>Заява</h1><p>Мінськ.</p><p>{PARAGRAPH}</p></article></body></html>"


class Site:
    """A feed of one summary, and its page, which is down until the test mends it."""

    def __init__(self):
        self.page = 503
        self.app = Starlette(routes=[Route("/feed", self._feed), Route("/a", self._page)])

    async def _feed(self, request):
        item = f"<item><title>Заява про Білорусь</title><link>{request.base_url}a</link></item>"
        return Response(f"<rss><channel><title>Вісник</title>{item}</channel></rss>", media_type="application/rss+xml")

    async def _page(self, request):
        return Response(PAGE if self.page == 200 else "", status_code=self.page, media_type="text/html")


@pytest.fixture
def now():
    return [datetime(2026, 3, 2, 9, 0, tzinfo=UTC)]


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "pages.db") as store:
        yield store


@asynccontextmanager
async def patrolling(store, clock):
    def alarm(error):
        raise error

    fetcher = Fetcher(allow_private=[ip_network("127.0.0.0/8")], user_agent="test", limits=Limits(), clock=clock)
    desk = Desk(store=store, lexicon=lexicon(), clock=clock, growth_gap=timedelta(0))
    async with fetcher, Extractor() as extractor:
        yield Patrol(
            store=store,
            fetcher=fetcher,
            pages=PageReader(fetcher=fetcher, extractor=extractor, zone=KYIV, hands=2),
            desk=desk,
            clock=clock,
            zone=KYIV,
            rounds=Rounds(),
            on_news=lambda: None,
            alarm=alarm,
        )
        desk.close()


def followed(tx, *, word, now):
    tx.meet(PERSON, language="uk", now=now)
    follow(tx, PERSON, tx.intern_query(word), word, now=now)


async def alerts(store, now):
    claim = await store.write(
        lambda tx: tx.claim_deliveries(PERSON.bot, now=now, until=now + timedelta(minutes=1), limit=9)
    )
    return [await store.read(lambda tx, one=one: tx.alert_view(one.alert)) for one in claim]


async def rounds(patrol):
    await patrol.beat()
    await patrol.rest()


async def test_a_page_that_was_down_is_read_later_and_its_words_are_told_then(store, now):
    site = Site()
    async with serving(site.app) as address, patrolling(store, lambda: now[0]) as patrol:
        await store.write(lambda tx: followed(tx, word="політв'язні", now=now[0]))
        await store.write(
            lambda tx: tx.add_source(address + "/feed", name=None, outlet="x", every=timedelta(days=1), now=now[0])
        )
        await store.write(lambda tx: tx._run("UPDATE source SET visited = 1"))
        await rounds(patrol)
        assert await alerts(store, now[0]) == []

        site.page = 200
        now[0] += timedelta(seconds=61)
        await rounds(patrol)

    (told,) = await alerts(store, now[0])
    assert "політв\u2019язні" in told.article.text
    assert told.article.title == "Заява про Білорусь"


async def test_a_word_of_the_headline_is_told_while_the_page_is_down(store, now):
    site = Site()
    async with serving(site.app) as address, patrolling(store, lambda: now[0]) as patrol:
        await store.write(lambda tx: followed(tx, word="Білорусь", now=now[0]))
        await store.write(
            lambda tx: tx.add_source(address + "/feed", name=None, outlet="x", every=timedelta(days=1), now=now[0])
        )
        await store.write(lambda tx: tx._run("UPDATE source SET visited = 1"))
        await rounds(patrol)

        assert len(await alerts(store, now[0])) == 1
        site.page = 200
        now[0] += timedelta(seconds=61)
        await rounds(patrol)

    (again,) = await store.read(lambda tx: tx._rows("SELECT count(*) FROM alert"))
    assert again == (1,)


async def test_a_page_that_stays_down_is_left_after_three_more_tries(store, now):
    site = Site()
    async with serving(site.app) as address, patrolling(store, lambda: now[0]) as patrol:
        await store.write(
            lambda tx: tx.add_source(address + "/feed", name=None, outlet="x", every=timedelta(days=9), now=now[0])
        )
        for _ in range(5):
            await rounds(patrol)
            now[0] += timedelta(hours=1, seconds=1)

    assert await store.read(lambda tx: tx._rows("SELECT page_tries, page_due FROM article")) == [(3, None)]
