"""«Не те» under an alert: what is wrong, what leaving it out would take away in figures, and the way back."""

TEXT = "Подробиці згодом."


async def told(house, person, *titles, query="Мінськ", outlets=()):
    """The person's alert of the last of these stories, which all answer the query."""
    await house.follow(person, query)
    for number, title in enumerate(titles):
        outlet = dict(enumerate(outlets)).get(number, "a.test")
        await house.publish(outlet, title, TEXT, path=str(number))
        await house.carry()
        house.clock.move(hours=1)
    return house.last(person)


def labels(message):
    return [button.text for button in message.buttons]


async def wrong(house, person, alert, kind):
    """The screen with the figures for what may be left out."""
    await house.press(person, alert, "👎 Не те")
    return await house.press(person, house.last(person), kind)


STORIES = (
    "Мінськ приймає хокеїстів з Канади",
    "Мінськ судить журналістку",
    "У Мінську хокеїсти виграли турнір",
    "Мінськ програв чемпіонат, хокеїсти плачуть",
)


async def test_a_topic_is_left_out_after_its_effect_was_seen_and_comes_back_by_a_tap(house, oksana):
    alert = await told(house, oksana, *STORIES)
    shown = await wrong(house, oksana, alert, "Це не про те")
    assert shown.reply_to == alert.id
    assert shown.text.startswith("За 30 днів Мінськ – це 4 сюжети. З них прибрало б:\n")
    assert "• усе, де є «хокеїст»: 3 із 4" in shown.text
    assert await house.labels(oksana) == ["Мінськ"]

    card = await house.press(oksana, shown, "Прибрати «хокеїст»")
    assert card.text.startswith("✅ Замінив: тепер стежу за Мінськ -хокеїст.")
    assert (await house.publish("a.test", "Мінськ чекає на хокеїстів", path="x")).alerts == 0
    assert (await house.publish("a.test", "Мінськ звільняє політв’язнів", path="y")).alerts == 1

    await house.carry()
    await house.press(oksana, card, "↩️ Повернути")
    assert await house.labels(oksana) == ["Мінськ"]


async def test_what_was_left_out_comes_again_by_a_tap_on_the_card_at_any_time(house, oksana):
    await house.follow(oksana, "Мінськ -хокей -джерело:b.test")
    listed = await house.say(oksana, "/list")
    card = await house.press(oksana, listed, listed.buttons[0].text)
    assert [text for text in labels(card) if "Знову" in text] == ["↩️ Знову з «джерело:b.test»", "↩️ Знову з «хокей»"]
    again = await house.press(oksana, card, "↩️ Знову з «хокей»")
    assert await house.labels(oksana) == ["Мінськ -джерело:b.test"]
    assert (await house.publish("a.test", "Мінськ і хокей", path="x")).alerts == 1
    await house.press(oksana, again, "↩️ Повернути")
    assert await house.labels(oksana) == ["Мінськ -джерело:b.test -хокей"]
    await house.forge(oksana, again, "again:1:7")
    assert house.telegram.message(oksana.id, again.id).text.startswith("Цього вже немає")


async def test_a_source_is_left_out(house, oksana):
    alert = await told(house, oksana, *STORIES, outlets=["b.test", "a.test", "b.test", "b.test"])
    shown = await wrong(house, oksana, alert, "Не це джерело")
    assert "• джерело «b.test»: 3 із 4" in shown.text
    await house.press(oksana, shown, "Прибрати «b.test»")
    assert await house.labels(oksana) == ["Мінськ -джерело:b.test"]
    assert (await house.publish("b.test", "Мінськ звільняє політв’язнів", path="x")).alerts == 0
    assert (await house.publish("a.test", "Мінськ звільняє політв’язнів", path="x")).alerts == 1


async def test_a_word_is_left_out_just_as_it_is_printed(house, oksana):
    alert = await told(house, oksana, "Замок відчинили", "На замку новий дах", query="замок")
    shown = await wrong(house, oksana, alert, "Не це слово")
    assert "• усе, де є саме «замку»: 1 із 2" in shown.text
    await house.press(oksana, shown, "Прибрати «замку»")
    assert (await house.publish("a.test", "У замку свято", path="x")).alerts == 0
    assert (await house.publish("a.test", "Замок свято відзначає гучно", path="y")).alerts == 1


async def test_what_was_left_out_is_not_offered_again(house, oksana):
    alert = await told(house, oksana, *STORIES)
    shown = await wrong(house, oksana, alert, "Не це джерело")
    await house.press(oksana, shown, "Прибрати «a.test»")
    await house.forge(oksana, shown, "less:4:1:source")
    assert "Це джерело вже прибрано з" in house.telegram.message(oksana.id, shown.id).text


async def test_of_several_subscriptions_it_is_asked_which(house, oksana):
    await house.follow(oksana, "хокеїсти")
    alert = await told(house, oksana, *STORIES)
    await house.press(oksana, alert, "👎 Не те")
    asked = house.last(oksana)
    assert labels(asked) == ["хокеїсти", "Мінськ", "Нічого, лишити"]
    chosen = await house.press(oksana, asked, "Мінськ")
    assert chosen.text == "Що тут не те для Мінськ?"
    shown = await house.press(oksana, chosen, "Це не про те")
    assert "Мінськ – це 4 сюжети" in shown.text
    assert (await house.press(oksana, shown, "← Назад")).text == chosen.text


async def test_saying_that_nothing_is_wrong_changes_nothing(house, oksana):
    alert = await told(house, oksana, *STORIES)
    await house.press(oksana, alert, "👎 Не те")
    kept = await house.press(oksana, house.last(oksana), "Нічого, лишити")
    assert kept.text == "Добре, лишаю все, як було."
    assert await house.labels(oksana) == ["Мінськ"]


async def test_a_headline_that_names_nothing_else_leads_to_the_card(house, oksana):
    alert = await told(house, oksana, "Мінськ")
    assert (await wrong(house, oksana, alert, "Це не про те")).text.startswith("У заголовку немає іншого слова")


async def test_an_alert_of_somebody_else_cannot_be_wrong(house, oksana, petro):
    await told(house, oksana, *STORIES)
    mine = await house.say(petro, "/start")
    for data in ("wrong:1", "less:1:1", "less:1:1:topic", "less:1:1:x", "less:1", "wrong:", "less:1:1:topic:2"):
        await house.forge(petro, mine, data)
        assert "not there any more" in house.last(petro).text, data
