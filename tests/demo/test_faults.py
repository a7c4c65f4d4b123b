"""A fault fails a call the way the network fails it, and the world knows whether it was carried out."""

import asyncio
import time
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
from telegram.error import BadRequest, NetworkError, RetryAfter

from chatovyi.serve import serving
from core.errors import ConfigError


def texts(world, user):
    return [message.text for message in world.messages(user) if message.outgoing]


async def test_too_many_requests_says_when_to_come_again(world, bot, oksana, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    world.fault("http_429", "sendMessage", retry_after=7)

    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(oksana.id, "а")

    assert refusal.value.retry_after == timedelta(seconds=7)
    assert texts(world, oksana) == []


@pytest.mark.parametrize(
    ("kind", "delivered", "cause"),
    [
        ("http_500", [], type(None)),
        ("http_500_after", ["а"], type(None)),
        ("http_502", [], Exception),
        ("lost_response", ["а"], (httpx.RemoteProtocolError, httpx.ReadError)),
        ("reset_before", [], (httpx.RemoteProtocolError, httpx.ReadError)),
    ],
)
async def test_an_unclear_failure_is_a_network_error(world, bot, oksana, kind, delivered, cause):
    world.fault(kind, "sendMessage")

    with pytest.raises(NetworkError) as failure:
        await bot.send_message(oksana.id, "а")

    assert isinstance(failure.value.__cause__, cause)
    assert texts(world, oksana) == delivered
    await bot.send_message(oksana.id, "б")
    assert texts(world, oksana) == [*delivered, "б"]


async def test_any_answer_can_be_ordered(world, bot, oksana):
    world.fault("error", "sendMessage", code=400, description="Bad Request: TOPIC_CLOSED")

    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(oksana.id, "а")


async def test_a_fault_waits_for_its_turn_and_lasts_as_long_as_asked(world, bot, oksana):
    world.fault("http_500", "*", after=1, count=2)
    await bot.get_updates()

    outcomes = []
    for text in "абвг":
        try:
            await bot.send_message(oksana.id, text)
            outcomes.append("sent")
        except NetworkError:
            outcomes.append("failed")

    assert outcomes == ["sent", "failed", "failed", "sent"]


@pytest.mark.parametrize(("kind", "delivered"), [("hold_before", []), ("hold_after", ["а"])])
async def test_a_held_call_waits_for_its_release(world, bot, oksana, kind, delivered):
    world.fault(kind, "sendMessage")
    sending = asyncio.create_task(bot.send_message(oksana.id, "а"))
    await world.wait_until(lambda: world.calls_of("sendMessage"))

    assert not sending.done()
    assert texts(world, oksana) == delivered

    world.release()
    assert (await sending).text == "а"
    assert texts(world, oksana) == ["а"]


async def test_a_server_stops_at_once_whatever_is_still_open(capfd):
    async def endless(request):
        async def ticks():
            yield b"first\n"
            await asyncio.Event().wait()

        return StreamingResponse(ticks())

    async with httpx.AsyncClient() as client:
        async with serving(Starlette(routes=[Route("/", endless)])) as address:
            stream = client.stream("GET", address)
            answer = await stream.__aenter__()
            assert await anext(answer.aiter_lines()) == "first"
            leaving = time.monotonic()
        assert time.monotonic() - leaving < 1
        await stream.__aexit__(None, None, None)
        with pytest.raises(httpx.ConnectError):
            await client.get(address)
    assert capfd.readouterr() == ("", "")


async def test_a_taken_port_is_said_at_once(address):
    port = int(address.rpartition(":")[2])
    with pytest.raises(ConfigError, match="in use"):
        async with serving(Starlette(), port=port):
            pass
