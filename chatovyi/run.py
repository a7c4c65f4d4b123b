"""The real thing: the house from its opening to the signal that ends it."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

from chatovyi.admin import Admin
from chatovyi.assemble import House, open_house
from chatovyi.control import listening
from chatovyi.health import health_page
from chatovyi.logs import set_up
from chatovyi.serve import check_free
from config.settings import Settings
from core.ports import Clock

log = logging.getLogger(__name__)


async def run(settings: Settings, *, clock: Clock) -> None:
    """Runs until SIGINT or SIGTERM, then drains; raises what ended it otherwise."""
    set_up(settings.log)
    with leaving_on_signals() as leaving:
        if settings.http:
            check_free(settings.http)
        await _guard(settings, clock, leaving)
    log.info("off guard, everything put away")


async def _guard(settings: Settings, clock: Clock, leaving: "Leaving") -> None:
    async with open_house(settings, clock=clock) as house:
        leaving.house = house
        admin = Admin(store=house.store, settings=settings, clock=clock, on_mail=house.mail.ring, backups=house.backups)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(listening(settings.database, admin))
            if settings.http:
                await stack.enter_async_context(health_page(house, settings.http))
            said = f"@{house.door.username}" if house.door else "nobody"
            log.info("on guard", extra={"speaks_as": said, "database": str(settings.database)})
            await house.live()


class Leaving:
    """What SIGINT and SIGTERM do: a house that lives is asked to leave, one that is being opened is given up."""

    def __init__(self) -> None:
        self.house: House | None = None
        self._opening = asyncio.current_task()
        self.given_up = False

    def ask(self) -> None:
        """The first signal asks; the house does the rest."""
        if self.house:
            self.house.leave()
        elif self._opening:
            self.given_up = True
            self._opening.cancel()


@contextmanager
def leaving_on_signals() -> Iterator[Leaving]:
    """Signals end what is inside cleanly, also while it is still being opened."""
    leaving, loop = Leaving(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, leaving.ask)
    try:
        yield leaving
    except asyncio.CancelledError:
        if not leaving.given_up:
            raise
