"""Menus differ by role, and follow it."""

import pytest

from bot.admin.menus import Menus
from bot.door import COMMANDS
from chatovyi.demo.faults import Fault


@pytest.fixture
def menus(house, api, store):
    return Menus(telegram=api, store=store, bot=house.number)


def failing(method):
    return Fault(kind="http_500", method=method, count=1, after=0, retry_after=0, code=500, description="")


async def menu(api, person):
    scope = {"type": "chat", "chat_id": person.id}
    found = await api.do_api_request("getmycommands", api_kwargs={"scope": scope})
    return [command["command"] for command in found][len(COMMANDS) :]


async def test_a_menu_holds_what_the_role_may_do_and_goes_with_it(house, api, menus, oksana):
    await house.say(oksana, "/start")
    for role, more in (
        ("viewer", ["health", "log"]),
        ("editor", ["health", "log"]),
        ("owner", ["health", "log", "team"]),
        (None, []),
    ):
        await house.verb("put_role", house.target(oksana), role, name="Оксана")
        await menus.beat()
        assert await menu(api, oksana) == more


async def test_a_menu_that_telegram_refuses_is_set_next_time(house, telegram, api, menus, oksana):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), "owner", name="Оксана")
    telegram.faults.add(failing("setMyCommands"))
    await menus.beat()
    assert await menu(api, oksana) == []
    await menus.beat()
    assert await menu(api, oksana) == ["health", "log", "team"]


async def test_menus_that_are_as_they_should_be_are_left_alone(house, telegram, menus, oksana):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), "viewer", name="Оксана")
    await menus.beat()
    before = len(telegram.calls)
    await menus.beat()
    assert len(telegram.calls) == before
