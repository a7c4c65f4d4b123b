"""A date means the same moment in all the ways it is written."""

from datetime import UTC, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.parse.dates import parse_date, tells_the_minute

KYIV = ZoneInfo("Europe/Kyiv")
MOMENT = datetime(2025, 11, 26, 8, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Wed, 26 Nov 2025 10:11:12 +0200",
        "Wed, 26 Nov 2025 08:11:12 GMT",
        "Wed, 26 Nov 25 08:11:12 UT",
        "Wed, 26 Nov 2025 08:11:12",
        "26 Nov 2025 10:11:12 +02:00",
        "Wednesday, 26 November 2025 10:11:12 EET",
        "Wed, 26 Nov 2025 10:11:12 GMT+0200",
        "Wed, 26 Nov 2025 03:11:12 EST",
        "Wed Nov 26 08:11:12 2025",
        "Wed Nov 26 08:11:12 UTC 2025",
        "November 26, 2025 8:11:12 AM UTC",
        "Ср, 26 лис 2025 10:11:12 +0200",
        "середа, 26 листопада 2025 р., 10:11:12 +0200",
        "26 листопада 2025 року о 10:11:12 EET",
        "Ср, 26 ноя 2025 10:11:12 +0200",
        "среда, 26 ноября 2025 г. в 11:11:12 MSK",
        "26 лістапада 2025 11:11:12 +0300",
        "śr., 26 lis 2025 09:11:12 +0100",
        "26 listopada 2025 09:11:12 CET",
        "2025-11-26T10:11:12+02:00",
        "2025-11-26T10:11:12+0200",
        "2025-11-26T10:11:12+02",
        "2025-11-26T08:11:12Z",
        "2025-11-26T08:11:12.1234567Z",
        "2025-11-26T08:11:12,5Z",
        "2025-11-26 10:11:12 +02:00",
        "2025-11-26T08:11:12",
        "26.11.2025 08:11:12",
        "26/11/2025, 08:11:12",
        "1764144672",
        "  \n Wed, 26 Nov 2025 10:11:12 +0200 \n",
    ],
)
def test_every_way_to_write_a_moment_means_it(written):
    assert parse_date(written, zone=UTC) == MOMENT


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("січ", 1), ("лют", 2), ("бер", 3), ("кві", 4), ("тра", 5), ("чер", 6),
        ("лип", 7), ("сер", 8), ("вер", 9), ("жов", 10), ("лис", 11), ("гру", 12),
        ("січня", 1), ("сiчня", 1), ("лютого", 2), ("березня", 3), ("квітня", 4), ("травня", 5), ("червня", 6),
        ("липня", 7), ("серпня", 8), ("вересня", 9), ("жовтня", 10), ("листопада", 11), ("грудня", 12),
        ("января", 1), ("февраля", 2), ("марта", 3), ("апреля", 4), ("мая", 5), ("июня", 6), ("июля", 7),
        ("августа", 8), ("сентября", 9), ("октября", 10), ("ноября", 11), ("декабря", 12),
        ("студзеня", 1), ("лютага", 2), ("сакавіка", 3), ("красавіка", 4), ("траўня", 5), ("чэрвеня", 6),
        ("ліпеня", 7), ("жніўня", 8), ("верасня", 9), ("кастрычніка", 10), ("лістапада", 11), ("снежня", 12),
        ("stycznia", 1), ("lutego", 2), ("marca", 3), ("kwietnia", 4), ("maja", 5), ("czerwca", 6),
        ("lipca", 7), ("sierpnia", 8), ("września", 9), ("października", 10), ("listopada", 11), ("grudnia", 12),
        ("January", 1), ("May", 5), ("Sept", 9), ("DEC", 12),
    ],
)  # fmt: skip
def test_months_are_known_in_the_languages_of_the_region(name, month):
    assert parse_date(f"5 {name} 2024 12:00 UTC", zone=UTC) == datetime(2024, month, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("26.11.2025 10:00", datetime(2025, 11, 26, 8, tzinfo=UTC)),
        ("26.06.2025 10:00", datetime(2025, 6, 26, 7, tzinfo=UTC)),
        ("2025-06-26", datetime(2025, 6, 25, 21, tzinfo=UTC)),
        ("Thu, 26 Jun 2025 10:00:00 EEST", datetime(2025, 6, 26, 7, tzinfo=UTC)),
    ],
)
def test_a_date_without_a_zone_is_in_the_given_one(written, moment):
    assert parse_date(written, zone=KYIV) == moment


def test_without_a_zone_anywhere_it_is_no_moment():
    assert parse_date("26.11.2025 10:00", zone=None) is None
    assert parse_date("26.11.2025 10:00 +0200", zone=None) == datetime(2025, 11, 26, 8, tzinfo=UTC)


def test_24_00_is_the_midnight_after():
    assert parse_date("2025-12-31T24:00:00Z", zone=UTC) == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_leap_second_is_the_second_before():
    assert parse_date("2016-12-31T23:59:60Z", zone=UTC) == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        None, "", "вчора", "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "2025-13-01", "2025-02-30",
        "32 Nov 2025 10:00", "26 Мартобря", "9999-12-31T23:59:59-12:00", "10:11:12", "1" * 1000, "0",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(written):
    assert parse_date(written, zone=UTC) is None


@pytest.mark.parametrize(("written", "tells"), [("2025-11-26", False), ("2025-11-26T10:11Z", True), ("", False)])
def test_a_day_alone_tells_no_minute(written, tells):
    assert tells_the_minute(written) is tells


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_what_the_standard_library_writes_is_read_back(moment):
    moment = moment.replace(second=0, microsecond=0).astimezone(UTC)
    assert parse_date(format_datetime(moment), zone=KYIV) == moment
    assert parse_date(moment.isoformat(), zone=KYIV) == moment


@given(st.text(alphabet="0123456789 .:-+TZнлис", max_size=40) | st.text(max_size=40))
def test_no_text_breaks_it(written):
    moment = parse_date(written, zone=KYIV)
    assert moment is None or moment.tzinfo is UTC
