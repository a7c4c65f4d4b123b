"""What visits leave behind of a source, so that the next one is made better."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.rate import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a feed asks of whoever reads it: RSS 2.0 `ttl`, `skipHours` and `skipDays`, `sy:updatePeriod`."""

    ttl: timedelta | None = None
    idle_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, in which it says that nothing appears."""
    idle_days: tuple[int, ...] = ()
    """The same by days of the week; Monday is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A permanent redirect (301, 308) that was met, and how often in a row."""

    to: str
    votes: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All of it. A source that was never visited has an empty one."""

    rate: Rate = field(default_factory=Rate)
    usual: timedelta | None = None
    """Between two articles, as it was learnt when the last one came."""
    came_at: datetime | None = None
    """When the last article came."""
    newest: datetime | None = None
    """The latest date among its entries that was not ahead of its time."""
    wishes: Wishes = field(default_factory=Wishes)
    digest: str = ""
    """Of the body that was read last: the same bytes are not read again."""
    read_at: datetime | None = None
    """When a body was read last, the same or another."""
    whole_at: datetime | None = None
    """When the server last gave a body: a 304 is not believed for ever."""
    distrusted_until: datetime | None = None
    """Its validators were found to stay while the feed changed: until then it is asked without them."""
    move: Move | None = None
    empty: int = 0
    """Bodies in a row in which there was no entry."""
    gone_days: int = 0
    """Days in a row on which it answered 410."""
    gone_at: datetime | None = None
    """When it answered so last."""
