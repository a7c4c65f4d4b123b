"""How the watch goes, for anybody who relies on it: what `/status` tells."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.health import Condition, health
from core.ports import SourceState

SILENT: frozenset[Condition] = frozenset({"quiet", "empty", "moved"})
"""It answers, but gives less than it should."""
DEAF: frozenset[Condition] = frozenset({"failing", "blocked"})
"""It does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vigil:
    """The sources that are watched, and how fast one target hears of them."""

    watched: int
    silent: int
    deaf: int
    last_visit: datetime | None
    """Of any source."""
    delay: timedelta | None
    """The median, from an article's publication to the message; `None` where no alert was sent of late."""


def vigil(sources: Sequence[SourceState], delays: Sequence[timedelta], *, now: datetime) -> Vigil:
    """The watch at the moment, with the delays of one target's last alerts."""
    watched = [state for state in sources if not state.retired]
    conditions = Counter(health(state, now=now).condition for state in watched)
    return Vigil(
        watched=len(watched),
        silent=sum(conditions[condition] for condition in SILENT),
        deaf=sum(conditions[condition] for condition in DEAF),
        last_visit=max((state.last_visit for state in watched if state.last_visit), default=None),
        delay=timedelta(seconds=statistics.median(delay.total_seconds() for delay in delays)) if delays else None,
    )
