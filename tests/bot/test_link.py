"""Any link is answered: seen when and where, and what each query made of it; or that nobody watches there."""

import pytest

from bot.link import link_in
from core.model import ChatId

STORY = "У Мінську відпустили політв’язнів"
LINK = "https://a.test/1"


async def test_a_link_to_what_an_alert_told_is_answered_with_when_and_by_which_words(house, oksana):
    await house.follow(oksana, "політв'язні")
    await house.follow(oksana, "Київ")
    await house.publish("a.test", STORY)
    house.clock.move(minutes=2)
    await house.carry()

    house.clock.move(hours=1)
    assert (await house.say(oksana, f"а це бачили? {LINK}?utm_source=x")).text == (
        "📥 Отримано 09:40 з «a.test»:\n"
        "У Мінську відпустили політв’язнів\n\n"
        "✅ політвʼязні: є «політв’язнів» в заголовку\n"
        "➖ Київ: немає «Київ»\n\n"
        "🔔 Про цей сюжет я вам уже написав: 09:42."
    )


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("Київ", "немає «Київ»"),
        ("«Київ хокей»", "немає «Київ хокей»"),
        ("«відпустили Мінськ»", "слова «відпустили Мінськ» є, але не разом"),
        ("заголовок:колонія", "«колонія» є лише в тексті, не в заголовку"),
        ("Мінськ -колонія", "є «колонії», а ви просили без цього"),
        ("Мінськ джерело:b.test", "не з джерела «b.test»"),
        ("Мінськ мова:pl", "не польською"),
    ],
)
async def test_where_a_query_stops_is_said(house, oksana, query, why):
    await house.follow(oksana, query)
    await house.publish("a.test", STORY, "Їх вивезли з колонії.")
    text = (await house.say(oksana, LINK)).text
    assert f": {why}\n\nТому я про неї й не писав." in text, text


async def test_what_is_gathered_for_later_is_said_to_wait(house, oksana):
    await house.follow(oksana, "Мінськ")
    (mine,) = await house.verb("subscriptions", house.target(oksana))
    await house.forge(oksana, house.last(oksana), f"rhythm:{mine.id}:daily")
    await house.publish("a.test", STORY)
    await house.say(oksana, LINK)
    assert any("⏳ Про цей сюжет напишу вам згодом: 03.03, 08:00." in text for text in house.told(oksana))


async def test_who_follows_later_or_paused_is_told_so(house, oksana):
    await house.publish("a.test", STORY)
    house.clock.move(minutes=5)
    await house.follow(oksana, "Мінськ")
    assert "🕰 Мінськ: підходить, але стежити за цим ви почали пізніше, 09:45" in (await house.say(oksana, LINK)).text
    (mine,) = await house.verb("subscriptions", house.target(oksana))
    await house.forge(oksana, house.last(oksana), f"pause:{mine.id}:0")
    assert "⏸ Мінськ: підходить, але підписка на паузі" in (await house.say(oksana, LINK)).text


async def test_who_follows_nothing_is_told_what_to_do(house, oksana):
    await house.publish("a.test", STORY)
    assert (await house.say(oksana, LINK)).text.endswith("Напишіть слово, ім’я або фразу.")


async def test_another_reader_is_not_told_what_somebody_was_told(house, oksana, petro):
    await house.follow(oksana, "Мінськ")
    await house.publish("a.test", STORY)
    await house.carry()
    answer = (await house.say(petro, LINK)).text
    assert "written" not in answer
    assert answer.endswith("Send a word, a name or a phrase.")


async def test_a_page_that_did_not_come_from_a_watched_site_is_said_so(house, oksana):
    await house.publish("a.test", STORY)
    answer = await house.say(oksana, "https://news.a.test/else")
    assert answer.text == "Сайт news.a.test я вартую, але ще не встиг там побувати."
    assert answer.buttons == []


async def test_a_site_that_nobody_watches_is_suggested_to_the_owners_once(house, oksana, petro, telegram):
    anna = telegram.add_user("Анна")
    people = house.people_of(owners=[ChatId(anna.id)])
    house.reader = house.reader_of(people)
    await house.say(anna, "/start")

    answer = await house.say(oksana, "https://www.new.test/story?id=1")
    assert answer.text == "Сайту new.test немає серед тих, що я вартую."
    assert (await house.press(oksana, answer, "💡 Запропонувати господарям")).text == (
        "Дякую! Господарі дізнаються про new.test."
    )
    assert house.last(anna).text.startswith("💡 Просять вартувати new.test.")

    before = len(house.told(anna))
    again = await house.say(petro, "http://new.test/other")
    assert (await house.press(petro, again, "💡 Suggest it to the owners")).text.startswith(
        "Thank you! The owners know"
    )
    assert len(house.told(anna)) == before

    for number in range(5):
        await house.forge(oksana, answer, f"suggest:site{number}.test")
    assert house.telegram.message(oksana.id, answer.id).text.startswith("За добу господарям можна запропонувати")
    assert len(house.told(anna)) == before + 4
    for data in ("suggest:", "suggest:НЕ сайт", "suggest:<b>", "suggest:https"):
        await house.forge(oksana, answer, data)
        assert house.telegram.message(oksana.id, answer.id).text.startswith("Цього вже немає"), data


async def test_without_owners_nobody_can_be_asked(house, oksana):
    answer = await house.say(oksana, "https://new.test/")
    assert answer.text == "Сайту new.test немає серед тих, що я вартую."
    assert answer.buttons == []


async def test_a_link_is_answered_also_while_a_card_waits_for_a_text(house, oksana):
    await house.follow(oksana, "Мінськ")
    (mine,) = await house.verb("subscriptions", house.target(oksana))
    await house.forge(oksana, house.last(oksana), f"rename:{mine.id}")
    await house.say(oksana, "https://new.test/")
    assert await house.labels(oksana) == ["Мінськ"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://a.test/1", "https://a.test/1"),
        ("Дивіться: HTTP://A.test/1.", "HTTP://A.test/1"),
        ("(https://a.test/1)", None),
        ("джерело:https://a.test Мінськ", None),
        ("Мінськ", None),
        ("https://", None),
    ],
)
def test_a_link_is_told_from_a_query(text, url):
    assert link_in(text) == url


@pytest.mark.parametrize("url", ["https://[::1", "http://%%%", "https://-", "http://a:99999/", "https://" + "а" * 3000])
async def test_a_link_that_leads_nowhere_breaks_nothing(house, oksana, url):
    assert (await house.say(oksana, url)).text
