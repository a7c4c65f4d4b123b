"""Stories take turns: a flood of one holds up no other, and costs a claim nothing."""

import re
from datetime import timedelta
from functools import partial

from newsroom import BOT, NOON, OKSANA, PETRO, article, chat, claim, follows, match, opened, publish, settle

from core.model import MessageId
from core.outbox import Later, Sent, Unknown


async def flood(db, word, readers, *, at=NOON):
    """A story for all these readers."""
    query = 0
    for reader in readers:
        query = await follows(db, reader, word)
    source = await opened(db, f"https://{word}.test/")
    await publish(db, source, article(f"{word}.test/1", TITLES[word], matches=(match(query),)), at=at)


async def leaving(db, clock, *, count):
    """The chats of the next so many messages, each leaving as soon as it may."""
    left = []
    while len(left) < count:
        clock.now = max(clock.now, await db.next_due(BOT))
        for due in await claim(db, clock, limit=1):
            left.append(due.target.chat)
            await settle(db, clock, due, Sent(MessageId(1000 + len(left))))
    return left


TITLES = {
    "повінь": "повінь затопила місто",
    "вибори": "вибори почалися вранці",
    "санкції": "нові санкції проти банків",
}
READERS = [chat(number) for number in range(1, 61)]
OTHERS = [chat(number) for number in range(101, 104)]


async def test_a_story_for_few_does_not_wait_for_one_for_many(db, clock):
    await flood(db, "повінь", READERS)
    await leaving(db, clock, count=10)
    await flood(db, "вибори", OTHERS, at=clock())
    assert await leaving(db, clock, count=6) == [11, 101, 12, 102, 13, 103]


async def test_a_flood_goes_on_where_it_was_when_another_story_is_over(db, clock):
    await flood(db, "повінь", READERS)
    await flood(db, "вибори", OTHERS)
    assert sorted(await leaving(db, clock, count=63)) == [reader.chat for reader in [*READERS, *OTHERS]]


async def test_more_readers_of_the_same_story_wait_behind_its_first(db, clock):
    await flood(db, "повінь", READERS[:5])
    await flood(db, "вибори", OTHERS)
    query = await follows(db, PETRO, "повінь")
    late = chat(999)
    await follows(db, late, "повінь")
    source = await opened(db, "https://b.test/")
    await publish(db, source, article("b.test/1", TITLES["повінь"], matches=(match(query),)))
    assert (await leaving(db, clock, count=9))[-1] == late.chat


async def test_after_a_quiet_time_no_story_is_ahead_of_another(db, clock):
    await flood(db, "повінь", READERS[:20])
    await leaving(db, clock, count=20)
    await flood(db, "вибори", READERS[20:40], at=clock())
    await flood(db, "санкції", OTHERS, at=clock())
    assert {101, 102, 103} <= set(await leaving(db, clock, count=6))


async def test_in_one_chat_the_older_alert_leaves_first_whatever_its_story_s_turn(db, clock):
    await flood(db, "повінь", [*READERS, OKSANA, chat(999)])
    await flood(db, "вибори", [chat(999)])
    first, second = [], []
    for _ in range(8):
        clock.move(milliseconds=40)
        for due in await claim(db, clock, limit=1):
            if due.target.chat == 999:
                (second if first else first).append(due.id)
            await settle(db, clock, due, Sent(MessageId(1000 + due.id)))
    assert first < second


async def test_what_has_to_be_tried_again_keeps_its_turn(db, clock):
    await flood(db, "повінь", READERS)
    (due,) = await claim(db, clock, limit=1)
    await settle(db, clock, due, Later(timedelta(seconds=1), "too many requests"))
    clock.move(seconds=1)
    assert [one.id for one in await claim(db, clock, limit=1)] == [due.id]


async def test_the_next_of_twenty_thousand_is_found_by_an_index(db, clock):
    await flood(db, "повінь", READERS)
    await db.do(lambda tx: tx.account_for(BOT, [(OKSANA.chat, MessageId(7))], now=NOON))
    (due, lost, *_) = await claim(db, clock)
    await settle(db, clock, due, Sent(MessageId(8)))
    await settle(db, clock, lost, Unknown("reset"))
    plans = await db.do(plans_of, [partial(claimed, now=NOON + timedelta(seconds=6)), lambda tx: tx.next_due(BOT)])
    assert len(plans) > 15
    # In a whole chat, or among the little that is on its way or unknown, one may look at everything.
    small = "delivery_(in_flight|unknown|sending)|chat_id=|sqlite_master|CONSTANT|json_each"
    scans = [step for plan in plans for step in plan if re.search(r"^SCAN|delivery_chat \(bot_id=\?\)", step)]
    assert [step for step in scans if not re.search(small, step)] == []


def claimed(tx, *, now):
    return tx.claim_deliveries(BOT, now=now, until=now + timedelta(minutes=1), limit=9)


def plans_of(tx, works):
    """How the engine finds what each statement of this work asks for."""
    execute, plans = tx._execute, []

    def explained(sql, /, **values):
        plans.append([row[3] for row in execute(f"EXPLAIN QUERY PLAN {sql}", **values)])
        return execute(sql, **values)

    tx._execute = explained
    try:
        for work in works:
            work(tx)
    finally:
        tx._execute = execute
    return plans
