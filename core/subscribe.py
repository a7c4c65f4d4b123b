"""What a person may ask: follow, arrange how alerts come, pause, rename, remove, mute, be forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from core.errors import UserError
from core.model import AlertId, ChatId, QueryId, Subscription, SubscriptionId, Target
from core.timing import Manner, Quiet

MOST_SUBSCRIPTIONS = 200
"""For one target: more is a watch list, not a reader."""

Language = Literal["uk", "be", "pl", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("uk", "be", "pl", "ru", "en")


def language_of(code: str | None) -> Language:
    """Which of our languages to greet a person in, by their Telegram's language (an IETF tag, perhaps absent)."""
    primary = (code or "uk").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == primary), "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat the bot knows, with the language it is spoken to in and the clock it lives by."""

    target: Target
    language: Language
    zone: str | None = None
    """Of the IANA database; `None` where nobody told it."""
    quiet: Quiet | None = None
    awaits: str | None = None
    """What its next text is about; `None` where that is a query like any other."""
    manages: ChatId | None = None
    """The group or channel that is tended from this private chat; `None` where that is the chat itself."""


LONGEST_NAME = 60
"""Of a subscription, in characters."""


class PeopleTx(Protocol):
    """What asking needs of the store."""

    def subscriptions(self, target: Target) -> list[Subscription]: ...
    def subscription(self, target: Target, number: SubscriptionId) -> Subscription | None: ...
    def add_subscription(self, target: Target, query: QueryId, label: str, *, now: datetime) -> bool: ...
    def set_paused(self, number: SubscriptionId, *, paused: bool, until: datetime | None = None) -> None: ...
    def set_manner(self, number: SubscriptionId, manner: Manner) -> None: ...
    def set_label(self, number: SubscriptionId, label: str) -> None: ...
    def set_query(self, number: SubscriptionId, query: QueryId, label: str) -> None: ...
    def set_clock(self, target: Target, *, zone: str, quiet: Quiet | None) -> None: ...
    def retime_alerts(self, target: Target, *, now: datetime) -> None:
        """What waits for the target leaves when its subscriptions want it now."""

    def remove_subscription(self, number: SubscriptionId) -> None: ...
    def offer(self, target: Target, query: QueryId, *, now: datetime, was: Subscription | None = None) -> None:
        """Lets the target follow by a button; a subscription that `was` comes back as it was."""

    def offered(self, target: Target, query: QueryId) -> str | None: ...
    def restore_subscription(self, target: Target, query: QueryId) -> None:
        """A subscription that was made anew from an offer becomes what it was before it was removed."""

    def query_changed(self, query: QueryId) -> None: ...
    def mute_alert(self, target: Target, alert: AlertId, *, at: datetime | None) -> bool:
        """False where it is no alert of this target's."""

    def forget_chat(self, target: Target) -> None: ...


def follow_offered(tx: PeopleTx, target: Target, query: QueryId, *, now: datetime) -> tuple[str, bool]:
    """`follow` by a button: only what this chat was offered; returns the query's text too."""
    label = tx.offered(target, query)
    if label is None:
        raise UserError("gone")
    added = follow(tx, target, query, label, now=now)
    if added:
        tx.restore_subscription(target, query)
    return label, added


def follow(tx: PeopleTx, target: Target, query: QueryId, label: str, *, now: datetime) -> bool:
    """Subscribes, or resumes; false where the target follows this query already and hears of it.

    Every article taken in from now on counts.
    """
    mine = tx.subscriptions(target)
    known = next((one for one in mine if one.query == query), None)
    if known and not is_paused(known, now=now):
        return False
    if known:
        tx.set_paused(known.id, paused=False)
    elif len(mine) >= MOST_SUBSCRIPTIONS:
        raise UserError("too_many", most=MOST_SUBSCRIPTIONS)
    else:
        tx.add_subscription(target, query, label, now=now)
    tx.query_changed(query)
    return True


def is_paused(subscription: Subscription, *, now: datetime) -> bool:
    """Whether it brings nothing at that time."""
    until = subscription.paused_until
    return subscription.paused or (until is not None and until > now)


def pause(
    tx: PeopleTx, target: Target, number: SubscriptionId, *, paused: bool, until: datetime | None = None
) -> Subscription:
    """Stops or resumes alerts; a pause with an end resumes by itself. Returns the subscription as it was."""
    subscription = own(tx, target, number)
    tx.set_paused(number, paused=paused, until=until)
    tx.query_changed(subscription.query)
    return subscription


def arrange(tx: PeopleTx, target: Target, number: SubscriptionId, manner: Manner, *, now: datetime) -> None:
    """How its alerts come from now on, those that wait included."""
    own(tx, target, number)
    tx.set_manner(number, manner)
    tx.retime_alerts(target, now=now)


def set_clock(tx: PeopleTx, target: Target, *, zone: str, quiet: Quiet | None, now: datetime) -> None:
    """The reader's zone, and the hours in which nothing but the urgent rings."""
    tx.set_clock(target, zone=zone, quiet=quiet)
    tx.retime_alerts(target, now=now)


def rename(tx: PeopleTx, target: Target, number: SubscriptionId, name: str) -> None:
    """What its owner calls it."""
    own(tx, target, number)
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise UserError("name_long", most=LONGEST_NAME)
    tx.set_label(number, name)


def change(tx: PeopleTx, target: Target, number: SubscriptionId, query: QueryId, *, now: datetime) -> Subscription:
    """Another query in its place, one that was offered; returns the subscription as it was, whose query is offered."""
    before = own(tx, target, number)
    text = tx.offered(target, query)
    if text is None:
        raise UserError("gone")
    if any(one.query == query and one.id != number for one in tx.subscriptions(target)):
        raise UserError("followed_already")
    tx.offer(target, before.query, now=now)
    tx.set_query(number, query, text if before.label == before.text else before.label)
    tx.query_changed(before.query)
    tx.query_changed(query)
    return before


def remove(tx: PeopleTx, target: Target, number: SubscriptionId, *, now: datetime) -> Subscription:
    """Ends a subscription, and offers it again; returns it as it was."""
    subscription = own(tx, target, number)
    tx.offer(target, subscription.query, now=now, was=subscription)
    tx.remove_subscription(number)
    tx.query_changed(subscription.query)
    return subscription


MUTED = timedelta(days=1)
"""For so long a reader hears no more of a story that they muted."""


def mute(tx: PeopleTx, target: Target, alert: AlertId, *, now: datetime) -> None:
    """For a day its message does not grow, and nothing new of its story is told."""
    if not tx.mute_alert(target, alert, at=now):
        raise UserError("gone")


def unmute(tx: PeopleTx, target: Target, alert: AlertId) -> None:
    """The reader wants to hear of it after all."""
    if not tx.mute_alert(target, alert, at=None):
        raise UserError("gone")


def forget(tx: PeopleTx, target: Target) -> None:
    """Erases all that is known of a chat."""
    for subscription in tx.subscriptions(target):
        tx.query_changed(subscription.query)
    tx.forget_chat(target)


def own(tx: PeopleTx, target: Target, number: SubscriptionId) -> Subscription:
    """The target's own subscription of that number. Raises `UserError` where it has none."""
    subscription = tx.subscription(target, number)
    if subscription is None:
        raise UserError("gone")
    return subscription
