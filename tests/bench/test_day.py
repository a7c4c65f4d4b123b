"""A small day of many readers: nobody is woken, nothing is lost or told twice, digests come at their hour."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bench import day
from bench.day import MANNERS, Ring, a_day, figures, people


@pytest.fixture(scope="module")
def readers():
    return people(15, random.Random(1))


async def test_a_day_is_as_every_reader_wants_it(tmp_path, readers):
    found = await a_day(tmp_path / "day.db", readers=readers, stories=40, dice=random.Random(2))
    assert found.faults == 0
    assert found.alerts > 20
    assert found.messages < found.alerts  # some of them came gathered


class Heard:
    """What a crowd wrote down."""

    edits = 0

    def __init__(self, *rings):
        self.rings = list(rings)


def reader(manner, *, quiet=day.QUIET):
    return replace(people(1, random.Random(1))[0], word=0, manner=manner, quiet=quiet)


def counted(one, *hours, told=(0,)):
    """The figures of one reader, who was told of the one story at these hours of the morning of Kyiv's 2 April."""
    begun = day.datetime(2026, 4, 2, tzinfo=one.zone)
    rings = [Ring(one.chat, begun + timedelta(hours=hour), told) for hour in hours]
    return figures([one], [0], Heard(*rings))


def test_what_is_wrong_is_counted():
    assert counted(reader(MANNERS[0])).lost == 1
    assert counted(reader(MANNERS[0]), 9, 10).repeated == 1
    assert counted(reader(MANNERS[0]), 9, told=(0, 5)).repeated == 1
    assert counted(reader(MANNERS[0]), 3).woken == 1
    assert counted(reader(MANNERS[1]), 3).woken == 0
    assert counted(reader(MANNERS[0], quiet=None), 3).woken == 0
    assert counted(reader(MANNERS[3]), 8).late_digests == 0
    assert counted(reader(MANNERS[3]), 9).late_digests == 1
    assert counted(reader(MANNERS[4]), 19).late_digests == 1  # 2 April is no Friday
