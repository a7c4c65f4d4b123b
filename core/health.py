"""How a source is, and why, as its visits show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.model import TURNED_AWAY
from core.ports import Retired, SourceState
from core.visits import is_believed

Condition = Literal["new", "fine", "quiet", "empty", "moved", "failing", "blocked", "gone", "stopped"]

EMPTY_VISITS = 3
"""Bodies in a row without one entry: the source was rebuilt, or broke."""
QUIET_ARTICLES = 10.0
"""A source is quiet once so many articles should have come, and none did."""
QUIET_LEAST = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Health:
    """A condition, with what an admin should know of it."""

    condition: Condition
    reason: str
    """Empty where there is nothing to say."""


def health(state: SourceState, *, now: datetime) -> Health:
    """The worst that is true of the source; the last visit counts more than those before it."""
    source, memory = state.source, state.source.memory
    if state.retired:
        return Health(state.retired, _RETIRED[state.retired])
    if state.last_visit is None:
        return Health("new", "not visited yet")
    if state.last_reason:
        return Health("blocked" if source.status in TURNED_AWAY else "failing", _failing(state))
    if memory.empty >= EMPTY_VISITS:
        return Health("empty", f"it answers, but listed nothing {memory.empty} times in a row")
    if memory.move and is_believed(memory.move, now=now):
        return Health("moved", f"it says that it moved to {memory.move.to}")
    silence = _silence(state, now=now)
    if silence:
        return Health("quiet", silence)
    return Health("fine", "")


_RETIRED: dict[Retired, str] = {
    "gone": "it says that it is gone for good (410), and is visited no more",
    "stopped": "an admin stopped it",
}


def _failing(state: SourceState) -> str:
    times = state.source.failures
    return state.last_reason if times < 2 else f"{state.last_reason}, {times} times in a row"


def _silence(state: SourceState, *, now: datetime) -> str | None:
    """What is unusual in its silence, its nights considered."""
    memory = state.source.memory
    if memory.came_at is None or memory.usual is None or now - memory.came_at < QUIET_LEAST:
        return None
    # The rate itself sinks while nothing comes; its curve is what is of use.
    missed = memory.rate.expected(memory.came_at, now) / memory.rate.daily() * (timedelta(days=1) / memory.usual)
    if missed < QUIET_ARTICLES:
        return None
    return f"nothing new for {in_words(now - memory.came_at)}, usually every {in_words(memory.usual)}"


def in_words(length: timedelta) -> str:
    """A length of time in the unit that fits it: «12 min», «5 h», «3 days»."""
    minutes = length / timedelta(minutes=1)
    if minutes < 100:
        return f"{max(1, round(minutes))} min"
    return f"{round(minutes / 60)} h" if minutes < 60 * 48 else f"{round(minutes / 1440)} days"
