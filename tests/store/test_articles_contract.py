"""Articles: each kept once, found again by their words."""

from datetime import timedelta

from newsroom import MINUTE, NOON, article, opened, publish

DAY = timedelta(days=1)


async def holding(db, *groups, since=NOON - DAY, limit=10):
    found = await db.articles_holding([frozenset(group) for group in groups], since=since, limit=limit)
    return [one.url for one in found]


async def test_an_article_is_kept_once_whoever_brings_it(db):
    first, second = await opened(db, "https://a.test/"), await opened(db, "https://b.test/")
    assert await db.add_article(first, article("a.test/1"), now=NOON) is not None
    assert await db.add_article(second, article("a.test/1", "Інший заголовок"), now=NOON) is None


async def test_unseen_keeps_only_the_keys_that_were_not_taken_in(db):
    source = await opened(db, "https://a.test/")
    await publish(db, source, article("a.test/1"), article("a.test/ї"))
    assert await db.unseen(["a.test/1", "a.test/2", "a.test/ї"]) == {"a.test/2"}
    assert await db.unseen([]) == frozenset()


async def test_an_article_is_kept_as_it_was_given(db):
    source = await opened(db, "https://a.test/", name="Вежа")
    await publish(
        db, source, article("a.test/1", "Мінськ «відпустив»", text="Політв\u2019язні вдома", published=NOON - DAY)
    )
    (found,) = await db.articles_holding([frozenset({"вдома"})], since=NOON - DAY, limit=10)
    assert (found.title, found.text, found.url) == ("Мінськ «відпустив»", "Політв\u2019язні вдома", "https://a.test/1")
    assert (found.outlet, found.published, found.story) == ("Вежа", NOON - DAY, await db.story_of("a.test/1"))


async def test_looking_back_wants_a_word_of_every_group_and_takes_any_of_a_group(db):
    source = await opened(db, "https://a.test/")
    await publish(
        db,
        source,
        article("a.test/1", "помилування в білорусі"),
        article("a.test/2", "помилування в литві"),
        article("a.test/3", "санкції проти білорусі"),
    )
    assert await holding(db, {"білорусі", "білорусь"}, {"помилування"}) == ["https://a.test/1"]
    assert await holding(db, {"білорусі", "литві"}) == ["https://a.test/3", "https://a.test/2", "https://a.test/1"]


async def test_looking_back_takes_whole_words_with_apostrophes_and_hyphens(db):
    source = await opened(db, "https://a.test/")
    await publish(
        db, source, article("a.test/1", "політв\u02bcязні прес-секретар"), article("a.test/2", "вязні секретар")
    )
    assert await holding(db, {"політв\u02bcязні"}) == ["https://a.test/1"]
    assert await holding(db, {"прес-секретар"}) == ["https://a.test/1"]
    assert await holding(db, {"секретар"}) == ["https://a.test/2"]
    assert await holding(db, {"політв"}) == []


async def test_looking_back_reads_the_text_too(db):
    source = await opened(db, "https://a.test/")
    await publish(db, source, article("a.test/1", "заголовок", text="слово глибоко в тексті"))
    assert await holding(db, {"тексті"}) == ["https://a.test/1"]


async def test_looking_back_gives_the_newest_first_and_no_more_than_asked(db):
    source = await opened(db, "https://a.test/")
    for number in range(4):
        await publish(db, source, article(f"a.test/{number}", f"сніг номер{number}"), at=NOON + number * MINUTE)
    assert await holding(db, {"сніг"}, limit=2) == ["https://a.test/3", "https://a.test/2"]


async def test_looking_back_ends_where_it_was_told_to(db):
    source = await opened(db, "https://a.test/")
    await publish(db, source, article("a.test/1", "сніг учора"), at=NOON)
    await publish(db, source, article("a.test/2", "сніг сьогодні"), at=NOON + MINUTE)
    assert await holding(db, {"сніг"}, since=NOON + MINUTE) == ["https://a.test/2"]
    assert await holding(db, {"сніг"}, since=NOON + 2 * MINUTE) == []


async def test_taking_in_says_how_many_were_new(db):
    source = await opened(db, "https://a.test/")
    taken = await publish(db, source, article("a.test/1"), article("a.test/2"), article("a.test/1"))
    assert taken.articles == 2
    assert (await publish(db, source, article("a.test/2"))).articles == 0
