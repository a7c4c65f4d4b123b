"""The two ways through the whole house: an article's and a command's."""

from chatovyi.clock import system_clock
from tests.chatovyi.conftest import follow, living, telling, watch

STORY = "us-belarus-talks"


async def test_one_story_told_by_four_outlets_is_one_message_that_grows(
    settings, telegram, site, site_address, news_world
):
    person = telegram.add_user("Оксана")
    outlets = ["vezha", "dniprochas", "reiestr", "polissia"]
    async with living(settings) as house:
        await watch(house, news_world, site_address, *outlets)
        await follow(telegram, person, "політв'язні")
        site.publish(telling(news_world, outlets[0], STORY), at=system_clock())
        alert = await telegram.wait_message(person, contains="США домовляються з Білоруссю")

        for outlet in outlets[1:]:
            site.publish(telling(news_world, outlet, STORY), at=system_clock())
        names = ["Дніпровський час", "Реєстр", "Голос Полісся"]
        await telegram.wait_until(
            lambda: all(name in telegram.message(person.id, alert.id).text for name in names), timeout=60
        )

    alerts = [message for message in telegram.messages(person) if "також" in message.text]
    assert [message.id for message in alerts] == [alert.id]
    assert telegram.warnings == []


async def test_a_word_deep_in_the_body_of_a_page_is_found(settings, telegram, site, site_address, news_world):
    person = telegram.add_user("Оксана")
    deep = telling(news_world, "reiestr", STORY)
    assert "політв" not in deep.title + deep.summary + deep.text.split("\n\n")[0]
    async with living(settings) as house:
        await watch(house, news_world, site_address, "reiestr")
        await follow(telegram, person, "політв'язні")

        site.publish(deep, at=system_clock())

        alert = await telegram.wait_message(person, contains=deep.title)
    assert "<b>політв’язні</b>" in alert.html


async def test_nobody_hears_of_what_they_do_not_follow(settings, telegram, site, site_address, news_world):
    person, other = telegram.add_user("Оксана"), telegram.add_user("Ілля")
    async with living(settings) as house:
        await watch(house, news_world, site_address, "vezha")
        await follow(telegram, person, "політв'язні")
        await follow(telegram, other, "в'язка")

        site.publish(telling(news_world, "vezha", STORY), at=system_clock())

        await telegram.wait_message(person, contains="політвʼязнів")
    assert not any("США домовляються" in message.text for message in telegram.messages(other))


async def test_what_was_old_when_a_source_was_added_is_searchable_but_not_alerted(
    settings, telegram, site, site_address, news_world
):
    person = telegram.add_user("Оксана")
    old = telling(news_world, "dniprochas", STORY)
    site.publish(old, at=system_clock().replace(year=2025))
    async with living(settings) as house:
        await watch(house, news_world, site_address, "dniprochas")

        preview = await follow(telegram, person, "Білорусь")

    assert "1 стаття" in telegram.message(person.id, preview.id).edits[0].text
    assert not any(old.title in message.text for message in telegram.messages(person)[3:])


async def test_english_is_spoken_to_those_whose_telegram_is_english(settings, telegram):
    person = telegram.add_user("Jane", language_code="en-GB")
    async with living(settings):
        telegram.start(person)
        hello = await telegram.wait_message(person)
        said = telegram.send_text(person, "Білорусь")
        preview = await telegram.wait_message(person, after=said.id)

    assert hello.text.startswith("I am Chatovyi")
    assert [button.text for button in preview.buttons][:2] == ["✅ Follow", "No, thanks"]


async def test_menus_are_set_in_both_languages(settings, telegram):
    person = telegram.add_user("Оксана")
    async with living(settings):
        await telegram.wait_until(lambda: telegram.profile.menu(person))
        menu = telegram.profile.menu(person)

    commands = ["start", "list", "lists", "search", "status", "export", "import", "language", "help", "stop"]
    assert [command.command for command in menu] == commands
