"""A channel is visited like a feed: each post once, edits in place, gaps read back."""

from datetime import timedelta

import pytest
from raw_web import answer
from rounds import MINUTE, NOON
from telegram_page import linked, page_of, post, shown


@pytest.fixture
def telegram(site, names):
    """The site answers by Telegram's name."""
    names.answers["t.me"] = [["127.0.0.2"]]
    return site


async def watch(round_, **how):
    return await round_.watch("/s/vezha", host="t.me", outlet="Вежа", **how)


async def texts(round_):
    sql = "SELECT title, text FROM article ORDER BY id"
    return await round_.store.read(lambda tx: list(tx._execute(sql)))


async def test_a_post_alerts_once_and_no_page_is_asked_for(round_, telegram):
    await round_.follows("сніг")
    telegram.says["/s/vezha"] = shown(post(7, "Новини\nУночі випав сніг."), post(8, "Без тексту нижче"))
    await watch(round_)
    for _ in range(3):
        await round_.visit()
        round_.clock.move(minutes=2)
    assert await round_.alerts() == ["Новини"]
    assert telegram.paths == ["/s/vezha"] * 3


async def test_an_edited_post_is_the_same_article_in_other_words(round_, telegram):
    await round_.follows("сніг")
    await round_.follows("град")
    telegram.says["/s/vezha"] = shown(post(7, "Негода\nУночі випав сніг."))
    await watch(round_)
    await round_.visit()
    round_.clock.move(minutes=2)
    telegram.says["/s/vezha"] = shown(post(7, "Негода\nУночі випав град.", edited=True))
    await round_.visit()
    assert await texts(round_) == [("Негода", "Уночі випав град.")]
    assert len(await round_.alerts()) == 1, "of one story nobody hears twice"


async def test_a_word_that_an_edit_brought_is_told_to_whoever_heard_nothing(round_, telegram):
    await round_.follows("град")
    telegram.says["/s/vezha"] = shown(post(7, "Негода\nПодробиці згодом."))
    await watch(round_)
    await round_.visit()
    assert await round_.alerts() == []
    round_.clock.move(minutes=2)
    telegram.says["/s/vezha"] = shown(post(7, "Негода\nУночі випав град."))
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert await round_.alerts() == ["Негода"]


async def test_a_headline_and_a_text_edited_together_are_both_kept(round_, telegram):
    telegram.says["/s/vezha"] = shown(post(7, "Негода\nПодробиці згодом."))
    await watch(round_)
    await round_.visit()
    telegram.says["/s/vezha"] = shown(post(7, "Негода минула\nУсі вдома."))
    round_.clock.move(minutes=2)
    await round_.visit()
    assert await texts(round_) == [("Негода минула", "Усі вдома.")]


def hourly(*numbers):
    """A post each hour from noon on."""
    return [post(100 + number, f"Допис {number}", at=NOON + timedelta(hours=number)) for number in numbers]


async def test_a_gap_between_two_visits_is_read_back_and_not_a_page_further(round_, telegram):
    telegram.says["/s/vezha"] = shown(*hourly(-1, 0), earlier=1)
    await watch(round_)
    await round_.visit()
    telegram.asked.clear()
    round_.clock.move(hours=9)
    telegram.says["/s/vezha"] = shown(*hourly(7, 8), earlier=7)
    telegram.says["/s/vezha?before=7"] = shown(*hourly(5, 6), earlier=5)
    telegram.says["/s/vezha?before=5"] = shown(*hourly(3, 4), earlier=3)
    telegram.says["/s/vezha?before=3"] = shown(*hourly(-1, 0, 1, 2), earlier=1)
    telegram.says["/s/vezha?before=1"] = shown(*hourly(-2), earlier=9)
    await round_.visit()
    assert telegram.paths == ["/s/vezha", *(f"/s/vezha?before={number}" for number in (7, 5, 3))]
    assert await round_.titles() == [f"Допис {number}" for number in (-1, 0, *range(1, 9))]


async def test_a_first_visit_and_one_without_a_gap_read_one_page(round_, telegram):
    telegram.says["/s/vezha"] = shown(*hourly(-2, -1, 0), earlier=7)
    await watch(round_, visited=False)
    await round_.visit()
    round_.clock.move(minutes=5)
    telegram.says["/s/vezha"] = shown(*hourly(-1, 0), earlier=7)
    await round_.visit()
    assert telegram.paths == ["/s/vezha"] * 2


async def test_a_gap_that_could_not_be_read_is_read_the_next_time(round_, telegram):
    telegram.says["/s/vezha"] = shown(*hourly(0))
    await watch(round_)
    await round_.visit()
    round_.clock.move(hours=9)
    telegram.says["/s/vezha"] = shown(*hourly(8), earlier=8)
    await round_.visit()
    assert await round_.titles() == ["Допис 0", "Допис 8"]
    telegram.says["/s/vezha?before=8"] = shown(*hourly(-1, 0, 5))
    round_.clock.move(minutes=2)
    await round_.visit()
    assert await round_.titles() == ["Допис 0", "Допис 8", "Допис -1", "Допис 5"]


async def test_pages_that_lead_to_each_other_end(round_, telegram):
    telegram.says["/s/vezha"] = shown(*hourly(0))
    await watch(round_)
    await round_.visit()
    round_.clock.move(hours=9)
    telegram.says["/s/vezha"] = telegram.says["/s/vezha?before=8"] = shown(*hourly(8), earlier=8)
    await round_.visit()
    assert telegram.paths[1:] == ["/s/vezha", "/s/vezha?before=8"]


async def test_a_channel_that_is_shown_no_more_fails_with_words(round_, telegram):
    telegram.says["/s/vezha"] = answer(b"HTTP/1.1 302 Found\r\n", "Location: /vezha", status="302 Found")
    telegram.says["/vezha"] = answer(b'<!DOCTYPE html><html><body class="tgme_page">x</body></html>')
    await watch(round_)
    await round_.visit()
    assert (await round_.state()).source.reason.startswith("Telegram shows no posts there")


async def test_a_post_says_its_own_words_though_it_links_elsewhere(round_, telegram):
    await round_.follows("мінськ")
    telegram.says["/s/vezha"] = answer(page_of(post(7, "Сніг", after=linked("Мінськ", "Мінськ"))).encode())
    await watch(round_, every=MINUTE)
    await round_.visit()
    assert await round_.alerts() == []
