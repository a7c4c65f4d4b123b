"""What a look-up for a message that may have arrived can tell, and what is done then.

A message's number says where to look: private chats and basic groups of a bot share one sequence of numbers, every
supergroup and channel has its own. So what was sent after number *n* was known has a number above *n*, and one that
nobody accounts for; whether a chat has a message of that number can be asked without changing anything.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model import ChatId
from core.outbox import UNKNOWN_PAUSE, Due, Gone, Later, Moved, Sent, Settlement, is_limit


@dataclass(frozen=True, slots=True)
class Absent:
    """It surely was not delivered."""


@dataclass(frozen=True, slots=True)
class Unfindable:
    """Whether it was delivered cannot be known."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Not everything could be looked at yet; to be gone on with after a while."""

    after: timedelta


Look = Sent | Absent | Later | Unfinished | Unfindable | Gone | Moved

MARGIN = 20
"""Numbers looked at beyond the newest that is known: people write too, and we hear of it a little later."""
MOST_SEARCHED = 300
"""With more numbers to look at than this, it is given up: a look-up must end before its lease."""
MOST_UNKNOWN = 100
"""With so many unknown at a time nothing new is sent, or the numbers to look at would be too many for all of them."""
LOOKS_AT_A_TIME = 2
"""Of one bot: a look-up asks for many numbers, and whether Telegram limits such questions is not published."""
LONGEST_LOOK_PAUSE = timedelta(minutes=1)
MOST_LOOKS = 1500
"""After so many look-ups, about a day, nobody will know."""
LONGEST_SEND_PAUSE = timedelta(minutes=10)
ORDERED_TRIES = 6
"""So often it is sent and found absent before what waits behind it may pass."""
MOST_TRIES = 48
"""After so many sends, some seven hours, that all failed and left nothing: Telegram does not take it."""

_SUPERGROUPS = -1_000_000_000_000
"""Supergroups and channels have numbers below (https://core.telegram.org/api/bots/ids)."""


def sequence_of(chat: ChatId) -> int:
    """What a chat's messages are numbered by: its own sequence, or 0, which private chats and basic groups share."""
    return chat if chat < _SUPERGROUPS else 0


def unsearchable(due: Due) -> Unfindable | None:
    """Why a look-up need not begin, if so."""
    if not due.search:
        return Unfindable("no number was known when it was sent")
    if len(due.search) > MOST_SEARCHED:
        return Unfindable("too much was written since")
    return None


def after_look(due: Due, look: Look, *, now: datetime) -> Settlement:
    """What a look-up changes. What surely arrived is never sent again, even where its number stays unknown."""
    match look:
        case Sent(message):
            return Settlement(state="sent", message=message)
        case Unfinished(after):
            return Settlement(state="unknown", again=True, arrived=due.arrived, hold_chat_until=now + after)
        case Absent() | Unfindable() if due.arrived:
            return Settlement(state="sent", message=None)
        case Absent():
            return _after_absent(due, now=now)
        case Later() if due.looks >= MOST_LOOKS and not look.everyone:
            return after_look(due, Unfindable(look.reason), now=now)
        case Later(after, reason, everyone):
            return Settlement(
                state="unknown",
                reason=reason,
                again=True,
                arrived=due.arrived,
                hold_chat_until=now + (after or _pause(due.looks, longest=LONGEST_LOOK_PAUSE)),
                hold_bot_until=now + after if everyone else None,
                limited=is_limit(look),
            )
        case Unfindable(reason):
            return Settlement(state="unknown", reason=reason)
        case Gone(reason) if due.arrived:
            return Settlement(state="sent", reason=reason, ending=look)
        case Gone(reason):
            return Settlement(state="unknown", reason=reason, again=True, ending=look)
        case Moved(to) if due.arrived:
            return Settlement(state="sent", moved_to=to)
        case Moved(to):
            return Settlement(state="unknown", reason="chat moved", moved_to=to)


def _after_absent(due: Due, *, now: datetime) -> Settlement:
    reason = "looked up: not delivered"
    if due.attempts >= MOST_TRIES:
        return Settlement(state="refused", reason=reason)
    if due.attempts > ORDERED_TRIES:
        pause = _pause(due.attempts - 2, longest=LONGEST_SEND_PAUSE)
        return Settlement(state="pending", reason=reason, again=True, not_before=now + pause)
    return Settlement(state="pending", reason=reason, again=True)


def _pause(times: int, *, longest: timedelta) -> timedelta:
    doublings = min(max(times - 1, 0), 10)
    return min(UNKNOWN_PAUSE * (1 << doublings), longest)
