"""The bot between a store on a file of its own and a stand-in for Telegram; only the test moves the clock."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.courier import Courier, Loads
from bot.files import files_of
from bot.handlers import Itself, People
from bot.inbox import Poller, Reader
from bot.messenger import Messenger
from bot.reading import ReadingRoom
from bot.rights import Rights
from chatovyi.demo.bot_api import bot_api
from chatovyi.demo.model import Callback
from chatovyi.demo.telegram import StandIn
from chatovyi.demo.wire import callback_json
from chatovyi.dictionaries import linguist
from chatovyi.serve import serving
from core.model import BotId, ChatId, Entry, Source, Target, Validators
from core.role import install_owners
from store.sqlite import sqlite_store
from watchers.desk import Desk


class HandClock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 9, 40, tzinfo=UTC)

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def telegram(clock):
    return StandIn(clock=clock)


@pytest.fixture
async def api(telegram, monkeypatch):
    """The library's client at the stand-in; it loads no certificates, which takes longer than most tests."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with serving(bot_api(telegram)) as address:
        requests = [HTTPXRequest(connection_pool_size=40, httpx_kwargs={"verify": False}) for _ in range(2)]
        base = f"{address}/bot"
        files = f"{address}/file/bot"
        async with Bot(
            telegram.token, base_url=base, base_file_url=files, request=requests[0], get_updates_request=requests[1]
        ) as bot:
            yield bot


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "bot.db") as store:
        yield store


@pytest.fixture
async def house(telegram, api, store, clock):
    house = House(telegram, api, store, clock)
    yield house
    house.desk.close()


@pytest.fixture
def oksana(telegram):
    return telegram.add_user("Оксана")


@pytest.fixture
def petro(telegram):
    return telegram.add_user("Петро", language_code="en")


class House:
    """The bot's parts as the program has them, each set going by the test alone."""

    def __init__(self, telegram, api, store, clock):
        self.telegram, self.api, self.store, self.clock = telegram, api, store, clock
        self.number = BotId(api.id)
        self.alarms = []
        itself = Itself(username=api.username, token=lambda: next(self.tokens))
        self.tokens = (f"token{number}" for number in count(1))
        self.owners = []
        """Those whom the settings name, as far as a test names any."""
        self.itself = itself
        self.people = self.people_of()
        self.reader = self.reader_of(self.people)
        self.courier = self.new_courier()
        self.desk = Desk(store=store, linguist=linguist(), clock=clock)

    def people_of(self, *, owners=()):
        return People(
            store=self.store,
            linguist=linguist(),
            clock=self.clock,
            zone=UTC,
            itself=self.itself,
            administers=Rights(self.api, clock=self.clock),
            files=files_of(self.api),
            owners=owners,
        )

    async def own(self, person):
        """The settings name the person as an owner, and the program has started since."""
        self.owners.append(person.id)
        self.reader = self.reader_of(self.people_of(owners=tuple(map(ChatId, self.owners))))
        await self.store.write(lambda tx: install_owners(tx, [self.target(person)], now=self.clock()))

    def reader_of(self, people, *, owners=()):
        return Reader(
            telegram=self.api,
            store=self.store,
            people=people,
            bot=self.number,
            clock=self.clock,
            on_answer=lambda: None,
            owners=owners,
        )

    def new_courier(self, *, on_room=lambda: None, owner=None, service_chat=None, **loads):
        return Courier(
            store=self.store,
            messenger=Messenger(self.api, room=service_chat and ReadingRoom(self.api, service_chat, self.clock)),
            owner=owner,
            bot=self.number,
            clock=self.clock,
            zone=UTC,
            loads=Loads(**loads),
            on_room=on_room,
            alarm=self.alarms.append,
        )

    def poller(self, store=None):
        return Poller(
            telegram=self.api, store=store or self.store, bot=self.number, clock=self.clock, on_news=lambda: None
        )

    @asynccontextmanager
    async def polling(self):
        """The poller runs while inside."""
        running = asyncio.create_task(self.poller().run())
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def hear(self):
        """Everything people did is in the store, and confirmed."""
        async with self.polling():
            await self.telegram.wait_until(lambda: not self.telegram.updates.pending)

    async def carry(self):
        """Everything in the outbox leaves, each message as soon as it may."""
        while True:
            await self.courier.round()
            await self.courier.rest()
            soon = await self.verb("next_due", self.number)
            if soon is None:
                return
            self.clock.now = max(self.clock.now, soon)

    async def answer(self):
        """Everything people did is answered, and the answers are in their chats."""
        await self.hear()
        await self.reader.read_all()
        await self.carry()

    async def say(self, person, text):
        """What the person is answered to a text of theirs."""
        self.telegram.send_text(person, text)
        await self.answer()
        return self.last(person)

    async def press(self, person, message, button):
        """What the message has become after the button was pressed."""
        self.telegram.press(person, message, button)
        await self.answer()
        return self.telegram.message(person.id, message.id)

    async def forge(self, person, message, data):
        """What the message has become after a press of a button that is not under it."""
        await self.deliver("callback_query", self._press(person, message, data))
        return self.telegram.message(person.id, message.id)

    def _press(self, person, message, data):
        press = Callback(id="7" * 18, user=person, message=message, data=data, at=self.clock())
        return callback_json(press, self.telegram.json_of(message))

    async def deliver(self, kind, body):
        """An update of any shape is answered."""
        self.telegram.updates.add(kind, body)
        await self.answer()

    def last(self, person):
        """The newest of the bot's messages to the person."""
        return [message for message in self.telegram.messages(person) if message.outgoing][-1]

    def told(self, person):
        """What the bot wrote to the person, as it reads now."""
        return [message.text for message in self.telegram.messages(person) if message.outgoing]

    async def follow(self, person, text):
        preview = await self.say(person, text)
        return await self.press(person, preview, preview.buttons[0].text)

    async def publish(self, outlet, title, text="", *, path="1"):
        """The outlet's article is taken in, matched and put into its story."""
        source = await self._source(outlet)
        entry = Entry(
            url=f"https://{outlet}/{path}", guid=None, title=title, summary="", text=text, published=self.clock()
        )
        return await self.desk.take_in(source, [entry])

    async def _source(self, outlet):
        every = timedelta(minutes=1)
        await self.verb(
            "add_source", f"https://{outlet}/rss", name=outlet, outlet=outlet, every=every, now=self.clock()
        )
        known = {state.source.outlet: state.source for state in await self.verb("sources")}
        found = known[outlet]
        return Source(
            id=found.id,
            url=found.url,
            name=found.name,
            outlet=outlet,
            every=every,
            validators=Validators(),
            visited=True,
            failures=0,
            epoch=found.epoch,
        )

    async def verb(self, verb, /, *given, **named):
        """A verb of the store's in a transaction of its own."""
        return await self.store.write(lambda tx: getattr(tx, verb)(*given, **named))

    def target(self, person):
        return Target(bot=self.number, chat=ChatId(person.id))

    async def labels(self, person):
        return [one.label for one in await self.verb("subscriptions", self.target(person))]
