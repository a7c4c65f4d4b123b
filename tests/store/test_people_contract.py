"""People: met, followed, paused, moved, forgotten."""

from functools import partial

import pytest
from newsroom import (
    BOT,
    GROUP,
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
)

from core.errors import UserError
from core.model import MessageId
from core.outbox import Settlement
from core.subscribe import follow, forget, mute, pause, remove


async def labels(db, target):
    return [one.label for one in await db.subscriptions(target)]


async def followed(db):
    """The words that somebody hears of."""
    return [text for _, text, now in await db.query_changes(-1) if now]


async def alerted(db, clock, target, word):
    """The target's alert of a fresh article."""
    query = await follows(db, target, word)
    source = await opened(db, f"https://{target.chat}.test/", outlet=f"{target.chat}.test")
    await publish(db, source, article(f"{target.chat}.test/1", f"{word} свіже", matches=(match(query),)))
    (due,) = [one for one in await claim(db, clock) if one.target == target]
    return due.alert


async def test_who_is_met_first_is_greeted_in_their_language_and_then_in_the_one_they_chose(db):
    assert (await db.meet(OKSANA, language="en", now=NOON)).language == "en"
    await db.set_language(OKSANA, "uk")
    assert (await db.meet(OKSANA, language="en", now=NOON)).language == "uk"
    assert (await db.meet(PETRO, language="en", now=NOON)).language == "en"


async def test_the_same_words_are_one_query(db):
    assert await db.intern_query("мінськ") == await db.intern_query("мінськ")
    assert await db.intern_query("мінськ") != await db.intern_query("Мінськ")


async def test_a_chat_may_follow_what_it_was_offered_and_nobody_elses(db):
    query = await db.intern_query("мінськ")
    await db.offer(OKSANA, query, now=NOON)
    assert await db.offered(OKSANA, query) == "мінськ"
    assert await db.offered(PETRO, query) is None


async def test_following_twice_is_following_once(db):
    query = await follows(db, OKSANA, "мінськ")
    assert not await db.do(follow, OKSANA, query, "мінськ", now=NOON)
    assert await labels(db, OKSANA) == ["мінськ"]


async def test_what_one_chat_follows_another_does_not_see(db):
    await follows(db, OKSANA, "мінськ")
    await follows(db, PETRO, "сніг")
    assert (await labels(db, OKSANA), await labels(db, PETRO)) == (["мінськ"], ["сніг"])
    (theirs,) = await db.subscriptions(PETRO)
    assert await db.subscription(OKSANA, theirs.id) is None


async def test_topics_of_one_chat_follow_for_themselves(db):
    await follows(db, chat(-7), "мінськ")
    await follows(db, chat(-7, thread=3), "сніг")
    assert (await labels(db, chat(-7)), await labels(db, chat(-7, thread=3))) == (["мінськ"], ["сніг"])


@pytest.mark.parametrize("act", [partial(remove, now=NOON), partial(pause, paused=True)])
async def test_nobody_changes_anothers_subscription(db, act):
    await follows(db, PETRO, "сніг")
    (theirs,) = await db.subscriptions(PETRO)
    with pytest.raises(UserError):
        await db.do(act, OKSANA, theirs.id)
    assert await db.subscriptions(PETRO) == [theirs]


async def test_a_paused_subscription_is_kept_and_resumes(db):
    query = await follows(db, OKSANA, "мінськ")
    (mine,) = await db.subscriptions(OKSANA)
    await db.do(pause, OKSANA, mine.id, paused=True)
    assert ([one.paused for one in await db.subscriptions(OKSANA)], await followed(db)) == ([True], [])
    assert await db.do(follow, OKSANA, query, "мінськ", now=NOON)
    assert ([one.paused for one in await db.subscriptions(OKSANA)], await followed(db)) == ([False], ["мінськ"])


async def test_a_query_is_looked_for_as_long_as_anybody_follows_it(db):
    await follows(db, OKSANA, "мінськ")
    await follows(db, PETRO, "мінськ")
    for target, left in ((OKSANA, ["мінськ"]), (PETRO, [])):
        (mine,) = await db.subscriptions(target)
        await db.do(remove, target, mine.id, now=NOON)
        assert await followed(db) == left


async def test_the_generation_grows_with_every_change_of_who_follows_what(db):
    generations = [await db.generation()]

    async def did(work, *given, **named):
        await db.do(work, *given, **named)
        generations.append(await db.generation())

    query = await db.intern_query("мінськ")
    await meet(db, OKSANA)
    await did(follow, OKSANA, query, "мінськ", now=NOON)
    (mine,) = await db.subscriptions(OKSANA)
    await did(pause, OKSANA, mine.id, paused=True)
    await did(pause, OKSANA, mine.id, paused=False)
    await did(remove, OKSANA, mine.id, now=NOON)
    await did(follow, OKSANA, query, "мінськ", now=NOON)
    await did(forget, OKSANA)
    assert generations == sorted(set(generations))
    assert len(generations) == 7


async def test_looking_at_a_query_changes_nobodys_generation(db):
    before = await db.generation()
    await db.intern_query("мінськ")
    await meet(db, OKSANA)
    assert await db.generation() == before


async def test_who_muted_a_story_muted_only_their_own_alert(db, clock):
    alert = await alerted(db, clock, PETRO, "сніг")
    await meet(db, OKSANA)
    with pytest.raises(UserError):
        await db.do(mute, OKSANA, alert, now=NOON)
    assert (await db.alert_view(alert)).muted_until is None
    await db.do(mute, PETRO, alert, now=NOON)
    assert (await db.alert_view(alert)).muted(now=clock.now)


async def test_a_chat_that_came_back_is_sent_what_is_said_from_then_on_and_kept_its_subscriptions(db, clock):
    await follows(db, OKSANA, "мінськ")
    await db.chat_gone(OKSANA, "blocked", final=False, now=NOON)
    await meet(db, OKSANA)
    await say(db, OKSANA, "вітаю знову")
    assert (await claimed(db, clock), await labels(db, OKSANA)) == (["вітаю знову"], ["мінськ"])


async def test_forgetting_erases_all_of_a_chat_and_nothing_of_another(db, clock):
    mine, theirs = await alerted(db, clock, OKSANA, "мінськ"), await alerted(db, clock, PETRO, "сніг")
    await say(db, OKSANA, "ще в дорозі")
    await db.do(forget, OKSANA)
    assert await db.subscriptions(OKSANA) == []
    assert (await db.alert_view(mine), await followed(db)) == (None, ["сніг"])
    assert (await db.alert_view(theirs)).labels == ("сніг",)
    await db.meet(OKSANA, language="en", now=NOON)
    assert (await claimed(db, clock), (await db.meet(OKSANA, language="uk", now=NOON)).language) == ([], "en")


async def test_who_was_forgotten_can_hear_of_the_same_story_again(db, clock):
    await alerted(db, clock, OKSANA, "мінськ")
    await db.do(forget, OKSANA)
    query = await follows(db, OKSANA, "мінськ")
    source = await opened(db, "https://b.test/", outlet="b.test")
    taken = await publish(db, source, article("b.test/1", "мінськ свіже", matches=(match(query),)))
    assert taken.alerts == 1


async def test_a_moved_chat_keeps_everything_under_its_new_number(db, clock):
    alert = await alerted(db, clock, GROUP, "мінськ")
    await db.release_leases(now=clock())
    await say(db, GROUP, "привіт")
    await db.move_chat(BOT, GROUP.chat, -1007)
    assert (await labels(db, GROUP), await labels(db, chat(-1007))) == ([], ["мінськ"])
    seen = []
    for _ in range(2):
        clock.move(seconds=15)
        (due,) = await claim(db, clock)
        seen.append((due.target.chat, due.payload, due.alert))
        await db.settle_delivery(due, settled_sent(), now=clock())
    assert seen == [(-1007, None, alert), (-1007, "привіт", None)]


def settled_sent():
    return Settlement(state="sent", message=MessageId(9))


async def test_a_chat_moved_to_one_that_is_known_keeps_the_known_ones_own(db):
    await follows(db, GROUP, "мінськ")
    await follows(db, GROUP, "сніг")
    await follows(db, chat(-1007), "мінськ")
    await db.set_language(chat(-1007), "en")
    await db.move_chat(BOT, GROUP.chat, -1007)
    assert sorted(await labels(db, chat(-1007))) == ["мінськ", "сніг"]
    assert (await db.meet(chat(-1007), language="uk", now=NOON)).language == "en"


async def test_a_chat_moved_to_one_that_heard_of_the_same_story_is_moved_all_the_same(db, clock):
    query = await follows(db, GROUP, "мінськ")
    await follows(db, chat(-1007), "мінськ")
    source = await opened(db, "https://a.test/")
    await publish(db, source, article("a.test/1", matches=(match(query),)))
    await db.move_chat(BOT, GROUP.chat, -1007)
    assert [due.target.chat for due in await claim(db, clock)] == [-1007]


async def test_a_move_that_was_made_already_changes_nothing(db):
    await follows(db, chat(-1007), "мінськ")
    await db.move_chat(BOT, GROUP.chat, -1007)
    assert await labels(db, chat(-1007)) == ["мінськ"]


async def test_a_chat_that_another_moves_to_is_there_again(db, clock):
    await follows(db, GROUP, "мінськ")
    await db.meet(chat(-1007), language="uk", now=NOON)
    await db.chat_gone(chat(-1007), "kicked", final=False, now=NOON)
    await db.say(GROUP, "раз", edits=None, now=NOON)
    await db.move_chat(BOT, GROUP.chat, -1007)
    assert [due.target.chat for due in await claim(db, clock)] == [-1007]
