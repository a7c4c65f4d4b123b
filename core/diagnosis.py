"""When admins hear of a source that is not well, once, and that it is well again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from core.ailment import ILL, Ailment, Ill
from core.health import health
from core.ports import SourceState

PATIENCE: Mapping[Ill, timedelta] = {
    "failing": timedelta(minutes=50),
    "blocked": timedelta(minutes=50),
    "empty": timedelta(minutes=50),
    # These are waited for before a source is called so.
    "quiet": timedelta(0),
    "moved": timedelta(0),
    "gone": timedelta(0),
}
"""What is over sooner is not worth a message; with the look and the visit it is one within the hour."""
SETTLED = timedelta(minutes=10)
"""Well for so long, it is well; what comes back sooner is the same ailment."""
AGAIN = timedelta(hours=6)
"""One that comes back so soon after its end was told is told only after `AGAIN_PATIENCE`."""
AGAIN_PATIENCE = timedelta(hours=3)


Telling = Literal["begun", "changed", "over"]


def after_look(known: Ailment | None, state: SourceState, *, now: datetime) -> Ailment | None:
    """What is known of the source after a look at it; `None` where nothing ails it that anybody heard of."""
    found = health(state, now=now)
    condition = next((one for one in ILL if one == found.condition), None)
    if found.condition == "stopped":
        return None  # whoever stopped it knows
    if condition is None:
        return _well(known, now=now)
    detail = state.last_reason
    if known is None or known.told == "over":
        again = known is not None and known.ended is not None and now - known.ended < AGAIN
        patience = max(PATIENCE[condition], AGAIN_PATIENCE if again else timedelta(0))
        return Ailment(source=state.source.id, condition=condition, detail=detail, began=now, patience=patience)
    return replace(known, condition=condition, detail=detail, ended=None)


def _well(known: Ailment | None, *, now: datetime) -> Ailment | None:
    if known is None or known.told == "over":
        return known
    ended = known.ended or now
    if known.told == "no" and now - ended >= SETTLED:
        # One that keeps coming back goes on counting as told, or it would be told every few hours.
        return replace(known, ended=ended, told="over") if known.patience >= AGAIN_PATIENCE else None
    return replace(known, ended=ended)


def telling(before: Ailment | None, after: Ailment, *, now: datetime) -> Telling | None:
    """What admins are to hear now, if anything."""
    match after.told:
        case "no":
            return "begun" if after.ended is None and now - after.began >= after.patience else None
        case "begun" if after.ended is not None:
            return "over" if now - after.ended >= SETTLED else None
        case "begun":
            return "changed" if before is not None and before.condition != after.condition else None
        case _:
            return None
