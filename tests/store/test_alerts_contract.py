"""Alerts: one for a target and story, whatever happens; its message grows quietly."""

from itertools import permutations

import pytest
from newsroom import (
    MINUTE,
    NOON,
    OKSANA,
    PETRO,
    SECOND,
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

from core.growth import GROWTH
from core.ingest import Stale, Wording, ingest, revise
from core.match.port import Span
from core.model import MessageId
from core.outbox import Later, Never, Sent
from core.subscribe import mute, pause, remove

TITLE = "Мінськ відпустив політвʼязнів з колонії учора"


async def told(db, clock):
    """Everything that is due within a minute leaves; gives kind and chat of each."""
    gone = []
    clock.move(minutes=1)
    while due := await claim(db, clock):
        for one in due:
            gone.append((one.kind, one.target.chat))
            await settle(db, clock, one, Sent(one.edits or MessageId(500 + len(gone))))
        clock.move(seconds=4)
    return gone


async def outlets(db, *names):
    return [await opened(db, f"https://{name}/feed", name=name, outlet=name) for name in names]


async def test_a_follower_gets_one_alert_whatever_queries_match(db, clock):
    words = [await follows(db, OKSANA, word) for word in ("мінськ", "колонії", "учора")]
    (a,) = await outlets(db, "a.test")
    taken = await publish(db, a, article("a.test/1", TITLE, matches=tuple(map(match, words))))
    assert taken.alerts == 1
    assert await told(db, clock) == [("alert", 1)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_one_alert_for_a_story_in_whatever_order_its_articles_and_queries_come(db, clock, order):
    words = [await follows(db, OKSANA, word) for word in ("мінськ", "колонії", "учора")]
    sources = await outlets(db, "a.test", "b.test", "c.test")
    for place in order:
        by = sources[place]
        await publish(db, by, article(f"{by.outlet}/1", TITLE, matches=(match(words[place]),)))
    assert [kind for kind, _ in await told(db, clock)].count("alert") == 1


async def test_a_story_told_after_the_alert_left_makes_no_second_one(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b = await outlets(db, "a.test", "b.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    assert await told(db, clock) == [("alert", 1)]
    taken = await publish(db, b, article("b.test/1", TITLE, matches=(match(word),)))
    assert taken.alerts == 0
    assert await told(db, clock) == [("growth", 1)]


async def test_every_target_is_told_for_itself_a_topic_too(db, clock):
    (a,) = await outlets(db, "a.test")
    for target in (OKSANA, PETRO, chat(-7), chat(-7, thread=3)):
        word = await follows(db, target, "мінськ")
    taken = await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    assert taken.alerts == 4
    assert sorted(await told(db, clock)) == [("alert", -7), ("alert", -7), ("alert", 1), ("alert", 2)]


async def test_another_story_is_another_alert(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    (a,) = await outlets(db, "a.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    await publish(db, a, article("a.test/2", "Сніг засипав дороги мінськ", matches=(match(word),)))
    assert await told(db, clock) == [("alert", 1), ("alert", 1)]


async def test_what_is_not_to_be_told_is_remembered_without_an_alert(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    (a,) = await outlets(db, "a.test")
    taken = await publish(db, a, article("a.test/1", TITLE, matches=(match(word),), told=False))
    assert (taken.articles, taken.alerts) == (1, 0)
    assert await told(db, clock) == []


async def test_who_paused_or_removed_a_subscription_is_not_told(db, clock):
    for target, act in ((OKSANA, pause), (PETRO, remove)):
        word = await follows(db, target, "мінськ")
        (mine,) = await db.subscriptions(target)
        await db.do(act, target, mine.id, **({"paused": True} if act is pause else {"now": NOON}))
    (a,) = await outlets(db, "a.test")
    assert (await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))).alerts == 0


async def test_a_chat_that_is_no_more_is_not_told_until_it_is_back(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    await db.chat_gone(OKSANA, "deactivated", final=True, now=NOON)
    a, b = await outlets(db, "a.test", "b.test")
    assert (await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))).alerts == 0
    await meet(db, OKSANA)
    assert (await publish(db, b, article("b.test/1", TITLE, matches=(match(word),)))).alerts == 1


async def test_articles_that_join_before_the_alert_leaves_need_no_growth(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    for by in await outlets(db, "a.test", "b.test", "c.test"):
        await publish(db, by, article(f"{by.outlet}/1", TITLE, matches=(match(word),)))
    assert await told(db, clock) == [("alert", 1)]


async def test_articles_that_join_before_a_growth_leaves_grow_the_message_once(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b, c, d = await outlets(db, "a.test", "b.test", "c.test", "d.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    await told(db, clock)
    for by in (b, c):
        await publish(db, by, article(f"{by.outlet}/1", TITLE), at=clock())
    assert await told(db, clock) == [("growth", 1)]
    await publish(db, d, article("d.test/1", TITLE), at=clock.move(minutes=3))
    assert await told(db, clock) == [("growth", 1)]


async def test_an_article_that_joins_while_the_alert_is_on_its_way_grows_it_once_it_arrived(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b = await outlets(db, "a.test", "b.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    (due,) = await claim(db, clock)
    await publish(db, b, article("b.test/1", TITLE), at=clock())
    assert await claim(db, clock) == []
    await settle(db, clock, due, Sent(MessageId(77)))
    clock.move(minutes=1)
    (growth,) = await claim(db, clock)
    assert (growth.kind, growth.edits, growth.alert) == ("growth", 77, due.alert)


async def test_a_message_grows_five_times_at_most_and_never_after_three_hours(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    names = [f"{number}.test" for number in range(40)]
    first, *others = await outlets(db, *names)
    await publish(db, first, article("0.test/1", TITLE, matches=(match(word),)))
    (alert,) = await claim(db, clock)
    sent = clock()
    await settle(db, clock, alert, Sent(MessageId(77)))
    grown = []
    for by in others:
        clock.move(minutes=6)
        await publish(db, by, article(f"{by.outlet}/1", TITLE), at=clock())
        for due in await claim(db, clock):
            grown.append((due.kind, due.edits, due.epoch, clock() - sent))
            await settle(db, clock, due, Sent(due.edits))
    assert {(kind, edits) for kind, edits, *_ in grown} == {("growth", 77)}
    assert [late for *_, late in grown] == [minutes * MINUTE for minutes in (18, 60, 180)]


async def test_each_edit_is_due_at_the_next_time_of_the_schedule(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    first, *others = await outlets(db, *(f"{number}.test" for number in range(8)))
    await publish(db, first, article("0.test/1", TITLE, matches=(match(word),)))
    (alert,) = await claim(db, clock)
    sent = clock()
    await settle(db, clock, alert, Sent(MessageId(77)))
    due = []
    for by, joined in zip(others, (0, 1, 4, 15, 59, 179, 180), strict=True):
        clock.now = max(clock(), sent + joined * MINUTE)
        await publish(db, by, article(f"{by.outlet}/1", TITLE), at=clock())
        soon = await db.next_due(alert.target.bot)
        due.append(soon and (soon - sent) // MINUTE)
        clock.now = soon or clock()
        for growth in await claim(db, clock):
            await settle(db, clock, growth, Sent(growth.edits))
    assert due == [1, 5, 15, 60, 180, None, None]


async def test_a_new_headline_edits_the_message_that_shows_it_and_no_other(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b = await outlets(db, "a.test", "b.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word, (0, 6)),)))
    await publish(db, b, article("b.test/1", TITLE))
    assert await told(db, clock) == [("alert", 1)]
    alert = 1

    async def retitled(by, key, title):
        for known in await db.revised(by.id, {key: Wording(title, None)}, since=NOON):
            prepared = article(key, title, outlet=by.outlet, matches=(match(word, (7, 13)),))
            generation = await db.generation()
            await db.do(revise, known=known, prepared=prepared, generation=generation, growth=GROWTH, now=clock())
        clock.move(hours=2)
        return await told(db, clock)

    assert await retitled(b, "b.test/1", "Учора Мінськ відпустив людей") == []
    assert await retitled(a, "a.test/1", "Учора Мінськ відпустив людей") == [("growth", 1)]
    view = await db.alert_view(alert)
    assert (view.article.title, view.spans) == ("Учора Мінськ відпустив людей", (Span(7, 13, "title"),))
    assert await db.earlier_titles(view.article.id) == [TITLE]
    assert await retitled(a, "a.test/1", TITLE) == [], "a headline that it had before is no news"
    assert await retitled(b, "a.test/1", "Інша назва") == [], "only its own source names an article"


async def test_a_growth_that_failed_waits_beside_one_that_came_meanwhile(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b, c = await outlets(db, "a.test", "b.test", "c.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    await told(db, clock)
    await publish(db, b, article("b.test/1", TITLE), at=clock())
    clock.move(minutes=1)
    (growth,) = await claim(db, clock)
    await publish(db, c, article("c.test/1", TITLE), at=clock())
    assert await settle(db, clock, growth, Later(3 * SECOND, "too many requests"))
    clock.move(seconds=3)
    assert {kind for kind, _ in await told(db, clock)} == {"growth"}


async def test_a_muted_message_does_not_grow(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b = await outlets(db, "a.test", "b.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Sent(MessageId(77)))
    await db.do(mute, OKSANA, due.alert, now=clock())
    await publish(db, b, article("b.test/1", TITLE), at=clock.move(minutes=1))
    assert await told(db, clock) == []
    assert (await db.alert_view(due.alert)).muted(now=clock.now)


async def test_a_refused_alert_does_not_grow(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b, c = await outlets(db, "a.test", "b.test", "c.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    (due,) = await claim(db, clock)
    await publish(db, b, article("b.test/1", TITLE), at=clock())
    await settle(db, clock, due, Never("message is too long"))
    await publish(db, c, article("c.test/1", TITLE), at=clock.move(minutes=1))
    assert await told(db, clock) == []


async def test_a_view_shows_a_targets_own_words_and_labels(db, clock):
    mine = [await follows(db, OKSANA, word) for word in ("мінськ", "колонії")]
    theirs = await follows(db, PETRO, "учора")
    (a,) = await outlets(db, "a.test")
    found = (match(mine[0], (0, 6)), match(mine[1], (30, 37)), match(theirs, (38, 43)))
    await publish(db, a, article("a.test/1", TITLE, matches=found))
    views = {one.target.chat: await db.alert_view(one.alert) for one in await claim(db, clock)}
    assert (views[1].spans, views[1].labels) == ((Span(0, 6, "title"), Span(30, 37, "title")), ("мінськ", "колонії"))
    assert (views[2].spans, views[2].labels) == ((Span(38, 43, "title"),), ("учора",))


async def test_a_view_names_the_other_outlets_once_each_by_their_first_telling(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    a, b, c = await outlets(db, "a.test", "b.test", "c.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    for by, key in ((b, "b.test/1"), (c, "c.test/1"), (b, "b.test/2"), (a, "a.test/2")):
        await publish(db, by, article(key, TITLE))
    (due,) = await claim(db, clock)
    view = await db.alert_view(due.alert)
    assert (view.article.url, view.source_name) == ("https://a.test/1", "a.test")
    assert view.also == (("b.test", "https://b.test/1"), ("c.test", "https://c.test/1"))


async def test_a_view_has_the_labels_of_what_other_tellings_of_the_story_answer(db, clock):
    minsk, prison = await follows(db, OKSANA, "мінськ"), await follows(db, OKSANA, "колонії")
    a, b = await outlets(db, "a.test", "b.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(minsk, (0, 6)),)))
    await publish(db, b, article("b.test/1", TITLE, matches=(match(prison, (30, 37)),)))
    (due,) = await claim(db, clock)
    view = await db.alert_view(due.alert)
    assert view.labels == ("мінськ", "колонії")
    assert view.spans == (Span(0, 6, "title"),)


async def test_a_view_is_in_the_language_of_its_chat_and_knows_its_message(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    await db.set_language(OKSANA, "en")
    (a,) = await outlets(db, "a.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    (due,) = await claim(db, clock)
    before = await db.alert_view(due.alert)
    await settle(db, clock, due, Sent(MessageId(77)))
    after = await db.alert_view(due.alert)
    assert (before.language, before.message, after.message) == ("en", None, 77)


async def test_there_is_no_view_of_an_alert_that_is_no_more(db, clock):
    word = await follows(db, OKSANA, "мінськ")
    (a,) = await outlets(db, "a.test")
    await publish(db, a, article("a.test/1", TITLE, matches=(match(word),)))
    (due,) = await claim(db, clock)
    await db.forget_chat(OKSANA)
    assert await db.alert_view(due.alert) is None


async def test_articles_matched_before_somebody_subscribed_are_sent_back(db):
    (a,) = await outlets(db, "a.test")
    generation = await db.generation()
    await follows(db, OKSANA, "мінськ")
    answer = await db.do(
        ingest, source=a, prepared=[article("a.test/1")], generation=generation, growth=GROWTH, now=NOON
    )
    assert answer == Stale()
    assert await db.unseen(["a.test/1"]) == {"a.test/1"}
