"""Troubles are kept, what waits is counted, and a clock that was set back holds nothing up."""

from datetime import timedelta

from newsroom import (
    BOT,
    MINUTE,
    NOON,
    OKSANA,
    PETRO,
    SECOND,
    article,
    claim,
    follows,
    match,
    meet,
    opened,
    publish,
    record,
    say,
    sequel,
    settle,
)

from core.model import MessageId
from core.outbox import Gone, Later, Sent, Unknown, after_try
from core.trouble import Queue, Trouble

BACK = timedelta(hours=3)
NOTHING = Queue(0, None)


async def test_the_last_trouble_of_each_kind_is_kept_as_it_was(db):
    lasting = Trouble(kind="network", began=NOON, worth_telling_at=NOON + MINUTE)
    over = Trouble(
        kind="clock", began=NOON, ended=NOON, worth_telling_at=NOON, told="over", jump=-timedelta(hours=3, seconds=2)
    )
    for trouble in (over, lasting):
        await db.put_trouble(trouble)
    assert await db.troubles() == [lasting, over]
    later = Trouble(kind="network", began=NOON + MINUTE, worth_telling_at=NOON + MINUTE, told="begun")
    await db.put_trouble(later)
    assert await db.troubles() == [later, over]


async def test_what_waits_is_counted_with_its_age(db, clock):
    empty = await db.waiting(now=NOON)
    assert (empty.heard, empty.answers, empty.alerts, empty.sources, empty.pages) == (NOTHING,) * 5
    query = await follows(db, OKSANA, "мінськ")
    feed = await opened(db, "https://a.test/feed")
    await publish(db, feed, article("a.test/1", "Мінськ відпустив людей", matches=(match(query, (0, 6)),)))
    await meet(db, PETRO)
    await say(db, PETRO, "раз", "два", at=NOON + SECOND)
    await db.hear(BOT, [(7, PETRO.chat, "{}"), (8, PETRO.chat, "{}")], now=NOON + 2 * SECOND)

    waiting = await db.waiting(now=NOON + MINUTE)

    assert (waiting.alerts, waiting.answers) == (Queue(1, NOON), Queue(2, NOON + SECOND))
    assert (waiting.heard, waiting.sources) == (Queue(2, NOON + 2 * SECOND), Queue(1, NOON))
    assert (waiting.unknown, waiting.aside) == (0, 0)


async def test_what_waits_for_a_chat_that_is_gone_keeps_nobody_waiting(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два")
    await settle(db, clock, (await claim(db, clock))[0], Gone("bot was blocked by the user", final=False))
    assert (await db.waiting(now=clock.move(hours=2))).answers == NOTHING


async def test_what_is_unknown_or_set_aside_is_counted(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    await settle(db, clock, (await claim(db, clock))[0], Unknown("timed out"))
    await db.hear(BOT, [(7, OKSANA.chat, "{}")], now=NOON)
    await db.set_aside(await db.next_heard(BOT), "бум", now=NOON)
    waiting = await db.waiting(now=NOON)
    assert (waiting.unknown, waiting.aside, waiting.heard) == (1, 1, NOTHING)


async def test_the_program_says_that_it_lives_and_when_it_last_did(db):
    assert await db.alive(now=NOON) is None
    assert await db.alive(now=NOON + MINUTE) == NOON
    assert await db.alive(now=NOON) == NOON + MINUTE


async def test_after_a_clock_was_set_back_messages_leave_as_soon_as_they_would_have(db, clock):
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, "раз", "два")
    await settle(db, clock, (await claim(db, clock))[0], Later(MINUTE, "429"))
    await say(db, PETRO, "три")
    now = clock.move(hours=-3)
    assert await claim(db, clock) == []
    await db.clock_went_back(BACK, now=now)
    assert [due.payload for due in await claim(db, clock)] == ["три"]
    clock.move(seconds=59)
    assert await claim(db, clock) == []
    clock.move(seconds=2)
    assert [due.payload for due in await claim(db, clock)] == ["раз"]


async def test_what_was_on_its_way_when_a_clock_was_set_back_is_known_to_be_lost_as_soon(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    await claim(db, clock)
    now = clock.move(hours=-3)
    await db.clock_went_back(BACK, now=now)
    assert await db.expire_leases(now=now + timedelta(seconds=59)) == 0
    assert await db.expire_leases(now=now + MINUTE) == 1


async def test_after_a_clock_was_set_back_sources_are_visited_as_soon_as_they_would_have_been(db, clock):
    feed = await opened(db, "https://a.test/feed")
    (held,) = await db.claim_sources(now=NOON, until=NOON + MINUTE, limit=1)
    await db.settle_visit(held, sequel(held, due_at=NOON + MINUTE), record(), now=NOON)
    now = NOON - BACK
    await db.clock_went_back(BACK, now=now)
    assert await db.claim_sources(now=now, until=now + MINUTE, limit=1) == []
    (again,) = await db.claim_sources(now=now + MINUTE, until=now + 2 * MINUTE, limit=1)
    assert again.id == feed.id


async def test_a_story_told_before_a_clock_was_set_back_still_takes_in_other_tellings(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    feeds = [await opened(db, f"https://{outlet}.test/feed", outlet=f"{outlet}.test") for outlet in "ab"]
    title, found = "Мінськ відпустив людей додому", (match(query, (0, 6)),)
    await publish(db, feeds[0], article("a.test/1", title, matches=found))
    await settle(db, clock, (await claim(db, clock))[0], Sent(MessageId(11)))
    now = clock.move(hours=-3)
    await db.clock_went_back(BACK, now=now)
    taken = await publish(db, feeds[1], article("b.test/1", title, matches=found), at=now + MINUTE)
    assert taken.alerts == 0
    clock.move(minutes=5)
    assert [due.kind for due in await claim(db, clock)] == ["growth"]


async def test_who_follows_since_before_a_clock_was_set_back_hears_of_what_comes_now(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    feed = await opened(db, "https://a.test/feed")
    now = clock.move(hours=-3)
    await db.clock_went_back(BACK, now=now)
    found = (match(query, (0, 6)),)
    await publish(db, feed, article("a.test/1", "Мінськ відпустив", matches=found), at=clock.move(minutes=1))
    assert [due.kind for due in await claim(db, clock)] == ["alert"]


async def test_who_still_reckons_by_the_old_clock_after_it_was_set_back_holds_nothing_up(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два")
    (due,) = await claim(db, clock)
    late = after_try(due, Later(MINUTE, "429"), now=clock())
    old, now = clock(), clock.move(hours=-3)
    await db.clock_went_back(BACK, now=now)
    await db.settle_delivery(due, late, now=old)
    clock.move(minutes=2)
    assert await claim(db, clock) == []
    await db.gather_stragglers(now=clock())
    assert [due.payload for due in await claim(db, clock)] == ["раз"]


async def test_what_lies_far_ahead_by_right_stays_there_when_stragglers_are_gathered(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    now = clock.move(hours=-3)
    await db.clock_went_back(BACK, now=now)
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Later(timedelta(hours=2), "429"))
    for _ in range(20):
        await db.gather_stragglers(now=clock.move(seconds=30))
    assert await claim(db, clock) == []
    clock.move(hours=2)
    assert [due.payload for due in await claim(db, clock)] == ["раз"]


async def test_a_story_takes_in_tellings_also_before_anybody_noticed_that_the_clock_was_set_back(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    feeds = [await opened(db, f"https://{outlet}.test/feed", outlet=f"{outlet}.test") for outlet in "abc"]
    title, found = "Мінськ відпустив людей додому", (match(query, (0, 6)),)
    await publish(db, feeds[0], article("a.test/1", title, matches=found), at=NOON)
    other = "Врожай зернових зібрали вчасно"
    await publish(db, feeds[1], article("b.test/1", other), at=NOON - BACK)
    assert (await publish(db, feeds[2], article("c.test/1", title, matches=found), at=NOON - BACK)).alerts == 0
    await db.clock_went_back(BACK, now=NOON - BACK + SECOND)
    later = NOON - BACK + MINUTE
    assert (await publish(db, feeds[1], article("b.test/2", title, matches=found), at=later)).alerts == 0


async def test_a_visit_that_was_settled_by_the_old_clock_does_not_leave_its_source_alone_for_hours(db, clock):
    await opened(db, "https://a.test/feed")
    (held,) = await db.claim_sources(now=NOON, until=NOON + MINUTE, limit=1)
    now = NOON - BACK
    await db.clock_went_back(BACK, now=now)
    await db.settle_visit(held, sequel(held, due_at=NOON + MINUTE), record(), now=NOON)
    await db.gather_stragglers(now=now + SECOND)
    (again,) = await db.claim_sources(now=now + 2 * MINUTE, until=now + 3 * MINUTE, limit=1)
    assert again.id == held.id


async def test_a_source_that_is_put_off_for_a_day_by_right_stays_so_when_stragglers_are_gathered(db, clock):
    await opened(db, "https://a.test/feed")
    now = NOON - BACK
    await db.clock_went_back(BACK, now=now)
    (held,) = await db.claim_sources(now=now + MINUTE, until=now + 2 * MINUTE, limit=1)
    tomorrow = now + timedelta(days=1)
    await db.settle_visit(held, sequel(held, due_at=tomorrow), record(), now=now + MINUTE)
    for _ in range(10):
        await db.gather_stragglers(now=now + 2 * MINUTE)
    assert await db.claim_sources(now=tomorrow - SECOND, until=tomorrow, limit=1) == []
