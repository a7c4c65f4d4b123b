"""Who changed what: every change of a role, a list or a source is kept, and can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType, Protocol

from core.errors import UserError
from core.model import Target

ChangeId = NewType("ChangeId", int)
Kind = Literal["role", "list", "lines", "source"]
State = Mapping[str, str]
"""What a thing was like, by its properties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What can be changed: its kind, and what tells it from others of that kind, for good."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, as it is kept."""

    id: ChangeId
    at: datetime
    by: Target | None
    """The private chat of who made it; `None`: the command line, the settings, or somebody who was forgotten."""
    thing: Thing
    before: State | None
    """`None` where it was not there."""
    after: State | None
    """`None` where it is no more."""
    undoes: ChangeId | None = None


class HistoryTx(Protocol):
    """What keeping changes needs of the store."""

    def add_change(
        self,
        thing: Thing,
        before: State | None,
        after: State | None,
        *,
        by: Target | None,
        now: datetime,
        undoes: ChangeId | None = None,
    ) -> ChangeId: ...

    def changes(self, *, before: ChangeId | None, limit: int) -> list[Change]:
        """The newest first; only those before a given one."""

    def change(self, number: ChangeId) -> Change | None: ...
    def last_change(self, thing: Thing) -> ChangeId | None:
        """The newest of a thing."""


def undoable(tx: HistoryTx, number: ChangeId) -> Change:
    """The change, where nothing has changed its thing since; else `UserError`."""
    change = tx.change(number)
    if change is None:
        raise UserError("gone")
    if tx.last_change(change.thing) != number:
        raise UserError("changed_since")
    return change
