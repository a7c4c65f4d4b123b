"""The outbox: five states, one send in flight per chat, a pace that Telegram bears."""

from datetime import timedelta

import pytest
from newsroom import (
    BOT,
    GROUP,
    MINUTE,
    NOON,
    OKSANA,
    PETRO,
    SECOND,
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

from core.lookup import Absent, Unfindable
from core.model import BotId, ChatId, MessageId
from core.outbox import Gone, Later, Moved, Never, Sent, Unknown

SENT = Sent(MessageId(7))
PACED = timedelta(milliseconds=40)


async def delivered(db, clock):
    """Everything there is leaves at its own pace, and no look-up finds anything; gives the payloads in order."""
    left = []
    while (soon := await db.next_due(BOT)) is not None:
        clock.now = max(clock.now, soon)
        for due in await claim(db, clock):
            if due.search is not None:
                await settle(db, clock, due, Absent())
                continue
            left.append(due.payload or due.kind)
            await settle(db, clock, due, Sent(due.edits or MessageId(100 + len(left))))
    return left


async def lost(db, clock, look):
    """The one message that is due may have arrived, and this comes of the look-up."""
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Unknown("reset"))
    (due,) = await claim_after(db, clock, seconds=5)
    await settle(db, clock, due, look)


async def claim_after(db, clock, **time):
    clock.move(**time)
    return await claim(db, clock)


async def test_what_was_said_is_claimed_with_all_it_needs(db, clock):
    await meet(db, chat(-7))
    await db.say(chat(-7, thread=3), '{"text": "привіт"}', edits=MessageId(12), now=NOON, replies_to=MessageId(11))
    (due,) = await claim(db, clock)
    assert (due.target, due.kind, due.alert) == (chat(-7, thread=3), "answer", None)
    assert (due.payload, due.edits, due.attempts, due.lease_until) == ('{"text": "привіт"}', 12, 1, NOON + MINUTE)
    assert (due.replies_to, due.search) == (11, None)


async def test_what_was_sent_is_not_sent_again(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "привіт")
    (due,) = await claim(db, clock)
    assert await settle(db, clock, due, SENT)
    clock.move(days=1)
    assert await claim(db, clock) == []


async def test_nothing_is_sent_to_who_was_never_met(db, clock):
    await say(db, OKSANA, "привіт")
    assert await claim(db, clock) == []


async def test_bots_send_for_themselves(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "привіт")
    assert await db.claim_deliveries(BotId(200), now=NOON, until=NOON + MINUTE, limit=9) == []
    assert await claimed(db, clock) == ["привіт"]


async def test_a_chat_has_one_message_in_flight(db, clock):
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, "раз", "два")
    await say(db, PETRO, "три")
    assert await claimed(db, clock) == ["раз", "три"]
    assert await claimed(db, clock) == []


async def test_topics_of_one_chat_share_its_one_flight(db, clock):
    await meet(db, chat(-7))
    await say(db, chat(-7, thread=1), "раз")
    await say(db, chat(-7, thread=2), "два")
    assert await claimed(db, clock) == ["раз"]


async def test_messages_to_a_chat_leave_in_the_order_they_were_said(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, *"абвгд")
    assert await delivered(db, clock) == list("абвгд")


async def test_who_waits_for_an_answer_comes_before_alerts_and_these_before_growth(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    a, b = await opened(db, "https://a.test/"), await opened(db, "https://b.test/")
    await publish(db, a, article("a.test/1", matches=(match(query),)))
    assert await delivered(db, clock) == ["alert"]
    await publish(db, b, article("b.test/1"), at=clock())
    await publish(db, a, article("a.test/2", "зовсім інше тут", matches=(match(query),)), at=clock())
    await say(db, OKSANA, "відповідь", at=clock())
    assert await delivered(db, clock) == ["відповідь", "alert", "growth"]


async def test_no_more_are_claimed_than_there_are_hands(db, clock):
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, "раз")
    await say(db, PETRO, "два")
    assert len(await claim(db, clock, limit=1)) == 1
    assert await claim(db, clock, limit=0) == []


async def test_a_later_message_is_pending_and_holds_its_chat_alone(db, clock):
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, "раз")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Later(30 * SECOND, "too many requests"))
    await say(db, PETRO, "два")
    assert await claimed(db, clock) == ["два"]
    clock.move(seconds=29.9)
    assert await claimed(db, clock) == []
    clock.move(seconds=0.1)
    (again,) = await claim(db, clock)
    assert (again.payload, again.attempts) == ("раз", 2)


async def test_nothing_leaves_for_a_chat_that_is_gone_not_even_what_is_said_to_it_then(db, clock):
    await meet(db, OKSANA)
    await db.chat_gone(OKSANA, "blocked", final=False, now=NOON)
    await say(db, OKSANA, "раз")
    assert (await claim(db, clock), await db.next_due(BOT)) == ([], None)
    await meet(db, OKSANA)
    assert await claimed(db, clock) == ["раз"]


async def test_a_message_that_may_not_be_there_is_not_edited(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    a, b = await opened(db, "https://a.test/"), await opened(db, "https://b.test/")
    await publish(db, a, article("a.test/1", matches=(match(query),)))
    await lost(db, clock, Unfindable("nobody knows"))
    await publish(db, b, article("b.test/1"), at=clock())
    clock.move(days=1)
    assert (await claim(db, clock), await db.next_due(BOT)) == ([], None)


@pytest.mark.parametrize("outcome", [Later(3 * SECOND, "429"), Unknown("reset")])
async def test_order_is_kept_when_a_message_has_to_be_tried_again(db, clock, outcome):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два", "три")
    clock.move(seconds=1)
    (first,) = await claim(db, clock)
    await settle(db, clock, first, outcome)
    assert await delivered(db, clock) == ["раз", "два", "три"]


async def test_order_is_kept_when_a_sender_stopped_in_the_middle(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два")
    clock.move(seconds=1)
    await claim(db, clock)
    await db.release_leases(now=clock.move(seconds=1))
    assert await delivered(db, clock) == ["раз", "два"]


async def test_trouble_with_the_network_holds_every_chat_of_the_bot(db, clock):
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, "раз")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Later(3 * SECOND, "connection refused", everyone=True))
    await say(db, PETRO, "два")
    assert await claim(db, clock) == []
    assert await db.next_due(BOT) == NOON + 3 * SECOND
    clock.move(seconds=3)
    assert sorted(await claimed(db, clock)) == ["два", "раз"]


async def test_a_refused_message_is_not_tried_again_and_the_next_one_leaves(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Never("message is too long"))
    assert await delivered(db, clock) == ["два"]


@pytest.mark.parametrize("final", [False, True])
async def test_a_chat_that_refuses_everything_is_left_alone(db, clock, final):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Gone("bot was blocked by the user", final=final))
    clock.move(minutes=1)
    assert await claim(db, clock) == []


async def test_a_message_to_a_group_that_moved_goes_to_its_new_number(db, clock):
    await follows(db, GROUP, "мінськ")
    await say(db, GROUP, "привіт")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Moved(ChatId(-1007)))
    clock.move(seconds=15)
    (again,) = await claim(db, clock)
    assert (again.target, again.payload) == (chat(-1007), "привіт")
    assert [one.label for one in await db.subscriptions(chat(-1007))] == ["мінськ"]


async def test_only_its_claimer_settles_a_delivery_and_only_once(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    (first,) = await claim(db, clock)
    await settle(db, clock, first, Later(SECOND, "429"))
    assert not await settle(db, clock, first, SENT)
    clock.move(seconds=1)
    (second,) = await claim(db, clock)
    assert not await settle(db, clock, first, Never("stale"))
    assert await settle(db, clock, second, SENT)
    assert not await settle(db, clock, second, SENT)


async def test_a_late_settlement_does_not_open_the_chat_to_a_second_send(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два")
    (stale,) = await claim(db, clock)
    await db.expire_leases(now=clock.move(minutes=1))
    (mine,) = await claim_after(db, clock, seconds=15)
    assert not await settle(db, clock, stale, SENT)
    clock.move(seconds=30)
    assert await claim(db, clock) == []
    assert await settle(db, clock, mine, SENT)


async def test_a_lease_that_ran_out_leaves_its_delivery_unknown_and_it_is_looked_up(db, clock):
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, "раз")
    (first,) = await claim(db, clock)
    clock.move(seconds=30)
    await say(db, PETRO, "два", at=clock())
    (young,) = await claim(db, clock)
    assert await db.expire_leases(now=clock.move(seconds=30)) == 1
    assert await claim_after(db, clock, seconds=14.9) == []
    (look,) = await claim_after(db, clock, seconds=0.1)
    assert (look.id, look.attempts, look.search is None) == (first.id, 1, False)
    assert await settle(db, clock, young, SENT)


async def test_the_next_delivery_is_known_after_a_lease_ran_out(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    await claim(db, clock)
    await db.expire_leases(now=clock.move(minutes=1))
    assert await db.next_due(BOT) is not None


async def test_after_a_start_nobody_holds_anything(db, clock):
    number = await db.add_source("https://a.test/", name=None, outlet="a", every=MINUTE, now=NOON)
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    await claim(db, clock)
    await db.claim_sources(now=NOON, until=NOON + 5 * MINUTE, limit=1)
    await db.release_leases(now=clock.move(seconds=1))
    assert [look.payload for look in await claim_after(db, clock, seconds=15)] == ["раз"]
    (source,) = await db.claim_sources(now=clock(), until=clock() + MINUTE, limit=1)
    assert source.id == number


async def test_a_person_is_sent_three_in_a_row_and_then_one_a_second(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, *"абвгд")
    assert await times_of(db, clock) == [0, 0, 0, 1, 2]


async def test_a_group_is_sent_three_in_a_row_and_then_one_in_3_6_seconds(db, clock):
    await meet(db, GROUP)
    await say(db, GROUP, *"абвгд")
    assert await times_of(db, clock) == [0, 0, 0, 3.6, 7.2]


async def test_a_group_is_sent_no_more_than_twenty_messages_in_any_minute(db, clock):
    await meet(db, GROUP)
    await say(db, GROUP, *map(str, range(45)))
    left = await times_of(db, clock)
    assert max(sum(1 for each in left if start <= each < start + 60) for start in left) <= 20


async def test_a_bot_sends_no_more_than_thirty_messages_in_any_second_and_no_less_than_it_may(db, clock):
    people = [chat(number) for number in range(1, 61)]
    await meet(db, *people)
    for target in people:
        await say(db, target, "новина")
    left = await times_of(db, clock)
    assert max(sum(1 for each in left if start <= each < start + 1) for start in left) <= 30
    assert left[-1] == pytest.approx(57 * 0.04)


async def times_of(db, clock):
    """The seconds after noon at which messages leave, each as soon as it may; sending takes no time here."""
    left = []
    while (soon := await db.next_due(BOT)) is not None:
        clock.now = max(clock.now, soon)
        for due in await claim(db, clock):
            left.append(round((clock.now - NOON).total_seconds(), 3))
            await settle(db, clock, due, SENT)
    return [each if each > 0.2 or len(left) > 20 else 0 for each in left]


async def test_a_person_s_pace_counts_from_when_a_message_may_have_arrived_at_the_latest(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, *"абвг")
    for _ in range(3):
        (due,) = await claim(db, clock)
        clock.move(seconds=0.2)
        await settle(db, clock, due, SENT)
    assert await db.next_due(BOT) == NOON + timedelta(seconds=1.2)


async def test_a_pause_does_not_save_up_a_bigger_burst(db, clock):
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    await delivered(db, clock)
    clock.move(hours=5)
    await say(db, OKSANA, *"абвгд", at=clock())
    in_a_row = []
    while due := await claim(db, clock):
        in_a_row.append(due[0].payload)
        await settle(db, clock, due[0], SENT)
        clock.move(milliseconds=40)
    assert in_a_row == ["а", "б", "в"]


async def test_the_next_time_is_when_the_chat_opens(db, clock):
    await meet(db, OKSANA)
    assert await db.next_due(BOT) is None
    await say(db, OKSANA, "раз", "два")
    assert await db.next_due(BOT) <= NOON
    (due,) = await claim(db, clock)
    assert await db.next_due(BOT) == due.lease_until
    await settle(db, clock, due, Later(30 * SECOND, "429"))
    assert await db.next_due(BOT) == NOON + 30 * SECOND


async def test_a_chat_with_a_long_queue_does_not_keep_others_waiting(db, clock):
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, *map(str, range(60)))
    await say(db, PETRO, "коротко", at=NOON + SECOND)
    clock.move(seconds=1)
    seen = []
    for _ in range(3):
        seen += await claimed(db, clock)
        clock.move(milliseconds=40)
    assert "коротко" in seen
