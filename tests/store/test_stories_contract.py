"""Stories: what the index proposes, and with what figures."""

from datetime import timedelta

from newsroom import NOON, article, opened

from core.story import WINDOW, length_of

HOUR = timedelta(hours=1)


async def tell(db, key, title, *, outlet="a.test", story=None, at=NOON):
    """An article taken in with its story decided by the test; gives the story."""
    source = await opened_once(db, outlet)
    one = article(key, title, outlet=outlet)
    number = await db.add_article(source, one, now=at)
    await db.keep_length(number, length_of(one.gist, await db.statistics(one.gist)))
    await db.count_lemmas(one.gist.lemmas())
    if story is None:
        return await db.open_story(number, reason="first", now=at)
    await db.join_story(number, story, reason="like", now=at)
    return story


async def opened_once(db, outlet):
    known = {state.source.outlet: state.source for state in await db.sources()}
    return known.get(outlet) or await opened(db, f"https://{outlet}/feed", outlet=outlet)


async def candidates(db, title, *, since=NOON - WINDOW):
    found, statistics = await db.story_candidates(article("new", title).gist, since=since)
    return found, statistics


async def test_a_story_that_shares_a_word_is_proposed_and_no_other(db):
    minsk = await tell(db, "a.test/1", "мінськ відпустив вʼязнів")
    await tell(db, "a.test/2", "сніг засипав карпати")
    found, _ = await candidates(db, "вʼязнів відпустили")
    assert [one.story for one in found] == [minsk]


async def test_nothing_is_proposed_for_words_never_seen(db):
    await tell(db, "a.test/1", "мінськ відпустив вʼязнів")
    found, statistics = await candidates(db, "футбол дербі")
    assert list(found) == []
    assert statistics.articles == 1


async def test_statistics_count_articles_and_the_lemmas_they_hold(db):
    await tell(db, "a.test/1", "сніг у карпатах")
    await tell(db, "a.test/2", "сніг у києві сніг")
    _, statistics = await candidates(db, "сніг карпатах дощ")
    assert statistics.articles == 2
    assert (statistics.holding["сніг"], statistics.holding["карпатах"]) == (2, 1)
    assert "дощ" not in statistics.holding


async def test_statistics_hold_the_lemmas_of_what_is_compared_too(db):
    await tell(db, "a.test/1", "сніг карпати дорога")
    _, statistics = await candidates(db, "сніг")
    assert statistics.holding["дорога"] == 1


async def test_the_likelier_story_is_proposed_first(db):
    roads = await tell(db, "a.test/1", "сніг дорога аварія")
    ski = await tell(db, "a.test/2", "сніг карпати лижі курорт")
    found, _ = await candidates(db, "карпати лижі сніг")
    assert [one.story for one in found] == [ski, roads]


async def test_a_story_is_checked_by_its_first_and_newest_tellings(db):
    story = await tell(db, "a.test/0", "сніг перший")
    for number in range(1, 12):
        await tell(db, f"a.test/{number}", f"завірюха число{number}", story=story)
    found, _ = await candidates(db, "сніг")
    (one,) = found
    heads = [telling.gist.title[-1] for telling in one.checked]
    assert heads == ["перший", "число6", "число7", "число8", "число9", "число10", "число11"]


async def test_a_likely_telling_from_the_middle_is_compared_beside_the_checked_ones(db):
    story = await tell(db, "a.test/0", "сніг перший")
    for number in range(1, 12):
        await tell(db, f"a.test/{number}", "лавина" if number == 3 else f"завірюха число{number}", story=story)
    found, _ = await candidates(db, "лавина")
    (one,) = found
    assert ("лавина",) in [telling.gist.title for telling in one.tellings]
    assert ("лавина",) not in [telling.gist.title for telling in one.checked]
    assert one.tellings[: len(one.checked)] == one.checked


async def test_tellings_know_their_outlet(db):
    story = await tell(db, "a.test/1", "сніг", outlet="a.test")
    await tell(db, "b.test/1", "сніг", outlet="b.test", story=story)
    found, _ = await candidates(db, "сніг")
    assert [telling.outlet for telling in found[0].checked] == ["a.test", "b.test"]


async def test_a_story_not_told_within_the_window_is_over(db):
    await tell(db, "a.test/1", "сніг", at=NOON)
    assert len((await candidates(db, "сніг", since=NOON))[0]) == 1
    assert len((await candidates(db, "сніг", since=NOON + timedelta(milliseconds=1)))[0]) == 0


async def test_a_story_told_again_stays_open(db):
    story = await tell(db, "a.test/1", "сніг перший", at=NOON)
    await tell(db, "a.test/2", "сніг другий", story=story, at=NOON + 50 * HOUR)
    found, _ = await candidates(db, "сніг", since=NOON + 49 * HOUR)
    (one,) = found
    assert [telling.gist.title[-1] for telling in one.checked] == ["перший", "другий"]


async def test_an_article_knows_its_story_and_a_stranger_has_none(db):
    story = await tell(db, "a.test/1", "сніг")
    assert await db.story_of("a.test/1") == story
    assert await db.story_of("a.test/2") is None


async def test_words_shared_by_everything_do_not_hide_the_rare_one(db):
    for number in range(40):
        await tell(db, f"a.test/{number}", f"україна сьогодні новина{number}")
    rare = await tell(db, "a.test/rare", "україна сьогодні лелека")
    found, _ = await candidates(db, "україна сьогодні лелека")
    assert found[0].story == rare
