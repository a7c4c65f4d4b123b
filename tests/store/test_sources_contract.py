"""Sources: claimed by one visitor at a time, settled by that one alone."""

from dataclasses import replace
from datetime import timedelta

from newsroom import MINUTE, NOON, OKSANA, SECOND, failed, follows, opened, publish, record, sequel
from newsroom import article as piece

from core.model import Validators
from core.subscribe import pause


async def add(db, url, *, due=NOON):
    return await db.add_source(url, name=None, outlet="a.test", every=MINUTE, now=due)


async def claim(db, *, now=NOON, limit=10, lease=MINUTE):
    return await db.claim_sources(now=now, until=now + lease, limit=limit)


async def settle(db, source, *, now=NOON, due_at=None, validators=None, reason="", new=0):
    """Ends a visit: a failure where a reason is given, else a good one."""
    due_at = due_at or now + MINUTE
    ends = failed(source, due_at=due_at, reason=reason) if reason else sequel(source, due_at=due_at)
    ends = replace(ends, validators=validators or Validators())
    return await db.settle_visit(source, ends, record(at=now, reason=reason, new=new), now=now)


async def test_a_new_source_is_due_at_once_and_not_visited(db):
    number = await add(db, "https://a.test/feed")
    (source,) = await claim(db)
    assert (source.id, source.url, source.every) == (number, "https://a.test/feed", timedelta(minutes=1))
    assert (source.visited, source.failures, source.validators) == (False, 0, Validators())


async def test_an_address_is_watched_once(db):
    assert await add(db, "https://a.test/feed") is not None
    assert await add(db, "https://a.test/feed") is None
    assert len(await db.sources()) == 1


async def test_a_claimed_source_is_nobody_elses(db):
    await add(db, "https://a.test/feed")
    assert len(await claim(db)) == 1
    assert await claim(db, now=NOON + 59 * SECOND) == []


async def test_a_source_whose_lease_ran_out_is_claimed_anew_with_a_higher_epoch(db):
    await add(db, "https://a.test/feed")
    (first,) = await claim(db)
    (second,) = await claim(db, now=NOON + MINUTE)
    assert second.id == first.id
    assert second.epoch > first.epoch


async def test_a_source_that_is_not_due_waits(db):
    await add(db, "https://a.test/feed", due=NOON + SECOND)
    assert await claim(db, now=NOON) == []
    assert len(await claim(db, now=NOON + SECOND)) == 1


async def test_no_more_are_claimed_than_there_are_hands_and_the_longest_due_go_first(db):
    for url, late in (("https://a.test/", 1), ("https://b.test/", 3), ("https://c.test/", 2)):
        await add(db, url, due=NOON - late * MINUTE)
    assert {source.url for source in await claim(db, limit=2)} == {"https://b.test/", "https://c.test/"}
    assert [source.url for source in await claim(db, limit=2)] == ["https://a.test/"]


async def test_sources_due_at_one_moment_are_all_served_in_turn(db):
    for number in range(5):
        await add(db, f"https://a{number}.test/")
    claims = [await claim(db, limit=2), await claim(db, limit=2), await claim(db, limit=2)]
    assert [len(each) for each in claims] == [2, 2, 1]
    assert len({source.id for each in claims for source in each}) == 5


async def test_a_settled_visit_frees_the_source_for_its_next_time(db):
    await add(db, "https://a.test/feed")
    (source,) = await claim(db)
    assert await settle(db, source, due_at=NOON + 10 * SECOND)
    assert await claim(db, now=NOON + 9 * SECOND) == []
    assert len(await claim(db, now=NOON + 10 * SECOND)) == 1


async def test_a_visitor_who_slept_through_the_lease_changes_nothing(db):
    await add(db, "https://a.test/feed")
    (stale,) = await claim(db)
    (mine,) = await claim(db, now=NOON + MINUTE)
    assert not await settle(db, stale, now=NOON + MINUTE, reason="too late", validators=Validators(etag='"x"'))
    (state,) = await db.sources()
    assert (state.last_reason, state.source.validators, state.last_visit) == ("", Validators(), None)
    assert await settle(db, mine, now=NOON + MINUTE)


async def test_a_visit_is_settled_only_once_after_the_source_was_claimed_again(db):
    await add(db, "https://a.test/feed")
    (first,) = await claim(db)
    await settle(db, first, due_at=NOON)
    await claim(db)
    assert not await settle(db, first, reason="again")


async def test_what_the_server_gave_to_ask_with_is_kept_to_the_byte(db):
    await add(db, "https://a.test/feed")
    (source,) = await claim(db)
    await settle(db, source, validators=Validators(etag='W/"ї 1"', last_modified="Mon, 02 Mar 2026 10:00:00 GMT"))
    (again,) = await claim(db, now=NOON + MINUTE)
    assert again.validators == Validators(etag='W/"ї 1"', last_modified="Mon, 02 Mar 2026 10:00:00 GMT")


async def test_failures_in_a_row_are_counted_and_a_good_visit_ends_the_row(db):
    await add(db, "https://a.test/feed")
    counted = []
    for reason in ("HTTP 500", "HTTP 500", "", "HTTP 500"):
        (source,) = await claim(db)
        await settle(db, source, due_at=NOON, reason=reason)
        (state,) = await db.sources()
        counted.append((state.source.failures, state.last_reason))
    assert counted == [(1, "HTTP 500"), (2, "HTTP 500"), (0, ""), (1, "HTTP 500")]


async def test_only_a_good_visit_makes_a_source_a_visited_one(db):
    await add(db, "https://a.test/feed")
    for reason, visited in (("HTTP 500", False), ("", True), ("HTTP 500", True)):
        (source,) = await claim(db)
        await settle(db, source, due_at=NOON, reason=reason)
        (state,) = await db.sources()
        assert state.source.visited is visited


async def test_the_time_of_the_last_news_is_that_of_the_last_visit_that_brought_some(db):
    await add(db, "https://a.test/feed")
    for minutes, new in ((0, 2), (1, 0)):
        (source,) = await claim(db, now=NOON + minutes * MINUTE)
        await settle(db, source, now=NOON + minutes * MINUTE, new=new)
    (state,) = await db.sources()
    assert (state.last_visit, state.last_new) == (NOON + MINUTE, NOON)


async def test_a_feed_names_its_source_unless_a_person_did(db):
    ours = await db.add_source("https://a.test/", name="Наша назва", outlet="a.test", every=MINUTE, now=NOON)
    theirs = await db.add_source("https://b.test/", name=None, outlet="b.test", every=MINUTE, now=NOON)
    for number in (ours, theirs):
        await db.name_source(number, "Назва стрічки")
    assert [state.source.name for state in await db.sources()] == ["Наша назва", "Назва стрічки"]


async def test_the_list_counts_the_articles_of_each_source(db):
    first, _ = await opened(db, "https://a.test/"), await opened(db, "https://b.test/")
    await publish(db, first, piece("a.test/1"), piece("a.test/2"))
    assert [(state.source.url, state.articles) for state in await db.sources()] == [
        ("https://a.test/", 2),
        ("https://b.test/", 0),
    ]


async def test_changes_of_queries_are_told_since_a_generation(db):
    query = await follows(db, OKSANA, "мінськ")
    before = await db.generation()
    assert await db.query_changes(-1) == [(query, "мінськ", True)]
    assert await db.query_changes(before) == []
    (subscription,) = await db.subscriptions(OKSANA)
    await db.do(pause, OKSANA, subscription.id, paused=True)
    assert await db.query_changes(before) == [(query, "мінськ", False)]
