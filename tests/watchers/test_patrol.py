"""Visits: each source by itself, each article once, whatever the web does."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

import pytest
from raw_web import answer

from chatovyi.dictionaries import lexicon
from core.errors import StoreError
from core.model import BotId, ChatId, Target
from core.subscribe import follow
from store.sqlite import sqlite_store
from watchers.desk import Desk
from watchers.extract import extract
from watchers.pages import PageReader
from watchers.patrol import MOST_PAGES, Patrol, Rounds

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
    desk = Desk(store=store, lexicon=lexicon(), clock=clock, growth_gap=timedelta(0))
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
        self.alarms, self.news = [], []
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
            on_news=lambda: self.news.append(None),
            alarm=self.alarms.append,
        )

    async def watch(self, path, *, outlet=None, name=None, every=MINUTE, visited=True):
        """The feed at the path is a source, visited before unless it is said to be new."""
        url, now = self.site.url(path), self.clock()
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


async def test_a_word_deep_in_the_body_of_a_page_is_matched(round_, site):
    await round_.follows("помилування")
    site.says["/rss"] = feed(item(site, "/1", "Президент виступив", summary="Коротко про виступ."))
    site.says["/1"] = page(LONG, LONG, f"{LONG} Наприкінці він згадав про помилування двох людей.")
    await round_.watch("/rss")
    await round_.visit()
    assert await round_.alerts() == ["Президент виступив"]


async def test_a_text_that_came_with_the_feed_is_not_fetched_again(round_, site):
    await round_.follows("помилування")
    site.says["/rss"] = feed(item(site, "/1", "Президент виступив", text=f"{LONG} Про помилування теж."))
    await round_.watch("/rss")
    await round_.visit()
    assert (await round_.alerts(), site.paths) == (["Президент виступив"], ["/rss"])


async def test_news_are_rung_for_only_when_there_are_some(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав сніг."))
    await round_.watch("/rss")
    await round_.visit()
    assert len(round_.news) == 1
    round_.clock.move(minutes=2)
    await round_.visit()
    assert (len(round_.news), site.paths) == (1, ["/rss", "/rss"])


async def test_an_article_is_taken_in_once_though_two_sources_carry_it(round_, site):
    await round_.follows("сніг")
    site.says["/one"] = feed(item(site, "/1?utm_source=one", "Сніг у Карпатах", text="Випав сніг."))
    site.says["/two"] = feed(item(site, "/1", "Сніг у Карпатах", text="Випав сніг."))
    await round_.watch("/one", outlet="a.test")
    await round_.watch("/two", outlet="b.test")
    await round_.visit()
    assert (await round_.titles(), await round_.alerts()) == (["Сніг у Карпатах"], ["Сніг у Карпатах"])


async def test_an_article_seen_before_is_not_fetched_again(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", summary="Сніг."))
    site.says["/1"] = page(LONG)
    await round_.watch("/rss")
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert site.paths == ["/rss", "/1", "/rss"]


async def test_an_entry_without_an_address_is_known_by_its_number(round_, site):
    site.says["/rss"] = feed(item(site, None, "Без адреси", summary="Коротко.", guid="g-1"))
    await round_.watch("/rss")
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert (await round_.titles(), site.paths) == (["Без адреси"], ["/rss", "/rss"])


async def test_a_source_is_called_as_its_feed_calls_itself_unless_a_person_named_it(round_, site):
    site.says["/one"] = site.says["/two"] = feed(title="Вечірня вежа")
    await round_.watch("/one", visited=False)
    await round_.watch("/two", visited=False, name="Моя вежа")
    await round_.visit()
    assert [(await round_.state(number)).source.name for number in (1, 2)] == ["Вечірня вежа", "Моя вежа"]


# First visits.


async def test_a_first_visit_remembers_what_is_old_and_tells_of_what_is_fresh(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = feed(
        item(site, "/new", "Свіжий сніг у Києві", text="Щойно випав.", at=NOON - 29 * MINUTE),
        item(site, "/old", "Торішній сніг засипав Львів", text="Давно випав.", at=NOON - 31 * MINUTE),
    )
    await round_.watch("/rss", visited=False)
    await round_.visit()
    assert sorted(await round_.titles()) == ["Свіжий сніг у Києві", "Торішній сніг засипав Львів"]
    assert await round_.alerts() == ["Свіжий сніг у Києві"]


async def test_what_appears_after_the_first_visit_is_told_however_it_is_dated(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = feed()
    await round_.watch("/rss", visited=False)
    await round_.visit()
    round_.clock.move(minutes=2)
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав.", at=NOON - timedelta(days=2)))
    await round_.visit()
    assert await round_.alerts() == ["Сніг"]


async def test_after_a_failed_first_visit_the_next_one_is_still_the_first(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = answer(b"", status="500 Internal Server Error")
    await round_.watch("/rss", visited=False)
    await round_.visit()
    round_.clock.move(hours=1)
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав.", at=NOON - timedelta(days=2)))
    await round_.visit()
    assert (await round_.titles(), await round_.alerts()) == (["Сніг"], [])


async def test_a_long_feed_is_no_flood_of_old_news_at_the_second_visit(round_, site):
    await round_.follows("сніг")
    items = [
        item(site, f"/{number}", f"Сніг у місті{number}", text="Випав.", at=NOON - timedelta(days=1, minutes=number))
        for number in range(MOST_PAGES + 10)
    ]
    site.says["/rss"] = feed(*items)
    await round_.watch("/rss", visited=False)
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert await round_.alerts() == []


async def test_articles_are_taken_in_in_the_order_they_appeared(round_, site):
    items = [item(site, f"/{number}", f"місто{number}", text="Так.", at=NOON - number * MINUTE) for number in range(5)]
    site.says["/rss"] = feed(items[2], items[0], items[4], items[1], items[3])
    await round_.watch("/rss")
    await round_.visit()
    assert await round_.titles() == ["місто4", "місто3", "місто2", "місто1", "місто0"]


async def test_of_a_long_feed_only_the_newest_pages_are_fetched_and_nothing_is_left_out(round_, site):
    items = [
        item(site, f"/{number}", f"місто{number}", summary="Так.", at=NOON - number * MINUTE)
        for number in range(MOST_PAGES + 3)
    ]
    site.says["/rss"] = feed(*reversed(items))
    await round_.watch("/rss")
    await round_.visit()
    assert set(site.paths) == {"/rss", *(f"/{number}" for number in range(MOST_PAGES))}
    assert len(await round_.titles()) == MOST_PAGES + 3


# Sources that are slow or broken.


async def test_a_slow_source_delays_no_other(round_, site):
    slow = site.says["/slow"] = Held(feed(item(site, "/1", "Повільна новина", text="Так.")))
    site.says["/fast"] = feed(item(site, "/2", "Швидка новина", text="Ні."))
    await round_.watch("/slow")
    await round_.watch("/fast")
    await round_.patrol.beat()
    await slow.asked.wait()
    for _ in range(3):
        await until_settled(round_, 2)
        round_.clock.move(seconds=90)
        await round_.patrol.beat()
    assert (await round_.titles(), site.paths.count("/slow")) == (["Швидка новина"], 1)
    slow.let_go.set()
    await round_.patrol.rest()
    assert "Повільна новина" in await round_.titles()


async def until_settled(round_, number):
    """Nobody is at this source any more."""
    while (await round_.state(number)).due_at <= round_.clock():
        pass


async def test_no_more_visits_are_made_at_a_time_than_there_are_hands(round_, site):
    slow = site.says["/a"] = Held(feed())
    site.says["/b"] = feed()
    for path in ("/a", "/b"):
        await round_.watch(path)
    patrol = round_.patrol_of(hands=1)
    await patrol.beat()
    await slow.asked.wait()
    await patrol.beat()
    (left,) = await round_.verb("claim_sources", now=NOON, until=NOON, limit=9)
    assert (left.url, site.paths) == (site.url("/b"), ["/a"])
    slow.let_go.set()
    await patrol.rest()
    await round_.visit(patrol)
    assert site.paths == ["/a", "/b"]


async def test_one_slow_page_holds_up_no_other_article_of_its_feed(round_, site):
    slow = site.says["/slow"] = Held(page(LONG))
    site.says["/fast"] = page(LONG)
    site.says["/rss"] = feed(
        item(site, "/slow", "Повільна сторінка", summary="Так."),
        item(site, "/fast", "Швидка сторінка", summary="Ні.", at=NOON - MINUTE),
        item(site, "/text", "Зі своїм текстом", text="Одразу.", at=NOON - 2 * MINUTE),
    )
    await round_.watch("/rss")
    await round_.patrol.beat()
    while len(await round_.titles()) < 2:
        pass
    assert await round_.titles() == ["Зі своїм текстом", "Швидка сторінка"]
    slow.let_go.set()
    await round_.patrol.rest()
    assert len(await round_.titles()) == 3


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        (answer(b"", status="404 Not Found"), "404"),
        (answer(b"", status="500 Internal Server Error"), "500"),
        (answer(b"<html><body>x</body></html>", "Content-Type: text/html"), "HTML"),
        (answer(b'{"version": "https://jsonfeed.org"}'), "JSON"),
        (answer(b""), "empty"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", ""),
        (b"", ""),
    ],
)
async def test_a_broken_source_is_settled_with_a_reason_and_put_off(round_, site, says, reason):
    site.says["/rss"] = says
    await round_.watch("/rss")
    await round_.visit()
    state = await round_.state()
    assert reason in state.last_reason
    assert (bool(state.last_reason), state.source.failures, round_.alarms) == (True, 1, [])
    assert NOON + 2 * MINUTE <= state.due_at <= NOON + 2.5 * MINUTE


async def test_a_source_that_keeps_failing_is_asked_less_and_less(round_, site):
    site.says["/rss"] = answer(b"", status="500 Internal Server Error")
    await round_.watch("/rss")
    pauses = []
    for _ in range(4):
        await round_.visit()
        due = (await round_.state()).due_at
        pauses.append(int((due - round_.clock()) / MINUTE))
        round_.clock.now = due
    assert pauses == sorted(set(pauses))
    site.says["/rss"] = feed()
    await round_.visit()
    state = await round_.state()
    assert (state.source.failures, state.last_reason) == (0, "")


async def test_a_server_that_asks_for_an_hour_gets_it(round_, site):
    site.says["/rss"] = answer(b"", "Retry-After: 3600", status="503 Service Unavailable")
    await round_.watch("/rss")
    await round_.visit()
    assert (await round_.state()).due_at == NOON + timedelta(hours=1)


async def test_nothing_new_is_asked_for_and_believed(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав.")).replace(
        b"Content-Type", b'ETag: "v1"\r\nLast-Modified: Mon, 02 Mar 2026 11:00:00 GMT\r\nContent-Type'
    )
    await round_.watch("/rss")
    await round_.visit()
    site.says["/rss"] = answer(b"", status="304 Not Modified")
    for _ in range(2):
        round_.clock.move(minutes=2)
        await round_.visit()
        assert b'if-none-match: "v1"' in site.asked[-1].lower().replace(b'"V1"', b'"v1"')
        assert b"if-modified-since: mon, 02 mar 2026 11:00:00 gmt" in site.asked[-1].lower()
    state = await round_.state()
    assert (state.last_reason, state.source.failures, state.last_new) == ("", 0, NOON)
    assert state.due_at <= round_.clock() + 1.1 * MINUTE


async def test_a_visit_that_takes_too_long_is_given_up_and_settled(round_, site):
    site.says["/rss"] = Held(feed())
    await round_.watch("/rss")
    await round_.visit(round_.patrol_of(patience=timedelta(milliseconds=50)))
    state = await round_.state()
    assert (state.last_reason, state.source.failures) == ("the whole visit took too long", 1)


async def test_a_visitor_whose_lease_ran_out_changes_nothing_of_the_source(round_, site):
    slow = site.says["/rss"] = Held(answer(b"", status="500 Internal Server Error"))
    await round_.watch("/rss")
    await round_.patrol.beat()
    await slow.asked.wait()
    round_.clock.move(minutes=5)
    site.says["/rss"] = feed()
    await round_.visit(round_.patrol_of())
    slow.let_go.set()
    await round_.patrol.rest()
    state = await round_.state()
    assert (state.last_reason, state.source.failures) == ("", 0)


# Pages and articles that break.


async def test_an_article_whose_page_fails_is_told_by_its_summary(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = feed(item(site, "/1", "Негода", summary="На Прикарпатті випав сніг."))
    await round_.watch("/rss")
    await round_.visit()
    assert (await round_.alerts(), (await round_.state()).last_reason) == (["Негода"], "")


async def test_a_page_that_was_down_is_read_later_and_its_words_are_told(round_, site):
    await round_.follows("помилування")
    site.says["/rss"] = feed(item(site, "/1", "Президент виступив", summary="Коротко."))
    await round_.watch("/rss")
    await round_.visit()
    assert await round_.alerts() == []
    site.says["/1"] = page(LONG, f"{LONG} Згадав про помилування.")
    round_.clock.move(minutes=1)
    await round_.visit()
    assert (await round_.alerts(), len(await round_.titles())) == (["Президент виступив"], 1)


async def test_a_page_that_stays_down_is_tried_three_times_more_and_then_left(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Президент виступив", summary="Коротко."))
    await round_.watch("/rss", every=timedelta(days=2))
    tried = []
    for minutes in (0, 1, 10, 60, 60, 600):
        round_.clock.move(minutes=minutes)
        await round_.visit()
        tried.append(site.paths.count("/1"))
    assert tried == [1, 2, 3, 4, 4, 4]


async def test_what_was_old_at_the_first_visit_is_not_told_when_its_page_is_read_later(round_, site):
    await round_.follows("помилування")
    site.says["/rss"] = feed(item(site, "/1", "Президент виступив", summary="Так.", at=NOON - timedelta(days=1)))
    await round_.watch("/rss", visited=False)
    await round_.visit()
    site.says["/1"] = page(LONG, f"{LONG} Згадав про помилування.")
    round_.clock.move(minutes=1)
    await round_.visit()
    assert (site.paths.count("/1"), await round_.alerts()) == (2, [])


async def test_an_article_that_breaks_leaves_the_others_in(round_, site):
    site.says["/rss"] = feed(*(item(site, f"/{title}", title, text="Текст.") for title in ("раз", "бум", "два")))
    await round_.watch("/rss")
    await round_.visit(round_.patrol_of(desk=Stumbling(round_.desk)))
    assert sorted(await round_.titles()) == ["два", "раз"]
    assert round_.alarms == []


async def test_an_article_that_was_not_taken_in_is_met_again(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "бум", text="Текст.")).replace(
        b"Content-Type", b'ETag: "1"\r\nContent-Type'
    )
    await round_.watch("/rss")
    await round_.visit(round_.patrol_of(desk=Stumbling(round_.desk)))
    round_.clock.move(hours=1)
    await round_.visit()
    assert b"if-none-match" not in site.asked[-1].lower()
    assert await round_.titles() == ["бум"]


async def test_an_article_that_stays_broken_does_not_slow_down_its_source(round_, site):
    site.says["/rss"] = feed(*(item(site, f"/{title}", title, text="Текст.") for title in ("раз", "бум")))
    await round_.watch("/rss")
    patrol = round_.patrol_of(desk=Stumbling(round_.desk))
    for _ in range(5):
        await round_.visit(patrol)
        round_.clock.now = max(round_.clock.now + MINUTE, (await round_.state()).due_at)
    assert round_.clock() <= NOON + 6 * MINUTE


class Stumbling:
    """A desk that one article breaks."""

    def __init__(self, desk):
        self._desk = desk

    async def take_in(self, source, entries):
        if any(entry.title == "бум" for entry in entries):
            raise KeyError("бум")
        return await self._desk.take_in(source, entries)


async def test_a_page_that_breaks_its_reader_is_that_visits_trouble_alone(round_, site):
    class Breaking:
        async def text_of(self, body, *, url, content_type, zone):
            raise KeyError("бум")

    site.says["/one"] = feed(item(site, "/1", "Сніг", summary="Сніг."))
    site.says["/1"] = page(LONG)
    site.says["/two"] = feed(item(site, "/2", "Дощ", text="Дощ."))
    for path in ("/one", "/two"):
        await round_.watch(path)
    await round_.visit(round_.patrol_of(extractor=Breaking()))
    assert ("Дощ" in await round_.titles(), round_.alarms) == (True, [])
    assert (await round_.state(2)).last_reason == ""


async def test_a_store_that_fails_in_a_visit_raises_the_alarm(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Сніг."))
    await round_.watch("/rss")
    await round_.visit(round_.patrol_of(store=Failing(round_.store)))
    assert [type(error) for error in round_.alarms] == [StoreError]


async def test_a_store_that_fails_in_the_middle_of_a_visit_raises_the_alarm_and_blames_no_source(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Сніг."))
    await round_.watch("/rss")
    await round_.visit(round_.patrol_of(store=Unreadable(round_.store)))
    assert [type(error) for error in round_.alarms] == [StoreError]
    assert (await round_.state()).last_reason == ""


class Unreadable:
    """A store whose disk can be written to and no longer read."""

    def __init__(self, store):
        self.write = store.write

    async def read(self, look):
        raise StoreError("the disk failed")


class Failing:
    """A store whose disk fails after the first write."""

    def __init__(self, store):
        self._store, self._writes = store, 0
        self.read = store.read

    async def write(self, work):
        self._writes += 1
        if self._writes > 1:
            raise StoreError("the disk failed")
        return await self._store.write(work)


async def test_a_stop_calls_everybody_home_and_the_next_start_goes_on(round_, site):
    slow = site.says["/rss"] = Held(feed(item(site, "/1", "Сніг", text="Сніг.")))
    await round_.watch("/rss")
    await round_.patrol.beat()
    await slow.asked.wait()
    await round_.patrol.stop()
    assert (await round_.titles(), round_.alarms) == ([], [])
    slow.let_go.set()
    await round_.verb("release_leases", now=round_.clock())
    await round_.visit(round_.patrol_of())
    assert await round_.titles() == ["Сніг"]
