"""The real thing: the house from its opening to the signal that ends it."""

import asyncio
import faulthandler
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial

from chatovyi.admin import Admin
from chatovyi.assemble import House, open_house
from chatovyi.control import listening
from chatovyi.health import health_page, wrong_with
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
        admin = Admin(
            store=house.store,
            settings=settings,
            clock=clock,
            on_mail=house.mail.ring,
            backups=house.backups,
            wrong=partial(wrong_with, house),
            scout=house.scout,
        )
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(listening(settings.database, admin))
            if settings.http:
                await stack.enter_async_context(health_page(house, settings.http))
            said = f"@{house.door.username}" if house.door else "nobody"
            log.info("on guard", extra={"speaks_as": said, "database": str(settings.database)})
            await house.live()


LONGEST_STOP = 9.5
"""Seconds from the signal to the end. Who runs programs kills them after ten; that would lose nothing either."""


class Leaving:
    """What SIGINT and SIGTERM do: a house that lives is asked to leave, one that is being opened is given up."""

    def __init__(self) -> None:
        self.house: House | None = None
        self._opening = asyncio.current_task()
        self.given_up = False
        # A thread's: it comes also when what hangs is the loop.
        self._deadline = threading.Timer(LONGEST_STOP, _cut_off)
        self._deadline.daemon = True

    def ask(self) -> None:
        """The first signal asks; the house does the rest."""
        if not self._deadline.is_alive():
            self._deadline.start()
        if self.house:
            self.house.leave()
        elif self._opening:
            self.given_up = True
            self._opening.cancel()

    def done(self) -> None:
        """Everything was put away in time."""
        self._deadline.cancel()


def _cut_off() -> None:
    """Some part hangs: the end is as after a kill, from which everything recovers; what hung is in the log."""
    log.error("stopping took too long, cut off", extra={"seconds": LONGEST_STOP})
    faulthandler.dump_traceback(sys.stderr)
    os._exit(1)


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
    finally:
        leaving.done()
