"""«Чому?» under an alert: subscription, words, place and story, for who got the alert alone."""

STORY = "У Мінську відпустили політв’язнів"


async def told(house, person, *words, text=""):
    """The person follows the words and is told of the story."""
    for word in words:
        await house.follow(person, word)
    await house.publish("a.test", STORY, text)
    await house.carry()
    return house.last(person)


async def asked(house, person, alert):
    """What a tap on «Чому?» brings."""
    await house.press(person, alert, "❔ Чому?")
    return house.last(person)


async def test_every_query_is_told_with_its_words_where_they_stand_and_why_they_count(house, oksana):
    alert = await told(house, oksana, "Мінськ", "політв'язні", text="Про це з Мінська повідомили правозахисники.")

    answer = await asked(house, oksana, alert)

    assert answer.text == (
        "Чому я це надіслав\n\n"
        "🔎 Мінськ\n"
        "• «Мінську» в заголовку: форма слова «Мінськ» – так кажуть слова поруч\n"
        "• «Мінська» у тексті: форма слова «Мінськ» – так кажуть слова поруч\n\n"
        "🔎 політвʼязні\n"
        "• «політв’язнів» в заголовку: форма слова «політвʼязень»\n\n"
        "Сюжет: 1 стаття. Ця стаття його відкрила: найближчий інший схожий на 0.00 (треба 1.00)."
    )
    assert answer.reply_to == alert.id
    assert house.telegram.message(oksana.id, alert.id).text == alert.text


async def test_a_story_of_several_says_how_many(house, oksana):
    alert = await told(house, oksana, "Мінськ")
    await house.publish("b.test", STORY)
    assert "Сюжет: 2 статті." in (await asked(house, oksana, alert)).text


async def test_who_no_longer_follows_the_words_is_told_so(house, oksana):
    alert = await told(house, oksana, "Мінськ")
    (mine,) = await house.verb("subscriptions", house.target(oksana))
    await house.forge(oksana, alert, f"remove:{mine.id}")
    await house.forge(oksana, alert, "why:1")
    assert "За цими словами ви вже не стежите." in house.last(oksana).text


async def test_an_alert_of_somebody_else_is_not_told_of(house, oksana, petro):
    await told(house, oksana, "Мінськ")
    mine = await house.say(petro, "/start")
    for data in ("why:1", "why:99", "why:", "why", "why:1:2", "why:-1"):
        await house.forge(petro, mine, data)
        assert house.last(petro).text.startswith("That is not there any more"), data


async def test_a_hostile_headline_is_told_as_it_stands(house, oksana):
    await house.follow(oksana, "Мінськ")
    await house.publish("a.test", "<b>Мінську</b> &amp; <script>" + " дуже" * 900)
    await house.carry()
    answer = await asked(house, oksana, house.last(oksana))
    assert "• «Мінську» в заголовку" in answer.text
