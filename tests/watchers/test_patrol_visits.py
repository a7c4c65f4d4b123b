"""What a patrol learns from its visits, and how that changes the next ones."""

from datetime import timedelta

import pytest
from raw_web import answer, redirect
from rounds import MINUTE, NOON, Held, feed, item

from core.health import health

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tagged(says, tag="v1"):
    return says.replace(b"Content-Type", f'ETag: "{tag}"\r\nContent-Type'.encode())


NOT_MODIFIED = answer(b"", status="304 Not Modified")


async def records(round_, number=1):
    return await round_.verb("records", number, limit=99)


def asked_if_new(site):
    return [b"if-none-match" in question.lower() for question in site.asked]


async def test_every_visit_is_recorded_with_what_it_came_to(round_, site):
    site.says["/rss"] = body = feed(item(site, "/1", "Сніг", text="Випав."), item(site, "/2", "Дощ", text="Іде."))
    await round_.watch("/rss")
    await round_.visit()
    round_.clock.move(minutes=2)
    site.says["/rss"] = answer(b"", status="500 Internal Server Error")
    await round_.visit()
    broken, good = await records(round_)
    size = len(body.partition(b"\r\n\r\n")[2])
    assert (good.at, good.outcome, good.status, good.entries, good.new) == (NOON, "fresh", 200, 2, 2)
    assert (good.wire, good.decoded, good.reason) == (size, size, "")
    assert (broken.at, broken.outcome, broken.status) == (NOON + 2 * MINUTE, "failed", 500)
    assert broken.reason == "HTTP 500 Internal Server Error"


async def test_how_long_the_answer_took_is_recorded(round_, site):
    slow = site.says["/rss"] = Held(feed())
    await round_.watch("/rss")
    await round_.patrol.beat()
    await slow.asked.wait()
    round_.clock.move(seconds=7)
    slow.let_go.set()
    await round_.patrol.rest()
    (record,) = await records(round_)
    assert (record.at, record.took) == (NOON, timedelta(seconds=7))


async def test_the_same_bytes_again_are_no_news_and_are_not_read(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав."))
    await round_.watch("/rss")
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    again, first = await records(round_)
    assert ((first.outcome, first.entries), (again.outcome, again.status, again.entries)) == (
        ("fresh", 1),
        ("unchanged", 200, 0),
    )


async def test_a_feed_that_answers_304_for_ever_is_asked_for_its_body_once_a_day(round_, site):
    site.says["/rss"] = tagged(feed(item(site, "/1", "Сніг", text="Випав.")))
    await round_.watch("/rss", every=HOUR)
    await round_.visit()
    site.says["/rss"] = NOT_MODIFIED
    for _ in range(23):
        round_.clock.move(hours=1)
        await round_.visit()
    assert asked_if_new(site) == [False, *[True] * 23]
    site.says["/rss"] = tagged(feed(item(site, "/2", "Дощ", text="Іде.")))
    round_.clock.move(hours=1)
    await round_.visit()
    assert (await round_.titles(), asked_if_new(site)[-1]) == (["Сніг", "Дощ"], False)
    round_.clock.move(hours=1)
    await round_.visit()
    assert not asked_if_new(site)[-1]


async def test_a_source_that_nobody_gave_an_interval_is_visited_as_often_as_it_publishes(round_, site):
    site.says["/busy"] = feed(*(item(site, f"/b{n}", f"б{n}", text="Так.", at=NOON - n * MINUTE) for n in range(90)))
    site.says["/calm"] = feed(*(item(site, f"/c{n}", f"в{n}", text="Так.", at=NOON - n * DAY) for n in range(9)))
    for path in ("/busy", "/calm"):
        await round_.watch(path, every=None, visited=False)
    await round_.visit()
    busy, calm = [await round_.state(number) for number in (1, 2)]
    assert busy.due_at - NOON < 2 * MINUTE
    assert calm.due_at - NOON > 10 * MINUTE


async def test_a_feed_that_moved_for_good_is_visited_at_its_new_address(round_, site):
    site.says["/old"] = redirect("/new", status="301 Moved Permanently")
    site.says["/new"] = feed(item(site, "/1", "Сніг", text="Випав."))
    await round_.watch("/old", every=HOUR)
    for _ in range(4):
        await round_.visit()
        round_.clock.move(hours=2)
    assert (await round_.state()).source.url == site.url("/new")
    assert site.paths == ["/old", "/new", "/old", "/new", "/old", "/new", "/new"]


async def test_a_feed_that_is_gone_for_good_is_visited_no_more(round_, site):
    site.says["/rss"] = answer(b"", status="410 Gone")
    await round_.watch("/rss")
    for _ in range(5):
        await round_.visit()
        round_.clock.move(days=1)
    assert (len(site.asked), health(await round_.state(), now=round_.clock()).condition) == (3, "gone")


async def test_a_feed_that_became_a_page_says_so_and_keeps_its_status(round_, site):
    site.says["/rss"] = answer(b"<!doctype html><title>parked</title>", "Content-Type: text/html")
    await round_.watch("/rss")
    await round_.visit()
    source = (await round_.state()).source
    assert (source.status, source.reason) == (200, "it is an HTML page, not a feed")


@pytest.mark.parametrize("text", ["Випав.", None])
async def test_what_a_feed_still_lists_is_no_news_again_a_month_later(round_, site, text):
    await round_.follows("сніг")
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text=text, summary="Сніг."))
    await round_.watch("/rss", every=DAY)
    for _ in range(40):
        await round_.visit()
        round_.clock.move(days=1, hours=4)
        await round_.verb("forget_old", now=round_.clock(), limit=99)
    assert (await round_.titles(), await round_.alerts()) == (["Сніг"], ["Сніг"])
