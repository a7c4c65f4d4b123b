"""What headers say of time."""

from datetime import UTC, datetime, timedelta

import pytest

from watchers.freshness import fresh_for, retry_after

NOW = datetime(2025, 11, 26, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("wish", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Wed, 26 Nov 2025 09:00:00 GMT", timedelta(hours=1)),
        ("Wed, 26 Nov 2025 09:00:00 -0000", timedelta(hours=1)),
        ("Wed, 26 Nov 2025 07:00:00 GMT", None),
        ("0", None),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("١٢", None),
        ("9" * 30, timedelta(seconds=999_999_999)),
    ],
)
def test_retry_after_is_read_in_both_its_forms(wish, wait):
    assert retry_after(wish, now=NOW) == wait


@pytest.mark.parametrize(
    ("headers", "length"),
    [
        ({}, None),
        ({"cache-control": "max-age=300"}, 5 * MINUTE),
        ({"cache-control": 'public, MAX-AGE="300", must-revalidate'}, 5 * MINUTE),
        ({"cache-control": "s-maxage=300"}, None),
        ({"cache-control": "max-age=300", "age": "120"}, 3 * MINUTE),
        ({"cache-control": "max-age=300", "age": "400"}, None),
        ({"cache-control": "max-age=300", "age": "soon"}, 5 * MINUTE),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "no-cache, max-age=300"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "max-age=" + "9" * 40}, timedelta(seconds=999_999_999)),
        ({"expires": "Wed, 26 Nov 2025 08:10:00 GMT"}, 10 * MINUTE),
        ({"expires": "Wed, 26 Nov 2025 08:10:00 GMT", "date": "Wed, 26 Nov 2025 08:05:00 GMT"}, 5 * MINUTE),
        ({"expires": "Wed, 26 Nov 2025 07:10:00 GMT"}, None),
        ({"expires": "0"}, None),
        ({"expires": "-1", "date": "yesterday"}, None),
        ({"expires": "Wed, 26 Nov 2025 08:10:00 GMT", "cache-control": "max-age=60"}, MINUTE),
        ({"expires": "Wed, 26 Nov 2025 08:10:00 GMT", "cache-control": "private"}, 10 * MINUTE),
    ],
)
def test_how_long_an_answer_stays_as_it_is(headers, length):
    assert fresh_for(lambda name: headers.get(name, ""), now=NOW) == length
