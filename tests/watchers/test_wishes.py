"""What a feed asks of whoever reads it."""

from datetime import UTC, timedelta

import pytest

from core.memory import Wishes
from watchers.parse.kind import parse_feed

MINUTE = timedelta(minutes=1)
SY = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"


def wishes(channel, *, items="<item><title>a</title><ttl>1</ttl></item>"):
    body = f"<rss version='2.0' {SY}><channel><title>t</title>{channel}{items}</channel></rss>"
    return parse_feed(body.encode(), url="https://a.test/", content_type=None, zone=UTC).wishes


@pytest.mark.parametrize(
    ("channel", "ttl"),
    [
        ("", None),
        ("<ttl>15</ttl>", 15 * MINUTE),
        ("<ttl> 15 </ttl>", 15 * MINUTE),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999999</ttl>", None),
        ("<ttl>5</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 5 * MINUTE),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>6</sy:updateFrequency>", 10 * MINUTE),
        ("<sy:updatePeriod>Daily</sy:updatePeriod>", timedelta(days=1)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", None),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("<sy:updateFrequency>6</sy:updateFrequency>", None),
    ],
)
def test_how_long_a_feed_wants_to_be_left_alone(channel, ttl):
    assert wishes(channel).ttl == ttl


GENERATOR = "<generator>https://wordpress.org/?v=6.9</generator>"
HOURLY = "<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>\n\t{}\t</sy:updateFrequency>"


def test_what_a_program_writes_into_every_feed_is_nobodys_wish():
    assert wishes(GENERATOR + HOURLY.format(1)).ttl is None
    assert wishes(GENERATOR + HOURLY.format(4)).ttl == 15 * MINUTE
    assert wishes(HOURLY.format(1)).ttl == 60 * MINUTE


def test_what_is_said_after_the_items_counts_too():
    assert wishes("", items="<item><title>a</title></item><ttl>7</ttl>").ttl == 7 * MINUTE


def test_idle_hours_and_days_are_read():
    channel = (
        "<skipHours><hour>3</hour><hour>24</hour><hour>25</hour><hour>x</hour><hour>3</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>saturday</day><day>Неділя</day></skipDays>"
    )
    assert wishes(channel) == Wishes(idle_hours=(0, 3), idle_days=(5, 6))


def test_a_feed_of_rss_1_0_says_it_in_its_channel_beside_the_items():
    body = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        f"{SY}><channel><title>t</title><sy:updatePeriod>hourly</sy:updatePeriod>"
        "<sy:updateFrequency>2</sy:updateFrequency></channel><item><title>a</title></item></rdf:RDF>"
    )
    feed = parse_feed(body.encode(), url="https://a.test/", content_type=None, zone=UTC)
    assert feed.wishes.ttl == 30 * MINUTE
