"""A Telegram of one's own for every test, with a clock that only the test moves."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from chatovyi.demo.bot_api import bot_api
from chatovyi.demo.telegram import StandIn
from chatovyi.serve import serving


class HandClock:
    def __init__(self):
        self.now = datetime(2026, 3, 2, 9, 40, tzinfo=UTC)

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def world(clock):
    return StandIn(clock=clock)


@pytest.fixture
async def address(world):
    async with serving(bot_api(world)) as address:
        yield address


@pytest.fixture
def bot_at(world):
    """Bots that do not load the certificates they never need: that takes longer than most tests."""

    def made(address):
        requests = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
        return Bot(world.token, base_url=f"{address}/bot", request=next(requests), get_updates_request=next(requests))

    return made


@pytest.fixture
async def bot(bot_at, address):
    async with bot_at(address) as bot:
        yield bot


@pytest.fixture
def oksana(world):
    user = world.add_user("Оксана")
    world.start(user)
    world.updates.drop()
    return user
