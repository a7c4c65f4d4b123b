"""Whether a target can be written to, and what its owner hears when that changes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from core.model import Target
from core.subscribe import Chat, Language

State = Literal["open", "shut", "closed", "gone", "over"]
"""`shut`: the right to write is lost. `closed`: the topic is. `gone`: blocked, kicked. `over`: no more, for good."""

News = Literal["back", "shut", "closed", "gone", "over"]

KEPT = timedelta(days=3)
"""What waits for a target that cannot be written to is kept so long; older, it is no news."""
SHUT_PAUSE = timedelta(hours=1)
"""A target that cannot be written to for want of rights is tried again so often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a target stands, and who is told when that changes."""

    target: Target
    state: State
    language: Language
    title: str
    """As its members call it; empty where it was not learnt."""
    owner: Chat | None
    """Whoever added the bot, where they can be written to."""


def news_of(before: Standing | None, after: Standing | None) -> News | None:
    """What became of a target: said once when it changes, not at each try that meets the same."""
    was = before.state if before else "open"
    if after is None or after.state == was:
        return None
    return "back" if after.state == "open" else after.state
