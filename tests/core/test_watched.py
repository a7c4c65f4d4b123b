"""Is a link's site among what is watched?"""

from datetime import UTC, datetime

import pytest

from core.model import Source, SourceId, Validators
from core.ports import SourceState
from core.watched import place_of, watching

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def source(url, outlet="", *, retired=None):
    found = Source(
        id=SourceId(1),
        url=url,
        name="Назва",
        outlet=outlet or url,
        every=None,
        validators=Validators(),
        visited=True,
        failures=0,
        epoch=0,
    )
    return SourceState(
        source=found, due_at=NOON, last_visit=None, last_new=None, last_reason="", articles=0, retired=retired
    )


@pytest.mark.parametrize(
    ("url", "feed", "outlet"),
    [
        ("https://www.glavcom.ua/news/1.html", "https://glavcom.ua/rss", "glavcom.ua"),
        ("https://m.glavcom.ua/news/1", "https://feeds.glavcom.ua/all.xml", ""),
        ("https://kyiv.glavcom.ua/1", "https://glavcom.ua/rss", ""),
        ("https://glavcom.ua/1", "https://feeds.feedburner.com/glavcom", "glavcom.ua"),
        ("https://t.me/suspilne/123", "https://t.me/s/suspilne", ""),
        ("https://t.me/s/Suspilne", "https://t.me/s/suspilne", ""),
    ],
)
def test_a_link_to_a_watched_site_or_channel_is_known(url, feed, outlet):
    assert watching(url, [source(feed, outlet)]) is not None


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://glavcom.com/1", "https://glavcom.ua/rss"),
        ("https://notglavcom.ua/1", "https://glavcom.ua/rss"),
        ("https://t.me/other/1", "https://t.me/s/suspilne"),
        ("https://medium.com/@one/1", "https://medium.com/feed/@other"),
        ("https://kyiv.com.ua/1", "https://lviv.com.ua/rss"),
        ("https://", "https://glavcom.ua/rss"),
    ],
)
def test_a_link_elsewhere_is_not(url, feed):
    assert watching(url, [source(feed)]) is None


def test_a_source_that_is_visited_is_named_before_one_that_was_given_up():
    given_up, alive = source("https://a.ua/old", retired="stopped"), source("https://a.ua/new")
    assert watching("https://a.ua/1", [given_up, alive]) is alive
    assert watching("https://a.ua/1", [given_up]) is given_up


def test_a_place_is_called_as_people_call_it():
    assert place_of("https://www.glavcom.ua/news/1?x=1#y") == "glavcom.ua"
    assert place_of("https://t.me/s/Suspilne?before=3") == "t.me/suspilne"
    assert place_of("https://") == ""
