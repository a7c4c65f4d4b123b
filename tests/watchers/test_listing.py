"""A page that lists news is read by the selectors that an admin gave."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import SourceError
from core.model import Listing
from watchers.parse.kind import parse_feed
from watchers.parse.listing import check_listing

URL = "https://vezha.example/novyny/"
PAGE = """<!doctype html><html lang="uk"><head><title>Новини — Вежа</title></head><body>
<nav><a href="/">Головна</a></nav>
<div class="news"><a class="pic" href="/foto/1"><img src="1.jpg"></a>
  <h2><a href="/1?utm_source=x">Сніг &amp; лід</a></h2>
  <time datetime="2025-11-26T10:00:00+02:00">сьогодні</time></div>
<div class="news"><h2><a href="2">Дощ</a></h2><span class="when">26 листопада 2025, 09:30</span></div>
<div class="news"><h2>Без посилання</h2></div>
<div class="news"><a href="/3"></a></div>
<div class="news ad"><h2><a href="javascript:alert(1)">Реклама</a></h2></div>
</body></html>"""


def read(listing, page=PAGE):
    return parse_feed(page.encode(), url=URL, content_type="text/html", zone=ZoneInfo("Europe/Kyiv"), listing=listing)


def rows(listing, page=PAGE):
    return [(entry.url, entry.title) for entry in read(listing, page).entries]


def test_links_headlines_and_dates_are_found_within_each_item():
    found = read(Listing(item=".news", date="time, .when"))
    assert (found.kind, found.title, found.language) == ("HTML list", "Новини — Вежа", "uk")
    assert [(entry.url, entry.title, entry.published, entry.text) for entry in found.entries] == [
        ("https://vezha.example/1?utm_source=x", "Сніг & лід", datetime(2025, 11, 26, 8, tzinfo=UTC), None),
        ("https://vezha.example/novyny/2", "Дощ", datetime(2025, 11, 26, 7, 30, tzinfo=UTC), None),
    ]


@pytest.mark.parametrize(
    "listing",
    [
        Listing(item="div.news h2 > a"),
        Listing(item=".news", link="h2 a"),
        Listing(item=".news", title="h2", link="h2 a"),
        Listing(item=".news h2"),
    ],
)
def test_the_item_may_be_the_link_itself_or_hold_it(listing):
    assert rows(listing) == [
        ("https://vezha.example/1?utm_source=x", "Сніг & лід"),
        ("https://vezha.example/novyny/2", "Дощ"),
    ]


def test_an_item_may_stand_inside_of_its_link():
    page = "<a href='/1'><article><h3>Сніг</h3></article></a>"
    assert rows(Listing(item="article", title="h3"), page) == [("https://vezha.example/1", "Сніг")]


def test_a_page_on_which_nothing_answers_has_no_entries():
    assert rows(Listing(item=".redesigned")) == []


def test_a_base_is_heard():
    assert rows(Listing(item="a"), "<base href='/deep/'><a href='1'>Сніг</a>") == [
        ("https://vezha.example/deep/1", "Сніг")
    ]


@pytest.mark.parametrize("selector", ["", "div[", "..news", "a:unknown", "a::text", ">", "//a"])
def test_what_is_no_selector_is_refused_with_its_words(selector):
    for listing in (Listing(item=selector), Listing(item="a", title=selector), Listing(item="a", date=selector)):
        with pytest.raises(SourceError, match="is no CSS selector"):
            check_listing(listing)


@pytest.mark.parametrize(
    "page",
    ["<div class='news'>" * 100_000, "<p class='news'><a href='/1'>Так</a>" * 100_000, "<a href='/1'>" * 50_000, ""],
)
def test_hostile_pages_are_quick(page):
    begun = time.process_time()
    try:
        entries = read(Listing(item=".news", title="a"), "<html>" + page).entries
    except SourceError:
        entries = ()
    assert time.process_time() - begun < 3
    assert len(entries) <= 1000
