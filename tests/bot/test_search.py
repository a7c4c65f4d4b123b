"""The last 30 days of a query: what is shown is what would have come, a page at a time, in one message."""

from core import past as months

EVENTS = [
    "Мінськ відпустив лікарку",
    "Мінськ приймає хокеїстів",
    "Мінськ будує метро",
    "У Мінську згоріла фабрика",
    "Мінськ продає зерно",
    "До Мінська прибув кардинал",
    "Мінськ закриває театр",
]


async def happened(house, *titles):
    """One story each, an hour apart, told by one outlet."""
    for number, title in enumerate(titles):
        await house.publish("a.test", title, path=str(number))
        await house.carry()
        house.clock.move(hours=1)


def titles(message):
    return [line.removeprefix("• ").partition(" – ")[0] for line in message.text.split("\n") if line.startswith("• ")]


def labels(message):
    return [button.text for button in message.buttons]


async def test_stories_of_the_last_30_days_are_paged_through_newest_first_in_one_message(house, oksana):
    await happened(house, *EVENTS, "Сніг засипав Карпати")
    first = await house.say(oksana, "/search Мінськ")
    assert first.text.startswith("🗂 Мінськ\nЗа 30 днів, від найновіших:")
    assert titles(first) == EVENTS[:1:-1]
    assert labels(first) == ["Давніші →", "✅ Стежити", "← До запиту"]

    second = await house.press(oksana, first, "Давніші →")
    assert second.id == first.id
    assert titles(second) == EVENTS[1::-1]
    assert labels(second) == ["← Новіші", "✅ Стежити", "← До запиту"]
    assert titles(await house.press(oksana, second, "← Новіші")) == titles(first)


async def test_what_is_shown_is_what_would_have_come(house, oksana, petro):
    await house.follow(petro, "Мінськ -хокей")
    await happened(house, *EVENTS, "Мінськ — це також вулиця", "Хокей без Мінська: хокей")
    came = {text.split("\n")[0] for text in house.told(petro)[1:]}

    shown = await house.say(oksana, "/search Мінськ -хокей")
    found = titles(shown)
    found += titles(await house.press(oksana, shown, "Давніші →"))
    assert set(found) == came
    assert len(found) == len(came)


async def test_a_story_is_shown_once_by_its_newest_article(house, oksana):
    await house.publish("a.test", "Мінськ відпустив політв’язнів", "Колону вивезли з колонії в Мінську.")
    await house.publish("b.test", "Мінськ відпустив політв’язнів", "Колону вивезли з колонії в Мінську.")
    shown = await house.say(oksana, "/search Мінськ")
    assert titles(shown) == ["Мінськ відпустив політв’язнів"]
    assert "За 30 днів: 1 сюжет." in shown.text
    assert "b.test" in shown.text


async def test_a_preview_leads_to_the_month_and_back(house, oksana):
    await happened(house, *EVENTS[:2])
    house.clock.move(days=8)
    preview = await house.say(oksana, "Мінськ")
    assert "За 7 днів такого не було" in preview.text
    month = await house.press(oksana, preview, "🗂 За 30 днів")
    assert (month.id, titles(month)) == (preview.id, EVENTS[1::-1])
    assert (await house.press(oksana, month, "← До запиту")).text == preview.text
    followed = await house.press(oksana, await house.say(oksana, "/search Мінськ"), "✅ Стежити")
    assert followed.text.startswith("✅ Стежу за Мінськ")


async def test_what_is_older_than_30_days_is_not_shown(house, oksana):
    await happened(house, EVENTS[0])
    house.clock.move(days=30)
    assert "За 30 днів такого не було" in (await house.say(oksana, "/search Мінськ")).text


async def test_without_a_word_it_is_asked_for(house, oksana):
    await happened(house, EVENTS[0])
    assert (await house.say(oksana, "/search")).text.startswith("Що шукати за останні 30 днів?")
    assert titles(await house.say(oksana, "Мінськ")) == [EVENTS[0]]
    assert (await house.say(oksana, "Мінськ")).text.startswith("Шукаю")


async def test_a_mistake_leads_to_the_search_of_what_was_meant(house, oksana):
    await happened(house, EVENTS[0])
    sorry = await house.say(oksana, "/search (Мінськ")
    assert titles(await house.press(oksana, sorry, "🔎 Шукати так")) == [EVENTS[0]]


async def test_an_edited_query_keeps_its_subscription_through_the_search(house, oksana):
    await house.follow(oksana, "Київ")
    (mine,) = await house.verb("subscriptions", house.target(oksana))
    await house.forge(oksana, house.last(oksana), f"edit:{mine.id}")
    month = await house.press(oksana, await house.say(oksana, "Мінськ"), "🗂 За 30 днів")
    await house.press(oksana, month, "✅ Замінити")
    assert await house.labels(oksana) == ["Мінськ"]


async def test_a_query_that_was_not_offered_is_not_searched_by_a_button(house, oksana, petro):
    await house.say(oksana, "Мінськ")
    mine = await house.say(petro, "/start")
    for data in ("past:1:0:0:0", "past:99:0:0:0", "past:1", "past:", "past:1:-1:0:0", "past:1:0:0:0:0"):
        await house.forge(petro, mine, data)
        assert house.last(petro).text.startswith("That is not there any more"), data


async def test_what_takes_long_to_read_is_read_on_from_there(house, oksana, monkeypatch):
    monkeypatch.setattr(months, "MOST", 3)
    await happened(house, EVENTS[0], *["Політичні новини: в’язні" + " та" * number for number in range(3)])
    first = await house.say(oksana, "/search «політичні новини мінськ» АБО Мінськ новини*")
    assert first.text.endswith("Шукати далі?")
    older = await house.press(oksana, first, "Давніші →")
    assert labels(older)[0] == "⇤ Найновіші"
