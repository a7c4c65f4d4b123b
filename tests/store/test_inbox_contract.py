"""The inbox: every update once, in order, until it is answered."""

from newsroom import BOT, NOON, OKSANA, PETRO

from core.model import BotId
from core.ports import Aside


async def hear(db, *numbers, chat=OKSANA.chat, bot=BOT):
    return await db.hear(bot, [(number, chat, f'{{"update_id": {number}}}') for number in numbers], now=NOON)


async def left(db):
    """The numbers that wait, answered one after another."""
    numbers = []
    while heard := await db.next_heard(BOT):
        numbers.append(heard.update)
        await db.answered(heard, now=NOON)
    return numbers


async def test_an_update_that_is_delivered_twice_is_heard_once(db):
    assert await hear(db, 5, 6) == 2
    assert await hear(db, 6, 7) == 1
    assert await left(db) == [5, 6, 7]


async def test_an_update_delivered_again_after_it_was_answered_is_not_done_again(db):
    await hear(db, 5)
    assert await left(db) == [5]
    assert await hear(db, 5) == 0
    assert await left(db) == []


async def test_updates_are_answered_in_the_order_of_their_numbers(db):
    await hear(db, 9, 7)
    await hear(db, 8)
    assert await left(db) == [7, 8, 9]


async def test_an_update_that_was_not_answered_is_the_next_again_and_its_tries_are_counted(db):
    await hear(db, 5, 6)
    tries = [await db.next_heard(BOT) for _ in range(3)]
    assert [(heard.update, heard.attempts) for heard in tries] == [(5, 1), (5, 2), (5, 3)]
    assert tries[0].payload == '{"update_id": 5}'


async def test_an_update_set_aside_makes_way_for_the_next(db):
    await hear(db, 5, 6)
    await db.set_aside(await db.next_heard(BOT), "KeyError", now=NOON)
    assert (await db.next_heard(BOT)).update == 6
    assert await hear(db, 5) == 0


async def test_what_was_tried_waits_behind_what_others_wrote(db):
    await hear(db, 5)
    await hear(db, 6, 8, chat=PETRO.chat)
    await db.next_heard(BOT)
    tries = []
    for _ in range(4):
        heard = await db.next_heard(BOT)
        tries.append((heard.update, heard.attempts))
        if heard.update != 5:
            await db.answered(heard, now=NOON)
    assert tries == [(6, 1), (8, 1), (5, 2), (5, 3)]


async def test_nobodys_update_overtakes_an_earlier_one_of_theirs(db):
    await hear(db, 5, 7)
    await hear(db, 6, chat=PETRO.chat)
    await db.next_heard(BOT)
    await db.answered(await db.next_heard(BOT), now=NOON)
    assert [(await db.next_heard(BOT)).update for _ in range(3)] == [5, 5, 5]


async def test_what_was_set_aside_is_listed_without_a_word_of_it(db):
    await hear(db, 5, 6)
    firsts = [await db.set_aside(await db.next_heard(BOT), "message: KeyError", now=NOON) for _ in range(2)]
    assert firsts == [True, False]
    assert await db.asides() == [
        Aside(update=5, heard=NOON, reason="message: KeyError"),
        Aside(update=6, heard=NOON, reason="message: KeyError"),
    ]


async def test_what_was_set_aside_may_be_tried_after_all(db):
    await hear(db, 5, 6)
    await db.set_aside(await db.next_heard(BOT), "message: KeyError", now=NOON)
    assert await db.retry_aside(5)
    assert not await db.retry_aside(6)
    assert (await db.asides(), (await db.next_heard(BOT)).attempts) == ([], 1)
    assert not await db.retry_aside(5)


async def test_what_was_answered_is_not_tried_again(db):
    await hear(db, 5)
    await db.answered(await db.next_heard(BOT), now=NOON)
    assert not await db.retry_aside(5)


async def test_bots_hear_for_themselves(db):
    await hear(db, 5)
    assert await db.next_heard(BotId(200)) is None
    assert await hear(db, 5, bot=BotId(200)) == 1


async def test_an_update_of_no_chat_is_heard_too(db):
    await db.hear(BOT, [(5, None, "{}")], now=NOON)
    assert await left(db) == [5]


async def test_forgetting_a_chat_leaves_what_others_wrote_and_what_it_still_waits_for(db):
    await hear(db, 5, 7)
    await hear(db, 6, chat=PETRO.chat)
    await db.forget_chat(OKSANA)
    assert await left(db) == [5, 6, 7]
