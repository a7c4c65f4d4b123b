"""The whole house between a news site and a Telegram of the test's own, all on loopback."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from ipaddress import ip_network

import pytest

from chatovyi.assemble import open_house
from chatovyi.clock import system_clock
from chatovyi.demo.bot_api import bot_api
from chatovyi.demo.site import NewsSite
from chatovyi.demo.telegram import StandIn
from chatovyi.serve import serving
from config.settings import read_settings
from core.address import outlet_of
from seeds import load_world
from tests.chatovyi.terminal import typed

TOKEN = "100001:stand-in"


@pytest.fixture
def chatovyi(tmp_path):
    """Runs `chatovyi ARGUMENTS` in an empty folder; settings by name."""
    return partial(typed, tmp_path)


@pytest.fixture(scope="session")
def news_world():
    return load_world()


@pytest.fixture
def telegram():
    return StandIn(clock=system_clock, token=TOKEN)


@pytest.fixture
async def telegram_address(telegram):
    async with serving(bot_api(telegram)) as address:
        yield address


@pytest.fixture
def site(news_world):
    return NewsSite(news_world, clock=system_clock)


@pytest.fixture
async def site_address(site):
    async with serving(site.app) as address:
        yield address


@pytest.fixture
def settings(tmp_path, telegram_address):
    return replace(
        read_settings({}),
        database=tmp_path / "house.db",
        telegram_token=TOKEN,
        telegram_base_url=f"{telegram_address}/bot",
        telegram_file_url=f"{telegram_address}/file/bot",
        fetch_allow_private=(ip_network("127.0.0.0/8"),),
        delivery_growth=tuple(timedelta(milliseconds=50 * step) for step in range(1, 600)),
    )


@asynccontextmanager
async def living(settings):
    """The house, alive while inside."""
    async with open_house(settings, clock=system_clock) as house:
        life = asyncio.create_task(house.live())
        try:
            yield house
        finally:
            house.leave()
            await life


async def watch(house, world, address, *outlets):
    """Has the outlets of the world watched, every second, and their first visits made: what comes next is news."""
    now = system_clock()

    def add(tx):
        for outlet in map(world.outlet, outlets):
            url = address + outlet.feed_path
            tx.add_source(
                url, name=outlet.name, outlet=outlet_of(url, outlet.name), every=timedelta(seconds=1), now=now
            )

    await house.store.write(add)
    await house.patrol.beat()
    await house.patrol.rest()


async def follow(telegram, person, text):
    """The person sends a text and taps the button under the answer."""
    said = telegram.send_text(person, text)
    preview = await telegram.wait_message(person, contains="Шукаю", after=said.id)
    telegram.press(person, preview, "✅ Стежити")
    await telegram.wait_until(lambda: "Стежу" in telegram.message(person.id, preview.id).text)
    return preview


def telling(world, outlet, story):
    """One outlet's article of a story."""
    return next(one for one in world.articles if one.outlet == outlet and one.story == story)
