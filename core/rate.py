"""How often a source publishes, by the hour of the day, learnt from its visits."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import mul

DAY = timedelta(days=1)
OF_THE_LEVEL = timedelta(days=3)
"""After which an article counts half for how many there are a day."""
OF_THE_DAY = timedelta(days=14)
"""After which it counts half for the hours at which they come."""
LONGEST_LOOK = DAY
"""Of a longer time between two visits only the last day counts: a feed does not hold more."""
SHORTEST_BACKLOG = timedelta(hours=1)
LONGEST_BACKLOG = timedelta(days=3)
"""How far the entries that a source lists already are looked back on."""

_FIRST_ARTICLES, _FIRST_DAYS = 1.0, 0.08
"""What is supposed of a source that nothing is known of: twelve articles a day, believed as if seen for two hours."""
_FIRM = 3.0
"""Articles that an hour should have brought before its own count outweighs the newsroom's curve."""

_NEWSROOM = (0.1, 0.1, 0.2, 0.35, 0.7, 1.1, 1.5, 1.7, 1.7, 1.7, 1.6, 1.6)  # by the UTC of Kyiv's and Warsaw's day
_AFTERNOON = (1.6, 1.6, 1.6, 1.5, 1.4, 1.2, 1.0, 0.8, 0.5, 0.3, 0.2, 0.1)
_SUM = sum(_NEWSROOM) + sum(_AFTERNOON)
CURVE = tuple(share * 24 / _SUM for share in (*_NEWSROOM, *_AFTERNOON))
"""A newsroom's day before anything is known of this one: how much more or less than the mean each hour has."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What was seen of a source; the newest weighs most."""

    articles: tuple[float, ...] = (0.0,) * 24
    """By the hour of the day, UTC, over weeks: days resemble each other."""
    days: tuple[float, ...] = (0.0,) * 24
    """How long it was watched in each hour, in days."""
    lately: float = 0.0
    """Articles of the last days: how much there is changes sooner than when."""
    watched: float = 0.0
    """How long it was watched in the last days, in days, the hours weighed by what they usually bring."""
    until: datetime | None = None
    """The last visit that was learnt from; `None` before any."""

    def daily(self) -> float:
        """Articles on a usual day."""
        return (_FIRST_ARTICLES + self.lately) / (_FIRST_DAYS + self.watched)

    def by_hour(self) -> tuple[float, ...]:
        """Articles a day, at the pace of each hour."""
        daily = self.daily()
        return tuple([daily * hour for hour in self._curve()])

    def expected(self, since: datetime, until: datetime) -> float:
        """How many articles this stretch of time should have brought."""
        rates = self.by_hour()
        whole, rest = divmod(until - since, DAY)
        return self.daily() * whole + sum(rates[hour] * share for hour, share in _hours(until - rest, until))

    def learnt(self, came: int, *, now: datetime) -> "Rate":
        """The same after a visit that found so many articles to have come since the last one."""
        if self.until is None:
            return replace(self, until=now)
        if now <= self.until:
            return self
        curve = self._curve()
        looked = list(_hours(max(self.until, now - LONGEST_LOOK), now))
        likely = sum(curve[hour] * share for hour, share in looked)
        gone = now - self.until
        fading = math.pow(0.5, gone / OF_THE_DAY)
        articles, days = [one * fading for one in self.articles], [one * fading for one in self.days]
        for hour, share in looked:
            days[hour] += share
            articles[hour] += came * curve[hour] * share / likely
        fading = math.pow(0.5, gone / OF_THE_LEVEL)
        return Rate(tuple(articles), tuple(days), self.lately * fading + came, self.watched * fading + likely, now)

    def _curve(self) -> list[float]:
        """Each hour against the mean: the newsroom's, and more and more the source's own."""
        mean = (_FIRST_ARTICLES + sum(self.articles)) / (_FIRST_DAYS + sum(map(mul, CURVE, self.days)))
        own = [
            (_FIRM * usual + articles) / (_FIRM + mean * days)
            for usual, articles, days in zip(CURVE, self.articles, self.days, strict=True)
        ]
        level = sum(own) / 24
        return [hour / level for hour in own]


def rate_of_backlog(published: Iterable[datetime], *, now: datetime) -> Rate:
    """What the entries say that a source lists when it is met: nothing where they are too few or too close together."""
    times = sorted(time for time in published if time <= now)
    if len(times) < 2 or now - times[0] < SHORTEST_BACKLOG:
        return Rate(until=now)
    since = max(times[0], now - LONGEST_BACKLOG)
    rate = Rate(until=since)
    for _, begin, end in _pieces(since, now):
        rate = rate.learnt(sum(begin < time <= end for time in times), now=end)
    return rate


def _hours(since: datetime, until: datetime) -> Iterator[tuple[int, float]]:
    """Each hour of the day that a stretch of time touches, and for what part of a day."""
    for hour, begin, end in _pieces(since, until):
        yield hour, (end - begin) / DAY


def _pieces(since: datetime, until: datetime) -> Iterator[tuple[int, datetime, datetime]]:
    while since < until:
        end = min(until, since.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))
        yield since.hour, since, end
        since = end
