"""An editor says from the story view that an article tells another event, or that another story tells the same."""

import pytest

TITLE = "Мінськ відпустив політв’язнів"
AGAIN = "Політв’язнів відпустив Мінськ"
OTHER = "У Гродні судитимуть адвоката трьох політв’язнів"


TEXTS = {
    TITLE: "Колону вивезли з колонії на світанку, їх зустріли рідні.",
    AGAIN: "На світанку колону вивезли з колонії, рідні їх зустріли.",
    OTHER: "Засідання відкриє районний суддя Петренко, вхід за перепустками.",
}


@pytest.fixture
async def editor(house, oksana):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), "editor", name="Оксана")
    await house.follow(oksana, "політв'язні")
    return oksana


async def tell(house, *titles):
    """Each by an outlet of its own, half an hour apart."""
    for letter, title in zip("ab", titles, strict=True):
        await house.publish(f"{letter}.test", title, TEXTS[title])
        await house.carry()
        house.clock.move(minutes=30)


def labels(message):
    return [button.text for button in message.buttons]


def news(house, person):
    return [one for one in house.telegram.messages(person) if one.outgoing and "📚 Сюжет" in labels(one)]


async def asks(house, person, alert, button):
    """Presses the button in the story view; what follows is a message of its own."""
    story = await house.press(person, alert, "📚 Сюжет")
    await house.press(person, story, button)
    return house.last(person)


async def test_an_article_is_split_off_told_for_itself_and_put_back(house, editor):
    await tell(house, TITLE, AGAIN)
    (alert,) = news(house, editor)
    asked = await asks(house, editor, alert, "✂️ Це різні сюжети")
    done = await house.press(editor, asked, AGAIN)
    assert done.text == f"✂️ «{AGAIN}» – тепер окремий сюжет."
    await house.carry()
    assert [one.text.split("\n")[0] for one in news(house, editor)] == [TITLE, AGAIN]
    await house.press(editor, done, "↩️ Повернути")
    await house.carry()
    assert await house.verb("story_of", "a.test/1") == await house.verb("story_of", "b.test/1")


async def test_two_stories_become_one_and_the_second_message_says_so(house, editor):
    await tell(house, TITLE, OTHER)
    first, second = news(house, editor)
    asked = await asks(house, editor, second, "🔗 Є ще таке саме")
    assert labels(asked)[0] == TITLE
    done = await house.press(editor, asked, TITLE)
    assert done.text == "🔗 Тепер це один сюжет."
    await house.carry()
    assert await house.verb("story_of", "a.test/1") == await house.verb("story_of", "b.test/1")
    shown = [house.telegram.message(editor.id, one.id).text for one in (first, second)]
    assert ["🔁 Це той самий сюжет" in text for text in shown].count(True) == 1


async def test_who_is_no_editor_sees_no_buttons_for_it(house, petro):
    await house.follow(petro, "політв'язні")
    await tell(house, TITLE, AGAIN)
    shown = await house.press(petro, house.last(petro), "📚 The story")
    assert labels(shown) == ["← To the alert"]


async def test_an_editor_in_a_story_that_is_not_theirs_is_told_that_it_is_gone(house, editor, petro):
    await tell(house, TITLE, AGAIN)
    mine = await house.say(petro, "/start")
    await house.verb("put_role", house.target(petro), "editor", name="Петро")
    for data in ("parts:1:0", "split:1:2", "unions:1", "union:1:1"):
        await house.forge(petro, mine, data)
        assert house.last(petro).text.startswith("That is not there any more"), data
