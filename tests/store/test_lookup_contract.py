"""A message that may have arrived is looked up before anything else is sent to its chat."""

import pytest
from newsroom import (
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
    wrote,
)

from core.lookup import LOOKS_AT_A_TIME, MARGIN, MOST_SEARCHED, MOST_UNKNOWN, Absent, Unfindable
from core.model import MessageId
from core.outbox import Gone, Later, Sent, Settlement, Unknown

SUPERGROUP = chat(-1_001_234_567_890)


async def unknown(db, clock, target=OKSANA, word="раз"):
    """The word may have arrived; the claim to look it up, five seconds later."""
    await meet(db, target)
    await say(db, target, word, at=clock())
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Unknown("reset"))
    clock.move(seconds=5)
    (look,) = await claim(db, clock)
    return look


async def state(db, number):
    return await db.do(lambda tx: next(iter(tx._execute("SELECT state FROM delivery WHERE id = :id", id=number)))[0])


async def test_what_is_unknown_is_looked_up_among_the_numbers_given_since(db, clock):
    await wrote(db, OKSANA, 7)
    look = await unknown(db, clock)
    assert (look.payload, look.attempts, look.looks) == ("раз", 1, 1)
    assert look.search == tuple(range(8, 7 + 1 + MARGIN + 1))


async def test_numbers_that_others_account_for_are_not_searched(db, clock):
    await wrote(db, OKSANA, 7)
    await meet(db, OKSANA, PETRO)
    await say(db, OKSANA, "раз")
    await say(db, PETRO, "два")
    mine, his = await claim(db, clock)
    await settle(db, clock, his, Sent(MessageId(9)))
    await wrote(db, PETRO, 10)
    await settle(db, clock, mine, Unknown("reset"))
    clock.move(seconds=5)
    (look,) = await claim(db, clock)
    assert look.search == (8, *range(11, 10 + 1 + MARGIN + 1))


async def test_the_more_is_on_its_way_the_further_is_looked(db, clock):
    await wrote(db, OKSANA, 7)
    await meet(db, PETRO)
    look = await unknown(db, clock)
    await say(db, PETRO, "два", at=clock())
    await claim(db, clock)
    await settle(db, clock, look, Later(0 * SECOND, "reset"))
    clock.move(seconds=5)
    (again,) = await claim(db, clock)
    assert (again.looks, again.search[-1]) == (2, look.search[-1] + 1)


async def test_a_supergroup_is_numbered_by_itself(db, clock):
    await wrote(db, OKSANA, 1000)
    await wrote(db, SUPERGROUP, 7)
    assert (await unknown(db, clock, SUPERGROUP)).search[0] == 8


async def test_a_basic_group_is_numbered_with_the_private_chats(db, clock):
    await wrote(db, OKSANA, 1000)
    assert (await unknown(db, clock, chat(-7))).search[0] == 1001


async def test_where_no_number_was_known_there_is_nothing_to_search(db, clock):
    assert (await unknown(db, clock)).search == ()


async def test_a_search_is_bounded(db, clock):
    await wrote(db, OKSANA, 7)
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    (due,) = await claim(db, clock)
    await wrote(db, PETRO, 100_000)
    await settle(db, clock, due, Unknown("reset"))
    clock.move(seconds=5)
    (look,) = await claim(db, clock)
    assert len(look.search) == MOST_SEARCHED + 1


async def test_what_was_found_is_sent_and_its_alert_grows(db, clock):
    await wrote(db, OKSANA, 7)
    query = await follows(db, OKSANA, "мінськ")
    a, b = await opened(db, "https://a.test/"), await opened(db, "https://b.test/")
    await publish(db, a, article("a.test/1", matches=(match(query),)))
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Unknown("reset"))
    await publish(db, b, article("b.test/1"), at=clock())
    clock.move(seconds=5)
    (look,) = await claim(db, clock)
    await settle(db, clock, look, Sent(MessageId(8)))
    clock.move(minutes=1)
    (growth,) = await claim(db, clock)
    assert (growth.kind, growth.edits) == ("growth", 8)


async def test_what_is_absent_is_sent_again_before_what_waits_behind_it(db, clock):
    await wrote(db, OKSANA, 7)
    look = await unknown(db, clock)
    await say(db, OKSANA, "два", at=clock())
    await settle(db, clock, look, Absent())
    (due,) = await claim(db, clock)
    assert (due.payload, due.search, due.attempts) == ("раз", None, 2)


async def test_nothing_else_is_sent_to_a_chat_before_what_may_have_arrived_there_is_looked_up(db, clock):
    people = [chat(number) for number in range(1, LOOKS_AT_A_TIME + 2)]
    await meet(db, *people)
    for person in people:
        await say(db, person, "раз", "два")
    for due in await everything(db, clock):
        await settle(db, clock, due, Unknown("reset"))
    clock.move(seconds=6)
    looks = await claim(db, clock)
    assert [look.search is None for look in looks] == [False] * LOOKS_AT_A_TIME
    assert await claim(db, clock) == []


async def everything(db, clock):
    dues = []
    while more := await claim(db, clock):
        dues += more
        clock.move(milliseconds=40)
    return dues


async def test_a_look_up_that_failed_is_made_again_and_nothing_passes_it(db, clock):
    await wrote(db, OKSANA, 7)
    look = await unknown(db, clock)
    await say(db, OKSANA, "два", at=clock())
    await settle(db, clock, look, Later(0 * SECOND, "reset"))
    assert await claim(db, clock) == []
    clock.move(seconds=5)
    (again,) = await claim(db, clock)
    assert (again.id, again.search is None) == (look.id, False)


async def test_a_look_up_that_was_cut_off_begins_anew_with_the_same_bound(db, clock):
    await wrote(db, OKSANA, 7)
    look = await unknown(db, clock)
    await wrote(db, PETRO, 8, 10)
    await db.release_leases(now=clock())
    assert await claim(db, clock) == []
    clock.move(seconds=15)
    (again,) = await claim(db, clock)
    assert (again.id, again.search[:2]) == (look.id, (9, 11))
    assert not await settle(db, clock, look, Absent())


async def test_what_cannot_be_found_out_stays_unknown_and_holds_up_nobody(db, clock):
    look = await unknown(db, clock)
    await settle(db, clock, look, Unfindable("no number was known"))
    await say(db, OKSANA, "два", at=clock())
    assert await claimed(db, clock) == ["два"]
    await db.release_leases(now=clock.move(hours=1))
    assert await state(db, look.id) == "unknown"


async def test_what_cannot_be_found_out_is_forgotten_after_a_week(db, clock):
    look = await unknown(db, clock)
    await settle(db, clock, look, Unfindable("no number was known"))
    assert await db.forget_old(now=clock.move(days=8), limit=9) == 1


async def test_nothing_passes_a_message_whose_lease_ran_out_though_nobody_has_noticed_yet(db, clock):
    await wrote(db, OKSANA, 7)
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз", "два")
    await claim(db, clock)
    clock.move(minutes=2)
    assert await claim(db, clock) == []
    clock.move(seconds=15)
    (look,) = await claim(db, clock)
    assert (look.payload, look.search[0]) == ("раз", 8)


async def test_an_edit_whose_sender_stopped_is_made_again_and_not_looked_up(db, clock):
    await meet(db, OKSANA)
    await db.say(OKSANA, "інакше", edits=MessageId(7), now=NOON)
    await claim(db, clock)
    await db.release_leases(now=clock())
    clock.move(seconds=15)
    (again,) = await claim(db, clock)
    assert (again.payload, again.edits, again.search) == ("інакше", 7, None)


async def test_what_surely_arrived_is_never_sent_again(db, clock):
    await wrote(db, OKSANA, 7)
    await meet(db, OKSANA)
    await say(db, OKSANA, "раз")
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Sent(None))
    clock.move(seconds=5)
    (look,) = await claim(db, clock)
    assert look.arrived
    await settle(db, clock, look, Absent())
    assert await state(db, due.id) == "sent"


async def test_what_an_alert_said_is_kept_while_it_is_unknown_and_no_longer(db, clock):
    await wrote(db, OKSANA, 7)
    query = await follows(db, OKSANA, "мінськ")
    await publish(db, await opened(db, "https://a.test/"), article("a.test/1", matches=(match(query),)))
    (due,) = await claim(db, clock)
    await db.settle_delivery(due, unknown_with("як було сказано", clock), now=clock())
    clock.move(seconds=5)
    (look,) = await claim(db, clock)
    assert look.payload == "як було сказано"
    await settle(db, clock, look, Absent())
    assert await claimed(db, clock) == [None]


def unknown_with(payload, clock):
    return Settlement(state="unknown", again=True, payload=payload, hold_chat_until=clock() + 5 * SECOND)


async def test_with_too_many_unknown_nothing_new_is_sent_until_they_are_looked_up(db, clock):
    people = [chat(number) for number in range(1, MOST_UNKNOWN + 10)]
    await meet(db, *people)
    for person in people:
        await say(db, person, "раз")
    sent = 0
    for _ in range(len(people)):
        dues = [due for due in await claim(db, clock) if due.search is None]
        for due in dues:
            await settle(db, clock, due, Unknown("502"))
        sent += len(dues)
        clock.move(milliseconds=41)
    assert sent == MOST_UNKNOWN


async def test_a_chat_that_left_while_a_message_was_looked_up_is_sent_nothing(db, clock):
    await wrote(db, OKSANA, 7)
    look = await unknown(db, clock)
    await settle(db, clock, look, Gone("bot was blocked by the user", final=False))
    await say(db, OKSANA, "два", at=clock())
    clock.move(minutes=1)
    assert await claim(db, clock) == []


@pytest.mark.parametrize(("age", "left"), [(1, [7, 8, 9]), (3, [9])])
async def test_numbers_are_kept_for_two_days_and_the_newest_for_ever(db, clock, age, left):
    await wrote(db, OKSANA, 7, 8, 9)
    await db.forget_old(now=clock.move(days=age), limit=99)
    assert await numbers(db) == left


async def test_numbers_that_a_look_up_may_need_are_kept(db, clock):
    await wrote(db, OKSANA, 7)
    look = await unknown(db, clock)
    await wrote(db, PETRO, 9, 10)
    await settle(db, clock, look, Later(0 * SECOND, "reset"))
    await db.forget_old(now=clock.move(days=3), limit=99)
    assert await numbers(db) == [9, 10]


async def numbers(db):
    return await db.do(lambda tx: [row[0] for row in tx._execute("SELECT number FROM message_number ORDER BY number")])


async def test_two_chats_limited_within_a_second_hold_the_bot(db, clock):
    await meet(db, OKSANA, PETRO, chat(3))
    await say(db, OKSANA, "раз")
    await say(db, PETRO, "два")
    first, second = await claim(db, clock)
    await settle(db, clock, first, Later(20 * SECOND, "too many requests"))
    clock.move(seconds=0.5)
    await settle(db, clock, second, Later(5 * SECOND, "too many requests"))
    await say(db, chat(3), "три")
    clock.move(seconds=19.4)
    assert await claim(db, clock) == []
    clock.move(seconds=0.1)
    assert "три" in await claimed(db, clock)
