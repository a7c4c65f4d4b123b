"""What to do after a try to send, and how fast to go on.

A delivery's states: `pending → sending → sent | refused | unknown`. Telegram has no key of idempotence, so what is
*unknown* may have arrived: before anything else is sent to its chat it is looked up there (`core.lookup`).
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

GATHERED_PRIORITY = PRIORITY["growth"]
"""What its reader wants later together can wait as well."""

State = Literal["pending", "sending", "sent", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A delivery claimed, for a send or for a look-up. Only its claimer may settle it: `epoch` tells."""

    id: DeliveryId
    target: Target
    kind: Kind
    alert: AlertId | None
    edits: MessageId | None
    """The message to be edited; absent, a new one is sent."""
    payload: str | None
    """A rendered screen; absent for alerts, which are rendered when they leave. In a look-up: what was sent."""
    attempts: int
    """Sends so far, this one included."""
    epoch: int
    lease_until: datetime
    replies_to: MessageId | None = None
    """The message of the same chat that the new one answers."""
    search: tuple[MessageId, ...] | None = None
    """Absent for a send. In a look-up: numbers it may have that nobody accounts for; none where no bound is known."""
    looks: int = 0
    """Look-ups since the last send, this one included."""
    arrived: bool = False
    """It surely is in the chat; what is looked for is its number alone."""
    gathered: bool = False
    """Its reader wanted it now, together with what else waited for this hour."""


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
"""Before a look-up: a request still on its way would be taken for lost."""
STRAY_PAUSE = timedelta(seconds=15)
"""Before a look-up for a sender that is no more: its request may be on its way as long as any answer is waited for."""
EDIT_PAUSE = timedelta(seconds=3)
EDIT_TRIES = 6
"""An edit made twice is made once, so it is repeated soon; but what waits behind it must not wait for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a try or a look-up changes: the delivery, and perhaps its chat or its bot."""

    state: State
    reason: str = ""
    message: MessageId | None = None
    again: bool = False
    """To be tried again. Its due time stays, so that it keeps its place; what must wait is its chat."""
    hold_chat_until: datetime | None = None
    hold_bot_until: datetime | None = None
    ending: Ending | None = None
    moved_to: ChatId | None = None
    limited: bool = False
    """Telegram said that this chat is sent too much."""
    arrived: bool = False
    """Unknown is its number alone."""
    payload: str | None = None
    """What was sent, kept while it is unknown, so that it can be recognised."""
    not_before: datetime | None = None
    """Gives up its place: others of its chat may pass until then."""


def after_try(due: Due, outcome: Outcome, *, now: datetime) -> Settlement:
    """Sorts a try by what is known of it; a held chat keeps the order of what waits for it."""
    match outcome:
        case Sent(None) if due.edits is None:
            return Settlement(state="unknown", again=True, arrived=True, hold_chat_until=now + UNKNOWN_PAUSE)
        case Sent(message):
            return Settlement(state="sent", message=message)
        case Later(after, reason, everyone):
            until = now + after
            return Settlement(
                state="pending",
                reason=reason,
                again=True,
                hold_chat_until=until,
                hold_bot_until=until if everyone else None,
                limited=is_limit(outcome),
            )
        case Never(reason):
            return Settlement(state="refused", reason=reason)
        case Gone() | Shut() | NoTopic():
            return _after_ending(due, outcome)
        case Moved(to):
            return Settlement(state="pending", reason="chat moved", again=True, moved_to=to)
        case Unknown(reason) if due.edits is not None:
            return _after_unknown_edit(due, reason, now=now)
        case Unknown(reason):
            return Settlement(state="unknown", reason=reason, again=True, hold_chat_until=now + UNKNOWN_PAUSE)


def is_limit(outcome: Later) -> bool:
    """Whether Telegram asked us to wait with this chat: a 429. Our own reasons hold all chats, or none at all."""
    return not outcome.everyone and outcome.after > timedelta(0)


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


def _after_unknown_edit(due: Due, reason: str, *, now: datetime) -> Settlement:
    if due.attempts >= EDIT_TRIES:
        return Settlement(state="refused", reason=reason)
    pause = EDIT_PAUSE * 2 ** (due.attempts - 1)
    return Settlement(state="pending", reason=reason, again=True, hold_chat_until=now + pause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Telegram said "too many requests" of a chat."""

    chat: ChatId
    at: datetime
    until: datetime


LIMITS_TOGETHER = timedelta(seconds=1)


def bot_hold(before: Limit | None, limit: Limit) -> datetime | None:
    """Until when the whole bot waits: where two chats were limited within a second, it is the bot that is too fast."""
    if before is None or before.chat == limit.chat or limit.at - before.at > LIMITS_TOGETHER:
        return None
    return max(before.until, limit.until)


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

    def reached(self, arrival: datetime, *, now: datetime) -> datetime:
        """The arrival time to keep once what left is known to have reached its end, at the latest now.

        Who counts there may have begun to count so late: the way takes longer at one time than at another.
        """
        return max(arrival, now + self.gap)

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
