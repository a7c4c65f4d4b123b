"""Everything that asks for a role is refused to whoever has less, and logged: every row of the table by every role."""

import ast
import logging
from pathlib import Path

import pytest

from bot.admin.admins import BUTTONS, LOOKING, TEXTS, UPLOAD
from bot.admin.admins import COMMANDS as ASKED_BY_COMMAND
from bot.admin.permissions import ADMIN_COMMANDS, LEAST, OPEN
from bot.door import COMMANDS
from core.role import ROLES, may

BOT = Path(__file__).parents[2] / "bot"
REFUSED = "На це у вас немає права"
ASKED = [(key, role) for key in LEAST if key != UPLOAD for role in (None, *ROLES)]


async def ask(house, person, key):
    """The person types the command, or presses a button of that word under whatever message they have."""
    if key.startswith("/"):
        return await house.say(person, key)
    await house.forge(person, house.last(person), f"{key}:1:1")
    return house.last(person)


@pytest.mark.parametrize(("key", "role"), ASKED)
async def test_a_role_does_what_the_table_says_and_nothing_else(house, oksana, caplog, key, role):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), role, name="Оксана")
    before = await house.store.read(kept)
    with caplog.at_level(logging.WARNING, "bot.admin"):
        answer = await ask(house, oksana, key)
    refused = [record for record in caplog.records if record.message == "refused"]
    if may(role, LEAST[key]):
        assert not answer.text.startswith(REFUSED)
        assert refused == []
    else:
        assert answer.text.startswith(REFUSED)
        assert [(record.asked, record.role) for record in refused] == [(key, role)]
        assert await house.store.read(kept) == before


def kept(tx):
    """Every row of what only people with a role may change."""
    tables = "role invitation change source watch_list list_line list_follower".split()
    return {table: list(tx._execute(f"SELECT * FROM {table}")) for table in tables}


@pytest.mark.parametrize("role", [None, *ROLES])
@pytest.mark.parametrize("about", sorted(TEXTS))
async def test_a_text_that_was_asked_for_is_taken_by_who_still_has_the_role(house, oksana, caplog, about, role):
    one = await house.verb("add_list", "minsk", "Мінськ", token="t")
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), role, name="Оксана")
    await house.verb("await_text", house.target(oksana), f"{about}:{0 if about == 'list_new' else one}")
    before = await house.store.read(kept)
    answer = await house.say(oksana, "🕊")
    if may(role, LEAST[about]):
        assert not answer.text.startswith(REFUSED)
    else:
        assert answer.text.startswith(REFUSED)
        assert await house.store.read(kept) == before


def test_every_deed_stands_in_the_table_and_nothing_else_does():
    assert {*ASKED_BY_COMMAND, *BUTTONS, *LOOKING, *TEXTS, UPLOAD} == set(LEAST)
    assert not OPEN & set(LEAST)


def test_every_command_is_in_one_of_both_tables():
    assert {f"/{name}" for name in COMMANDS} <= OPEN | set(LEAST)
    assert {f"/{name}" for name in ADMIN_COMMANDS} <= set(LEAST)


def pressed():
    """The word of every button that is made anywhere in the bot."""
    for file in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "press" and len(node.args) > 1:
                yield from words_of(node.args[1])


def words_of(node):
    """The word that a button is given; of two that are chosen from, both."""
    if isinstance(node, ast.IfExp):
        yield from (*words_of(node.body), *words_of(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_button_is_in_one_of_both_tables():
    found = set(pressed())
    assert {"follow", "team", "grant", "list"} <= found
    assert found - OPEN - set(LEAST) == set()
