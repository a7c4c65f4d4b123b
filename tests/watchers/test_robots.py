"""Pages go by their site's robots.txt; feeds do not."""

from datetime import timedelta

import pytest
from raw_web import answer, redirect
from rounds import HandClock

from core.model import Failed, Fresh
from watchers import robots
from watchers.fetch import FEED_ACCEPT
from watchers.gate import Gate


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def waits():
    return []


@pytest.fixture
async def fetcher(make_fetcher, clock, waits):
    async def wait(length):
        waits.append(length)
        clock.now += length

    async with make_fetcher(clock=clock, gate=Gate(clock=clock, wait=wait)) as fetcher:
        yield fetcher


@pytest.fixture
def read(fetcher, site):
    """Reads a page of the public site."""
    site.says |= {f"/{number}": answer(b"page") for number in range(9)}
    return lambda path, host="public.test": fetcher.page(site.url(path, host=host))


def says(text, **of):
    return answer(text.encode(), "Content-Type: text/plain", **of)


NOT_LET = Failed(reason="the site's robots.txt asks not to read it")
UNKNOWN = Failed(reason="the site's robots.txt cannot be had now")


async def test_a_page_that_is_not_to_be_read_is_not_asked_for(read, site):
    site.says["/robots.txt"] = says("User-agent: *\nDisallow: /1")
    assert await read("/1") == NOT_LET
    assert isinstance(await read("/2"), Fresh)
    assert site.paths == ["/robots.txt", "/2"]


async def test_what_is_said_to_us_by_name_counts_more_than_what_is_said_to_all(read, site):
    site.says["/robots.txt"] = says("User-agent: *\nDisallow: /\n\nUser-agent: test\nDisallow: /2")
    assert isinstance(await read("/1"), Fresh)
    assert await read("/2") == NOT_LET


async def test_the_longest_rule_counts_with_its_wildcards(read, site):
    site.says["/robots.txt"] = says("User-agent: *\nDisallow: /\nAllow: /*?lang=$\nAllow: /1")
    assert isinstance(await read("/1"), Fresh)
    assert await read("/2") == NOT_LET


async def test_feeds_are_published_for_machines(fetcher, site):
    site.says["/robots.txt"] = says("User-agent: *\nDisallow: /")
    site.says["/rss"] = answer(b"feed")
    assert isinstance(await fetcher.get(site.url("/rss", host="public.test"), accept=FEED_ACCEPT), Fresh)
    assert site.paths == ["/rss"]


async def test_ones_own_network_is_asked_for_no_rules(fetcher, site):
    site.says["/1"] = answer(b"page")
    assert isinstance(await fetcher.page(site.url("/1")), Fresh)
    assert site.paths == ["/1"]


async def test_a_site_is_asked_for_its_rules_once_a_day(read, site, clock):
    site.says["/robots.txt"] = says("")
    for number in range(4):
        await read(f"/{number}")
    assert site.paths.count("/robots.txt") == 1
    clock.move(hours=24)
    await read("/1")
    assert site.paths.count("/robots.txt") == 2


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
async def test_a_site_without_rules_may_be_read(read, site, status):
    site.says["/robots.txt"] = says("", status=status)
    assert isinstance(await read("/1"), Fresh)


@pytest.mark.parametrize("said", [says("", status="503 Service Unavailable"), b"", b"nonsense\r\n\r\n"])
async def test_a_site_whose_rules_cannot_be_had_is_left_alone_for_a_while(read, site, clock, said):
    site.says["/robots.txt"] = said
    assert await read("/1") == UNKNOWN
    asked = site.paths.count("/robots.txt")
    assert await read("/1") == UNKNOWN
    assert site.paths.count("/robots.txt") == asked
    site.says["/robots.txt"] = says("")
    clock.move(minutes=10)
    assert isinstance(await read("/1"), Fresh)


async def test_rules_may_be_at_another_address(read, site):
    site.says["/robots.txt"] = redirect("/rules")
    site.says["/rules"] = says("User-agent: *\nDisallow: /1")
    assert await read("/1") == NOT_LET


async def test_each_host_has_its_own_rules_also_where_a_page_leads_elsewhere(fetcher, names, site, read):
    names.answers["other.test"] = [["127.0.0.2"]]
    site.says["/robots.txt"] = says("User-agent: *\nDisallow: /5")
    site.says["/1"] = redirect(site.url("/5", host="other.test"))
    assert await read("/1") == NOT_LET
    assert site.paths == ["/robots.txt", "/1", "/robots.txt"]


async def test_how_far_apart_a_site_wants_its_pages_is_heard(read, site, waits):
    site.says["/robots.txt"] = says("User-agent: *\nCrawl-delay: 7")
    for path in ("/1", "/2"):
        await read(path)
    assert waits == [timedelta(seconds=7)] * 2


@pytest.mark.parametrize("delay", ["1e9", "nan", "inf", "-5", "soon", "9" * 400])
async def test_an_absurd_delay_holds_up_nobody_for_long(read, site, waits, delay):
    site.says["/robots.txt"] = says(f"User-agent: *\nCrawl-delay: {delay}")
    for path in ("/1", "/2"):
        assert isinstance(await read(path), Fresh)
    assert max(waits) <= robots.LONGEST_DELAY


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00\x01" * 1000,
        b"User-agent: *\nDisallow: /" + b"*a" * 50_000,
        b"Disallow: /\n" * 20_000,
        b"<html><body>not here</body></html>",
        b"User-agent: *\nDisallow: /%",
        b"\x00" * 400_000,
    ],
    ids=["not text", "wildcards", "no agent", "a page", "a lone percent", "zeros"],
)
async def test_rules_that_make_no_sense_forbid_nothing_and_break_nothing(read, site, body):
    site.says["/robots.txt"] = answer(body)
    assert isinstance(await read("/1"), Fresh)


async def test_what_is_kept_of_rules_is_bounded(fetcher, names, site, monkeypatch):
    monkeypatch.setattr(robots, "MOST", 100_000)
    site.says["/robots.txt"] = answer(b"# " + b"x" * 30_000)
    site.says["/1"] = answer(b"page")
    for number in range(9):
        names.answers[f"{number}.test"] = [["127.0.0.2"]]
        await fetcher.page(site.url("/1", host=f"{number}.test"))
    assert len(fetcher._robots._known) == 3
    await fetcher.page(site.url("/1", host="8.test"))
    assert site.paths.count("/robots.txt") == 9
