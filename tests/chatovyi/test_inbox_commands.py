"""What admins see of updates that were set aside, and how they have one answered after all."""

from datetime import UTC, datetime

import pytest

from chatovyi.admin import Admin
from chatovyi.clock import system_clock
from config.settings import read_settings
from core.errors import ConfigError
from core.model import BotId, ChatId
from store.sqlite import sqlite_store

BOT = BotId(100)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "x.db") as store:
        yield store


def admin_of(store, **named):
    return Admin(store=store, settings=read_settings({}), clock=system_clock, **named)


async def broken(store, number):
    def work(tx):
        tx.hear(BOT, [(number, ChatId(5), '{"message": {"text": "таємне слово"}}')], now=NOON)
        tx.set_aside(tx.next_heard(BOT), "message: KeyError", now=NOON)

    await store.write(work)


async def test_what_was_set_aside_is_listed_by_number_time_and_error_alone(store):
    assert await admin_of(store).do({"command": "inbox list"}) == "Nothing was set aside."
    await broken(store, 4711)
    listed = await admin_of(store).do({"command": "inbox list"})
    assert [line.split() for line in listed.splitlines()][1] == ["4711", "02.03.2026", "14:00", "message:", "KeyError"]
    assert "таємне" not in listed


async def test_a_retried_update_waits_again_and_the_running_program_is_woken(store):
    await broken(store, 4711)
    rung = []
    said = await admin_of(store, on_mail=lambda: rung.append(1)).do({"command": "inbox retry", "update": "4711"})
    assert (said, rung) == ("Update 4711 is being answered.", [1])
    assert (await store.write(lambda tx: tx.next_heard(BOT))).update == 4711


async def test_while_nothing_runs_a_retried_update_waits_for_the_next_start(store):
    await broken(store, 4711)
    said = await admin_of(store).do({"command": "inbox retry", "update": "4711"})
    assert said == "Update 4711 will be answered when Chatovyi runs."


async def test_an_update_that_was_not_set_aside_is_not_tried_again(store):
    with pytest.raises(ConfigError, match="inbox list"):
        await admin_of(store).do({"command": "inbox retry", "update": "5"})
