"""Visits: what they leave is kept, in bounds; who waits for whom."""

from dataclasses import replace
from datetime import date, timedelta

from newsroom import MINUTE, NOON, SECOND, article, failed, opened, publish, record, sequel

from core.memory import Memory, Move, Wishes
from core.rate import Rate
from store.visits import KEEP_DAYS, KEEP_RECORDS, KEEP_VISITS

DAY = timedelta(days=1)


async def add(db, url="https://a.test/feed", *, due=NOON, every=None):
    return await db.add_source(url, name=None, outlet="a.test", every=every, now=due)


async def claim(db, *, now=NOON, limit=10, **of):
    return await db.claim_sources(now=now, until=now + MINUTE, limit=limit, **of)


async def visit(db, *, now=NOON, ends=sequel, kept=None, **changes):
    """The source that is due longest is visited; what comes of it is said by the changes of its sequel."""
    (source,) = await claim(db, now=now, limit=1)
    changes = {"due_at": now} | changes
    assert await db.settle_visit(source, ends(source, **changes), record(at=now, **(kept or {})), now=now)
    return source


async def state(db, number=1):
    return next(one for one in await db.sources() if one.source.id == number)


async def test_everything_that_is_remembered_comes_back_as_it_was(db):
    memory = Memory(
        rate=Rate(tuple(range(24)), (0.25,) * 24, 3.5, 2.125, NOON),
        usual=timedelta(minutes=66),
        came_at=NOON - MINUTE,
        newest=NOON - 2 * MINUTE,
        wishes=Wishes(ttl=timedelta(minutes=5), idle_hours=(0, 3), idle_days=(0, 6)),
        digest="d1",
        read_at=NOON - SECOND,
        whole_at=NOON,
        distrusted_until=NOON + DAY,
        move=Move(to="https://b.test/ї", votes=2, since=NOON - DAY),
        empty=2,
        gone_days=1,
        gone_at=NOON - DAY,
    )
    await add(db)
    await visit(db, memory=memory)
    (source,) = await claim(db)
    assert source.memory == memory


async def test_a_source_without_a_past_has_an_empty_memory_and_no_interval_of_its_own(db):
    await add(db)
    (source,) = await claim(db)
    assert (source.memory, source.every) == (Memory(), None)


async def test_what_http_said_last_is_known_of_a_source(db):
    await add(db)
    await visit(db, ends=failed, reason="HTTP 403", status=403)
    source = (await state(db)).source
    assert (source.reason, source.status, source.failures) == ("HTTP 403", 403, 1)


# Records and days.


async def test_every_visit_is_recorded_the_newest_first(db):
    number = await add(db)
    first = {"outcome": "fresh", "status": 200, "wire": 300, "decoded": 1000, "entries": 30, "new": 2}
    await visit(db, kept=first)
    second = {"outcome": "failed", "status": 500, "reason": "HTTP 500", "took": 9 * SECOND}
    await visit(db, now=NOON + MINUTE, kept=second)
    assert await db.records(number, limit=9) == [record(at=NOON + MINUTE, **second), record(at=NOON, **first)]
    assert await db.records(number, limit=1) == [record(at=NOON + MINUTE, **second)]


async def test_a_visit_that_settled_too_late_is_not_recorded(db):
    number = await add(db)
    (late,) = await claim(db)
    await visit(db, now=NOON + MINUTE)
    assert not await db.settle_visit(late, sequel(late, due_at=NOON), record(at=NOON), now=NOON + MINUTE)
    assert len(await db.records(number, limit=9)) == 1


async def test_of_each_source_only_so_many_visits_are_kept(db):
    first, second = await add(db), await add(db, "https://b.test/", due=NOON + DAY)
    for number in range(KEEP_RECORDS + 3):
        await visit(db, now=NOON + number * SECOND)
    kept = await db.records(first, limit=999)
    assert len(kept) == KEEP_RECORDS
    assert kept[-1].at == NOON + 3 * SECOND
    assert await db.records(second, limit=9) == []


async def test_days_are_summed_up(db):
    number = await add(db)
    await visit(db, kept={"wire": 300, "new": 2, "took": SECOND})
    await visit(db, kept={"outcome": "failed", "wire": 0, "took": 3 * SECOND})
    await visit(db, now=NOON + DAY, kept={"wire": 5, "new": 1})
    later, earlier = await db.source_days(number, limit=9)
    assert (later.day, later.visits, later.failed, later.new) == (date(2026, 3, 3), 1, 0, 1)
    assert (earlier.day, earlier.visits, earlier.failed, earlier.new) == (date(2026, 3, 2), 2, 1, 2)
    assert (earlier.wire, earlier.took) == (300, 4 * SECOND)
    assert await db.source_days(number, limit=1) == [later]


async def test_records_and_days_are_forgotten_when_they_are_old(db):
    number = await add(db)
    await visit(db)
    await db.forget_old(now=NOON + KEEP_VISITS, limit=9)
    assert len(await db.records(number, limit=9)) == 1
    await db.forget_old(now=NOON + KEEP_VISITS + SECOND, limit=9)
    assert (await db.records(number, limit=9), len(await db.source_days(number, limit=9))) == ([], 1)
    await db.forget_old(now=NOON + KEEP_DAYS + DAY, limit=9)
    assert await db.source_days(number, limit=9) == []


async def test_an_article_that_its_source_still_lists_is_not_forgotten(db):
    source = await opened(db, "https://a.test/")
    await publish(db, source, article("a.test/1", "мінськ"), article("a.test/2", "київ"))
    keys = ["a.test/1", "a.test/2"]
    await db.keep_listed(["a.test/1", "a.test/9"], now=NOON + 20 * DAY)
    await db.forget_old(now=NOON + 40 * DAY, limit=9)
    assert await db.unseen(keys) == {"a.test/2"}
    await db.forget_old(now=NOON + 51 * DAY, limit=9)
    assert await db.unseen(keys) == set(keys)


# One at a time of a site.


async def test_of_one_site_one_source_is_claimed_at_a_time_the_longest_due_first(db):
    await add(db, "https://a.test/new")
    await add(db, "https://www.a.test/old", due=NOON - MINUTE)
    await add(db, "https://b.test/")
    assert {source.url for source in await claim(db)} == {"https://www.a.test/old", "https://b.test/"}


async def test_sources_of_ones_own_network_do_not_wait_for_each_other(db):
    for path in "abc":
        await add(db, f"http://127.0.0.1:8000/{path}")
    assert len(await claim(db)) == 3


async def test_a_site_that_is_busy_is_left_for_later(db):
    await add(db, "https://a.test/")
    await add(db, "https://b.test/")
    assert [source.url for source in await claim(db, busy=["a.test", "c.test"])] == ["https://b.test/"]
    assert [source.url for source in await claim(db)] == ["https://a.test/"]


async def test_sources_of_a_schema_that_knew_no_sites_are_claimed_each_for_itself(db, store):
    for path in "ab":
        await add(db, f"https://a.test/{path}")
    await store.write(lambda tx: list(tx._execute("UPDATE source SET site = NULL")))
    for source in await claim(db):
        await db.settle_visit(source, sequel(source, due_at=NOON), record(), now=NOON)
    assert len(await claim(db)) == 1


async def test_where_two_sources_of_a_site_are_turned_away_the_whole_site_waits(db):
    for path in "abc":
        await add(db, f"https://a.test/{path}", due=NOON)
    await add(db, "https://b.test/")
    until = NOON + 10 * MINUTE
    away = {"ends": failed, "status": 429, "due_at": until, "shut_until": until}
    await visit(db, **away)
    assert (await state(db, 3)).due_at == NOON
    await visit(db, **away)
    assert [(await state(db, number)).due_at for number in (1, 2, 3, 4)] == [until, until, until, NOON]


async def test_a_site_of_which_one_source_alone_is_turned_away_goes_on(db):
    for path in "ab":
        await add(db, f"https://a.test/{path}")
    for minutes in (1, 2):
        until = NOON + minutes * MINUTE
        await visit(db, now=NOON + minutes * MINUTE - MINUTE, ends=failed, status=403, due_at=NOON, shut_until=until)
    assert (await state(db, 2)).due_at == NOON


async def test_a_source_that_waits_longer_anyway_is_not_brought_forward(db):
    for path, due in (("a", NOON), ("b", NOON), ("c", NOON + DAY)):
        await add(db, f"https://a.test/{path}", due=due)
    for _ in "ab":
        await visit(db, ends=failed, status=429, due_at=NOON + MINUTE, shut_until=NOON + MINUTE)
    assert (await state(db, 3)).due_at == NOON + DAY


# Moves, and sources that are visited no more.


async def test_a_source_that_moved_is_visited_at_its_new_address(db):
    await add(db, "https://a.test/old")
    await visit(db, url="https://b.test/new")
    await add(db, "https://b.test/other")
    (source,) = await claim(db, busy=["a.test"])
    assert source.url == "https://b.test/new"


async def test_a_source_does_not_move_to_an_address_that_is_watched(db):
    await add(db, "https://a.test/old")
    await add(db, "https://a.test/new", due=NOON + MINUTE)
    await visit(db, url="https://a.test/new")
    assert (await state(db, 1)).source.url == "https://a.test/old"
    assert not await db.move_source(1, "https://a.test/new", now=NOON)


async def test_an_admin_moves_a_source_and_it_is_asked_for_everything_there(db):
    number = await add(db, "https://a.test/old")
    source = await visit(db, due_at=NOON + DAY)
    assert await db.move_source(number, "https://b.test/", now=NOON)
    (moved,) = await claim(db)
    assert (moved.url, moved.validators.etag, moved.visited) == ("https://b.test/", None, True)
    assert source.url == "https://a.test/old"


async def test_a_source_that_is_gone_or_stopped_is_not_visited_until_somebody_wants_it(db):
    first, second = await add(db, "https://a.test/"), await add(db, "https://b.test/", due=NOON + SECOND)
    await visit(db, ends=failed, status=410, retired=True)
    await db.stop_source(second)
    later = NOON + DAY
    assert await claim(db, now=later) == []
    assert [one.retired for one in await db.sources()] == ["gone", "stopped"]
    for number in (first, second):
        await db.retry_source(number, now=later)
    assert len(await claim(db, now=later)) == 2
    assert [one.retired for one in await db.sources()] == [None, None]


async def test_a_source_that_was_stopped_while_it_was_visited_stays_stopped(db):
    number = await add(db)
    (source,) = await claim(db)
    await db.stop_source(number)
    await db.settle_visit(source, sequel(source, due_at=NOON), record(), now=NOON)
    assert await claim(db, now=NOON + DAY) == []


# A start with everything due.


async def test_what_is_overdue_comes_due_one_after_the_other_the_longest_due_first(db):
    for minutes in (1, 3, 2, -1):
        await add(db, f"https://{minutes}.test/", due=NOON - minutes * MINUTE)
    assert await db.spread_due(now=NOON, each=SECOND) == 3
    due = {one.source.url: one.due_at for one in await db.sources()}
    assert due == {
        "https://3.test/": NOON,
        "https://2.test/": NOON + SECOND,
        "https://1.test/": NOON + 2 * SECOND,
        "https://-1.test/": NOON + MINUTE,
    }


async def test_the_changes_of_a_sequel_are_all_written(db):
    await add(db)
    source = await visit(db, due_at=NOON + MINUTE, visited=True)
    seen = await state(db)
    assert (seen.due_at, seen.source.visited, seen.last_visit) == (NOON + MINUTE, True, NOON)
    assert replace(seen.source, visited=False, status=None) == replace(source, visited=False)
