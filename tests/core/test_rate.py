"""How often a source publishes is learnt from what its visits find."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rate import Rate, rate_of_backlog

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def watched(publish, *, days=14, every=10 * MINUTE, start=MIDNIGHT):
    """The rate learnt of a source that publishes so much at each hour of the day."""
    rate, dice, now = Rate(until=start), random.Random(1), start
    while now < start + days * DAY:
        now += every
        daily = publish(now.hour)
        rate = rate.learnt(_poisson(daily * (every / DAY), dice), now=now)
    return rate


def _poisson(mean, dice):
    left, count = mean, -1
    while left >= 0:
        count += 1
        left -= dice.expovariate(1)
    return count


@pytest.mark.parametrize("daily", [2, 20, 200])
def test_a_steady_source_is_known_after_two_weeks(daily):
    assert watched(lambda hour: daily).daily() == pytest.approx(daily, rel=0.5 if daily < 10 else 0.25)


def test_nothing_is_known_of_a_new_source_but_what_newsrooms_are_like():
    rate = Rate()
    assert rate.daily() == pytest.approx(12.5)
    assert rate.by_hour()[9] > 5 * rate.by_hour()[0]


def test_a_day_of_its_own_outweighs_the_newsrooms():
    by_hour = watched(lambda hour: 100 if hour in (1, 2, 3) else 5).by_hour()
    assert min(by_hour[1], by_hour[2], by_hour[3]) > 3 * max(by_hour[9:12])


def test_a_source_that_wakes_up_is_believed_within_hours():
    rate = watched(lambda hour: 1)
    now = rate.until
    for _ in range(18):
        now += 10 * MINUTE
        rate = rate.learnt(5, now=now)
    assert rate.daily() > 10


def test_how_often_it_is_visited_says_nothing_of_how_often_it_publishes():
    seldom, often = (watched(lambda hour: 48, every=minutes * MINUTE).daily() for minutes in (30, 1))
    assert seldom == pytest.approx(often, rel=0.15)


def test_a_long_absence_counts_as_a_day_at_most():
    rate = watched(lambda hour: 24)
    after = rate.learnt(24, now=rate.until + 6 * DAY)
    assert after.daily() == pytest.approx(rate.daily(), rel=0.2)


def test_time_that_goes_backwards_changes_nothing():
    rate = watched(lambda hour: 24, days=1)
    assert rate.learnt(99, now=rate.until - HOUR) == rate


def test_what_is_expected_of_a_stretch_of_time_is_what_its_hours_bring():
    rate = watched(lambda hour: 48 if 6 <= hour < 18 else 0)
    day = rate.expected(MIDNIGHT + 6 * HOUR, MIDNIGHT + 18 * HOUR)
    night = rate.expected(MIDNIGHT + 18 * HOUR, MIDNIGHT + 30 * HOUR)
    assert day == pytest.approx(24, rel=0.2)
    assert night < 2
    assert rate.expected(MIDNIGHT, MIDNIGHT + 3 * DAY) == pytest.approx(3 * (day + night))


# What a source lists when it is met.


def test_the_entries_of_a_first_visit_say_how_often_it_publishes():
    times = [MIDNIGHT + number * 30 * MINUTE for number in range(48)]
    assert rate_of_backlog(times, now=MIDNIGHT + DAY).daily() == pytest.approx(48, rel=0.15)


def test_only_the_last_days_of_a_backlog_count():
    lately = [MIDNIGHT + number * HOUR for number in range(72)]
    long_ago = [MIDNIGHT - number * DAY for number in range(1, 300)]
    now = MIDNIGHT + 3 * DAY
    assert rate_of_backlog(lately + long_ago, now=now).daily() == pytest.approx(24, rel=0.15)


@pytest.mark.parametrize("times", [[], [MIDNIGHT], [MIDNIGHT + DAY - MINUTE] * 30, [MIDNIGHT + 9 * DAY] * 30], ids=len)
def test_a_backlog_that_says_nothing_leaves_what_is_supposed_of_all(times):
    rate = rate_of_backlog(times, now=MIDNIGHT + DAY)
    assert rate == Rate(until=MIDNIGHT + DAY)


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 200_000)), max_size=30),
    st.integers(0, 10**6),
)
def test_whatever_is_seen_every_hour_keeps_a_rate_that_can_be_divided_by(visits, later):
    rate, now = Rate(), MIDNIGHT
    for came, seconds in visits:
        now += timedelta(seconds=seconds)
        rate = rate.learnt(came, now=now)
    assert all(0 < hour < 10**9 for hour in rate.by_hour())
    assert rate.expected(now, now + timedelta(seconds=later)) >= 0
