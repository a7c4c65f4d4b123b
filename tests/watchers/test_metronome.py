"""Beats: regular, one at a time, none dropped."""

import asyncio
import time
from datetime import datetime, timedelta

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from watchers.metronome import Metronome

OFTEN = timedelta(milliseconds=10)
PATIENCE = 5


@pytest.fixture
def alarms():
    return []


@pytest.fixture
async def metronome(alarms):
    metronome = Metronome(alarms.append)
    yield metronome
    metronome.stop()
    await asyncio.sleep(0)


def counted(most):
    """A beat, and the moment when it was called so often."""

    async def beat():
        nonlocal calls
        calls += 1
        if calls == most:
            enough.set()

    calls, enough = 0, asyncio.Event()
    return beat, enough


async def test_a_beat_is_called_again_and_again(metronome):
    beat, enough = counted(3)
    metronome.every(OFTEN, beat)
    metronome.start()
    await asyncio.wait_for(enough.wait(), PATIENCE)


async def test_beats_go_on_beside_each_other(metronome):
    (one, first), (other, second) = counted(2), counted(2)
    metronome.every(OFTEN, one)
    metronome.every(OFTEN, other)
    metronome.start()
    await asyncio.wait_for(asyncio.gather(first.wait(), second.wait()), PATIENCE)


async def test_a_beat_is_not_called_while_it_is_still_under_way(metronome):
    async def slow():
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await let_go.wait()
        inside -= 1

    inside = most = 0
    let_go = asyncio.Event()
    other, enough = counted(5)
    metronome.every(OFTEN, slow)
    metronome.every(OFTEN, other)
    metronome.start()
    await asyncio.wait_for(enough.wait(), PATIENCE)
    assert most == 1
    let_go.set()


async def test_a_slow_beat_delays_no_other(metronome):
    async def stuck():
        await asyncio.Event().wait()

    beat, enough = counted(3)
    metronome.every(OFTEN, stuck)
    metronome.every(OFTEN, beat)
    metronome.start()
    await asyncio.wait_for(enough.wait(), PATIENCE)


async def test_a_beat_that_a_busy_loop_delayed_is_made_late_and_not_dropped(metronome):
    beat, enough = counted(1)
    metronome.every(timedelta(hours=1), beat)
    metronome.start()
    (job,) = metronome._scheduler.get_jobs()
    job.modify(next_run_time=job.next_run_time - timedelta(hours=1, seconds=30))
    await asyncio.wait_for(enough.wait(), PATIENCE)


async def test_after_a_stall_a_beat_is_made_once_and_not_for_every_time_it_missed(metronome):
    times = []

    async def beat():
        times.append(time.monotonic())

    other, enough = counted(3)
    metronome.every(timedelta(seconds=1), beat)
    metronome.start()
    (job,) = metronome._scheduler.get_jobs()
    job.modify(next_run_time=job.next_run_time - timedelta(seconds=60))
    metronome.every(OFTEN, other)
    await asyncio.wait_for(enough.wait(), PATIENCE)
    assert len(times) == 1


async def test_a_beat_that_fails_raises_the_alarm_and_goes_on(metronome, alarms):
    async def failing():
        beats.append(None)
        if len(beats) == 2:
            enough.set()
        raise KeyError("бум")

    beats, enough = [], asyncio.Event()
    metronome.every(OFTEN, failing)
    metronome.start()
    await asyncio.wait_for(enough.wait(), PATIENCE)
    assert {type(error) for error in alarms} == {KeyError}


async def test_nothing_begins_before_the_start_or_after_the_stop(alarms):
    metronome = Metronome(alarms.append)
    beat, enough = counted(1)
    metronome.every(OFTEN, beat)
    await asyncio.sleep(0)
    assert not enough.is_set()
    metronome.start()
    metronome.stop()
    other = Metronome(alarms.append)
    ticks, later = counted(3)
    other.every(OFTEN, ticks)
    other.start()
    await asyncio.wait_for(later.wait(), PATIENCE)
    other.stop()
    assert not enough.is_set()


async def test_a_clock_that_is_set_back_stops_no_beat(metronome, monkeypatch):
    """A clock three hours behind: what was planned by the old one would come in three hours."""

    class Behind(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(hours=3)

    beat, enough = counted(2)
    metronome.every(timedelta(milliseconds=50), beat)
    metronome.start()
    monkeypatch.setattr(base, "datetime", Behind)
    monkeypatch.setattr(interval, "datetime", Behind)
    metronome.anew()
    await asyncio.wait_for(enough.wait(), PATIENCE)
