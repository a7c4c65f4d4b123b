"""What a visit means for its source: what is remembered of it, and when the next one is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Literal

from core.memory import Memory, Move, Wishes
from core.model import Failed, Fresh, Source, Unchanged, Validators, Visit
from core.pace import Pace, next_try, next_visit
from core.rate import rate_of_backlog
from core.site import owner_of

WHOLE_EVERY = timedelta(days=1)
"""A body is asked for without conditions this often: some servers answer 304 for ever."""
DISTRUST = timedelta(days=7)
"""How long validators go unused that were found to stay while the feed changed."""
READ_EVERY = timedelta(days=1)
"""The same bytes are read again this often, so that what a source still lists is known to be listed."""
MOVE_VOTES = 3
MOVE_SPAN = timedelta(hours=2)
"""A permanent redirect is believed once it was met so often in a row, over so long."""
GONE = 410
GONE_DAYS = 3
NEXT_DAY = timedelta(hours=20)
"""On so many days in a row must a source answer 410 until it is visited no more; days are so far apart at least."""
LATE = timedelta(days=1)
"""Entries that turn up so long after their date say nothing of how often a source publishes."""

Outcome = Literal["fresh", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catch:
    """What was found in the body of a visit."""

    digest: str
    entries: int
    taken: int
    """Articles taken in."""
    broken: int = 0
    """Articles whose taking in failed: they are to be met again."""
    dates: tuple[datetime, ...] = ()
    """When its entries appeared, where they say so."""
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is kept of a visit."""

    at: datetime
    outcome: Outcome
    status: int | None
    reason: str
    """Why it failed; empty where it did not."""
    took: timedelta
    """Until the answer was there; pages of articles are not counted."""
    wire: int
    """Bytes of the body as they came."""
    decoded: int
    """Bytes of it unpacked."""
    entries: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """How a source goes on after a visit."""

    url: str
    due_at: datetime
    validators: Validators
    visited: bool
    failures: int
    reason: str
    """Why the visit failed; empty where it did not."""
    status: int | None
    memory: Memory
    retired: bool = False
    """It is gone for good, as it says itself: it is visited no more until a person wants it."""
    shut_until: datetime | None = None
    """It was turned away; where others of its site are too, all of them wait until then."""


def validators_to_ask(source: Source, *, now: datetime) -> Validators:
    """What to ask "anything new?" with; nothing where the answer would not be believed."""
    memory = source.memory
    if memory.whole_at is None or now - memory.whole_at >= WHOLE_EVERY:
        return Validators()
    if memory.distrusted_until and now < memory.distrusted_until:
        return Validators()
    return source.validators


def is_read_already(source: Source, digest: str, *, now: datetime) -> bool:
    """Whether a body with this digest was read, and lately."""
    memory = source.memory
    known = source.visited and digest == memory.digest and memory.read_at is not None
    return known and memory.read_at is not None and now - memory.read_at < READ_EVERY


def record_of(visit: Visit, catch: Catch | None, *, at: datetime, took: timedelta) -> Record:
    """What is kept of a visit; `catch` is absent where no body was read."""
    fresh = visit if isinstance(visit, Fresh) else None
    return Record(
        at=at,
        outcome=_outcome(visit, catch),
        status=_status(visit),
        reason=visit.reason if isinstance(visit, Failed) else "",
        took=max(took, timedelta(0)),
        wire=fresh.wire if fresh else 0,
        decoded=len(fresh.body) if fresh else 0,
        entries=catch.entries if catch else 0,
        new=catch.taken if catch else 0,
    )


def _outcome(visit: Visit, catch: Catch | None) -> Outcome:
    match visit:
        case Fresh():
            return "fresh" if catch else "unchanged"
        case Unchanged():
            return "unchanged"
        case Failed():
            return "failed"


def _status(visit: Visit) -> int | None:
    match visit:
        case Fresh():
            return 200
        case Unchanged():
            return 304
        case Failed():
            return visit.status


def after_visit(source: Source, visit: Visit, catch: Catch | None, *, pace: Pace, now: datetime, luck: float) -> Sequel:
    """How the source goes on; `luck`, from 0 to 1, keeps sources from marching in step."""
    if isinstance(visit, Failed):
        return _after_failure(source, visit, pace=pace, now=now, luck=luck)
    memory = _moved(_read(source, visit, catch, now=now), visit.moved_to, now=now)
    url = source.url
    if memory.move and is_believed(memory.move, now=now) and owner_of(memory.move.to) == owner_of(url):
        url, memory = memory.move.to, replace(memory, move=None)
    validators, memory = _validators(source, visit, catch, memory, now=now)
    return Sequel(
        url=url,
        due_at=next_visit(source, memory.rate, memory.wishes, visit.fresh_for, pace=pace, now=now, luck=luck),
        validators=validators,
        visited=True,
        failures=0,
        reason="",
        status=_status(visit),
        memory=memory,
    )


def _after_failure(source: Source, failed: Failed, *, pace: Pace, now: datetime, luck: float) -> Sequel:
    memory = source.memory
    if failed.status == GONE:
        memory = _gone(memory, now=now)
    elif not failed.unreached:
        memory = replace(memory, gone_days=0, gone_at=None)
    due_at = next_try(source, failed, pace=pace, now=now, luck=luck)
    return Sequel(
        url=source.url,
        due_at=due_at,
        validators=source.validators,
        visited=source.visited,
        failures=source.failures + 1,
        reason=failed.reason,
        status=failed.status,
        memory=memory,
        retired=memory.gone_days >= GONE_DAYS,
        shut_until=due_at if failed.turned_away else None,
    )


def after_no_network(source: Source, *, pace: Pace, now: datetime, luck: float) -> Sequel:
    """Nothing can be reached, so nothing is held against this source: it is as it was, and tried again soon."""
    return Sequel(
        url=source.url,
        due_at=now + pace.fastest * (0.5 + luck / 2),
        validators=source.validators,
        visited=source.visited,
        failures=source.failures,
        reason=source.reason,
        status=source.status,
        memory=source.memory,
    )


def _read(source: Source, visit: Fresh | Unchanged, catch: Catch | None, *, now: datetime) -> Memory:
    """What was learnt of the source."""
    memory = replace(source.memory, gone_days=0, gone_at=None)
    if isinstance(visit, Fresh):
        memory = replace(memory, whole_at=now)
    if catch is None:
        return replace(memory, rate=memory.rate.learnt(0, now=now))
    came = _came(memory, catch, now=now)
    rate = memory.rate.learnt(came, now=now) if source.visited else rate_of_backlog(catch.dates, now=now)
    memory = replace(
        memory,
        rate=rate,
        newest=max((date for date in (memory.newest, *catch.dates) if date and date <= now), default=None),
        wishes=catch.wishes,
        empty=0 if catch.entries else memory.empty + 1,
    )
    if not catch.broken:
        memory = replace(memory, digest=catch.digest, read_at=now)
    if not came and (source.visited or not catch.entries):
        return memory
    return replace(memory, came_at=now, usual=max(timedelta(days=1) / rate.daily(), _usual_gap(catch.dates)))


def _usual_gap(dates: Sequence[datetime]) -> timedelta:
    """Between two entries of those that are listed: of a source that publishes once a week more than its rate says."""
    ordered = sorted(dates)
    gaps = [later - sooner for sooner, later in pairwise(ordered)]
    return median_low(gaps) if gaps else timedelta(0)


def _came(memory: Memory, catch: Catch, *, now: datetime) -> int:
    """Articles that appeared since the last visit, also those that another source of the same outlet brought first."""
    newer = sum(memory.newest < date <= now for date in catch.dates) if memory.newest else 0
    late = sum(date < now - LATE for date in catch.dates)
    return max(min(catch.taken, catch.entries - late), newer)


def _validators(
    source: Source, visit: Fresh | Unchanged, catch: Catch | None, memory: Memory, *, now: datetime
) -> tuple[Validators, Memory]:
    """Those to keep. With the old ones a feed comes whole again, and what broke in it is met again."""
    if not isinstance(visit, Fresh) or (catch and catch.broken):
        return source.validators, memory
    stayed = visit.validators == source.validators != Validators()
    if stayed and catch and catch.taken and source.visited:
        return visit.validators, replace(memory, distrusted_until=now + DISTRUST)
    return visit.validators, memory


def _moved(memory: Memory, to: str | None, *, now: datetime) -> Memory:
    if to is None:
        return replace(memory, move=None) if memory.move else memory
    if memory.move is None or memory.move.to != to:
        return replace(memory, move=Move(to=to, votes=1, since=now))
    return replace(memory, move=replace(memory.move, votes=memory.move.votes + 1))


def is_believed(move: Move, *, now: datetime) -> bool:
    """Whether a permanent redirect was met often and long enough to be taken at its word."""
    return move.votes >= MOVE_VOTES and now - move.since >= MOVE_SPAN


def _gone(memory: Memory, *, now: datetime) -> Memory:
    if memory.gone_at and now - memory.gone_at < NEXT_DAY:
        return memory
    return replace(memory, gone_days=memory.gone_days + 1, gone_at=now)
