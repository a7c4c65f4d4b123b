"""What to do after a try to send, and how fast to go on.

A delivery's states: `pending → sending → sent | refused | unknown`. Telegram has no key of idempotence, so what is
*unknown* may have arrived: it is tried again after a pause, and a repeat is the price of losing nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.model import AlertId, ChatId, DeliveryId, MessageId, Target

Kind = Literal["answer", "alert", "digest", "growth"]
"""`answer`: what a person asked for. `alert`: the first message of a story. `digest`: old alerts in one message.
`growth`: an edit of an alert's message."""

PRIORITY: dict[Kind, int] = {"answer": 0, "alert": 1, "digest": 1, "growth": 2}
"""People who wait come first; a message that grows can wait longest."""

State = Literal["pending", "sending", "sent", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A delivery claimed for sending. Only its claimer may settle it: `epoch` tells."""

    id: DeliveryId
    target: Target
    kind: Kind
    alert: AlertId | None
    edits: MessageId | None
    """The message to be edited; absent, a new one is sent."""
    payload: str | None
    """A rendered screen; absent for alerts, which are rendered when they leave."""
    attempts: int
    """Tries so far, this one included."""
    epoch: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in the chat; `message` is absent where the number was not learnt (an edit keeps its own)."""

    message: MessageId | None


@dataclass(frozen=True, slots=True)
class Later:
    """It surely was not sent, and may be in a while; `everyone` holds all chats of the bot, not this one alone."""

    after: timedelta
    reason: str
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """Telegram refuses this message, and always will."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Telegram refuses every message to this chat: blocked or kicked, or, where it is `final`, deleted."""

    reason: str
    final: bool


@dataclass(frozen=True, slots=True)
class Shut:
    """The right to write is lost: in the whole chat, or, as `topic`, in this topic of it, which was closed."""

    reason: str
    topic: bool


@dataclass(frozen=True, slots=True)
class NoTopic:
    """The topic was deleted; the chat is there."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup and has a new number."""

    to: ChatId


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been sent."""

    reason: str


Ending = Gone | Shut | NoTopic
"""What concerns more than one message: everything that waits for the target waits, moves or ends with it."""

Outcome = Sent | Later | Never | Moved | Unknown | Ending

UNKNOWN_PAUSE = timedelta(seconds=5)
"""A request still on its way would be taken for lost."""
LONGEST_PAUSE = timedelta(minutes=10)
UNKNOWN_TRIES = 48
"""After so many tries, some seven hours, it stays unknown until the program starts anew."""
ORDERED_TRIES = 6
"""So often, some three minutes, what waits behind it waits too, so that order is kept; then it may be passed."""
EDIT_PAUSE = timedelta(seconds=3)
EDIT_TRIES = 6
"""An edit made twice is made once, so it is repeated soon; but what waits behind it must not wait for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a try changes: the delivery, and perhaps its chat or its bot."""

    state: State
    reason: str = ""
    message: MessageId | None = None
    again: bool = False
    """To be tried again. Its due time stays, so that it keeps its place; what must wait is its chat."""
    hold_chat_until: datetime | None = None
    hold_bot_until: datetime | None = None
    ending: Ending | None = None
    moved_to: ChatId | None = None
    not_before: datetime | None = None
    """Gives up its place: others of its chat may pass until then."""


def after_try(due: Due, outcome: Outcome, *, now: datetime) -> Settlement:
    """Sorts a try by what is known of it; a held chat keeps the order of what waits for it."""
    match outcome:
        case Sent(message):
            return Settlement(state="sent", message=message)
        case Later(after, reason, everyone):
            until = now + after
            bot_until = until if everyone else None
            return Settlement(
                state="pending", reason=reason, again=True, hold_chat_until=until, hold_bot_until=bot_until
            )
        case Never(reason):
            return Settlement(state="refused", reason=reason)
        case Gone() | Shut() | NoTopic():
            return _after_ending(due, outcome)
        case Moved(to):
            return Settlement(state="pending", reason="chat moved", again=True, moved_to=to)
        case Unknown(reason):
            return _after_unknown(due, reason, now=now)


def _after_ending(due: Due, ending: Ending) -> Settlement:
    """What can still be told when the target is back is kept."""
    match ending:
        case Gone(reason, final=True):
            return Settlement(state="refused", reason=reason, ending=ending)
        case Gone(reason) | Shut(reason):
            return Settlement(state="pending", reason=reason, again=True, ending=ending)
        case NoTopic() if due.target.thread == 0:
            return Settlement(state="refused", reason="no such topic, and none was named")
        case NoTopic():
            return Settlement(state="pending", reason="no such topic", again=True, ending=ending)


def _after_unknown(due: Due, reason: str, *, now: datetime) -> Settlement:
    if due.edits is not None:
        return _after_unknown_edit(due, reason, now=now)
    if due.attempts >= UNKNOWN_TRIES:
        return Settlement(state="unknown", reason=reason)
    pause = min(UNKNOWN_PAUSE * 2 ** min(due.attempts - 1, 10), LONGEST_PAUSE)
    if due.attempts > ORDERED_TRIES:
        return Settlement(state="unknown", reason=reason, again=True, not_before=now + pause)
    return Settlement(state="unknown", reason=reason, again=True, hold_chat_until=now + pause)


def _after_unknown_edit(due: Due, reason: str, *, now: datetime) -> Settlement:
    if due.attempts >= EDIT_TRIES:
        return Settlement(state="refused", reason=reason)
    pause = EDIT_PAUSE * 2 ** (due.attempts - 1)
    return Settlement(state="pending", reason=reason, again=True, hold_chat_until=now + pause)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many messages in a row, then one per `gap`: the generic cell rate algorithm (ITU-T I.371, annex A)."""

    gap: timedelta
    burst: int

    def free(self, arrival: datetime, *, now: datetime) -> int:
        """How many may leave now, given the theoretical `arrival` time kept from the last `after`."""
        room = now + self.gap * self.burst - max(arrival, now)
        return max(0, room // self.gap)

    def after(self, arrival: datetime, *, sent: int, now: datetime) -> datetime:
        """The arrival time to keep once `sent` messages left."""
        return max(arrival, now) + self.gap * sent

    def opens(self, arrival: datetime) -> datetime:
        """From when one more may leave."""
        return arrival - self.gap * (self.burst - 1)


# Telegram names about 30 messages a second for a bot, 1 a second for a chat and 20 a minute for a group, edits
# included (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this); the true limits are not
# published and only a 429 is certain, so each is kept with room to spare.
BOT_PACE = Pace(gap=timedelta(milliseconds=40), burst=3)
PERSON_PACE = Pace(gap=timedelta(seconds=1), burst=3)
GROUP_PACE = Pace(gap=timedelta(milliseconds=3600), burst=3)


def pace_of(chat: ChatId) -> Pace:
    """Groups and channels have negative numbers."""
    return GROUP_PACE if chat < 0 else PERSON_PACE
