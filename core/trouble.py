"""Troubles of the machine and its surroundings: when admins hear of one, once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["disk", "network", "telegram", "late", "clock"]
"""`disk`: writes wait. `network`: no source is reached. `telegram`: it does not answer. `late`: what could leave waits.
`clock`: the machine's clock was set."""

KINDS: tuple[Kind, ...] = ("disk", "network", "telegram", "late", "clock")

PATIENCE: dict[Kind, timedelta] = {
    "disk": timedelta(0),
    "network": timedelta(minutes=10),
    "telegram": timedelta(minutes=10),
    "late": timedelta(minutes=5),
    "clock": timedelta(0),
}
"""What is over sooner is not worth a message."""
SETTLED: dict[Kind, timedelta] = {
    "disk": timedelta(minutes=5),
    "network": timedelta(minutes=5),
    "telegram": timedelta(minutes=5),
    "late": timedelta(minutes=5),
    "clock": timedelta(0),
}
"""What stayed away for so long is over; what comes back sooner is the same trouble."""
AGAIN = timedelta(hours=1)
"""One that comes back so soon after its end was told must last this long before it is told again."""

LATE = timedelta(minutes=15)
"""Alerts that could have left so long ago are late: a flood to 20,000 chats takes thirteen minutes."""

JUMP = timedelta(minutes=1)
"""A clock that went so much faster or slower than time itself was set; less is what a time service corrects."""

STRAGGLERS = timedelta(minutes=6)
"""For so long after a clock was set back, somebody may still write down what he reckoned by the old one: longer than a
lease, and a process that was stopped in the middle of one."""

Told = Literal["no", "begun", "over"]
Telling = Literal["begun", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A trouble as this process saw it last."""

    began: datetime
    ended: datetime | None = None
    """`None` while it lasts."""
    jump: timedelta | None = None
    """By how much a clock was set, forward or back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A trouble as it is kept, over restarts: one spell, or several with no peace between them."""

    kind: Kind
    began: datetime
    worth_telling_at: datetime
    ended: datetime | None = None
    told: Told = "no"
    jump: timedelta | None = None

    def peaceful(self, now: datetime) -> bool:
        """Whether it is over, and not only away for a moment."""
        return self.ended is not None and now - self.ended >= SETTLED[self.kind]

    @property
    def short(self) -> bool:
        """Whether it was over before it was worth a message."""
        return self.ended is not None and self.ended < self.worth_telling_at and self.told == "no"


def after_look(kind: Kind, kept: Trouble | None, spell: Spell | None, *, now: datetime) -> Trouble | None:
    """The trouble as it is to be kept, given what was kept of its kind and what is seen now."""
    if spell is None:
        # One that lasted when the process before this one ended, and is seen no more.
        return replace(kept, ended=now) if kept and kept.ended is None else kept
    if kept is None or (kept.told != "begun" and kept.ended != spell.ended and kept.peaceful(spell.began)):
        return _new(kind, kept, spell)
    return replace(kept, ended=spell.ended)


def _new(kind: Kind, before: Trouble | None, spell: Spell) -> Trouble:
    often = before is not None and before.told != "no" and spell.began < (before.ended or before.began) + AGAIN
    patience = max(PATIENCE[kind], AGAIN) if often and kind != "clock" else PATIENCE[kind]
    return Trouble(
        kind=kind, began=spell.began, ended=spell.ended, worth_telling_at=spell.began + patience, jump=spell.jump
    )


def telling(trouble: Trouble, *, reachable: bool, now: datetime) -> Telling | None:
    """What is to be said of it now: that it lasts, or that it is over; each at most once.

    While admins cannot be reached (`reachable`), or nothing can be written, word that it lasts would only come
    together with word that it is over.
    """
    if trouble.told == "over" or trouble.short or now < trouble.worth_telling_at:
        return None
    if trouble.ended is not None:
        return "over" if trouble.peaceful(now) else None
    return "begun" if trouble.told == "no" and reachable and trouble.kind != "disk" else None


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and since when the one that waits longest."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Everything that waits in the store for its turn, which has come."""

    heard: Queue
    """Messages of people that are not answered."""
    answers: Queue
    alerts: Queue
    """With digests and edits. Only what could leave: not for chats that cannot be written to."""
    sources: Queue
    """Due for a visit."""
    pages: Queue
    """Articles whose page was not read yet."""
    unknown: int
    """Deliveries that may have arrived, and are looked up or were shown to an owner."""
    aside: int
    """Messages of people that broke their handler."""
