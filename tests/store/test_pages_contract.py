"""Pages that could not be read: claimed when they are due, put in place of their summary, or left."""

from datetime import timedelta

from newsroom import MINUTE, NOON, OKSANA, article, claim, follows, match, matched, opened, publish

from core.ingest import Stale, amend
from core.match.port import Span

DAY = timedelta(days=1)


async def missing(db, key="a.test/1", title="Мінськ", *, text="коротко", **of):
    """An article taken in at noon with a summary for its text."""
    source = await opened(db, f"https://{key}/feed", outlet="a.test")
    await publish(db, source, article(key, title, text=text, page_missing=True, **of))


async def wishes(db, *, at, until=None, limit=9):
    return await db.claim_pages(now=at, until=until or at + MINUTE, limit=limit)


async def amended(db, wish, *, text, matches=()):
    whole = article("a.test/1", "Мінськ", text=text, matches=matches)
    return await db.do(amend, wish=wish, prepared=whole, generation=await db.generation(), now=NOON)


async def holding(db, word):
    found = await db.articles_holding([frozenset({word})], since=NOON - DAY, limit=9)
    return [one.text for one in found]


async def test_only_a_page_that_could_not_be_read_is_wished_for_and_a_minute_later(db):
    source = await opened(db, "https://b.test/")
    await publish(db, source, article("b.test/1", "Київ", text="повністю"))
    await missing(db)
    assert await wishes(db, at=NOON + MINUTE - timedelta(milliseconds=1)) == []
    (wish,) = await wishes(db, at=NOON + MINUTE)
    assert (wish.entry.url, wish.entry.title, wish.entry.summary) == ("https://a.test/1", "Мінськ", "коротко")
    assert (wish.entry.text, wish.entry.page_missing, wish.tries, wish.told) == (None, True, 1, True)


async def test_a_page_is_claimed_by_one_reader_at_a_time_and_again_when_its_lease_ends(db):
    await missing(db)
    assert len(await wishes(db, at=NOON + MINUTE)) == 1
    assert await wishes(db, at=NOON + MINUTE) == []
    (again,) = await wishes(db, at=NOON + 2 * MINUTE)
    assert again.tries == 2


async def test_no_more_pages_are_claimed_than_there_are_hands_and_the_longest_due_go_first(db):
    await missing(db, "a.test/1")
    await missing(db, "a.test/2", "Київ")
    (first,) = await wishes(db, at=NOON + MINUTE, limit=1)
    assert first.entry.url == "https://a.test/1"
    assert await wishes(db, at=NOON + MINUTE, limit=0) == []
    (second,) = await wishes(db, at=NOON + MINUTE, limit=1)
    assert second.entry.url == "https://a.test/2"


async def test_a_page_put_off_waits_and_one_given_up_is_left_at_its_summary(db):
    await missing(db)
    (wish,) = await wishes(db, at=NOON + MINUTE)
    await db.put_off_page(wish.article, due_at=NOON + 10 * MINUTE)
    assert await wishes(db, at=NOON + 9 * MINUTE) == []
    (wish,) = await wishes(db, at=NOON + 10 * MINUTE)
    await db.put_off_page(wish.article, due_at=None)
    assert await wishes(db, at=NOON + DAY) == []
    assert await holding(db, "коротко") == ["коротко"]


async def test_the_text_of_the_page_takes_the_summarys_place_in_the_index_too(db):
    await missing(db)
    (wish,) = await wishes(db, at=NOON + MINUTE)
    await amended(db, wish, text="помилування двох людей")
    assert await holding(db, "помилування") == ["помилування двох людей"]
    assert await holding(db, "коротко") == []
    assert await wishes(db, at=NOON + DAY) == []


async def test_who_asked_for_a_word_of_the_page_hears_of_it_and_who_heard_already_does_not_again(db, clock):
    pardon = await follows(db, OKSANA, "помилування")
    await missing(db)
    (wish,) = await wishes(db, at=NOON + MINUTE)
    assert (await amended(db, wish, text="помилування", matches=(match(pardon, (0, 6)),))).alerts == 1
    (due,) = await claim(db, clock)
    assert (await db.alert_view(due.alert)).labels == ("помилування",)
    assert (await amended(db, wish, text="помилування", matches=(match(pardon, (0, 6)),))).alerts == 0


async def test_the_words_marked_stand_in_the_text_that_is_shown(db, clock):
    minsk, brief = await follows(db, OKSANA, "мінськ"), await follows(db, OKSANA, "коротко")
    in_summary = matched(brief, Span(4, 11, "text"))
    await missing(db, text="усе коротко", matches=(match(minsk, (0, 6)), in_summary))
    (wish,) = await wishes(db, at=NOON + MINUTE)
    await amended(db, wish, text="ціле", matches=(match(minsk, (0, 6)),))
    (due,) = await claim(db, clock)
    assert (await db.alert_view(due.alert)).spans == (Span(0, 6, "title"),)


async def test_an_alert_for_a_word_of_the_summary_alone_still_leaves_after_the_page_is_read(db, clock):
    brief = await follows(db, OKSANA, "коротко")
    await missing(db, text="усе коротко", matches=(matched(brief, Span(4, 11, "text")),))
    (wish,) = await wishes(db, at=NOON + MINUTE)
    await amended(db, wish, text="ціле", matches=())
    (due,) = await claim(db, clock)
    view = await db.alert_view(due.alert)
    assert (view.labels, view.spans) == (("коротко",), ())


async def test_a_page_of_what_was_old_is_read_and_told_to_nobody(db):
    pardon = await follows(db, OKSANA, "помилування")
    await missing(db, told=False)
    (wish,) = await wishes(db, at=NOON + MINUTE)
    assert (await amended(db, wish, text="помилування", matches=(match(pardon),))).alerts == 0


async def test_a_page_matched_before_somebody_subscribed_is_sent_back(db):
    await missing(db)
    (wish,) = await wishes(db, at=NOON + MINUTE)
    before = await db.generation()
    await follows(db, OKSANA, "помилування")
    whole = article("a.test/1", "Мінськ", text="помилування")
    assert await db.do(amend, wish=wish, prepared=whole, generation=before, now=NOON) == Stale()
    assert await holding(db, "помилування") == []
