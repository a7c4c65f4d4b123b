"""One thing at a time is asked of a site, with a gap between two."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from rounds import HandClock

from watchers.gate import LONGEST_GAP, MOST_PLACES, Gate

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def gate(clock, waits):
    async def wait(length):
        waits.append(length)
        await asyncio.sleep(0)
        clock.now += length

    return Gate(clock=clock, wait=wait)


@asynccontextmanager
async def held(gate, site, *, page=False):
    """Somebody is being answered by the site."""
    inside, leave = asyncio.Event(), asyncio.Event()

    async def stay():
        async with gate.turn(site, page=page):
            inside.set()
            await leave.wait()

    task = asyncio.create_task(stay())
    await inside.wait()
    yield
    leave.set()
    await task


async def passes(gate, site, *, page=False):
    async with gate.turn(site, page=page):
        pass


async def turns(some=20):
    for _ in range(some):
        await asyncio.sleep(0)


async def test_the_first_question_does_not_wait(gate, waits):
    await passes(gate, "a.test")
    assert waits == []


async def test_the_second_leaves_a_gap_after_the_answer_to_the_first(gate, waits, clock):
    async with gate.turn("a.test", page=False):
        clock.move(seconds=9)
    clock.move(seconds=0.5)
    await passes(gate, "a.test")
    assert waits == [1.5 * SECOND]


async def test_after_the_gap_nobody_waits(gate, waits, clock):
    await passes(gate, "a.test")
    clock.move(seconds=2)
    await passes(gate, "a.test")
    assert waits == []


async def test_sites_do_not_wait_for_each_other(gate, waits):
    async with held(gate, "a.test"):
        await passes(gate, "b.test")
    assert waits == []


async def test_nobody_is_let_in_while_another_is_being_answered(gate):
    inside = []

    async def go(name):
        async with gate.turn("a.test", page=False):
            inside.append(name)
            await asyncio.sleep(0)
            inside.append(name)

    await asyncio.gather(*(go(number) for number in range(5)))
    assert inside == [number for number in range(5) for _ in "ab"]


async def test_a_feed_waits_for_one_page_at_most(gate):
    order = []

    async def go(name, *, page):
        async with gate.turn("a.test", page=page):
            order.append(name)

    async with held(gate, "a.test", page=True):
        pages = [asyncio.create_task(go(f"page{number}", page=True)) for number in range(4)]
        await turns()
        feed = asyncio.create_task(go("feed", page=False))
        await turns()
    await asyncio.gather(feed, *pages)
    assert order == ["feed", "page0", "page1", "page2", "page3"]


async def test_who_is_called_off_while_waiting_leaves_no_trace(gate):
    async with held(gate, "a.test"):
        waiting = asyncio.create_task(passes(gate, "a.test"))
        await turns()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await passes(gate, "a.test")


async def test_who_fails_inside_leaves_the_gate_open(gate, waits):
    with pytest.raises(KeyError):
        async with gate.turn("a.test", page=False):
            raise KeyError
    await passes(gate, "a.test")
    assert waits == [2 * SECOND]


async def test_ones_own_network_has_no_gate(gate, waits):
    async with gate.turn(None, page=False), gate.turn(None, page=True):
        await passes(gate, None)
    assert waits == []


@pytest.mark.parametrize(("site", "gap"), [("t.me", 3), ("google.com", 10), ("pravda.com.ua", 2)])
async def test_sites_that_many_share_are_left_alone_longer(gate, waits, site, gap):
    for _ in "ab":
        await passes(gate, site)
    assert waits == [gap * SECOND]


async def test_a_site_may_ask_for_more_between_its_pages_but_not_for_ever(gate, waits, clock):
    gate.keep_apart("a.test", 5 * SECOND)
    gate.keep_apart("b.test", timedelta(hours=1))
    gate.keep_apart("c.test", timedelta(0))
    for site in ("a.test", "b.test", "c.test"):
        for _ in "ab":
            await passes(gate, site, page=True)
    assert waits == [5 * SECOND, LONGEST_GAP, 2 * SECOND]


async def test_a_feed_is_not_held_up_by_what_a_site_wants_between_pages(gate, waits):
    gate.keep_apart("a.test", 20 * SECOND)
    await passes(gate, "a.test", page=True)
    await passes(gate, "a.test")
    assert waits == [2 * SECOND]


async def test_a_clock_that_jumps_back_makes_nobody_wait_longer_than_the_gap(gate, waits, clock):
    await passes(gate, "a.test")
    clock.move(hours=-3)
    await passes(gate, "a.test")
    assert waits == [2 * SECOND]


async def test_without_a_gap_sites_are_still_asked_one_thing_at_a_time(clock):
    async def wait(length):
        raise AssertionError(length)

    gate = Gate(clock=clock, wait=wait, gap=timedelta(0))
    async with held(gate, "t.me"):
        waiting = asyncio.create_task(passes(gate, "t.me"))
        await turns()
        assert not waiting.done()
    await waiting


async def test_what_is_remembered_of_sites_is_bounded(gate, clock):
    async with held(gate, "busy.test"):
        for number in range(MOST_PLACES + 50):
            await passes(gate, f"{number}.test")
            clock.move(seconds=1)
        assert len(gate._places) <= MOST_PLACES
        waiting = asyncio.create_task(passes(gate, "busy.test"))
        await turns()
        assert not waiting.done()
    await waiting
