"""What a supervisor is told."""

import socket

import httpx
import pytest

from chatovyi.health import health_page
from chatovyi.report import QUEUES
from core.errors import ConfigError
from tests.chatovyi.conftest import living


async def test_a_program_whose_store_commits_and_whose_telegram_answers_is_ready(settings, telegram):
    async with living(settings) as house, health_page(house, ("127.0.0.1", 0)) as address, httpx.AsyncClient() as web:
        telegram.send_text(telegram.add_user("Оксана"), "/start")
        await telegram.wait_until(lambda: len(telegram.calls_of("getUpdates")) > 1)

        alive, ready = await web.get(f"{address}/livez"), await web.get(f"{address}/readyz")

    assert alive.text == "alive\n"
    answer = ready.json()
    assert (answer["ready"], answer["wrong"]) == (True, [])
    assert QUEUES.keys() <= answer["waiting"].keys()


async def test_a_telegram_that_has_not_answered_for_long_is_said(settings, telegram):
    telegram.fault("hold_before", "getUpdates", count=100)
    async with living(settings) as house, health_page(house, ("127.0.0.1", 0)) as address, httpx.AsyncClient() as web:
        ready = await web.get(f"{address}/readyz")

    assert ready.status_code == 503
    assert ready.json()["wrong"] == ["Telegram does not answer"]


class Waiting:
    """A store in which every write waits for the disk."""

    trouble = "The disk is full: free space."


async def test_a_store_that_waits_for_its_disk_says_so_at_once(settings, telegram, monkeypatch):
    async with living(settings) as house, health_page(house, ("127.0.0.1", 0)) as address, httpx.AsyncClient() as web:
        await telegram.wait_until(lambda: telegram.calls_of("getUpdates"))
        monkeypatch.setattr(house, "store", Waiting())
        ready = await web.get(f"{address}/readyz")

    assert ready.status_code == 503
    assert "The disk is full: free space." in ready.json()["wrong"]


async def test_a_taken_port_is_said_with_what_to_do(settings, telegram):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with living(settings) as house:
            with pytest.raises(ConfigError, match="Choose another port"):
                async with health_page(house, taken.getsockname()):
                    pass
