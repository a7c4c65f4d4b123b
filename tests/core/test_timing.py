"""Does an alert leave when its reader wants it, by the reader's own clock?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.timing import DAY, RHYTHMS, Manner, Quiet, earliest, leaves_at

KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = Quiet(23 * 60, 7 * 60)


def kyiv(text):
    return datetime.fromisoformat(text).replace(tzinfo=KYIV).astimezone(UTC)


@pytest.mark.parametrize(
    ("decided", "manner", "quiet", "leaves"),
    [
        ("2026-03-02T11:40", Manner(), None, "2026-03-02T11:40"),
        ("2026-03-02T11:40", Manner(), NIGHT, "2026-03-02T11:40"),
        ("2026-03-02T23:30", Manner(), NIGHT, "2026-03-03T07:00"),
        ("2026-03-03T06:59", Manner(), NIGHT, "2026-03-03T07:00"),
        ("2026-03-03T07:00", Manner(), NIGHT, "2026-03-03T07:00"),
        ("2026-03-02T23:30", Manner(urgent=True), NIGHT, "2026-03-02T23:30"),
        ("2026-03-02T11:40", Manner(rhythm="daily", urgent=True), NIGHT, "2026-03-02T11:40"),
        ("2026-03-02T11:40", Manner(rhythm="hourly"), None, "2026-03-02T12:00"),
        ("2026-03-02T12:00", Manner(rhythm="hourly"), None, "2026-03-02T13:00"),
        ("2026-03-02T22:10", Manner(rhythm="hourly"), NIGHT, "2026-03-03T07:00"),
        ("2026-03-02T11:40", Manner(rhythm="daily", at=8 * 60), None, "2026-03-03T08:00"),
        ("2026-03-02T07:59", Manner(rhythm="daily", at=8 * 60), None, "2026-03-02T08:00"),
        ("2026-03-02T11:40", Manner(rhythm="daily", at=6 * 60), NIGHT, "2026-03-03T07:00"),
        ("2026-03-02T11:40", Manner(rhythm="weekly", at=8 * 60, weekday=0), None, "2026-03-09T08:00"),  # a Monday
        ("2026-03-02T11:40", Manner(rhythm="weekly", at=8 * 60, weekday=4), None, "2026-03-06T08:00"),
        ("2026-03-02T13:30", Manner(), Quiet(13 * 60, 15 * 60), "2026-03-02T15:00"),
        ("2026-03-02T13:30", Manner(), Quiet(13 * 60, 13 * 60), "2026-03-02T13:30"),
        # The clock goes forward at three on 29 March and back at four on 25 October.
        ("2026-03-28T11:40", Manner(rhythm="daily", at=8 * 60), None, "2026-03-29T08:00"),
        ("2026-03-28T23:30", Manner(), NIGHT, "2026-03-29T07:00"),
        ("2026-10-24T23:30", Manner(), NIGHT, "2026-10-25T07:00"),
    ],
)
def test_an_alert_leaves_by_the_clock_of_its_reader(decided, manner, quiet, leaves):
    assert leaves_at(kyiv(decided), manner, quiet=quiet, zone=KYIV) == kyiv(leaves)


def test_hours_begin_where_the_readers_clock_begins_them():
    kathmandu = ZoneInfo("Asia/Kathmandu")  # a quarter to
    leaves = leaves_at(datetime(2026, 3, 2, 9, 40, tzinfo=UTC), Manner(rhythm="hourly"), quiet=None, zone=kathmandu)
    assert leaves.astimezone(kathmandu).minute == 0
    assert leaves == datetime(2026, 3, 2, 10, 15, tzinfo=UTC)


def test_of_several_subscriptions_the_one_that_wants_it_first_decides():
    daily, at_once = Manner(rhythm="daily"), Manner()
    noon = kyiv("2026-03-02T12:00")
    assert earliest(noon, [daily, at_once], quiet=NIGHT, zone=KYIV) == (noon, False)
    assert earliest(noon, [daily], quiet=NIGHT, zone=KYIV) == (kyiv("2026-03-03T08:00"), True)


manners = st.builds(
    Manner,
    rhythm=st.sampled_from(RHYTHMS),
    at=st.integers(0, DAY - 1),
    weekday=st.integers(0, 6),
    urgent=st.booleans(),
)
quiets = st.none() | st.builds(Quiet, st.integers(0, DAY - 1), st.integers(0, DAY - 1))
zones = st.sampled_from("Europe/Kyiv America/New_York Asia/Kathmandu Australia/Lord_Howe UTC".split()).map(ZoneInfo)
moments = st.integers(0, 3 * 366 * DAY).map(lambda minute: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))


@given(moments, manners, quiets, zones)
def test_nothing_but_the_urgent_leaves_in_quiet_hours_and_nothing_waits_for_ever(decided, manner, quiet, zone):
    leaves = leaves_at(decided, manner, quiet=quiet, zone=zone)
    assert decided <= leaves <= decided + timedelta(days=9)
    if manner.urgent:
        assert leaves == decided
    elif quiet is not None:
        there = leaves.astimezone(zone)
        # A quiet end that the clock skips is met right after the skip.
        assert not quiet.holds(there.hour * 60 + there.minute) or _skipped(there, quiet, zone)


def _skipped(there, quiet, zone):
    end = there.replace(hour=quiet.end // 60, minute=quiet.end % 60, fold=0)
    return end.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != end.replace(tzinfo=None)
