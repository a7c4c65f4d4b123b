"""How the program is, on a terminal and for a script."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from chatovyi.admin import Admin
from chatovyi.backups import Backups
from config.settings import read_settings
from core.model import BotId, ChatId, Target
from core.trouble import Trouble
from store.sqlite import sqlite_store

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OKSANA = Target(bot=BotId(1), chat=ChatId(5))


@pytest.fixture
def settings(tmp_path):
    return read_settings({"CHATOVYI_DATABASE": f"sqlite:///{tmp_path}/x.db"})


@pytest.fixture
async def store(settings):
    async with sqlite_store(settings.database) as store:
        yield store


@pytest.fixture
def ask(store, settings):
    async def ask(*wrong, running=True, **given):
        async def why():
            return list(wrong)

        admin = Admin(store=store, settings=settings, clock=lambda: NOON, wrong=why if running else None)
        return await admin.do({"command": "health", **given})

    return ask


def lines(text):
    return dict(line.split("  ", 1) for line in text.splitlines())


async def test_a_program_that_has_nothing_to_do_says_so(ask):
    assert await ask(running=False) == (
        "program            0.1.0, not running\n"
        "people's messages  0 waiting\n"
        "answers            0 waiting\n"
        "alerts             0 waiting\n"
        "sources due        0 waiting\n"
        "pages to read      0 waiting\n"
        "unknown            0 messages that may have arrived\n"
        "set aside          0 messages of people\n"
        "sources            none\n"
        "last backup        none"
    )


async def test_what_waits_is_said_with_its_age_and_what_is_wrong_in_words(ask, store, settings):
    def world(tx):
        tx.meet(OKSANA, language="uk", now=NOON)
        tx.say(OKSANA, "{}", edits=None, now=NOON - timedelta(seconds=40))
        tx.add_source(
            "https://a.test/", name=None, outlet="a", every=timedelta(hours=1), now=NOON - timedelta(minutes=5)
        )
        tx.put_trouble(Trouble(kind="network", began=NOON - timedelta(hours=1), worth_telling_at=NOON))

    await store.write(world)
    await Backups(settings, clock=lambda: NOON - timedelta(hours=9)).make()

    found = lines(await ask("Telegram does not answer"))

    assert found["answers"].strip() == "1 waiting, the oldest for 40s"
    assert found["sources due"].strip() == "1 waiting, the oldest for 5m"
    assert found["wrong"].strip() == "Telegram does not answer"
    assert found["trouble"].strip() == "network, since 02.03 13:00"
    assert found["sources"].strip() == "1 new"
    assert found["last backup"].strip() == "02.03.2026 05:00"

    packed = json.loads(await ask("Telegram does not answer", json="yes"))
    assert (packed["running"], packed["well"], packed["wrong"]) == (True, False, ["Telegram does not answer"])
    assert packed["waiting"]["answers"] == {"count": 1, "oldest_s": 40}
    assert packed["troubles"] == [{"kind": "network", "since": "2026-03-02T11:00:00+00:00"}]
    assert packed["last_backup"] == "2026-03-02T03:00:00+00:00"


async def test_a_program_with_no_trouble_is_well(ask):
    assert json.loads(await ask(json="yes"))["well"] is True
