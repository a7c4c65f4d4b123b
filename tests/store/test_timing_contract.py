"""Alerts leave when their reader wants them: gathered ones together, the urgent at once."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from newsroom import BOT, MINUTE, NOON, OKSANA, PETRO, article, claim, follows, match, opened, publish, settle

from core.errors import UserError
from core.model import MessageId
from core.outbox import Sent
from core.subscribe import arrange, change, follow_offered, pause, remove, rename, set_clock
from core.timing import Manner, Quiet

KYIV = "Europe/Kyiv"
DAILY = Manner(rhythm="daily", at=8 * 60)
HOURLY = Manner(rhythm="hourly")
SENT = Sent(MessageId(7))
WORDS = "сніг дощ мороз туман вітер град спека злива повінь буря іній ожеледь".split()


async def wants(db, target, word, manner, *, quiet=None, at=NOON):
    query = await follows(db, target, word)
    mine = next(one for one in await db.subscriptions(target) if one.query == query)
    await db.do(set_clock, target, zone=KYIV, quiet=quiet, now=at)
    await db.do(arrange, target, mine.id, manner, now=at)
    return query


async def told(db, number, *queries, at=NOON, story=None):
    source = await opened(db, f"https://{number}.test/feed")
    title = " ".join(f"{word}{number if story is None else story}" for word in WORDS)
    found = tuple(match(query) for query in queries)
    await publish(db, source, article(f"{number}.test/1", title, matches=found), at=at)


async def leaves(db, clock):
    """Kinds and times of all that leaves from now on; a digest with the number of its alerts."""
    left = []
    while (soon := await db.next_due(BOT)) is not None:
        clock.now = max(clock.now, soon)
        for due in await claim(db, clock):
            many = len(await db.bundled(due.id)) if due.kind == "digest" else 1
            left.append((f"{clock.now.astimezone(ZoneInfo(KYIV)):%d %H:%M}", due.kind, many))
            await settle(db, clock, due, SENT)
    return left


async def test_a_daily_digest_gathers_what_came_since_the_last(db, clock):
    query = await wants(db, OKSANA, "мінськ", DAILY)
    for number in range(3):
        await told(db, number, query, at=NOON + MINUTE * number)
    assert await claim(db, clock) == []
    assert await leaves(db, clock) == [("03 08:00", "digest", 3)]


async def test_one_alone_comes_as_an_alert_of_its_own(db, clock):
    query = await wants(db, OKSANA, "мінськ", DAILY)
    await told(db, 1, query)
    assert await leaves(db, clock) == [("03 08:00", "alert", 1)]


async def test_at_night_only_the_urgent_rings_and_the_rest_waits_for_the_morning(db, clock):
    night = Quiet(13 * 60, 15 * 60)  # noon UTC is two in Kyiv
    calm = await wants(db, OKSANA, "сніг", Manner(), quiet=night)
    urgent = await wants(db, OKSANA, "мінськ", Manner(urgent=True), quiet=night)
    await told(db, 1, calm)
    await told(db, 2, urgent)
    await told(db, 3, calm)
    assert await leaves(db, clock) == [("02 14:00", "alert", 1), ("02 15:00", "digest", 2)]


async def test_what_waits_leaves_at_once_where_another_subscription_of_the_chat_wants_it(db, clock):
    slow = await wants(db, OKSANA, "мінськ", DAILY)
    fast = await follows(db, OKSANA, "сніг")
    await told(db, 1, slow)
    assert await claim(db, clock) == []
    clock.move(minutes=10)
    await told(db, 2, slow, fast, at=clock(), story=1)
    assert await leaves(db, clock) == [("02 14:10", "alert", 1)]


async def test_a_story_that_goes_on_does_not_put_off_what_waits(db, clock):
    query = await wants(db, OKSANA, "мінськ", HOURLY)
    await told(db, 1, query)
    clock.move(minutes=61)
    await told(db, 2, query, at=clock(), story=1)
    assert [due.kind for due in await claim(db, clock)] == ["alert"]


async def test_another_chat_hears_at_once_meanwhile(db, clock):
    query = await wants(db, OKSANA, "мінськ", DAILY)
    await follows(db, PETRO, "мінськ")
    await told(db, 1, query)
    assert [due.target for due in await claim(db, clock)] == [PETRO]


async def test_whoever_wants_it_at_once_after_all_has_what_waited_now(db, clock):
    query = await wants(db, OKSANA, "мінськ", DAILY)
    await told(db, 1, query)
    (mine,) = await db.subscriptions(OKSANA)
    await db.do(arrange, OKSANA, mine.id, Manner(), now=clock())
    assert [due.kind for due in await claim(db, clock)] == ["alert"]


async def test_what_is_gathered_gives_way_to_what_is_told_at_once(db, clock):
    daily = await wants(db, OKSANA, "мінськ", DAILY)
    await told(db, 1, daily)
    clock.now = NOON + timedelta(days=1)
    fast = await follows(db, PETRO, "сніг")
    await told(db, 2, fast, at=clock())
    (first,) = await claim(db, clock, limit=1)
    assert first.target == PETRO


async def test_many_go_in_several_messages_and_none_is_lost(db, clock):
    query = await wants(db, OKSANA, "мінськ", DAILY)
    for number in range(45):
        await told(db, number, query)
    left = await leaves(db, clock)
    assert sum(many for _, _, many in left) == 45
    assert {time for time, _, _ in left} == {"03 08:00"}


async def test_a_pause_with_an_end_ends_by_itself(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    (mine,) = await db.subscriptions(OKSANA)
    await db.do(pause, OKSANA, mine.id, paused=False, until=NOON + timedelta(days=1))
    await told(db, 1, query)
    assert await leaves(db, clock) == []
    clock.now = NOON + timedelta(days=1)
    await told(db, 2, query, at=clock())
    assert [kind for _, kind, _ in await leaves(db, clock)] == ["alert"]


async def test_what_was_removed_comes_back_as_it_was(db):
    query = await wants(db, OKSANA, "мінськ", DAILY)
    (mine,) = await db.subscriptions(OKSANA)
    await db.do(rename, OKSANA, mine.id, "  Столиця \n сусідів ")
    await db.do(remove, OKSANA, mine.id, now=NOON)
    assert await db.subscriptions(OKSANA) == []
    await db.do(follow_offered, OKSANA, query, now=NOON)
    (back,) = await db.subscriptions(OKSANA)
    assert (back.label, back.manner, back.text) == ("Столиця сусідів", DAILY, "мінськ")


async def test_a_query_is_changed_in_place_and_back(db):
    old = await wants(db, OKSANA, "мінськ", DAILY)
    new = await db.intern_query("гомель")
    (mine,) = await db.subscriptions(OKSANA)
    with pytest.raises(UserError, match="gone"):
        await db.do(change, OKSANA, mine.id, new, now=NOON)
    await db.offer(OKSANA, new, now=NOON)
    await db.do(change, OKSANA, mine.id, new, now=NOON)
    (changed,) = await db.subscriptions(OKSANA)
    assert (changed.id, changed.text, changed.label, changed.manner) == (mine.id, "гомель", "гомель", DAILY)
    assert [(text, on) for _, text, on in await db.query_changes(0)] == [("мінськ", False), ("гомель", True)]
    await db.do(change, OKSANA, mine.id, old, now=NOON)
    assert await db.subscriptions(OKSANA) == [mine]


async def test_two_subscriptions_of_a_chat_never_become_one(db):
    await follows(db, OKSANA, "мінськ")
    other = await follows(db, OKSANA, "гомель")
    mine = (await db.subscriptions(OKSANA))[0]
    await db.offer(OKSANA, other, now=NOON)
    with pytest.raises(UserError, match="followed_already"):
        await db.do(change, OKSANA, mine.id, other, now=NOON)


async def test_a_shared_word_leads_to_the_query_until_its_chat_is_forgotten(db):
    query = await follows(db, OKSANA, "мінськ")
    assert await db.share(OKSANA, query, "abc") == "abc"
    assert await db.share(OKSANA, query, "xyz") == "abc"
    assert (await db.shared("abc"), await db.shared("xyz")) == ("мінськ", None)
    await db.forget_chat(OKSANA)
    assert await db.shared("abc") is None
