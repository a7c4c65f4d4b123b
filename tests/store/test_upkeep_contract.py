"""Upkeep: what is kept no longer goes, in small pieces; what is needed stays."""

from datetime import timedelta

import pytest
from newsroom import (
    BOT,
    MINUTE,
    NOON,
    OKSANA,
    article,
    claim,
    follows,
    match,
    meet,
    opened,
    publish,
    say,
    settle,
)

from core.model import MessageId
from core.outbox import Never, Sent, Unknown

DAY = timedelta(days=1)


async def forgotten(db, at, *, limit=100):
    return await db.forget_old(now=at, limit=limit)


@pytest.mark.parametrize("outcome", [Sent(MessageId(7)), Never("too long")])
async def test_a_finished_delivery_is_kept_for_a_week(db, clock, outcome):
    await follows(db, OKSANA, "мінськ")
    await say(db, OKSANA, "привіт")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, outcome)
    assert await forgotten(db, NOON + 7 * DAY) == 0
    assert await forgotten(db, NOON + 7 * DAY + MINUTE) == 1


async def test_what_still_waits_or_is_unknown_is_never_forgotten(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "привіт", "ще")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Unknown("reset"))
    assert await forgotten(db, NOON + 365 * DAY) == 0
    clock.move(days=365)
    assert [one.payload for one in await claim(db, clock)] == ["привіт"]


async def test_what_was_refused_because_its_chat_is_no_more_is_forgotten_after_a_week_too(db):
    await follows(db, OKSANA, "мінськ")
    await say(db, OKSANA, "привіт")
    await db.chat_gone(OKSANA, "deactivated", final=True, now=NOON)
    assert await forgotten(db, NOON + 30 * DAY) == 1


async def test_answered_updates_are_kept_for_a_week_and_unanswered_ones_until_they_are(db):
    await db.hear(BOT, [(5, OKSANA.chat, "{}"), (6, OKSANA.chat, "{}"), (7, OKSANA.chat, "{}")], now=NOON)
    await db.answered(await db.next_heard(BOT), now=NOON)
    await db.set_aside(await db.next_heard(BOT), "KeyError", now=NOON)
    assert await forgotten(db, NOON + 7 * DAY) == 0
    assert await forgotten(db, NOON + 8 * DAY) == 2
    assert (await db.next_heard(BOT)).update == 7


async def test_an_article_is_kept_for_thirty_days_and_then_goes_with_all_that_hangs_on_it(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    source = await opened(db, "https://a.test/")
    await publish(db, source, article("a.test/1", "мінськ свіже", matches=(match(query),)))
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Sent(MessageId(7)))
    assert await db.unseen(["a.test/1"]) == frozenset()
    await forgotten(db, NOON + 30 * DAY)
    assert await db.unseen(["a.test/1"]) == frozenset()
    await forgotten(db, NOON + 30 * DAY + MINUTE)
    assert await db.unseen(["a.test/1"]) == {"a.test/1"}
    assert await db.alert_view(due.alert) is None
    assert await db.articles_holding([frozenset({"мінськ"})], since=NOON - DAY, limit=9) == []
    assert [state.articles for state in await db.sources()] == [0]


async def test_a_story_outlives_its_first_article(db):
    a = await opened(db, "https://a.test/", outlet="a.test")
    b = await opened(db, "https://b.test/", outlet="b.test")
    await publish(db, a, article("a.test/1", "мінськ відпустив людей"), at=NOON)
    await publish(db, b, article("b.test/1", "мінськ відпустив людей"), at=NOON + 2 * DAY)
    story = await db.story_of("b.test/1")
    assert story == await db.story_of("a.test/1")
    await forgotten(db, NOON + 31 * DAY)
    assert (await db.story_of("a.test/1"), await db.story_of("b.test/1")) == (None, story)


async def test_no_more_is_deleted_at_a_time_than_was_asked_and_the_oldest_goes_first(db):
    source = await opened(db, "https://a.test/")
    for number in range(5):
        await publish(db, source, article(f"a.test/{number}", f"новина{number}"), at=NOON + number * MINUTE)
    keys = [f"a.test/{number}" for number in range(5)]
    left = []
    for _ in range(3):
        await forgotten(db, NOON + 40 * DAY, limit=2)
        left.append(sorted(set(keys) - await db.unseen(keys)))
    assert left == [keys[2:], keys[4:], []]


async def test_who_follows_nothing_is_still_spoken_to_in_their_language(db):
    await db.meet(OKSANA, language="en", now=NOON)
    await forgotten(db, NOON + 3650 * DAY)
    assert (await db.meet(OKSANA, language="uk", now=NOON)).language == "en"


async def test_people_and_what_they_follow_are_kept_for_good(db):
    await follows(db, OKSANA, "мінськ")
    await forgotten(db, NOON + 3650 * DAY)
    assert [one.label for one in await db.subscriptions(OKSANA)] == ["мінськ"]
