"""Roles in Telegram: invited by a link, changed by a tap, undone, and read in the log."""

import re

import pytest


def buttons(message):
    return [button.text for button in message.buttons]


def word(message):
    """The word of the link in a message."""
    return re.search(r"start=([\w-]+)", message.text)[1]


@pytest.fixture
async def owner(house, oksana):
    await house.say(oksana, "/start")
    await house.own(oksana)
    return oksana


async def link(house, owner, button):
    asked = await house.press(owner, await house.say(owner, "/team"), button)
    return word(asked)


async def test_an_owner_invites_an_editor_by_a_link_and_hears_that_it_was_taken(house, telegram, owner, petro):
    telegram.start(petro, await link(house, owner, "＋ Запросити редактора"))
    await house.answer()
    assert house.last(petro).text.startswith("Welcome, you are an editor now")
    assert house.last(owner).text == "Запрошення прийнято: Петро – тепер редактор."
    team = await house.say(owner, "/team")
    assert "• Оксана – господар, так сказано в налаштуваннях\n• Петро – редактор" in team.text


async def test_a_link_that_was_used_gives_nothing_again(house, telegram, owner, petro):
    used = await link(house, owner, "＋ Запросити редактора")
    telegram.start(petro, used)
    await house.answer()
    ivan = telegram.add_user("Іван")
    telegram.start(ivan, used)
    await house.answer()
    assert house.last(ivan).text.startswith("Я Чатовий")
    assert [holder.name for holder in await house.verb("holders", house.number)] == ["Оксана", "Петро"]


async def test_a_link_is_over_after_two_days(house, telegram, clock, owner, petro):
    old = await link(house, owner, "＋ Запросити глядача")
    clock.move(days=2)
    telegram.start(petro, old)
    await house.answer()
    assert house.last(petro).text.startswith("This invitation works no more")


async def test_a_role_is_changed_by_a_tap_told_to_its_holder_and_undone(house, telegram, owner, petro):
    telegram.start(petro, await link(house, owner, "＋ Запросити редактора"))
    await house.answer()
    card = await house.press(owner, await house.say(owner, "/team"), "Петро")
    assert buttons(card) == ["Зробити господарем", "Зробити глядачем", "🗑 Забрати роль", "← Назад"]
    taken = await house.press(owner, card, "🗑 Забрати роль")
    assert taken.text == "Петро – тепер без ролі."
    assert house.last(petro).text.startswith("Your role here was taken away")
    back = await house.press(owner, taken, "↩️ Повернути")
    assert back.text == "↩️ Повернув, як було: Петро: редактор → без ролі."
    assert "• Петро – редактор" in (await house.say(owner, "/team")).text


async def test_the_log_tells_who_changed_what_page_by_page(house, telegram, owner):
    for number in range(9):
        telegram.start(telegram.add_user(f"Гість{number}"), await link(house, owner, "＋ Запросити глядача"))
        await house.answer()
    first = await house.say(owner, "/log")
    assert "1. 09:40 · Оксана: Гість8: без ролі → глядач" in first.text
    older = await house.press(owner, first, "Давніші →")
    assert "1. 09:40 · Оксана: Гість0: без ролі → глядач" in older.text
    assert "2. 09:40 · хтось за пультом: –: без ролі → господар" in older.text
    assert (await house.press(owner, older, "← Найновіші")).text == first.text


async def test_a_change_is_undone_from_the_log(house, telegram, owner, petro):
    telegram.start(petro, await link(house, owner, "＋ Запросити редактора"))
    await house.answer()
    undone = await house.press(owner, await house.say(owner, "/log"), "↩️ 1")
    assert undone.text.startswith("↩️ Повернув, як було: Петро")
    assert "Петро" not in (await house.say(owner, "/team")).text
    assert "1. 09:40 · Оксана: ↩️ Петро: редактор → без ролі" in (await house.say(owner, "/log")).text


async def test_an_old_button_of_who_lost_their_role_does_nothing(house, telegram, owner, petro):
    telegram.start(petro, await link(house, owner, "＋ Запросити господаря"))
    await house.answer()
    theirs = await house.say(petro, "/team")
    card = await house.press(owner, await house.say(owner, "/team"), "Петро")
    await house.press(owner, card, "🗑 Забрати роль")
    refused = await house.press(petro, theirs, "＋ Invite an owner")
    assert refused.text.startswith("You may not do this")
