"""Old alerts go together: one message for many, each of them told once."""

from datetime import timedelta

import pytest
from newsroom import (
    BOT,
    MINUTE,
    NOON,
    OKSANA,
    PETRO,
    article,
    chat,
    claim,
    follows,
    match,
    opened,
    publish,
    say,
    settle,
)

from core.bundle import FEW, MOST, OLD
from core.lookup import Unfindable
from core.model import ChatId, MessageId
from core.outbox import Gone, Later, Moved, Never, NoTopic, Sent, Shut, Unknown

WORDS = "сніг дощ мороз туман вітер град спека злива повінь буря іній ожеледь".split()
LATE = OLD + MINUTE
SENT = Sent(MessageId(7))


async def alerted(db, count, *, target=OKSANA, at=NOON, first=0):
    """So many alerts of different stories wait for the target."""
    query = await follows(db, target, "мінськ")
    source = await opened(db, f"https://{target.chat}.{target.thread}.{first}.test/")
    for number in range(first, first + count):
        title = " ".join(f"{word}{number}{target.chat}" for word in WORDS)
        key = f"{target.chat}.{target.thread}.test/{number}"
        await publish(db, source, article(key, title, matches=(match(query),)), at=at + timedelta(seconds=number))


async def the_digest(db, clock):
    """The one delivery that may leave now, and the alerts it takes along."""
    (due,) = await claim(db, clock)
    return due, await db.bundled(due.id)


async def packed(db, clock, due, told, void=()):
    return await db.pack_bundle(due, "{}", told=told, void=void, now=clock())


async def left(db, clock):
    """Kinds of all that leaves from now on."""
    kinds = []
    while (soon := await db.next_due(BOT)) is not None:
        clock.now = max(clock.now, soon)
        for due in await claim(db, clock):
            kinds.append(due.kind)
            await settle(db, clock, due, SENT)
    return kinds


async def test_alerts_that_waited_long_leave_in_one_message(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, members = await the_digest(db, clock)
    assert (due.kind, due.alert, due.payload, members) == ("digest", None, None, sorted(members))
    assert len(members) == FEW + 1
    await settle(db, clock, due, SENT)
    assert await left(db, clock) == []


async def test_a_few_old_alerts_leave_one_by_one(db, clock):
    await alerted(db, FEW)
    clock.move(hours=1)
    assert await left(db, clock) == ["alert"] * FEW


async def test_a_burst_of_fresh_alerts_leaves_one_by_one(db, clock):
    await alerted(db, FEW + 3)
    clock.move(minutes=29)
    assert [due.kind for due in await claim(db, clock)] == ["alert"]


async def test_a_fresh_alert_goes_with_no_digest(db, clock):
    await alerted(db, FEW + 1)
    await alerted(db, 1, at=NOON + LATE, first=FEW + 1)
    clock.move(minutes=32)
    due, members = await the_digest(db, clock)
    assert len(members) == FEW + 1
    await settle(db, clock, due, SENT)
    assert await left(db, clock) == ["alert"]


async def test_a_digest_takes_the_oldest_and_the_next_one_the_others(db, clock):
    await alerted(db, MOST + FEW + 1)
    clock.move(hours=1)
    due, first = await the_digest(db, clock)
    await settle(db, clock, due, SENT)
    clock.move(seconds=5)
    _, second = await the_digest(db, clock)
    assert (len(first), len(second), max(first) < min(second)) == (MOST, FEW + 1, True)


async def test_topics_and_chats_have_digests_of_their_own(db, clock):
    for target in (chat(-7), chat(-7, thread=3), PETRO):
        await alerted(db, FEW + 1, target=target)
    clock.move(hours=1)
    seen = []
    while due := await claim(db, clock):
        for one in due:
            seen.append((one.target, one.kind))
            await settle(db, clock, one, SENT)
        clock.move(seconds=5)
    assert sorted(seen, key=str) == sorted([(chat(-7), "digest"), (chat(-7, 3), "digest"), (PETRO, "digest")], key=str)


async def test_an_answer_leaves_before_a_digest(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    await say(db, OKSANA, "відповідь", at=clock())
    assert await left(db, clock) == ["answer", "digest"]


async def test_what_did_not_fit_waits_for_the_next_message(db, clock):
    await alerted(db, FEW + 2)
    clock.move(hours=1)
    due, members = await the_digest(db, clock)
    assert await packed(db, clock, due, members[:-1])
    assert await db.bundled(due.id) == members[:-1]
    await settle(db, clock, due, SENT)
    clock.move(seconds=5)
    (last,) = await claim(db, clock)
    assert (last.kind, last.alert) == ("alert", members[-1])


async def test_what_nobody_wants_to_hear_any_longer_is_not_told(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, (void, *told) = await the_digest(db, clock)
    await packed(db, clock, due, told, [void])
    await settle(db, clock, due, SENT)
    assert await left(db, clock) == []


async def test_what_a_digest_told_does_not_grow(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, _ = await the_digest(db, clock)
    other = await opened(db, "https://other.test/")
    for moment in range(2):
        title = " ".join(f"{word}{moment}1" for word in WORDS)
        await publish(db, other, article(f"other.test/{moment}", title), at=clock())
        if moment == 0:
            await settle(db, clock, due, SENT)
    clock.move(hours=1)
    assert await left(db, clock) == []


async def test_an_edit_that_waited_for_an_alert_goes_when_a_digest_tells_it(db, clock):
    await alerted(db, FEW + 1)
    (first,) = await claim(db, clock)
    other = await opened(db, "https://other.test/")
    await publish(db, other, article("other.test/0", " ".join(f"{word}01" for word in WORDS)), at=clock())
    await settle(db, clock, first, Later(MINUTE, "429"))
    clock.move(hours=1)
    due, members = await the_digest(db, clock)
    assert first.alert in members
    await settle(db, clock, due, SENT)
    assert await db.do(waiting) == []


def waiting(tx):
    """What is not over, whether it may leave or not."""
    return [kind for (kind,) in tx._execute("SELECT kind FROM delivery WHERE settled IS NULL")]


async def test_a_refused_digest_costs_no_alert_and_is_not_made_again(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, _ = await the_digest(db, clock)
    await settle(db, clock, due, Never("can't parse entities"))
    assert await left(db, clock) == ["alert"] * (FEW + 1)


@pytest.mark.parametrize("outcome", [Later(MINUTE, "429"), Gone("kicked", final=False), Shut("no rights", topic=False)])
async def test_a_digest_that_surely_did_not_leave_is_made_anew(db, clock, outcome):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, members = await the_digest(db, clock)
    await packed(db, clock, due, members)
    await settle(db, clock, due, outcome)
    await db.chat_back(OKSANA, now=clock())
    await alerted(db, 1, at=NOON + LATE, first=FEW + 1)
    clock.move(hours=2)
    again, more = await the_digest(db, clock)
    assert (again.kind, again.payload, len(more)) == ("digest", None, FEW + 2)


async def test_a_digest_that_may_have_arrived_stays_as_it_was_written(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, members = await the_digest(db, clock)
    await packed(db, clock, due, members)
    await db.release_leases(now=clock())
    clock.move(seconds=15)
    again, same = await the_digest(db, clock)
    assert (again.id, again.payload, same) == (due.id, "{}", members)
    await settle(db, clock, again, SENT)
    assert await left(db, clock) == []


async def test_a_digest_that_stays_unknown_tells_nothing_twice(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Unknown("reset"))
    clock.now = await db.next_due(BOT)
    (look,) = await claim(db, clock)
    await settle(db, clock, look, Unfindable("too much was written since"))
    await db.release_leases(now=clock())
    assert (await claim(db, clock), await db.next_due(BOT)) == ([], None)
    assert await db.do(waiting) == []


async def test_a_stale_claim_packs_nothing(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, members = await the_digest(db, clock)
    await db.release_leases(now=clock())
    assert not await packed(db, clock, due, members[:1])
    assert await db.bundled(due.id) == members


async def test_a_digest_of_a_chat_that_moved_is_made_anew_there(db, clock):
    await alerted(db, FEW + 1, target=chat(-7))
    clock.move(hours=1)
    due, _ = await the_digest(db, clock)
    await settle(db, clock, due, Moved(ChatId(-1007)))
    clock.move(minutes=1)
    again, members = await the_digest(db, clock)
    assert (again.kind, again.target, len(members)) == ("digest", chat(-1007), FEW + 1)


async def test_a_digest_of_a_topic_that_was_deleted_is_made_anew_in_the_chat(db, clock):
    await alerted(db, FEW + 1, target=chat(-7, thread=3))
    clock.move(hours=1)
    due, _ = await the_digest(db, clock)
    await settle(db, clock, due, NoTopic())
    clock.move(minutes=1)
    again, members = await the_digest(db, clock)
    assert (again.kind, again.target, len(members)) == ("digest", chat(-7), FEW + 1)


async def test_a_digest_for_a_chat_that_is_no_more_ends_with_it(db, clock):
    await alerted(db, FEW + 1)
    clock.move(hours=1)
    due, _ = await the_digest(db, clock)
    await settle(db, clock, due, Gone("user is deactivated", final=True))
    await db.chat_back(OKSANA, now=clock())
    assert await left(db, clock) == []
