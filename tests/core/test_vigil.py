"""How the watch goes: sources that answer, are silent, are deaf; and how fast alerts come."""

from datetime import timedelta

import pytest
from watched import NOON

from core.memory import Memory
from core.model import Source, SourceId, Validators
from core.ports import SourceState
from core.vigil import vigil

MINUTE = timedelta(minutes=1)


def state(number, *, reason="", empty=0, retired=None, last_visit=NOON - MINUTE):
    source = Source(
        id=SourceId(number),
        url=f"https://a.test/{number}",
        name="А",
        outlet="a.test",
        every=None,
        validators=Validators(),
        visited=True,
        failures=int(bool(reason)),
        epoch=0,
        memory=Memory(empty=empty),
    )
    return SourceState(
        source=source,
        due_at=NOON,
        last_visit=last_visit,
        last_new=None,
        last_reason=reason,
        articles=0,
        retired=retired,
    )


def test_sources_are_counted_by_how_they_are():
    found = vigil(
        [
            state(1),
            state(2, reason="HTTP 500", last_visit=NOON - 5 * MINUTE),
            state(3, empty=3),
            state(4, retired="stopped", last_visit=NOON),
            state(5, last_visit=None),
        ],
        [],
        now=NOON,
    )
    assert (found.watched, found.silent, found.deaf, found.last_visit) == (4, 1, 1, NOON - MINUTE)


@pytest.mark.parametrize(("seconds", "median"), [([], None), ([7], 7), ([1, 3000, 20], 20)])
def test_one_slow_alert_does_not_make_all_of_them_slow(seconds, median):
    found = vigil([], [timedelta(seconds=one) for one in seconds], now=NOON)
    assert found.delay == (None if median is None else timedelta(seconds=median))
