"""The real thing: the house from its opening to the signal that ends it."""

import asyncio
import logging
import signal
from contextlib import AsyncExitStack

from chatovyi.admin import Admin
from chatovyi.assemble import House, open_house
from chatovyi.control import listening
from chatovyi.health import health_page
from chatovyi.logs import set_up
from config.settings import Settings
from core.ports import Clock

log = logging.getLogger(__name__)


async def run(settings: Settings, *, clock: Clock) -> None:
    """Runs until SIGINT or SIGTERM, then drains; raises what ended it otherwise."""
    set_up(settings.log)
    async with open_house(settings, clock=clock) as house:
        leave_on_signals(house)
        admin = Admin(store=house.store, settings=settings, clock=clock)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(listening(settings.database, admin))
            if settings.http:
                await stack.enter_async_context(health_page(house, settings.http))
            said = f"@{house.door.username}" if house.door else "nobody"
            log.info("on guard", extra={"speaks_as": said, "database": str(settings.database)})
            await house.live()
    log.info("off guard, everything put away")


def leave_on_signals(house: House) -> None:
    """The first signal asks to leave; the house does the rest."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, house.leave)
