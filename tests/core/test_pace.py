"""When a source is visited next."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched import DAY, HOUR, MINUTE, NOON, PACE, failed, source

from core.memory import Memory, Wishes
from core.pace import LONGEST_RETRY, interval, next_try, next_visit
from core.rate import Rate

LUCK = st.floats(0, 1)
FAST, SLOW = 1000.0, 0.2


def steady(daily):
    """A rate learnt for long of a source that publishes so much at any hour."""
    return Rate((daily * 900,) * 24, (900.0,) * 24, daily * 99, 99.0, NOON)


def pause(*, rate=None, wishes=None, fresh_for=None, luck=0.5, **of):
    due = next_visit(source(**of), rate or Rate(), wishes or Wishes(), fresh_for, pace=PACE, now=NOON, luck=luck)
    return due - NOON


def back_off(failure=None, *, luck=1.0, **of):
    return next_try(source(**of), failure or failed(), pace=PACE, now=NOON, luck=luck) - NOON


def test_the_interval_goes_by_the_square_root_of_the_rate():
    once, nine, hundred = (interval(steady(daily), PACE, now=NOON) for daily in (1, 9, 100))
    assert once / nine == pytest.approx(3, rel=0.05)
    assert once / hundred == pytest.approx(10, rel=0.05)


@pytest.mark.parametrize(("daily", "bound"), [(10_000, PACE.fastest), (0.01, PACE.slowest)])
def test_no_interval_leaves_its_bounds(daily, bound):
    assert interval(steady(daily), PACE, now=NOON) == bound


def test_the_night_is_slower_than_the_day():
    night = NOON.replace(hour=1)
    assert interval(Rate(), PACE, now=night) > 2 * interval(Rate(), PACE, now=NOON)


def test_an_interval_that_a_person_chose_is_kept():
    assert pause(every=3 * HOUR, rate=steady(FAST), fresh_for=DAY) == 3 * HOUR


@given(LUCK)
def test_chance_moves_a_visit_by_a_share_of_its_interval(luck):
    usual = interval(steady(20), PACE, now=NOON)
    assert 0.85 * usual <= pause(rate=steady(20), luck=luck) <= 1.15 * usual


def test_who_says_how_long_a_feed_stays_as_it_is_is_not_asked_before():
    for asked in ({"fresh_for": 10 * MINUTE}, {"wishes": Wishes(ttl=10 * MINUTE)}):
        assert pause(rate=steady(FAST), luck=0.0, **asked) == 10 * MINUTE


def test_the_longer_of_two_wishes_counts_and_none_counts_for_more_than_a_quarter_of_an_hour():
    assert pause(rate=steady(FAST), luck=0.0, fresh_for=5 * MINUTE, wishes=Wishes(ttl=8 * MINUTE)) == 8 * MINUTE
    assert pause(rate=steady(FAST), luck=0.0, fresh_for=7 * DAY) == 15 * MINUTE


def test_a_wish_for_less_than_we_wait_anyway_changes_nothing():
    assert pause(rate=steady(SLOW), fresh_for=MINUTE) == pause(rate=steady(SLOW))


@pytest.mark.parametrize("wishes", [Wishes(idle_hours=(12, 13)), Wishes(idle_days=(0,))])
def test_hours_and_days_in_which_nothing_appears_are_visited_at_the_slowest_pace(wishes):
    assert pause(rate=steady(FAST), wishes=wishes, luck=0.0) == PACE.slowest
    assert pause(rate=steady(FAST), wishes=Wishes(idle_hours=(3,), idle_days=(5, 6))) == MINUTE


# After failures.


@pytest.mark.parametrize(("failures", "minutes"), [(0, 2), (1, 4), (2, 8), (5, 64)])
def test_each_failure_in_a_row_doubles_the_longest_pause(failures, minutes):
    assert back_off(every=MINUTE, failures=failures) == minutes * MINUTE


@given(LUCK, st.integers(0, 10**9))
def test_a_pause_lies_anywhere_between_the_usual_one_and_the_longest(luck, failures):
    assert MINUTE <= back_off(every=MINUTE, failures=failures, luck=luck) <= 6 * HOUR


def test_sources_that_failed_together_do_not_come_back_together():
    pauses = sorted(back_off(every=MINUTE, failures=6, luck=number / 100) for number in range(101))
    assert min(later - sooner for sooner, later in pairwise(pauses)) > MINUTE


def test_a_source_that_was_not_reached_is_tried_again_at_the_slowest_pace():
    lost = failed("no connection", None, unreached=True)
    assert back_off(lost, every=MINUTE, failures=99) == PACE.slowest


def test_a_source_visited_once_a_day_is_not_visited_more_often_because_it_failed():
    assert back_off(every=DAY, failures=3) == DAY


def test_an_absurd_interval_is_no_trouble():
    assert back_off(every=timedelta(days=999_999), failures=9) == timedelta(days=999_999)


def test_what_was_learnt_counts_after_a_failure_too():
    memory = Memory(rate=steady(FAST))
    assert back_off(memory=memory, luck=0.0) < back_off(memory=Memory(rate=steady(SLOW)), luck=0.0)


@given(LUCK)
def test_a_server_that_asks_for_patience_gets_it_and_not_everybody_comes_back_at_once(luck):
    waited = back_off(failed(retry_after=3 * HOUR), every=MINUTE, luck=luck)
    assert 3 * HOUR <= waited <= 3.3 * HOUR
    assert abs(waited - 3 * HOUR * (1 + luck / 10)) < MINUTE


def test_a_server_that_asks_for_less_than_we_wait_anyway_changes_nothing():
    assert back_off(failed(retry_after=timedelta(seconds=1)), every=MINUTE) == back_off(every=MINUTE)


def test_no_server_may_send_us_away_for_more_than_a_day():
    assert back_off(failed(retry_after=timedelta(days=365)), luck=0.0) == LONGEST_RETRY
