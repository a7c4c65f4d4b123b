"""When a source is visited next."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.memory import Wishes
from core.model import Failed, Source
from core.rate import Rate

AT_ONE_A_DAY = timedelta(minutes=20)
"""The interval of a source that publishes once a day; of others by the square root of their rate.

For a given number of visits in all, the mean delay until an article is met is least when each source's interval is
inverse to the square root of its rate.
"""
JITTER = 0.15
"""Share of an interval by which it differs from visit to visit, either way."""
LONGEST_WISH = timedelta(minutes=15)
"""What a feed or its server may ask beyond our own pace. Many say an hour whatever they publish: nobody chose it."""
LONGEST_PAUSE = timedelta(hours=6)
"""However often a source failed, it is tried again after this long; one that was not reached, at the slowest pace."""
LONGEST_RETRY = timedelta(hours=24)
"""A server that turns us away may ask us to wait this long (Retry-After), not longer."""
AFTER_A_WISH = 0.1
"""Share of a wait that was asked for which is added to it, so that those who were asked the same come apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Between what bounds intervals are learnt."""

    fastest: timedelta = timedelta(minutes=1)
    slowest: timedelta = timedelta(minutes=30)


def interval(rate: Rate, pace: Pace, *, now: datetime) -> timedelta:
    """How long to leave a source alone that publishes so, from now on."""
    rates = rate.by_hour()
    guess = _of_rate(rates[now.hour], pace)
    return _of_rate(rates[(now + guess / 2).hour], pace)


def _of_rate(daily: float, pace: Pace) -> timedelta:
    return min(max(AT_ONE_A_DAY / math.sqrt(daily), pace.fastest), pace.slowest)


def next_visit(
    source: Source, rate: Rate, wishes: Wishes, fresh_for: timedelta | None, *, pace: Pace, now: datetime, luck: float
) -> datetime:
    """After a good visit: an interval later, and later than that where the feed or its server asks for it.

    Where a person chose the interval, it is kept. `luck` is from 0 to 1.
    """
    usual = source.every or interval(rate, pace, now=now)
    due = now + usual * (1 + JITTER * (2 * luck - 1))
    if source.every:
        return due
    wish = min(max(fresh_for or timedelta(0), wishes.ttl or timedelta(0)), LONGEST_WISH)
    due = max(due, now + wish * (1 + AFTER_A_WISH * luck))
    if due.hour in wishes.idle_hours or due.weekday() in wishes.idle_days:
        due = max(due, now + pace.slowest * (1 - JITTER * luck))
    return due


def next_try(source: Source, failed: Failed, *, pace: Pace, now: datetime, luck: float) -> datetime:
    """After a failure: twice as long at most for each in a row, anywhere within that time, and never sooner than usual.

    Full jitter (AWS Architecture Blog, "Exponential Backoff and Jitter"): what failed together does not come back
    together.
    """
    usual = source.every or interval(source.memory.rate, pace, now=now)
    longest = pace.slowest if failed.unreached else LONGEST_PAUSE
    most = usual if usual > longest else min(usual * (2 << min(source.failures, 15)), longest)
    due = now + usual + (most - usual) * luck
    if failed.retry_after:
        due = max(due, now + min(failed.retry_after, LONGEST_RETRY) * (1 + AFTER_A_WISH * luck))
    return due
