"""Visits that go wrong: slow and broken sources, pages and articles, and what they must not touch."""

from datetime import timedelta

import pytest
from raw_web import answer
from rounds import LONG, MINUTE, NOON, Held, feed, item, page

from core.errors import StoreError


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
    assert state.due_at == NOON + 1.5 * MINUTE


async def test_a_source_that_keeps_failing_is_asked_less_and_less(round_, site):
    round_.luck = 1.0
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
    round_.luck = 0.0
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
