"""When a source is visited next."""

from datetime import UTC, datetime, timedelta

import pytest

from core.model import Failed, Fresh, Source, SourceId, Unchanged, Validators
from watchers.manners import next_visit

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FRESH = Fresh(url="https://a.test/", body=b"", content_type=None, validators=Validators())


def source(*, every=MINUTE, failures=0, number=1, epoch=1):
    return Source(
        id=SourceId(number),
        url="https://a.test/feed",
        name="A",
        outlet="a.test",
        every=every,
        validators=Validators(),
        visited=True,
        failures=failures,
        epoch=epoch,
    )


def pause(visit, **of):
    return next_visit(source(**of), visit, now=NOON) - NOON


def failed(retry_after=None):
    return Failed(reason="HTTP 500", retry_after=retry_after)


@pytest.mark.parametrize("visit", [FRESH, Unchanged()])
def test_after_a_good_visit_the_next_is_an_interval_away_and_a_tenth_at_most(visit):
    for number in range(50):
        assert MINUTE <= pause(visit, number=number) <= 1.1 * MINUTE


def test_a_good_visit_does_not_count_the_failures_before_it():
    assert pause(FRESH, failures=7) <= 1.1 * MINUTE


@pytest.mark.parametrize(("failures", "minutes"), [(0, 2), (1, 4), (2, 8), (5, 64)])
def test_each_failure_in_a_row_doubles_the_pause(failures, minutes):
    for number in range(50):
        assert minutes * MINUTE <= pause(failed(), failures=failures, number=number) <= 1.25 * minutes * MINUTE


@pytest.mark.parametrize("failures", [9, 15, 16, 1000, 10**9])
def test_however_often_a_source_failed_it_is_tried_again_after_some_hours(failures):
    assert 6 * HOUR <= pause(failed(), failures=failures) <= 7.5 * HOUR


def test_a_source_visited_once_a_day_is_not_visited_more_often_because_it_failed():
    assert pause(failed(), every=24 * HOUR, failures=3) >= 24 * HOUR


def test_a_server_that_asks_for_patience_gets_it():
    assert pause(failed(retry_after=3 * HOUR)) == 3 * HOUR


def test_a_server_that_asks_for_less_than_we_wait_anyway_changes_nothing():
    assert pause(failed(retry_after=timedelta(seconds=1))) == pause(failed())


def test_no_server_may_send_us_away_for_more_than_a_day():
    assert pause(failed(retry_after=timedelta(days=365))) == 24 * HOUR


def test_sources_do_not_march_in_step():
    assert len({pause(FRESH, number=number) for number in range(100)}) > 95
    assert len({pause(FRESH, epoch=epoch) for epoch in range(100)}) > 95


def test_the_same_visit_has_the_same_next_time():
    assert pause(FRESH, number=5, epoch=9) == pause(FRESH, number=5, epoch=9)
