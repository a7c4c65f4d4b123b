"""Targets that end: what can still be told is kept, what cannot is refused, and it is known how each stands."""

from datetime import timedelta

import pytest
from newsroom import (
    BOT,
    NOON,
    OKSANA,
    PETRO,
    article,
    chat,
    claim,
    claimed,
    follows,
    match,
    meet,
    opened,
    publish,
    say,
    settle,
)

from core.model import BotId, ChatId, MessageId
from core.outbox import Gone, NoTopic, Sent, Shut
from core.standing import KEPT, SHUT_PAUSE

FORUM, TOPIC, OTHER = chat(-7), chat(-7, thread=3), chat(-7, thread=4)
BLOCKED = Gone("bot was blocked by the user", final=False)
NO_RIGHTS = Shut("not enough rights", topic=False)
CLOSED = Shut("TOPIC_CLOSED", topic=True)
SENT = Sent(MessageId(7))
MINUTE = timedelta(minutes=1)


async def state(db, target):
    return (await db.standing(target)).state


async def tried(db, clock, target, outcome, *words):
    """What is said to the target is met by that outcome at the first try."""
    await meet(db, target)
    await say(db, target, *words, at=clock())
    (due,) = await claim(db, clock)
    await settle(db, clock, due, outcome)


async def carried(db, clock):
    """Everything that may leave leaves; gives chat, topic and payload of each."""
    left = []
    while due := await claim(db, clock):
        for one in due:
            left.append((one.target, one.payload or one.kind))
            await settle(db, clock, one, SENT)
        clock.move(seconds=5)
    return left


async def test_what_waits_for_who_blocked_us_is_kept_and_leaves_in_order_when_they_are_back(db, clock):
    await tried(db, clock, OKSANA, BLOCKED, "раз", "два")
    clock.move(hours=5)
    assert (await state(db, OKSANA), await claim(db, clock), await db.next_due(BOT)) == ("gone", [], None)
    await db.chat_back(OKSANA, now=clock())
    assert await carried(db, clock) == [(OKSANA, "раз"), (OKSANA, "два")]
    assert await state(db, OKSANA) == "open"


async def test_what_waits_for_a_chat_that_is_no_more_is_refused(db, clock):
    await tried(db, clock, OKSANA, Gone("user is deactivated", final=True), "раз", "два")
    assert await state(db, OKSANA) == "over"
    await meet(db, OKSANA)
    assert await carried(db, clock) == []


async def test_who_left_for_hours_misses_nothing_that_was_published_meanwhile(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    await db.chat_gone(OKSANA, "blocked", final=False, now=NOON)
    source = await opened(db, "https://a.test/")
    taken = await publish(db, source, article("a.test/1", matches=(match(word),)), at=clock.move(hours=5))
    assert (taken.alerts, await claim(db, clock)) == (1, [])
    await db.meet(OKSANA, language="uk", now=clock())
    assert await carried(db, clock) == [(OKSANA, "alert")]


async def test_who_stays_away_for_three_days_is_told_nothing_more(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    await say(db, OKSANA, "раз")
    await db.chat_gone(OKSANA, "blocked", final=False, now=NOON)
    clock.now = NOON + KEPT
    await db.forget_old(now=clock(), limit=9)
    source = await opened(db, "https://a.test/")
    assert (await publish(db, source, article("a.test/1", matches=(match(word),)), at=clock())).alerts == 0
    await db.meet(OKSANA, language="uk", now=clock())
    assert await claimed(db, clock) == []


async def test_what_is_said_twice_of_who_left_does_not_keep_it_longer(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    for days in (0, 2):
        await db.chat_gone(OKSANA, "blocked", final=False, now=NOON + timedelta(days=days))
    source = await opened(db, "https://a.test/")
    assert (await publish(db, source, article("a.test/1", matches=(match(word),)), at=NOON + KEPT)).alerts == 0


async def test_what_was_too_old_already_is_not_told_to_who_comes_back(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "старе")
    await db.chat_gone(OKSANA, "blocked", final=False, now=clock.move(days=2))
    await say(db, OKSANA, "нове", at=clock())
    await db.chat_back(OKSANA, now=clock.move(days=2))
    assert await carried(db, clock) == [(OKSANA, "нове")]


async def test_who_was_never_away_keeps_everything_however_old(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "старе")
    clock.move(days=30)
    await db.forget_old(now=clock(), limit=9)
    await db.chat_back(OKSANA, now=clock())
    assert await claimed(db, clock) == ["старе"]


# Rights.


async def test_a_chat_that_lost_its_rights_is_tried_again_each_hour(db, clock):
    await tried(db, clock, FORUM, NO_RIGHTS, "раз", "два")
    await say(db, TOPIC, "три")
    assert (await state(db, FORUM), await state(db, TOPIC)) == ("shut", "shut")
    for _ in range(3):
        assert await db.next_due(BOT) == clock() + SHUT_PAUSE
        assert await claim(db, clock) == []
        (due,) = (clock.move(hours=1), await claim(db, clock))[1]
        assert due.payload == "раз"
        await settle(db, clock, due, NO_RIGHTS)
    clock.move(hours=1)
    assert [word for _, word in await carried(db, clock)] == ["раз", "два", "три"]
    assert await state(db, FORUM) == "open"


async def test_rights_that_are_back_let_everything_leave_at_once(db, clock):
    await tried(db, clock, FORUM, NO_RIGHTS, "раз", "два")
    await db.chat_open(FORUM, now=clock.move(minutes=1))
    assert await carried(db, clock) == [(FORUM, "раз"), (FORUM, "два")]


async def test_rights_that_were_never_lost_change_nothing_of_a_pause(db, clock):
    await meet(db, FORUM)
    await say(db, FORUM, *"абвг")
    await carried_three(db, clock)
    before = await db.next_due(BOT)
    await db.chat_open(FORUM, now=clock())
    assert await db.next_due(BOT) == before > clock()


async def carried_three(db, clock):
    for _ in range(3):
        (due,) = await claim(db, clock)
        await settle(db, clock, due, SENT)
        clock.move(milliseconds=40)


async def test_what_waits_for_want_of_rights_is_no_news_after_three_days(db, clock):
    await tried(db, clock, FORUM, NO_RIGHTS, "старе")
    await say(db, FORUM, "нове", at=clock.move(days=2))
    await say(db, PETRO, "чуже")
    await meet(db, PETRO)
    await db.forget_old(now=clock.move(days=2), limit=9)
    await db.chat_open(FORUM, now=clock())
    assert sorted(await claimed(db, clock)) == ["нове", "чуже"]


# Topics.


async def test_a_closed_topic_holds_itself_alone(db, clock):
    await tried(db, clock, TOPIC, CLOSED, "раз")
    await say(db, OTHER, "два")
    await say(db, FORUM, "три")
    assert (await state(db, TOPIC), await state(db, FORUM)) == ("closed", "open")
    assert await carried(db, clock) == [(OTHER, "два"), (FORUM, "три")]
    assert await db.next_due(BOT) == NOON + SHUT_PAUSE
    clock.now = NOON + SHUT_PAUSE
    assert await carried(db, clock) == [(TOPIC, "раз")]
    assert await state(db, TOPIC) == "open"


async def test_a_closed_topic_is_tried_when_the_chat_gives_rights(db, clock):
    await tried(db, clock, TOPIC, CLOSED, "раз")
    await db.chat_open(FORUM, now=clock.move(minutes=1))
    assert await carried(db, clock) == [(TOPIC, "раз")]


async def test_what_waits_for_a_closed_topic_is_no_news_after_three_days(db, clock):
    await tried(db, clock, TOPIC, CLOSED, "раз")
    await db.forget_old(now=clock.move(days=4), limit=9)
    await db.chat_open(FORUM, now=clock())
    assert await claimed(db, clock) == []


async def test_everything_of_a_deleted_topic_goes_on_in_its_chat(db, clock):
    await follows(db, TOPIC, "мінськ")
    await follows(db, OTHER, "сніг")
    await tried(db, clock, TOPIC, NoTopic(), "раз", "два")
    assert [one.label for one in await db.subscriptions(FORUM)] == ["мінськ"]
    assert [one.label for one in await db.subscriptions(OTHER)] == ["сніг"]
    assert (await db.subscriptions(TOPIC), await carried(db, clock)) == ([], [(FORUM, "раз"), (FORUM, "два")])


async def test_what_the_chat_follows_itself_stays_its_own_when_its_topic_is_deleted(db, clock):
    word = await follows(db, FORUM, "мінськ")
    await follows(db, TOPIC, "мінськ")
    await tried(db, clock, TOPIC, NoTopic(), "раз")
    assert [one.query for one in await db.subscriptions(FORUM)] == [word]
    assert [text for _, text, now in await db.query_changes(-1) if now] == ["мінськ"]


async def test_a_chat_hears_once_of_a_story_that_its_deleted_topic_was_to_hear_too(db, clock):
    await follows(db, FORUM, "мінськ")
    word = await follows(db, TOPIC, "мінськ")
    source = await opened(db, "https://a.test/")
    await publish(db, source, article("a.test/1", matches=(match(word),)))
    (first,) = await claim(db, clock)
    assert first.target == FORUM
    await settle(db, clock, first, SENT)
    clock.move(seconds=5)
    (second,) = await claim(db, clock)
    await settle(db, clock, second, NoTopic())
    clock.move(minutes=1)
    assert await claim(db, clock) == []


async def test_an_alert_that_was_told_in_a_deleted_topic_is_not_told_again_and_does_not_grow(db, clock):
    word = await follows(db, TOPIC, "мінськ")
    a, b, c = [await opened(db, f"https://{name}.test/") for name in "abc"]
    await publish(db, a, article("a.test/1", matches=(match(word),)))
    assert await carried(db, clock) == [(TOPIC, "alert")]
    await publish(db, b, article("b.test/1", matches=(match(word),)), at=clock())
    await tried(db, clock, TOPIC, NoTopic(), "раз")
    assert await carried(db, clock) == [(FORUM, "раз")]
    assert (await publish(db, c, article("c.test/1", matches=(match(word),)), at=clock())).alerts == 0
    assert await carried(db, clock) == []


# Owners.


async def test_an_owner_is_whoever_added_the_bot_and_can_be_written_to(db):
    await meet(db, FORUM)
    await db.introduce_chat(FORUM, owner=OKSANA.chat, title="Редакція")
    assert (await db.standing(FORUM)).owner is None
    await db.meet(OKSANA, language="en", now=NOON)
    standing = await db.standing(TOPIC)
    assert (standing.title, standing.owner.target, standing.owner.language) == ("Редакція", OKSANA, "en")
    await db.chat_gone(OKSANA, "blocked", final=False, now=NOON)
    assert (await db.standing(FORUM)).owner is None


async def test_who_gives_rights_does_not_become_the_owner(db):
    await meet(db, FORUM, OKSANA)
    await db.introduce_chat(FORUM, owner=OKSANA.chat, title="Редакція")
    await db.introduce_chat(FORUM, owner=None, title="Нова назва")
    standing = await db.standing(FORUM)
    assert (standing.owner.target, standing.title) == (OKSANA, "Нова назва")


@pytest.mark.parametrize("new_is_known", [True, False])
async def test_a_group_that_becomes_a_supergroup_keeps_its_owner_and_its_title(db, new_is_known):
    new = chat(-1007)
    await meet(db, FORUM, OKSANA, *([new] if new_is_known else []))
    await db.introduce_chat(FORUM, owner=OKSANA.chat, title="Редакція")
    await db.move_chat(BOT, FORUM.chat, ChatId(-1007))
    standing = await db.standing(new)
    assert (standing.title, standing.owner.target) == ("Редакція", OKSANA)


async def test_who_is_forgotten_owns_nothing(db):
    await meet(db, FORUM, OKSANA)
    await db.introduce_chat(FORUM, owner=OKSANA.chat, title="Редакція")
    await db.forget_chat(OKSANA)
    await meet(db, OKSANA)
    assert (await db.standing(FORUM)).owner is None


async def test_bots_know_their_own_chats_alone(db):
    await meet(db, OKSANA)
    elsewhere = OKSANA.__class__(bot=BotId(200), chat=OKSANA.chat)
    assert (await db.standing(elsewhere), await db.known_chat(elsewhere)) == (None, None)
    assert (await db.known_chat(OKSANA)).language == "uk"
