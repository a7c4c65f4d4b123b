"""What was taken in and told, as people ask for it; and the sites that they ask for."""

from newsroom import NOON, OKSANA, PETRO, article, chat, claim, follows, match, meet, opened, publish, settle

from core.model import MessageId
from core.outbox import Never, Sent


async def published(db, number, *, query=None, outlet="a.test"):
    """An article of the one story, by this outlet."""
    source = await opened(db, f"https://{outlet}/feed", outlet=outlet)
    matches = (match(query),) if query else ()
    await publish(db, source, article(f"{outlet}/{number}", "Мінськ відпустив людей додому", matches=matches))


async def told(db, target, key="a.test/1"):
    return (await db.sighting(target, key)).told


async def test_an_article_is_found_by_its_key_alone(db):
    await published(db, 1)
    found = await db.sighting(OKSANA, "a.test/1")
    assert (found.article.title, found.seen, found.news, found.told) == (
        "Мінськ відпустив людей додому",
        NOON,
        True,
        None,
    )
    assert await db.sighting(OKSANA, "a.test/2") is None


async def test_what_a_reader_was_told_of_its_story_waits_and_then_is_sent(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    await published(db, 1, query=query)
    await published(db, 1, outlet="b.test")
    waiting = await told(db, OKSANA, "b.test/1")
    assert (waiting.sent, waiting.at) == (False, NOON)
    clock.move(minutes=3)
    await settle(db, clock, (await claim(db, clock))[0], Sent(MessageId(11)))
    sent = await told(db, OKSANA)
    assert (sent.sent, sent.at) == (True, clock.now)
    assert await told(db, PETRO) is None


async def test_an_alert_that_telegram_refused_told_nothing(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    await published(db, 1, query=query)
    await settle(db, clock, (await claim(db, clock))[0], Never("no"))
    assert await told(db, OKSANA) is None


async def test_what_was_told_long_ago_is_remembered_without_its_delivery(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    await published(db, 1, query=query)
    await settle(db, clock, (await claim(db, clock))[0], Sent(MessageId(11)))
    await db.forget_old(now=clock.move(days=10), limit=100)
    found = await told(db, OKSANA)
    assert (found.sent, found.at) == (True, NOON)


async def test_a_story_shows_its_articles_to_the_target_of_the_alert_alone(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    await published(db, 1, query=query)
    await published(db, 1, outlet="b.test")
    (due,) = await claim(db, clock)
    story = await db.alert_story(OKSANA, due.alert)
    assert [one.outlet for one in await db.story_articles(story)] == ["a.test", "b.test"]
    assert await db.alert_story(PETRO, due.alert) is None
    assert await db.alert_story(chat(OKSANA.chat, thread=3), due.alert) is None


async def test_a_site_is_suggested_once_whoever_asks(db):
    await meet(db, OKSANA)
    assert await db.suggest_site(OKSANA, "new.test", most=2, now=NOON) is True
    assert await db.suggest_site(OKSANA, "new.test", most=2, now=NOON) is False
    assert await db.suggest_site(PETRO, "new.test", most=2, now=NOON) is False


async def test_one_chat_asks_for_so_many_sites_a_day(db, clock):
    for number in range(2):
        assert await db.suggest_site(OKSANA, f"{number}.test", most=2, now=clock.now)
    assert await db.suggest_site(OKSANA, "2.test", most=2, now=clock.now) is None
    assert await db.suggest_site(OKSANA, "1.test", most=2, now=clock.now) is False
    assert await db.suggest_site(PETRO, "2.test", most=2, now=clock.now) is True
    assert await db.suggest_site(OKSANA, "3.test", most=2, now=clock.move(days=1, minutes=1)) is True


async def test_who_is_forgotten_asked_for_nothing_but_the_site_stays_told(db):
    await meet(db, OKSANA)
    await db.suggest_site(OKSANA, "new.test", most=1, now=NOON)
    await db.forget_chat(OKSANA)
    assert await db.suggest_site(OKSANA, "other.test", most=1, now=NOON) is True
    assert await db.suggest_site(PETRO, "new.test", most=9, now=NOON) is False
