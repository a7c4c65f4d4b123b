"""Visits: each source by itself, each article once, whatever the web does."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from raw_web import answer
from rounds import LONG, MINUTE, NOON, feed, item, page

from watchers.patrol import MOST_PAGES


async def test_a_word_deep_in_the_body_of_a_page_is_matched(round_, site):
    await round_.follows("помилування")
    site.says["/rss"] = feed(item(site, "/1", "Президент виступив", summary="Коротко про виступ."))
    site.says["/1"] = page(LONG, LONG, f"{LONG} Наприкінці він згадав про помилування двох людей.")
    await round_.watch("/rss")
    await round_.visit()
    assert await round_.alerts() == ["Президент виступив"]


async def test_a_text_that_came_with_the_feed_is_not_fetched_again(round_, site):
    await round_.follows("помилування")
    site.says["/rss"] = feed(item(site, "/1", "Президент виступив", text=f"{LONG} Про помилування теж."))
    await round_.watch("/rss")
    await round_.visit()
    assert (await round_.alerts(), site.paths) == (["Президент виступив"], ["/rss"])


async def test_news_are_rung_for_only_when_there_are_some(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав сніг."))
    await round_.watch("/rss")
    await round_.visit()
    assert len(round_.news) == 1
    round_.clock.move(minutes=2)
    await round_.visit()
    assert (len(round_.news), site.paths) == (1, ["/rss", "/rss"])


async def test_an_article_is_taken_in_once_though_two_sources_carry_it(round_, site):
    await round_.follows("сніг")
    site.says["/one"] = feed(item(site, "/1?utm_source=one", "Сніг у Карпатах", text="Випав сніг."))
    site.says["/two"] = feed(item(site, "/1", "Сніг у Карпатах", text="Випав сніг."))
    await round_.watch("/one", outlet="a.test")
    await round_.watch("/two", outlet="b.test")
    await round_.visit()
    assert (await round_.titles(), await round_.alerts()) == (["Сніг у Карпатах"], ["Сніг у Карпатах"])


async def test_an_article_seen_before_is_not_fetched_again(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", summary="Сніг."))
    site.says["/1"] = page(LONG)
    await round_.watch("/rss")
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert site.paths == ["/rss", "/1", "/rss"]


async def test_an_entry_without_an_address_is_known_by_its_number(round_, site):
    site.says["/rss"] = feed(item(site, None, "Без адреси", summary="Коротко.", guid="g-1"))
    await round_.watch("/rss")
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert (await round_.titles(), site.paths) == (["Без адреси"], ["/rss", "/rss"])


async def test_a_source_is_called_as_its_feed_calls_itself_unless_a_person_named_it(round_, site):
    site.says["/one"] = site.says["/two"] = feed(title="Вечірня вежа")
    await round_.watch("/one", visited=False)
    await round_.watch("/two", visited=False, name="Моя вежа")
    await round_.visit()
    assert [(await round_.state(number)).source.name for number in (1, 2)] == ["Вечірня вежа", "Моя вежа"]


# First visits.


async def test_a_first_visit_remembers_what_is_old_and_tells_of_what_is_fresh(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = feed(
        item(site, "/new", "Свіжий сніг у Києві", text="Щойно випав.", at=NOON - 29 * MINUTE),
        item(site, "/old", "Торішній сніг засипав Львів", text="Давно випав.", at=NOON - 31 * MINUTE),
    )
    await round_.watch("/rss", visited=False)
    await round_.visit()
    assert sorted(await round_.titles()) == ["Свіжий сніг у Києві", "Торішній сніг засипав Львів"]
    assert await round_.alerts() == ["Свіжий сніг у Києві"]


async def test_what_appears_after_the_first_visit_is_told_however_it_is_dated(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = feed()
    await round_.watch("/rss", visited=False)
    await round_.visit()
    round_.clock.move(minutes=2)
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав.", at=NOON - timedelta(days=2)))
    await round_.visit()
    assert await round_.alerts() == ["Сніг"]


async def test_after_a_failed_first_visit_the_next_one_is_still_the_first(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = answer(b"", status="500 Internal Server Error")
    await round_.watch("/rss", visited=False)
    await round_.visit()
    round_.clock.move(hours=1)
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав.", at=NOON - timedelta(days=2)))
    await round_.visit()
    assert (await round_.titles(), await round_.alerts()) == (["Сніг"], [])


async def test_a_long_feed_is_no_flood_of_old_news_at_the_second_visit(round_, site):
    await round_.follows("сніг")
    items = [
        item(site, f"/{number}", f"Сніг у місті{number}", text="Випав.", at=NOON - timedelta(days=1, minutes=number))
        for number in range(MOST_PAGES + 10)
    ]
    site.says["/rss"] = feed(*items)
    await round_.watch("/rss", visited=False)
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert await round_.alerts() == []


async def test_articles_are_taken_in_in_the_order_they_appeared(round_, site):
    items = [item(site, f"/{number}", f"місто{number}", text="Так.", at=NOON - number * MINUTE) for number in range(5)]
    site.says["/rss"] = feed(items[2], items[0], items[4], items[1], items[3])
    await round_.watch("/rss")
    await round_.visit()
    assert await round_.titles() == ["місто4", "місто3", "місто2", "місто1", "місто0"]


async def test_of_a_long_feed_only_the_newest_pages_are_fetched_and_nothing_is_left_out(round_, site):
    items = [
        item(site, f"/{number}", f"місто{number}", summary="Так.", at=NOON - number * MINUTE)
        for number in range(MOST_PAGES + 3)
    ]
    site.says["/rss"] = feed(*reversed(items))
    await round_.watch("/rss")
    await round_.visit()
    assert set(site.paths) == {"/rss", *(f"/{number}" for number in range(MOST_PAGES))}
    assert len(await round_.titles()) == MOST_PAGES + 3


# Sources that are slow or broken.


async def test_a_headline_that_its_source_changed_is_changed_and_makes_no_alert(round_, site):
    await round_.follows("сніг")
    site.says["/rss"] = feed(item(site, "/1", "Сніг у Карпатах", summary="Коротко."))
    site.says["/1"] = page(LONG, f"{LONG} Дороги засипало.")
    await round_.watch("/rss")
    await round_.visit()
    site.says["/rss"] = feed(item(site, "/1", "Сніг у Карпатах: дороги закрито", summary="Інакше."))
    round_.clock.move(minutes=2)
    await round_.visit()
    assert await round_.titles() == ["Сніг у Карпатах: дороги закрито"]
    assert (len(await round_.alerts()), site.paths.count("/1")) == (1, 1)


# Articles under another address.


def numbered(site, path, title, *, guid, at=NOON):
    return (
        f"<item><link>{site.url(path)}</link><guid isPermaLink='false'>{guid}</guid><title>{title}</title>"
        f"<description>Коротко.</description><fulltext>{LONG}</fulltext><pubDate>{format_datetime(at)}</pubDate></item>"
    )


async def twice(round_, site, first, second):
    site.says["/rss"] = feed(*first)
    await round_.watch("/rss")
    await round_.visit()
    round_.clock.move(minutes=2)
    site.says["/rss"] = feed(*second)
    await round_.visit()
    return await round_.titles()


async def test_an_article_that_got_another_headline_and_address_is_the_same_one(round_, site):
    await round_.follows("сніг")
    first = [numbered(site, "/snih", "Сніг у Карпатах", guid="p=7")]
    second = [numbered(site, "/dorohy", "Дороги засипало: сніг", guid="p=7")]
    assert await twice(round_, site, first, second) == ["Дороги засипало: сніг"]
    assert len(await round_.alerts()) == 1


async def test_numbers_that_change_at_every_visit_make_nothing_new(round_, site):
    first = [numbered(site, "/1", "Сніг", guid="a"), numbered(site, "/2", "Дощ", guid="b", at=NOON - MINUTE)]
    second = [numbered(site, "/1", "Сніг", guid="c"), numbered(site, "/2", "Дощ", guid="a", at=NOON - MINUTE)]
    assert await twice(round_, site, first, second) == ["Дощ", "Сніг"]


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ([("/2", "1", NOON + MINUTE)], "another moment"),
        ([("/2", "1", NOON), ("/3", "1", NOON + MINUTE)], "a number that others have too"),
        ([("/2", "1", NOON), ("/3", "2", NOON)], "a moment that others have too"),
        ([("/2", "1", NOON), ("/1", "9", NOON + MINUTE)], "the old one is still listed"),
    ],
)
async def test_a_number_that_proves_nothing_hides_no_article(round_, site, second, why):
    first = [numbered(site, "/1", "Перша", guid="1")]
    listed = [numbered(site, path, f"Стаття {path}", guid=guid, at=at) for path, guid, at in second]
    titles = await twice(round_, site, first, listed)
    assert "Стаття /2" in titles, why
    assert len(titles) == len({"/1", *(path for path, _, _ in second)}), why
