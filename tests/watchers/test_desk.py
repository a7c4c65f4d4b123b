"""The desk: entries are matched against everything that is followed at the moment they are taken in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatovyi.dictionaries import linguist
from core.concept import Concept, Member
from core.ingest import Taken
from core.model import BotId, ChatId, Entry, Source, Target, Validators
from core.query import canonical, parse
from core.subscribe import follow, forget, pause, remove
from store.sqlite import sqlite_store
from watchers.desk import Desk

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OKSANA = Target(bot=BotId(100), chat=ChatId(1))


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "news.db") as store:
        yield store


@pytest.fixture
def desk_over():
    """Desks that are closed in the end."""

    def made(store):
        desk = Desk(store=store, linguist=linguist(), clock=lambda: NOON)
        desks.append(desk)
        return desk

    desks = []
    yield made
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(desk_over, store):
    return desk_over(store)


@pytest.fixture
async def source(store):
    every = timedelta(minutes=1)
    number = await store.write(
        lambda tx: tx.add_source("https://a.test/rss", name="А", outlet="a.test", every=every, now=NOON)
    )
    return Source(
        id=number,
        url="https://a.test/rss",
        name="А",
        outlet="a.test",
        every=every,
        validators=Validators(),
        visited=True,
        failures=0,
        epoch=0,
    )


def entry(title, text="", *, path="1"):
    return Entry(url=f"https://a.test/{path}", guid=None, title=title, summary="", text=text, published=NOON)


def follows(tx, typed, target=OKSANA):
    """The target typed it and tapped."""
    tx.meet(target, language="uk", now=NOON)
    follow(tx, target, tx.intern_query(canonical(parse(typed))), typed, now=NOON)


async def test_an_entry_is_matched_in_every_form_of_what_is_followed(store, desk, source):
    await store.write(lambda tx: follows(tx, "політв'язень"))
    entries = [entry("Мінськ відпустив політв\u2019язнів", path="1"), entry("Сніг у Карпатах", path="2")]
    assert await desk.take_in(source, entries) == Taken(2, 1)


async def test_what_somebody_followed_after_the_first_articles_is_matched_from_then_on(store, desk, source):
    assert await desk.take_in(source, [entry("Сніг у Карпатах", path="1")]) == Taken(1, 0)
    await store.write(lambda tx: follows(tx, "сніг"))
    assert await desk.take_in(source, [entry("Сніг у Києві засипав дороги", path="2")]) == Taken(1, 1)


@pytest.mark.parametrize("end", ["pause", "remove"])
async def test_what_nobody_follows_any_more_is_not_matched_any_more(store, desk, source, end):
    await store.write(lambda tx: follows(tx, "сніг"))
    await desk.take_in(source, [entry("Дощ", path="1")])
    (mine,) = await store.read(lambda tx: tx.subscriptions(OKSANA))
    if end == "pause":
        await store.write(lambda tx: pause(tx, OKSANA, mine.id, paused=True))
    else:
        await store.write(lambda tx: remove(tx, OKSANA, mine.id, now=NOON))
    assert await desk.take_in(source, [entry("Сніг", path="2")]) == Taken(1, 0)
    assert desk._followed.match(linguist().read("Сніг", "")) == []


async def test_a_desk_that_begins_anew_knows_what_was_followed_before(store, desk_over, source):
    await store.write(lambda tx: follows(tx, "сніг"))
    assert await desk_over(store).take_in(source, [entry("Сніг", path="1")]) == Taken(1, 1)


async def test_a_subscription_made_between_matching_and_taking_in_is_honoured(store, desk_over, source):
    desk = desk_over(Meanwhile(store, lambda tx: follows(tx, "сніг")))
    assert await desk.take_in(source, [entry("Сніг")]) == Taken(1, 1)


PRISONER = Concept(
    name="політвʼязень",
    members=(Member(text="політв'язень", language="uk"), Member(text="political prisoner", language="en")),
)


async def test_a_concept_put_later_counts_from_then_on_and_one_removed_no_more(store, desk, source):
    await store.write(lambda tx: follows(tx, "політв'язень також:мови"))
    assert await desk.take_in(source, [entry("Political prisoners freed", path="1")]) == Taken(1, 0)
    await store.write(lambda tx: tx.put_concept(PRISONER))
    assert await desk.take_in(source, [entry("Two political prisoners meet the press", path="2")]) == Taken(1, 1)
    await store.write(lambda tx: tx.remove_concept("політвʼязень"))
    assert await desk.take_in(source, [entry("A political prisoner writes a book", path="3")]) == Taken(1, 0)


async def test_a_concept_put_between_matching_and_taking_in_counts(store, desk_over, source):
    await store.write(lambda tx: follows(tx, "політв'язень також:мови"))
    desk = desk_over(Meanwhile(store, lambda tx: tx.put_concept(PRISONER)))
    assert await desk.take_in(source, [entry("Political prisoners freed")]) == Taken(1, 1)


async def test_any_number_of_subscriptions_made_meanwhile_are_honoured(store, desk_over, source):
    desk = desk_over(Meanwhile(store, *(lambda tx, at=at: follows(tx, "сніг", chat(at)) for at in range(1, 6))))
    assert await desk.take_in(source, [entry("Сніг")]) == Taken(1, 5)


def chat(number):
    return Target(bot=BotId(100), chat=ChatId(number))


class Meanwhile:
    """A store so slow that before each of its first writes somebody else's is done."""

    def __init__(self, store, *others):
        self._store = store
        self._others = list(others)
        self.read = store.read

    async def write(self, work):
        if self._others:
            await self._store.write(self._others.pop(0))
        return await self._store.write(work)


async def test_a_query_as_long_as_may_be_typed_keeps_nobodys_news_out(store, desk, source):
    typed = "сніг -" + "/".join(f"слово{letter}" for letter in "абвгдежзик")
    typed += "ж" * (200 - len(typed))
    await store.write(lambda tx: follows(tx, typed))
    await store.write(lambda tx: follows(tx, "дощ", chat(2)))
    assert await desk.take_in(source, [entry("Дощ у Києві")]) == Taken(1, 1)


async def test_what_only_a_forgotten_person_followed_keeps_nobodys_news_out(store, desk, source):
    await store.write(lambda tx: follows(tx, "сніг"))
    await store.write(lambda tx: follows(tx, "дощ", chat(2)))
    await desk.take_in(source, [entry("Туман", path="0")])
    await store.write(lambda tx: forget(tx, OKSANA))
    assert await desk.take_in(source, [entry("Сніг і дощ у Києві", path="1")]) == Taken(1, 1)


async def test_who_is_forgotten_between_matching_and_taking_in_keeps_nobodys_news_out(store, desk_over, source):
    await store.write(lambda tx: follows(tx, "сніг"))
    await store.write(lambda tx: follows(tx, "дощ", chat(2)))
    desk = desk_over(Meanwhile(store, lambda tx: forget(tx, OKSANA)))
    assert await desk.take_in(source, [entry("Сніг і дощ у Києві", path="1")]) == Taken(1, 1)


async def test_entries_are_taken_in_in_their_order(store, desk, source):
    await desk.take_in(source, [entry("Перше про одне", path="1"), entry("Друге про інше", path="2")])
    found = await store.read(
        lambda tx: tx.articles_holding([frozenset({"перше", "друге"})], since=NOON - timedelta(days=1), limit=9)
    )
    assert [article.title for article in found] == ["Друге про інше", "Перше про одне"]


async def test_nothing_of_a_visit_is_kept_where_a_part_of_it_breaks(store, desk_over, source):
    def breaking(tx):
        raise KeyError("бум")

    desk = desk_over(Meanwhile(store, breaking))
    with pytest.raises(KeyError):
        await desk.take_in(source, [entry("Сніг", path="1"), entry("Дощ", path="2")])
    assert await store.read(lambda tx: tx.unseen(["a.test/1", "a.test/2"])) == {"a.test/1", "a.test/2"}


class Drawer:
    """Keeps a snapshot in memory."""

    def __init__(self):
        self.arrays = None

    def load(self):
        return self.arrays

    def save(self, arrays):
        self.arrays = arrays


def desk_with(store, drawer):
    return Desk(store=store, linguist=linguist(), clock=lambda: NOON, keep=drawer)


async def test_a_desk_begins_where_it_was_left(store, source):
    drawer = Drawer()
    await store.write(lambda tx: follows(tx, "сніг"))
    first = desk_with(store, drawer)
    await first.take_in(source, [entry("Дощ", path="1")])
    first.close()
    again = desk_with(store, drawer)
    assert again._followed.generation == first._followed.generation
    assert await again.take_in(source, [entry("Сніг", path="2")]) == Taken(1, 1)
    again.close()


async def test_a_snapshot_newer_than_the_store_is_passed_over(store, source):
    drawer = Drawer()
    await store.write(lambda tx: follows(tx, "сніг"))
    first = desk_with(store, drawer)
    await first.take_in(source, [entry("Дощ", path="1")])
    first._followed.generation += 9
    first.close()
    again = desk_with(store, drawer)
    assert await again.take_in(source, [entry("Сніг", path="2")]) == Taken(1, 1)
    again.close()


BIO = "Олена Левченко – кореспондентка, пише про політвʼязнів і суди."
TITLES = ["Сніг у Карпатах", "Ціни на зерно", "Матч у Львові", "Новий міст", "Вибори мера", "Хор шукає голоси"]


async def news_under_a_bio(desk, source):
    """The alerts of one article after the other, all with the same last paragraph."""
    return [
        (await desk.take_in(source, [entry(title, f"{title}, подробиці.\n{BIO}", path=f"{number}")])).alerts
        for number, title in enumerate(TITLES)
    ]


async def test_what_a_source_prints_under_all_its_articles_is_learnt_and_not_matched(store, desk, source):
    await store.write(lambda tx: follows(tx, "політв'язні"))
    assert await news_under_a_bio(desk, source) == [1, 1, 1, 1, 1, 0]


async def test_a_channel_that_edits_its_posts_is_taken_as_it_stands(store, desk, source):
    await store.write(lambda tx: follows(tx, "політв'язні"))
    assert await news_under_a_bio(desk, replace(source, url="https://t.me/s/vezha")) == [1] * 6
