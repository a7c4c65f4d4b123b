"""What ails a source, as admins are told of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, get_args

from core.model import DeliveryId, MessageId, SourceId, Target

Ill = Literal["quiet", "empty", "moved", "failing", "blocked", "gone"]
"""Conditions of a source that ask for an admin."""
ILL: tuple[Ill, ...] = get_args(Ill)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """What ails a source, or did last."""

    source: SourceId
    condition: Ill
    detail: str
    """What the last visit came to, as HTTP or the network say; empty where they say nothing."""
    began: datetime
    ended: datetime | None = None
    """Well since then."""
    told: Literal["no", "begun", "over"] = "no"
    patience: timedelta = timedelta(0)
    """It must last so long to be told."""


class AilmentsTx(Protocol):
    """What watching over sources needs of the store."""

    def ailments(self) -> list[Ailment]:
        """The last of each source."""

    def put_ailment(self, ailment: Ailment) -> None:
        """In place of the one of its source."""

    def remove_ailment(self, source: SourceId) -> None: ...
    def add_ailment_note(self, source: SourceId, target: Target, delivery: DeliveryId) -> None:
        """An admin is told of it by this delivery; its message will be known once it has arrived."""

    def ailment_notes(self, source: SourceId) -> list[tuple[Target, MessageId | None]]:
        """The messages that told of the last ailment of the source."""

    def clear_ailment_notes(self, source: SourceId) -> None: ...
