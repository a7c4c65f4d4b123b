"""Commands that reach the running process, and nobody else's."""

import asyncio

import pytest

from chatovyi.admin import Admin
from chatovyi.clock import system_clock
from chatovyi.control import ask, listening, socket_path
from config.settings import read_settings
from core.errors import ConfigError
from store.sqlite import sqlite_store

ADD = {"command": "source add", "url": "https://example.com/feed", "every": None, "name": None}


async def test_two_databases_in_one_folder_have_a_socket_each(tmp_path):
    async with sqlite_store(tmp_path / "bot.prod") as prod, sqlite_store(tmp_path / "bot.test") as test:
        one, other = (Admin(store=store, settings=read_settings({}), clock=system_clock) for store in (prod, test))
        async with listening(tmp_path / "bot.prod", one), listening(tmp_path / "bot.test", other):
            await ask(tmp_path / "bot.prod", ADD)

        assert len(await prod.read(lambda tx: tx.sources())) == 1
        assert await test.read(lambda tx: tx.sources()) == []


async def test_only_the_owner_may_connect(tmp_path):
    async with sqlite_store(tmp_path / "x.db") as store:
        admin = Admin(store=store, settings=read_settings({}), clock=system_clock)
        async with listening(tmp_path / "x.db", admin):
            assert socket_path(tmp_path / "x.db").stat().st_mode & 0o777 == 0o600
        assert not socket_path(tmp_path / "x.db").exists()


@pytest.mark.parametrize("request_", [{"command": "sing"}, {}, {"command": "source add"}, []])
async def test_a_request_that_makes_no_sense_is_refused_in_words(tmp_path, request_):
    async with sqlite_store(tmp_path / "x.db") as store:
        admin = Admin(store=store, settings=read_settings({}), clock=system_clock)
        async with listening(tmp_path / "x.db", admin):
            with pytest.raises(ConfigError):
                await ask(tmp_path / "x.db", request_)


async def test_a_long_answer_comes_whole(tmp_path):
    async with sqlite_store(tmp_path / "x.db") as store:
        admin = Admin(store=store, settings=read_settings({}), clock=system_clock)
        async with listening(tmp_path / "x.db", admin):
            long = "https://example.com/" + "a" * 1500
            for first in range(0, 800, 100):
                numbers = range(first, first + 100)
                await asyncio.gather(*(ask(tmp_path / "x.db", ADD | {"url": f"{long}/{one}"}) for one in numbers))
            listed = await ask(tmp_path / "x.db", {"command": "source list"})

    assert len(listed) > 1 << 20
    assert len(listed.splitlines()) == 801


async def test_nobody_at_home_is_said_with_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match="try again in a moment"):
        await ask(tmp_path / "x.db", ADD)


def test_a_path_too_long_for_a_socket_gets_a_short_name_of_its_own(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60) / "x.db"

    assert len(str(socket_path(deep))) <= 100
    assert socket_path(deep) != socket_path(deep.with_name("y.db"))
    assert socket_path(tmp_path / "x.sock") != tmp_path / "x.sock"
