"""The story behind an alert: all its articles in order of time, the first one marked, paged, and back."""

STORY = "Мінськ відпустив політв’язнів"


async def told(house, person, outlets):
    """The person's alert of a story that so many outlets told, a minute apart."""
    await house.follow(person, "політв'язні")
    for number in range(outlets):
        await house.publish(f"o{number}.test", STORY, "Колону політв’язнів вивезли з колонії, їх зустріли рідні.")
        await house.carry()
        house.clock.move(minutes=1)
    return house.last(person)


def labels(message):
    return [button.text for button in message.buttons]


def outlets(message):
    return [line.split(" · ")[1] for line in message.text.split("\n") if " · " in line]


async def test_the_story_takes_the_place_of_the_alert_and_gives_it_back(house, oksana):
    alert = await told(house, oksana, 3)
    story = await house.press(oksana, alert, "📚 Сюжет")
    assert story.id == alert.id
    assert story.text.startswith("📚 Сюжет: 3 статті, 3 видання\n\n🥇 09:40 · o0.test\n")
    assert outlets(story) == ["o0.test", "o1.test", "o2.test"]
    assert story.text.count("🥇") == 1
    back = await house.press(oksana, story, "← До сповіщення")
    assert (back.text, back.buttons) == (alert.text, alert.buttons)


async def test_a_long_story_is_paged_through(house, oksana):
    story = await house.press(oksana, await told(house, oksana, 12), "📚 Сюжет")
    assert labels(story) == ["Пізніше →", "← До сповіщення"]
    later = await house.press(oksana, story, "Пізніше →")
    assert outlets(story) + outlets(later) == [f"o{number}.test" for number in range(12)]
    assert "🥇" not in later.text
    assert labels(later) == ["← Раніше", "← До сповіщення"]
    assert (await house.press(oksana, later, "← Раніше")).text == story.text


async def test_an_alert_of_somebody_else_shows_no_story(house, oksana, petro):
    await told(house, oksana, 1)
    mine = await house.say(petro, "/start")
    for data in ("story:1:0", "alert:1", "story:99:0", "story:1", "story:1:x", "alert:", "mute:1"):
        message = await house.forge(petro, mine, data)
        assert message.text.startswith("That is not there any more"), data
