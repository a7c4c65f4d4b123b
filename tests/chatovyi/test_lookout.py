"""Troubles around the program: seen, told to the owners once, and mended where a clock was set."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chatovyi.lookout import Lookout
from core.model import BotId, ChatId, MessageId, Target
from core.outbox import Sent, after_try
from store.sqlite import sqlite_store

OWNER, STRANGER = Target(bot=BotId(1), chat=ChatId(5)), Target(bot=BotId(1), chat=ChatId(6))
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class World:
    """A machine whose clock can be set, and whatever is wrong with it."""

    def __init__(self, store):
        self.store = store
        self.now = datetime(2026, 3, 2, 9, 40, tzinfo=UTC)
        self.seconds = 0.0
        self.wrong = {"disk": False, "network": False, "telegram": False}
        self.jumps, self.rung = [], 0
        self.lookout = self.started()

    def started(self):
        return Lookout(
            store=self.store,
            clock=lambda: self.now,
            steady=lambda: self.seconds,
            zone=ZoneInfo("Europe/Kyiv"),
            owners=[OWNER, STRANGER],
            signs=lambda: dict(self.wrong),
            on_jump=self.jumped,
            on_news=self.ring,
        )

    async def watches_a_source(self):
        """It is due in a minute."""
        due = self.now + MINUTE
        await self.store.write(
            lambda tx: tx.add_source("https://a.test/", name=None, outlet="a", every=MINUTE, now=due)
        )

    async def jumped(self, by):
        self.jumps.append(by)

    def ring(self):
        self.rung += 1

    async def passes(self, minutes):
        """Time goes by, looked at every half minute."""
        for _ in range(2 * minutes):
            self.now += 30 * SECOND
            self.seconds += 30
            await self.lookout.look()
            await self.lookout.write()

    async def told(self):
        """What the owner was sent since the last time."""
        texts = []
        while due := await self.store.write(
            lambda tx: tx.claim_deliveries(OWNER.bot, now=self.now, until=self.now + MINUTE, limit=9)
        ):
            for one in due:
                assert one.target == OWNER
                texts.append(json.loads(one.payload)["text"])
                settled = after_try(one, Sent(MessageId(len(texts))), now=self.now)
                await self.store.write(lambda tx, one=one, to=settled: tx.settle_delivery(one, to, now=self.now))
            self.now += 5 * SECOND
            self.seconds += 5
        return texts


@pytest.fixture
async def world(tmp_path):
    async with sqlite_store(tmp_path / "house.db") as store:
        world = World(store)
        await store.write(lambda tx: tx.meet(OWNER, language="uk", now=world.now))
        await world.lookout.begin()
        yield world


async def test_an_owner_hears_that_the_network_is_gone_and_that_it_is_back(world):
    world.wrong["network"] = True
    await world.passes(9)
    assert await world.told() == []
    await world.passes(12)
    assert await world.told() == [
        "🌐 З 11:40 не можу дістатися жодного джерела: схоже, зникла мережа. Щойно з’явиться, усе наздожену."
    ]
    world.wrong["network"] = False
    await world.passes(10)
    assert await world.told() == ["🌐 Мережа знову є: не було з 11:40 до 12:01. Наздоганяю; джерела в цьому не винні."]
    assert world.rung == 2


async def test_a_day_without_telegram_is_told_once_it_is_back(world):
    world.wrong["telegram"] = True
    await world.passes(24 * 60)
    assert await world.told() == []
    world.wrong["telegram"] = False
    await world.passes(10)
    assert await world.told() == [
        "✈️ З 02.03, 11:40 до 11:40 Telegram мені не відповідав. Усе, що чекало, вже в дорозі."
    ]


async def test_alerts_that_wait_though_they_could_leave_are_late(world):
    reader = Target(bot=OWNER.bot, chat=ChatId(7))

    def write(tx):
        tx.meet(reader, language="uk", now=world.now)
        tx.say(reader, "{}", edits=None, now=world.now)

    await world.store.write(write)
    await world.passes(30)
    (owner_told,) = [
        one.payload
        for one in await world.store.write(
            lambda tx: tx.claim_deliveries(OWNER.bot, now=world.now, until=world.now + MINUTE, limit=9)
        )
        if one.target == OWNER
    ]
    assert "🐢 Сповіщення запізнюються з 11:55" in json.loads(owner_told)["text"]


async def test_a_clock_that_is_set_back_is_mended_and_told(world):
    await world.passes(5)
    await world.store.write(
        lambda tx: tx.add_source("https://a.test/", name=None, outlet="a", every=MINUTE, now=world.now + MINUTE)
    )
    world.now -= timedelta(hours=3)
    await world.passes(1)
    assert world.jumps == [-timedelta(hours=3)]
    due = await world.store.write(lambda tx: tx.claim_sources(now=world.now + MINUTE, until=world.now, limit=1))
    assert len(due) == 1
    assert await world.told() == [
        "🕰 Годинник машини, на якій я живу, о 08:45 перевели на 3 год назад. "
        "Свої строки я зсунув слідом; гляньте, чи працює служба часу (NTP)."
    ]
    await world.passes(30)
    assert await world.told() == []


async def test_a_clock_that_is_set_forward_is_told(world):
    await world.passes(5)
    world.now += timedelta(minutes=90)
    await world.passes(1)
    assert world.jumps == [timedelta(minutes=90)]
    (text,) = await world.told()
    assert "на 90 хв вперед" in text


async def test_a_clock_that_a_time_service_corrects_is_no_trouble(world):
    await world.passes(5)
    world.now -= 20 * SECOND
    await world.passes(1)
    assert (world.jumps, await world.told()) == ([], [])


async def test_a_clock_that_was_set_back_while_the_program_was_away_is_mended_at_the_start(world):
    await world.passes(5)
    await world.store.write(
        lambda tx: tx.add_source("https://a.test/", name=None, outlet="a", every=MINUTE, now=world.now + MINUTE)
    )
    world.now -= timedelta(hours=3)
    world.lookout = world.started()
    await world.lookout.begin()
    assert await world.store.write(lambda tx: tx.claim_sources(now=world.now + MINUTE, until=world.now, limit=1))
    await world.passes(1)
    (text,) = await world.told()
    assert "назад" in text
