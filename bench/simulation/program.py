"""The real parts of the program over a simulated world: all but the sockets, the threads and APScheduler."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import cast
from zoneinfo import ZoneInfo

from telegram import Bot

from bench.simulation.world import Life, SimulatedStore, SimulatedTelegram, World, living
from bot.courier import Courier, Loads
from bot.door import Door
from bot.handlers import Itself, People
from bot.inbox import Poller, Reader
from bot.messenger import Messenger
from chatovyi.assemble import PAGES_AT_A_TIME, House
from chatovyi.dictionaries import linguist
from chatovyi.lookout import Lookout
from core.model import BotId, ChatId
from core.pace import Pace
from watchers.desk import Desk
from watchers.extract import Extractor
from watchers.fetch import Fetcher
from watchers.metronome import Beat, Metronome
from watchers.pages import PageReader
from watchers.patrol import Patrol, Rounds

GROWTH = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""The later steps would only make a run longer than its hour."""
SELDOM = 5
"""Times an interval between two beats here."""
ZONE = ZoneInfo("Europe/Kyiv")


class SimulatedMetronome(Metronome):
    """Beats by the loop's own time, and seldom: most beats find nothing to do, and cost as much as the others."""

    def __init__(self, alarm: Callable[[BaseException], None]) -> None:
        super().__init__(alarm)
        self._beats: list[tuple[timedelta, Beat]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def every(self, interval: timedelta, beat: Beat) -> None:
        self._beats.append((interval, beat))

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._beating(*beat)) for beat in self._beats]

    def anew(self) -> None:
        pass  # no beat waits by the clock

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _beating(self, interval: timedelta, beat: Beat) -> None:
        while True:
            await asyncio.sleep(SELDOM * interval.total_seconds())
            await self._guarded(beat)


async def run(world: World) -> None:
    """One process, from its start until it is killed or told to leave."""
    bot, number = _door(world)
    store = SimulatedStore(world)
    house = House(store=store, clock=world.now)
    house.metronome = SimulatedMetronome(house.alarm)
    desk = Desk(store=store, linguist=linguist(), clock=world.now, growth=GROWTH)
    fetcher = cast(Fetcher, world.web)
    house.patrol = Patrol(
        store=store,
        fetcher=fetcher,
        pages=PageReader(fetcher=fetcher, extractor=Extractor(), zone=ZONE, hands=PAGES_AT_A_TIME),
        desk=desk,
        clock=world.now,
        zone=ZONE,
        rounds=Rounds(),
        pace=Pace(fastest=timedelta(minutes=1), slowest=timedelta(minutes=2)),
        dice=world.dice.random,
        on_news=house.post.ring,
        alarm=house.alarm,
    )
    house.courier = _courier(world, store, on_room=house.post.ring, alarm=house.alarm)
    itself = Itself(username="chatovyi_bot", token=lambda: f"{world.dice.getrandbits(64):x}")
    people = People(
        store=store, linguist=linguist(), clock=world.now, zone=ZONE, itself=itself, administers=_nobody, files=_no_file
    )
    house.door = Door(bot, number, "chatovyi_bot")
    house.reader = Reader(
        telegram=bot, store=store, people=people, bot=number, clock=world.now, on_answer=house.post.ring
    )
    house.poller = Poller(telegram=bot, store=store, bot=number, clock=world.now, on_news=house.mail.ring)
    house.lookout = Lookout(
        store=store,
        clock=world.now,
        steady=world.loop.time,
        zone=ZONE,
        owners=[],
        signs=house.signs,
        on_jump=house.clock_was_set,
        on_news=house.post.ring,
    )
    world.house = house
    await house.live()


def _door(world: World) -> tuple[Bot, BotId]:
    request = SimulatedTelegram(world)
    token = world.telegram.token
    bot = Bot(token, base_url="https://telegram.test/bot", request=request, get_updates_request=request)
    return bot, BotId(int(token.partition(":")[0]))


def _courier(
    world: World, store: SimulatedStore, *, on_room: Callable[[], None], alarm: Callable[[BaseException], None]
) -> Courier:
    bot, number = _door(world)
    return Courier(
        store=store,
        messenger=Messenger(bot),
        bot=number,
        clock=world.now,
        zone=ZONE,
        loads=Loads(),
        on_room=on_room,
        alarm=alarm,
    )


async def carry_too(world: World) -> None:
    """A second process that only carries, and halts at times: what it claimed is another's when it goes on."""

    def alarm(error: BaseException) -> None:
        raise error

    courier = _courier(world, SimulatedStore(world, halts=True), on_room=lambda: None, alarm=alarm)
    while True:
        await courier.round()
        await asyncio.sleep(SELDOM)


async def lives(world: World) -> None:
    """Process after process: whoever is killed is started again after a while."""
    while True:
        life = world.born()
        process = living(life, run(world), world.loop)
        death = asyncio.create_task(world.died.wait())
        await asyncio.wait({process, death}, return_when=asyncio.FIRST_COMPLETED)
        death.cancel()
        if not life.dead:
            process.result()  # it left, or something broke that it could not bear
            return
        await _buried(life)
        await asyncio.sleep(world.dice.uniform(0, 90))


async def _buried(life: Life) -> None:
    """What still runs of a dead process finds every door shut."""
    while life.tasks:
        tasks = list(life.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _nobody(chat: ChatId, person: ChatId) -> bool:
    """There are no groups in this world."""
    return False


async def _no_file(file: str) -> bytes:
    """Nor files."""
    return b""
