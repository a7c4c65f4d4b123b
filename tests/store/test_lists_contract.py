"""Watch lists: drafted, published, followed, left out, changed back; their alerts are the followers' own."""

from dataclasses import replace
from datetime import timedelta

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
    follows,
    match,
    meet,
    opened,
    publish,
    settle,
)

from core import watchlist
from core.errors import UserError
from core.history import undoable
from core.model import ChatId, MessageId, QueryId
from core.outbox import Sent
from core.subscribe import forget
from core.timing import Manner, Quiet
from core.watchlist import Line, WatchList

MINSK, SNOW = Line(text="мінськ", label="Мінськ"), Line(text="сніг", label="Сніг")


async def published(db, *lines, name="Білорусь", **properties) -> WatchList:
    one = await db.do(watchlist.create, name, token=f"t-{name}", by=OKSANA, now=NOON)
    if properties:
        await db.do(watchlist.alter, one, replace(one, **properties), by=OKSANA, now=NOON)
    await db.do(watchlist.replace_lines, one, lines, by=OKSANA, now=NOON)
    return await db.watch_list(one.id)


async def queries(db, one):
    return {kept.line.text: kept.query for kept in await db.lines(one.id)}


async def joins(db, target, one):
    await meet(db, target)
    return await db.do(watchlist.follow, target, one, now=NOON)


async def told(db, clock):
    """Who is told now, and for what: the alerts of one claim, which arrive."""
    heard = []
    for due in await claim(db, clock):
        heard.append((due.target.chat, (await db.alert_view(due.alert)).labels))
        await settle(db, clock, due, Sent(MessageId(100 + due.id)))
    return sorted(heard)


async def matched(db):
    """The words that are looked for."""
    return sorted(text for _, text, followed in await db.query_changes(-1) if followed)


async def test_a_draft_is_not_matched_until_it_is_published(db):
    one = await db.do(watchlist.create, "Білорусь", token="t", by=OKSANA, now=NOON)
    await db.do(watchlist.draft_line, one.id, MINSK)
    assert await matched(db) == []
    await db.do(watchlist.publish, one, by=OKSANA, now=NOON)
    assert await matched(db) == ["мінськ"]


async def test_what_a_draft_removes_is_matched_until_that_is_published(db):
    one = await published(db, MINSK, SNOW)
    line = (await db.lines(one.id))[0]
    await db.do(watchlist.strike_line, one.id, line)
    assert await matched(db) == ["мінськ", "сніг"]
    await db.do(watchlist.publish, one, by=OKSANA, now=NOON)
    assert await matched(db) == ["сніг"]


async def test_a_draft_is_thrown_away(db):
    one = await published(db, MINSK)
    await db.do(watchlist.draft_line, one.id, SNOW)
    await db.do(watchlist.strike_line, one.id, (await db.lines(one.id))[0])
    await db.do(watchlist.discard, one.id)
    assert [(kept.line, kept.state) for kept in await db.lines(one.id)] == [(MINSK, "published")]
    assert await db.do(watchlist.publish, one, by=OKSANA, now=NOON) is None


async def test_what_a_draft_removed_and_adds_again_is_as_it_was(db):
    one = await published(db, MINSK)
    await db.do(watchlist.strike_line, one.id, (await db.lines(one.id))[0])
    await db.do(watchlist.draft_line, one.id, MINSK)
    assert [kept.state for kept in await db.lines(one.id)] == ["published"]
    with pytest.raises(UserError, match="line_already"):
        await db.do(watchlist.draft_line, one.id, MINSK)


async def test_a_follower_hears_of_every_line_and_the_alert_names_the_list(db, clock):
    one = await published(db, MINSK, SNOW)
    assert await joins(db, OKSANA, one)
    assert not await joins(db, OKSANA, one)
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    await publish(db, feed, article("a.test/1", "Мінськ свіже", matches=(match(found["мінськ"], (0, 6)),)))
    assert await told(db, clock) == [(1, ("Білорусь – Мінськ",))]


async def test_one_story_is_one_alert_however_many_ways_it_is_followed(db, clock):
    one, other = await published(db, MINSK, SNOW), await published(db, MINSK, name="Зима")
    for target in (OKSANA, PETRO):
        await joins(db, target, one)
    await joins(db, OKSANA, other)
    own = await follows(db, OKSANA, "мінськ")
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    assert own == found["мінськ"]
    both = (match(own, (0, 6)), match(found["сніг"], (7, 11)))
    assert (await publish(db, feed, article("a.test/1", "Мінськ сніг", matches=both))).alerts == 2
    assert await told(db, clock) == [
        (1, ("мінськ", "Білорусь – Мінськ", "Білорусь – Сніг", "Зима – Мінськ")),
        (2, ("Білорусь – Мінськ", "Білорусь – Сніг")),
    ]


async def test_an_alert_of_a_list_shows_its_words_and_why(db, clock):
    one = await published(db, MINSK)
    await joins(db, OKSANA, one)
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    await publish(db, feed, article("a.test/1", "Мінськ свіже", matches=(match(found["мінськ"], (0, 6)),)))
    (due,) = await claim(db, clock)
    assert [(span.start, span.end) for span in (await db.alert_view(due.alert)).spans] == [(0, 6)]
    assert (await db.alert_grounds(OKSANA, due.alert)).queries == (("Білорусь – Мінськ", "мінськ"),)


async def test_a_single_line_is_left_out_by_one_follower_and_taken_in_again(db, clock):
    one = await published(db, MINSK, SNOW)
    for target in (OKSANA, PETRO):
        await joins(db, target, one)
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    await db.do(watchlist.turn, OKSANA, one, found["сніг"])
    await publish(db, feed, article("a.test/1", "Сніг раз", matches=(match(found["сніг"], (0, 4)),)))
    assert await told(db, clock) == [(2, ("Білорусь – Сніг",))]
    await db.do(watchlist.turn, OKSANA, one, found["сніг"])
    await publish(db, feed, article("a.test/2", "Інше зовсім снігове", matches=(match(found["сніг"], (0, 4)),)))
    clock.move(minutes=2)
    assert [chat for chat, _ in await told(db, clock)] == [1, 2]


async def test_who_leaves_a_list_hears_no_more_of_it(db, clock):
    one = await published(db, MINSK)
    await joins(db, OKSANA, one)
    await db.do(watchlist.leave, OKSANA, one)
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    assert (await publish(db, feed, article("a.test/1", matches=(match(found["мінськ"]),)))).alerts == 0
    with pytest.raises(UserError):
        await db.do(watchlist.leave, OKSANA, one)


async def test_a_list_that_is_removed_tells_nobody_and_comes_back_with_its_followers(db, clock):
    one = await published(db, MINSK)
    await joins(db, OKSANA, one)
    number = await db.do(watchlist.alter, one, replace(one, removed=True), by=OKSANA, now=NOON)
    assert (await matched(db), await db.watch_lists()) == ([], [])
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    assert (await publish(db, feed, article("a.test/1", matches=(match(found["мінськ"]),)))).alerts == 0
    await db.do(watchlist.put_back, await db.do(undoable, number), by=PETRO, now=NOON)
    assert (await matched(db), await db.watch_lists()) == (["мінськ"], [one])
    assert (await publish(db, feed, article("a.test/2", "Зовсім інше", matches=(match(found["мінськ"]),)))).alerts == 1


async def test_a_change_of_lines_is_undone_and_that_again(db):
    one = await published(db, MINSK)
    number = await db.do(
        watchlist.replace_lines, one, [replace(SNOW, urgent=True, note="н")], by=OKSANA, now=NOON + timedelta(hours=1)
    )
    change = await db.do(undoable, number)
    assert (change.by, watchlist.lines_in(change.before)) == (OKSANA, [MINSK])
    await db.do(watchlist.put_back, change, by=PETRO, now=NOON)
    assert [kept.line for kept in await db.lines(one.id)] == [MINSK]
    assert await matched(db) == ["мінськ"]
    (newest, *_) = await db.changes(before=None, limit=9)
    await db.do(watchlist.put_back, await db.do(undoable, newest.id), by=PETRO, now=NOON)
    assert [kept.line for kept in await db.lines(one.id)] == [replace(SNOW, urgent=True, note="н")]


async def test_a_line_that_is_only_called_otherwise_stays_the_same_line(db):
    one = await published(db, MINSK)
    (before,) = await db.lines(one.id)
    await db.do(watchlist.replace_lines, one, [replace(MINSK, label="Столиця")], by=OKSANA, now=NOON)
    (after,) = await db.lines(one.id)
    assert (after.id, after.line.label) == (before.id, "Столиця")


async def test_the_same_lines_again_change_nothing(db):
    one = await published(db, MINSK, SNOW)
    generation, changes = await db.generation(), await db.changes(before=None, limit=9)
    assert await db.do(watchlist.replace_lines, one, [MINSK, SNOW], by=OKSANA, now=NOON) is None
    assert (await db.generation(), await db.changes(before=None, limit=9)) == (generation, changes)


async def test_properties_are_changed_and_changed_back(db):
    one = await published(db, MINSK)
    daily = Manner(rhythm="daily", at=600)
    after = replace(one, name="Сусіди", about="Про сусідів", icon="🏠", public=True, manner=daily)
    number = await db.do(watchlist.alter, one, after, by=OKSANA, now=NOON)
    assert await db.watch_list(one.id) == after
    await db.do(watchlist.put_back, await db.do(undoable, number), by=OKSANA, now=NOON)
    assert await db.watch_list(one.id) == one


async def test_a_list_that_was_made_is_unmade(db):
    one = await db.do(watchlist.create, "Білорусь", token="t", by=OKSANA, now=NOON)
    (made,) = await db.changes(before=None, limit=9)
    await db.do(watchlist.put_back, made, by=OKSANA, now=NOON)
    assert await db.watch_lists() == []
    assert (await db.watch_list(one.id)).removed


async def test_lists_of_one_name_have_slugs_of_their_own(db):
    slugs = [(await db.do(watchlist.create, "Об’єкти №1", token=t, by=None, now=NOON)).slug for t in "ab"]
    assert slugs == ["obiekty-1", "obiekty-1-2"]


@pytest.mark.parametrize("name", ["", "  ", "я" * 61])
async def test_a_list_has_a_name_of_sixty_letters_at_most(db, name):
    with pytest.raises(UserError, match="list_name_long"):
        await db.do(watchlist.create, name, token="t", by=None, now=NOON)


async def test_a_list_is_gathered_as_its_follower_wants_but_an_urgent_line_rings(db, clock):
    one = await published(db, MINSK, replace(SNOW, urgent=True), manner=Manner(rhythm="daily", at=480))
    await joins(db, OKSANA, one)
    await db.set_clock(OKSANA, zone="UTC", quiet=Quiet(11 * 60, 13 * 60))
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    await publish(db, feed, article("a.test/1", "Мінськ тихий", matches=(match(found["мінськ"]),)))
    assert await told(db, clock) == []
    await publish(db, feed, article("a.test/2", "Сніг терміновий зовсім", matches=(match(found["сніг"]),)))
    assert await told(db, clock) == [(1, ("Білорусь – Сніг",))]
    clock.move(hours=20)
    assert await told(db, clock) == [(1, ("Білорусь – Мінськ",))]


async def test_what_waits_of_a_list_leaves_when_its_follower_wants_it_at_once(db, clock):
    one = await published(db, MINSK, manner=Manner(rhythm="daily", at=480))
    await joins(db, OKSANA, one)
    await db.set_clock(OKSANA, zone="UTC", quiet=None)
    feed, found = await opened(db, "https://a.test/feed"), await queries(db, one)
    await publish(db, feed, article("a.test/1", matches=(match(found["мінськ"]),)))
    assert await told(db, clock) == []
    await db.do(watchlist.arrange, OKSANA, one, Manner(), now=NOON)
    assert [chat for chat, _ in await told(db, clock)] == [1]


async def test_the_text_of_a_list_is_not_forgotten_with_who_asked_for_it_too(db):
    one = await published(db, MINSK)
    await joins(db, OKSANA, one)
    await follows(db, OKSANA, "мінськ")
    await db.do(forget, OKSANA)
    assert [kept.line for kept in await db.lines(one.id)] == [MINSK]
    assert (await matched(db), await db.followers(one.id)) == (["мінськ"], [])


async def test_a_group_that_moves_and_a_topic_that_goes_keep_the_lists_they_follow(db):
    one = await published(db, MINSK)
    await joins(db, GROUP, one)
    await db.do(watchlist.turn, GROUP, one, QueryId(1))
    await db.move_chat(BOT, GROUP.chat, ChatId(-1007))
    moved = chat(-1007)
    assert await db.followers(one.id) == [moved]
    assert (await db.following(moved, one.id)).left_out == {1}
    await db.move_chat(BOT, ChatId(-1007), ChatId(-1008))
    await joins(db, chat(-1009), one)
    await db.move_chat(BOT, ChatId(-1008), ChatId(-1009))
    assert await db.followers(one.id) == [chat(-1009)]
