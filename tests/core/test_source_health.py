"""How a source is, and why."""

from datetime import timedelta

import pytest
from watched import DAY, HOUR, NOON, UNCHANGED, after, catch, failed, fresh, source, state

from core.health import health, in_words

DATES = tuple(NOON - number * HOUR for number in range(30))
MET = (fresh(), catch(entries=30, taken=30, dates=DATES))
"""A first visit to a source that publishes about once an hour."""
BUSY = after(source(visited=False), MET)


def found(known, *, now=NOON, **of):
    seen = health(state(known, **of), now=now)
    return seen.condition, seen.reason


def test_a_source_that_was_never_visited_is_new():
    assert found(source(visited=False), last_visit=None) == ("new", "not visited yet")


def test_a_source_that_answers_and_brings_news_as_ever_is_fine():
    assert found(BUSY) == ("fine", "")
    assert found(after(source(), UNCHANGED)) == ("fine", "")


def test_a_source_that_fails_says_why_and_how_often():
    assert found(after(source(), failed("HTTP 500"))) == ("failing", "HTTP 500")
    known = after(source(), *[failed("HTTP 500")] * 4)
    assert found(known) == ("failing", "HTTP 500, 4 times in a row")
    assert found(after(known, UNCHANGED)) == ("fine", "")


@pytest.mark.parametrize("status", [401, 403, 429, 451])
def test_a_source_that_turns_us_away_is_blocked(status):
    assert found(after(source(), failed(f"HTTP {status}", status))) == ("blocked", f"HTTP {status}")


def test_a_source_that_lists_nothing_three_times_in_a_row_is_empty():
    nothing = (fresh(), catch(entries=0))
    assert found(after(BUSY, nothing, nothing)) == ("fine", "")
    assert found(after(BUSY, nothing, nothing, nothing))[0] == "empty"


def test_a_source_that_says_it_moved_to_another_site_waits_for_a_person():
    to = "https://other.example/rss"
    known = after(BUSY, *[fresh(moved_to=to)] * 3)
    assert found(known, now=NOON + 2 * HOUR) == ("moved", f"it says that it moved to {to}")


def test_a_source_is_quiet_when_far_more_should_have_come():
    assert found(BUSY, now=NOON + 5 * HOUR)[0] == "fine"
    assert found(BUSY, now=NOON + 24 * HOUR) == ("quiet", "nothing new for 24 h, usually every 66 min")


def test_its_silence_is_not_forgotten_however_long_it_is():
    silent = after(BUSY, *[UNCHANGED] * 60, every=DAY)
    assert found(silent, now=NOON + 60 * DAY) == ("quiet", "nothing new for 60 days, usually every 66 min")


def test_at_night_it_may_sleep():
    evening = NOON.replace(hour=20)
    dates = tuple(evening - number * HOUR / 2 for number in range(20))
    known = after(source(visited=False), (fresh(), catch(entries=20, taken=20, dates=dates)), since=evening)
    assert found(known, now=evening + 9 * HOUR)[0] == "fine"
    assert found(known, now=evening + 18 * HOUR)[0] == "quiet"


def test_a_source_that_publishes_once_a_week_is_not_quiet_after_three():
    weekly = tuple(NOON - number * 7 * DAY for number in range(10))
    known = after(source(visited=False), (fresh(), catch(entries=10, taken=10, dates=weekly)))
    known = after(known, *[UNCHANGED] * 80, every=6 * HOUR)
    assert found(known, now=NOON + 20 * DAY)[0] == "fine"


def test_what_is_wrong_now_counts_more_than_what_was_before():
    silent = after(BUSY, UNCHANGED, failed("HTTP 500"))
    assert found(silent, now=NOON + 40 * DAY)[0] == "failing"


@pytest.mark.parametrize("retired", ["gone", "stopped"])
def test_a_source_that_is_visited_no_more_says_why(retired):
    condition, reason = found(after(source(), failed()), retired=retired)
    assert (condition, bool(reason)) == (retired, True)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "1 min"),
        (timedelta(minutes=99), "99 min"),
        (timedelta(minutes=100), "2 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_lengths_of_time_are_said_in_the_unit_that_fits(length, words):
    assert in_words(length) == words
