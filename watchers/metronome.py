"""Beats: the only file that knows APScheduler, which is a clock here and no calendar."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Beat = Callable[[], Awaitable[None]]
Alarm = Callable[[BaseException], None]
"""Told of what a beat could not bear; ends the program."""


class Metronome:
    """Calls each beat at its interval, one call at a time; a late beat is never skipped."""

    def __init__(self, alarm: Alarm) -> None:
        self._alarm = alarm
        # misfire_grace_time: the default of one second would drop every beat that a busy loop delays.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

    def every(self, interval: timedelta, beat: Beat) -> None:
        """From `start` on, at this interval."""
        self._scheduler.add_job(self._guarded, "interval", args=[beat], seconds=interval.total_seconds())

    def start(self) -> None:
        """Begins to beat."""
        self._scheduler.start()

    def anew(self) -> None:
        """The clock was set: beats begin anew, or they would wait until it is again what it was."""
        for job in self._scheduler.get_jobs():
            job.reschedule("interval", seconds=job.trigger.interval.total_seconds())

    def stop(self) -> None:
        """No beat begins after this. Beats only start work and return, so none is cut off."""
        self._scheduler.shutdown(wait=False)

    async def _guarded(self, beat: Beat) -> None:
        try:
            await beat()
        except Exception as error:
            self._alarm(error)
