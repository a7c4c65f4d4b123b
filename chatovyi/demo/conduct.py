"""The demo: the real bot and the real watchers between two local stand-ins."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

from starlette.applications import Starlette

from chatovyi.assemble import House, open_house
from chatovyi.clock import system_clock
from chatovyi.demo import bot_api, page
from chatovyi.demo.site import NewsSite
from chatovyi.demo.telegram import StandIn
from chatovyi.logs import set_up
from chatovyi.run import Leaving, leaving_on_signals
from chatovyi.serve import serving
from config.settings import Settings
from core.address import outlet_of
from core.ports import Clock, Tx
from seeds import SeedArticle, World, load_world

EVERY = timedelta(seconds=1)
"""The interval of every source."""
PACE = timedelta(seconds=2.5)
"""Between two articles of the second day."""
GROWTH = tuple(timedelta(seconds=2 * step) for step in range(1, 91))


async def demo(settings: Settings, *, port: int) -> None:
    """Runs until a signal. Nothing outside this machine is asked, and nothing is left behind."""
    set_up("warning")
    with leaving_on_signals() as leaving:
        await _perform(settings, port=port, leaving=leaving)


async def _perform(settings: Settings, *, port: int, leaving: Leaving) -> None:
    clock = system_clock
    world = load_world()
    telegram = StandIn(clock=clock, name="Чатовий")
    person = telegram.add_user("Ви")
    site = NewsSite(world, clock=clock)
    chat = Starlette(routes=[*bot_api.routes(telegram), *page.routes(telegram, person)])
    async with serving(site.app) as news, serving(chat, port=port) as address:
        with tempfile.TemporaryDirectory(prefix="chatovyi-demo-") as folder:
            own = _own_settings(settings, Path(folder), telegram=telegram, address=address)
            async with open_house(own, clock=clock) as house:
                leaving.house = house
                conductor = Conductor(house=house, site=site, telegram=telegram, world=world, clock=clock)
                print("  Six outlets publish their first day …", flush=True)
                await conductor.prepare(news)
                telegram.start(person)
                _print_welcome(address, news)
                async with conductor.conducting():
                    await house.live()


def _own_settings(settings: Settings, folder: Path, *, telegram: StandIn, address: str) -> Settings:
    """The operator's settings, turned to the stand-ins and to a database of the demo's own."""
    return replace(
        settings,
        database=folder / "demo.db",
        roles=frozenset({"fetch", "match", "deliver", "bot"}),
        telegram_token=telegram.token,
        telegram_base_url=f"{address}/bot",
        telegram_file_url=f"{address}/file/bot",
        fetch_allow_private=(ip_network("127.0.0.0/8"),),
        delivery_growth=GROWTH,
    )


def _print_welcome(address: str, news: str) -> None:
    print(
        f"\n  Chatovyi is on guard. Open  {address}/  in a browser (English: {address}/?lang=en)"
        "\n  and send a word, for example  політв'язні"
        f"\n\n  The news it watches: {news}/"
        "\n  The second day begins when you follow something. Ctrl-C ends it.\n",
        flush=True,
    )


class Conductor:
    """Publishes the news world: the first day at once, the second an article at a time once somebody listens."""

    def __init__(self, *, house: House, site: NewsSite, telegram: StandIn, world: World, clock: Clock) -> None:
        self._house = house
        self._site = site
        self._telegram = telegram
        self._world = world
        self._clock = clock

    async def prepare(self, news: str) -> None:
        """Publishes the first day, as yesterday, and has all outlets watched and read once."""
        yesterday = self._clock() - timedelta(days=1)
        for article in self._of_day(1):
            hour, minute = divmod(article.minute, 60)
            self._site.publish(article, at=yesterday.replace(hour=hour, minute=minute, second=0, microsecond=0))
        await self._house.store.write(lambda tx: self._watch(tx, news))
        if self._house.patrol:
            await self._house.patrol.beat()
            await self._house.patrol.rest()
        self._telegram.set_note("День 1 · напишіть слово, за яким стежити")

    @asynccontextmanager
    async def conducting(self) -> AsyncIterator[None]:
        """The second day goes on while inside."""
        playing = asyncio.create_task(self._play())
        try:
            yield
        finally:
            playing.cancel()
            await asyncio.gather(playing, return_exceptions=True)

    def _watch(self, tx: Tx, news: str) -> None:
        for outlet in self._world.outlets:
            url = f"{news}{outlet.feed_path}"
            tx.add_source(url, name=outlet.name, outlet=outlet_of(url, outlet.name), every=EVERY, now=self._clock())

    async def _play(self) -> None:
        await self._telegram.wait_until(self._followed, timeout=None)
        for article in self._of_day(2):
            self._site.publish(article, at=self._clock())
            self._telegram.set_note(f"День 2, {article.minute // 60:02}:{article.minute % 60:02} · новини йдуть")
            await asyncio.sleep(PACE.total_seconds())
        self._telegram.set_note("День скінчився · почати знову: ./run demo")

    def _followed(self) -> bool:
        return any(press.data.startswith("follow:") for press in self._telegram.callbacks.values())

    def _of_day(self, day: int) -> Iterator[SeedArticle]:
        return (article for article in self._world.articles if article.day == day)
