"""What a person may ask: follow, pause, remove, mute, be forgotten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from core.errors import UserError
from core.model import AlertId, QueryId, Subscription, SubscriptionId, Target

MOST_SUBSCRIPTIONS = 200
"""For one target: more is a watch list, not a reader."""

Language = Literal["uk", "en"]
LANGUAGES: tuple[Language, ...] = ("uk", "en")


def language_of(code: str | None) -> Language:
    """Which of our languages to greet a person in, by their Telegram's language (an IETF tag, perhaps absent)."""
    primary = (code or "uk").split("-")[0].lower()
    # Belarusian and Russian readers read Ukrainian news: the bot speaks Ukrainian to them too.
    return "uk" if primary in ("uk", "be", "ru") else "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat the bot knows, with the language it is spoken to in."""

    target: Target
    language: Language


class PeopleTx(Protocol):
    """What asking needs of the store."""

    def subscriptions(self, target: Target) -> list[Subscription]: ...
    def subscription(self, target: Target, number: SubscriptionId) -> Subscription | None: ...
    def add_subscription(self, target: Target, query: QueryId, label: str, *, now: datetime) -> bool: ...
    def set_paused(self, number: SubscriptionId, *, paused: bool) -> None: ...
    def remove_subscription(self, number: SubscriptionId) -> None: ...
    def offer(self, target: Target, query: QueryId, *, now: datetime) -> None: ...
    def offered(self, target: Target, query: QueryId) -> str | None: ...
    def query_changed(self, query: QueryId) -> None: ...
    def mute_alert(self, target: Target, alert: AlertId, *, now: datetime) -> bool: ...
    def forget_chat(self, target: Target) -> None: ...


def follow_offered(tx: PeopleTx, target: Target, query: QueryId, *, now: datetime) -> tuple[str, bool]:
    """`follow` by a button: only what this chat was offered; returns the query's text too."""
    label = tx.offered(target, query)
    if label is None:
        raise UserError("gone")
    return label, follow(tx, target, query, label, now=now)


def follow(tx: PeopleTx, target: Target, query: QueryId, label: str, *, now: datetime) -> bool:
    """Subscribes, or resumes; false where the target follows this query already and hears of it.

    Every article taken in from now on counts.
    """
    mine = tx.subscriptions(target)
    known = next((one for one in mine if one.query == query), None)
    if known and not known.paused:
        return False
    if known:
        tx.set_paused(known.id, paused=False)
    elif len(mine) >= MOST_SUBSCRIPTIONS:
        raise UserError("too_many", most=MOST_SUBSCRIPTIONS)
    else:
        tx.add_subscription(target, query, label, now=now)
    tx.query_changed(query)
    return True


def pause(tx: PeopleTx, target: Target, number: SubscriptionId, *, paused: bool) -> Subscription:
    """Stops or resumes alerts; returns the subscription as it was."""
    subscription = _own(tx, target, number)
    tx.set_paused(number, paused=paused)
    tx.query_changed(subscription.query)
    return subscription


def remove(tx: PeopleTx, target: Target, number: SubscriptionId, *, now: datetime) -> Subscription:
    """Ends a subscription, and offers it again; returns it as it was."""
    subscription = _own(tx, target, number)
    tx.offer(target, subscription.query, now=now)
    tx.remove_subscription(number)
    tx.query_changed(subscription.query)
    return subscription


def mute(tx: PeopleTx, target: Target, alert: AlertId, *, now: datetime) -> None:
    """This story's message grows no more."""
    if not tx.mute_alert(target, alert, now=now):
        raise UserError("gone")


def forget(tx: PeopleTx, target: Target) -> None:
    """Erases all that is known of a chat."""
    for subscription in tx.subscriptions(target):
        tx.query_changed(subscription.query)
    tx.forget_chat(target)


def _own(tx: PeopleTx, target: Target, number: SubscriptionId) -> Subscription:
    subscription = tx.subscription(target, number)
    if subscription is None:
        raise UserError("gone")
    return subscription
