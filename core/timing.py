"""When an alert may leave: at once or gathered, and not while its reader sleeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Literal

Rhythm = Literal["at_once", "hourly", "daily", "weekly"]
RHYTHMS: tuple[Rhythm, ...] = ("at_once", "hourly", "daily", "weekly")
Interest = Literal["first", "developments", "everything"]
INTERESTS: tuple[Interest, ...] = ("first", "developments", "everything")
"""How much of a thread is told: its first story, what is new in it too, or every story, and that at once."""

DAY = 24 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the alerts of a subscription come."""

    rhythm: Rhythm = "at_once"
    at: int = 8 * 60
    """For `daily` and `weekly`: the minute of the reader's day."""
    weekday: int = 0
    """For `weekly`: 0 is Monday."""
    urgent: bool = False
    """Rings at once, and in quiet hours too."""
    interest: Interest = "developments"


AT_ONCE = Manner()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing but the urgent rings: minutes of the reader's day, over midnight where it ends earlier."""

    start: int
    end: int

    def holds(self, minute: int) -> bool:
        """Whether that minute of the day is quiet; where both ends are one, none is."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


def leaves_at(decided: datetime, manner: Manner, *, quiet: Quiet | None, zone: tzinfo) -> datetime:
    """When an alert that was decided then may leave, by the reader's own clock, also on days when it is changed.

    An hour that the clock skips is the one after it; of an hour that comes twice, the first counts.
    """
    if manner.urgent:
        return decided
    moment = decided if manner.rhythm == "at_once" else _gathered(decided, manner, zone)
    return _after_quiet(moment, quiet, zone)


def earliest(
    decided: datetime, manners: Iterable[Manner], *, quiet: Quiet | None, zone: tzinfo
) -> tuple[datetime, bool]:
    """The first moment that one of the subscriptions allows, and whether the alert waits until then for others."""
    moment = min(leaves_at(decided, manner, quiet=quiet, zone=zone) for manner in manners)
    return moment, moment > decided


def _gathered(decided: datetime, manner: Manner, zone: tzinfo) -> datetime:
    there = decided.astimezone(zone)
    if manner.rhythm == "hourly":
        # Wherever the zone lies, its hours begin when its own clock says so.
        begun = timedelta(minutes=there.minute, seconds=there.second, microseconds=there.microsecond)
        return decided - begun + timedelta(hours=1)
    days = (day for day in range(9) if manner.rhythm == "daily" or (there.weekday() + day) % 7 == manner.weekday)
    moments = (_moment(there, day, manner.at, zone, decided) for day in days)
    return next(moment for moment in moments if moment > decided)


def _after_quiet(moment: datetime, quiet: Quiet | None, zone: tzinfo) -> datetime:
    there = moment.astimezone(zone)
    if quiet is None or not quiet.holds(there.hour * 60 + there.minute):
        return moment
    ends = (_moment(there, day, quiet.end, zone, moment) for day in (0, 1))
    return next(end for end in ends if end > moment)


def _moment(there: datetime, days: int, minute: int, zone: tzinfo, like: datetime) -> datetime:
    """That minute of a local day so many days on, in the zone of `like`."""
    day = there.date() + timedelta(days=days)
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(like.tzinfo)
