"""The bill of materials: settings in, running parts out; the only place that knows concrete classes."""

import asyncio
import logging
import platform
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, timedelta, tzinfo
from functools import partial
from secrets import token_urlsafe

from bot.admin.menus import Menus
from bot.admin.sources import unlike, watch_over
from bot.admin.step import Facts
from bot.courier import Courier, Loads
from bot.door import Door, introduce, telegram_door
from bot.files import files_of
from bot.handlers import Itself, People
from bot.inbox import Poller, Reader
from bot.messenger import Messenger
from bot.reading import ReadingRoom
from bot.rights import Rights
from chatovyi import __version__
from chatovyi.backups import Backups
from chatovyi.bell import Bell
from chatovyi.dictionaries import linguist, made_by
from chatovyi.keep import SnapshotFile
from chatovyi.lookout import Lookout
from config.settings import Settings
from core.errors import ConfigError
from core.model import ChatId, Target
from core.pace import Pace
from core.ports import Clock, Store
from core.role import install_owners
from core.trouble import Kind
from store.backup import copies
from store.sqlite import check, sqlite_store
from watchers.asking import Limits
from watchers.desk import Desk
from watchers.extract import Extractor
from watchers.fetch import Fetcher
from watchers.gate import Gate
from watchers.metronome import Metronome
from watchers.pages import PageReader
from watchers.patrol import Patrol, Rounds
from watchers.scout import Scout

log = logging.getLogger(__name__)

Alarm = Callable[[BaseException], None]


def user_agent(settings: Settings) -> str:
    """Who we are, for a site's admin: program, version, whom to ask."""
    contact = f"; +{settings.fetch_contact}" if settings.fetch_contact else ""
    return f"Chatovyi/{__version__} (news watcher; Python {platform.python_version()}{contact})"


def fetcher(settings: Settings, clock: Clock) -> Fetcher:
    """The door to the web, as the settings want it."""
    return Fetcher(
        allow_private=settings.fetch_allow_private,
        user_agent=user_agent(settings),
        limits=Limits(),
        clock=clock,
        gate=Gate(clock=clock, gap=settings.fetch_gap),
    )


TOKEN_BYTES = 9
"""Of chance in the word of a link: nobody guesses one of 2^72."""
PATROL_BEAT = timedelta(seconds=1)
UPKEEP_BEAT = timedelta(minutes=1)
PAGES_AT_A_TIME = 2
"""Fetched from one source."""
UPKEEP_PIECE = 500
"""Rows deleted at most in one transaction."""
LATEST_POLL = timedelta(seconds=90)
"""Telegram answers a poll at least once a minute; one that was not answered for so long is cut off."""
LONGEST_IDLE = timedelta(seconds=10)
"""The outbox is looked into this often even where no bell rang."""
DRAIN = timedelta(seconds=5)
"""What is on its way to Telegram may take this long to arrive when the program stops."""


class House:
    """The running parts. `live` returns when `leave` was called, and raises what no part could bear."""

    def __init__(self, *, store: Store, clock: Clock, zone: tzinfo = UTC) -> None:
        self.store = store
        self.clock = clock
        self.zone = zone
        """In which admins are told times, where theirs is not known."""
        self.post = Bell(clock)
        """Rung when something is put into the outbox."""
        self.mail = Bell(clock)
        """Rung when something was put into the inbox."""
        self.metronome = Metronome(self.alarm)
        self.patrol: Patrol | None = None
        self.courier: Courier | None = None
        self.reader: Reader | None = None
        self.poller: Poller | None = None
        self.door: Door | None = None
        self.menus: Menus | None = None
        self.backups: Backups | None = None
        self.scout: Scout | None = None
        self.lookout: Lookout | None = None
        self.owners: tuple[Target, ...] = ()
        """Those whom the settings name; they have that role from the start on."""
        self._began = clock()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._parts: list[asyncio.Task[None]] = []

    def alarm(self, error: BaseException) -> None:
        """Something happened that the program must not live on with."""
        if not self._over.done():
            self._over.set_exception(error)

    def leave(self) -> None:
        """Stop taking on work, finish what is under way."""
        if not self._over.done():
            self._over.set_result(None)

    @property
    def unheard(self) -> bool:
        """Whether Telegram has not answered for so long that it is cut off, or we are."""
        last = self.poller.answered if self.poller else None
        return self.poller is not None and (last is None or self.clock() - last > LATEST_POLL)

    def signs(self) -> dict[Kind, bool]:
        """What is wrong at the moment."""
        return {
            "disk": self.store.trouble is not None,
            "network": self.patrol is not None and self.patrol.lost,
            "telegram": self.unheard and self.clock() - self._began > LATEST_POLL,
        }

    async def clock_was_set(self, by: timedelta) -> None:
        """What beats by the clock begins anew; forward, everything is overdue at once."""
        self.metronome.anew()
        if self.patrol and by > timedelta(0):
            await self.patrol.begin()

    async def live(self) -> None:
        """Runs all parts until it is time to leave."""
        await self._begin()
        try:
            await self._over
        finally:
            await self._drain()

    async def _begin(self) -> None:
        now = self.clock()
        if self.lookout:
            await self.lookout.begin()
        await self.store.write(lambda tx: tx.release_leases(now=now))
        await self.store.write(lambda tx: install_owners(tx, self.owners, now=now))
        if self.patrol:
            await self.patrol.begin()
            self.metronome.every(PATROL_BEAT, self.patrol.beat)
        if self.courier:
            self._start(self._carry(self.courier))
        if self.reader and self.poller and self.door:
            self._start(introduce(self.door))
            self._start(self._read(self.reader))
            self._start(self.poller.run())
        if self.lookout:
            self._start(self.lookout.keep_looking())
            self._start(self.lookout.keep_writing())
        self.metronome.every(UPKEEP_BEAT, self._upkeep)
        if self.menus:
            self.metronome.every(UPKEEP_BEAT, self.menus.beat)
        if self.door and self.patrol:
            self.metronome.every(UPKEEP_BEAT, partial(self._watch_over, self.door, self.patrol))
        if self.backups:
            self.metronome.every(UPKEEP_BEAT, self.backups.beat)
        self.metronome.start()

    def _start(self, part: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(part)
        task.add_done_callback(self._ended)
        self._parts.append(task)

    def _ended(self, part: asyncio.Task[None]) -> None:
        if not part.cancelled() and (error := part.exception()):
            self.alarm(error)

    async def _carry(self, courier: Courier) -> None:
        while True:
            soon = self.clock() + LONGEST_IDLE
            await self.post.wait(min(await courier.round() or soon, soon))

    async def _read(self, reader: Reader) -> None:
        while True:
            await reader.read_all()
            await self.mail.wait()

    async def _upkeep(self) -> None:
        now = self.clock()
        await self.store.write(lambda tx: tx.expire_leases(now=now))
        await self.store.write(lambda tx: tx.forget_old(now=now, limit=UPKEEP_PIECE))

    async def _watch_over(self, door: Door, patrol: Patrol) -> None:
        """Admins hear of sources that are not well; without a network nobody knows how they are."""
        now = self.clock()
        if patrol.lost or not await self.store.read(lambda tx: unlike(tx, now=now)):
            return
        if await self.store.write(lambda tx: watch_over(tx, bot=door.number, zone=self.zone, now=now)):
            self.post.ring()

    async def _drain(self) -> None:
        """New work first stops coming; what was begun is finished, or left as it was."""
        self.metronome.stop()
        if self.backups:
            await self.backups.stop()
        for part in self._parts:
            part.cancel()
        await asyncio.gather(*self._parts, return_exceptions=True)
        if self.patrol:
            await self.patrol.stop()
        if self.courier:
            await self.courier.stop(DRAIN)


@asynccontextmanager
async def open_house(settings: Settings, *, clock: Clock) -> AsyncIterator[House]:
    """Opens everything the settings ask for, and closes it all in the end.

    Raises `ConfigError` or `StoreError` with what to do; then nothing was changed.
    """
    check(settings.database)
    async with AsyncExitStack() as stack:
        telegram = None
        if settings.roles & {"bot", "deliver"}:
            telegram = await stack.enter_async_context(_telegram(settings))
        store = await stack.enter_async_context(sqlite_store(settings.database))
        house = House(store=store, clock=clock, zone=settings.timezone)
        house.backups = Backups(settings, clock=clock)
        house.lookout = Lookout(
            store=store,
            clock=clock,
            steady=time.monotonic,
            zone=settings.timezone,
            owners=[Target(bot=telegram.number, chat=ChatId(owner)) for owner in settings.owners] if telegram else [],
            signs=house.signs,
            on_jump=house.clock_was_set,
            on_news=house.post.ring,
        )
        if "fetch" in settings.roles:
            await _furnish_watchers(house, settings, stack)
        if telegram:
            _furnish_bot(house, settings, telegram)
        yield house


def _telegram(settings: Settings) -> AbstractAsyncContextManager[Door]:
    if not settings.telegram_token:
        raise ConfigError(
            "No Telegram token: ask @BotFather for one and set CHATOVYI_TELEGRAM_TOKEN, "
            "or see everything without it: ./run demo"
        )
    return telegram_door(
        settings.telegram_token,
        base_url=settings.telegram_base_url,
        file_url=settings.telegram_file_url,
        hands=Loads().hands,
    )


async def _furnish_watchers(house: House, settings: Settings, stack: AsyncExitStack) -> None:
    desk = Desk(
        store=house.store,
        linguist=linguist(),
        clock=house.clock,
        growth=settings.delivery_growth,
        keep=SnapshotFile(settings.database.with_name(settings.database.name + "-matcher"), made_by=made_by()),
    )
    stack.callback(desk.close)
    if not settings.fetch_contact:
        log.warning("sites cannot tell whom to ask about us: set CHATOVYI_FETCH_CONTACT to a page or an e-mail address")
    door = await stack.enter_async_context(fetcher(settings, house.clock))
    house.scout = Scout(door, clock=house.clock, zone=settings.timezone)
    extractor = await stack.enter_async_context(Extractor())
    house.patrol = Patrol(
        store=house.store,
        fetcher=door,
        pages=PageReader(fetcher=door, extractor=extractor, zone=settings.timezone, hands=PAGES_AT_A_TIME),
        desk=desk,
        clock=house.clock,
        zone=settings.timezone,
        rounds=Rounds(hands=settings.fetch_visits),
        pace=Pace(fastest=settings.fetch_fastest, slowest=settings.fetch_slowest),
        dice=random.random,
        on_news=house.post.ring,
        alarm=house.alarm,
    )


def _furnish_bot(house: House, settings: Settings, door: Door) -> None:
    store, clock, zone = house.store, house.clock, settings.timezone
    if "deliver" in settings.roles:
        house.courier = Courier(
            store=store,
            messenger=Messenger(door.bot, room=_room(settings, door, clock)),
            bot=door.number,
            clock=clock,
            zone=zone,
            loads=Loads(),
            on_room=house.post.ring,
            alarm=house.alarm,
            owner=_chat(next(iter(settings.owners), None)),
        )
    if "bot" in settings.roles:
        house.door = door
        house.menus = Menus(telegram=door.bot, store=store, bot=door.number)
        owners = tuple(map(ChatId, settings.owners))
        facts = Facts(
            version=__version__,
            backup=lambda: max((made for made, _ in copies(settings.backups)), default=None),
        )
        house.owners = tuple(Target(bot=door.number, chat=owner) for owner in owners)
        itself = Itself(username=door.username, token=lambda: token_urlsafe(TOKEN_BYTES))
        rights = Rights(door.bot, clock=clock)
        people = People(
            store=store,
            linguist=linguist(),
            clock=clock,
            zone=zone,
            itself=itself,
            administers=rights,
            files=files_of(door.bot),
            owners=owners,
            facts=facts,
        )
        house.reader = Reader(
            telegram=door.bot,
            store=store,
            people=people,
            bot=door.number,
            clock=clock,
            on_answer=house.post.ring,
            owners=owners,
        )
        house.poller = Poller(telegram=door.bot, store=store, bot=door.number, clock=clock, on_news=house.mail.ring)


def _room(settings: Settings, door: Door, clock: Clock) -> ReadingRoom | None:
    chat = _chat(settings.telegram_service_chat)
    return None if chat is None else ReadingRoom(door.bot, chat, clock)


def _chat(number: int | None) -> ChatId | None:
    return None if number is None else ChatId(number)
