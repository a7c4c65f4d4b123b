"""What the buttons of a card do, and the texts that it asks for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import available_timezones

from bot import card as cards
from bot import screens
from bot.card import PAUSES, ZONES, Clock
from bot.says import Catalogue
from bot.screen import Screen, number_of, press
from core import subscribe
from core.errors import UserError
from core.model import Subscription, SubscriptionId
from core.ports import Tx
from core.query import canonical, parse, variants
from core.subscribe import Chat
from core.timing import DAY, INTERESTS, RHYTHMS, Interest, Manner, Quiet, Rhythm

KEYS = frozenset(
    "again card when rhythm at day interests interest night quiet loud zones zone edit rename pauses pause unpause "
    "share".split()
)
"""Buttons of the card and of the screens behind it; each names its subscription first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tending:
    """One press or text of one chat, in one transaction."""

    tx: Tx
    chat: Chat
    say: Catalogue
    clock: Clock
    link: Callable[[str], str]
    """A token as a link that opens the bot with it."""
    token: str
    """Fresh, for a query that was not shared before."""

    def press(self, key: str, number: SubscriptionId, values: tuple[str, ...]) -> Screen:
        """The screen that a press leads to. Raises `UserError` where what it names is gone."""
        tx, target = self.tx, self.chat.target
        one = subscribe.own(tx, target, number)
        match key, *values:
            case "when", *_:
                return cards.rhythms(one, self.say)
            case "rhythm", name:
                return self._rhythm(one, name)
            case "interests", *_:
                return cards.interests(one, self.say)
            case "interest", name if name in INTERESTS:
                return self._interest(one, name)
            case "at", minute:
                return self._arranged(one, replace(one.manner, at=_among(minute, DAY)))
            case "day", day:
                return self._arranged(one, replace(one.manner, weekday=_among(day, 7)))
            case "night", *_:
                tx.await_text(target, f"quiet:{number}")
                return cards.nights(one, self.chat, self.say, self.clock)
            case "quiet", start, end:
                return self._quiet(one, Quiet(_among(start, DAY), _among(end, DAY)))
            case "loud", *_:
                return self._quiet(one, None)
            case "zones", *_:
                tx.await_text(target, f"zone:{number}")
                return cards.zones(number, self.chat, self.say, self.clock)
            case "zone", choice:
                return self._zone(one, ZONES[_among(choice, len(ZONES))])
            case ("edit" | "rename") as what, *_:
                tx.await_text(target, f"{what}:{number}")
                return cards.asking(what, one, self.say)
            case "again", place:
                return self._again(one, number_of(place))
            case "pauses", *_:
                return cards.pauses(one, self.say)
            case (("pause" | "unpause"), *days):
                return self._pause(one, days[0] if days else None)
            case "share", *_:
                return cards.shared(one, self.link(tx.share(target, one.query, self.token)), self.say)
            case _:
                return self.card(number)

    def text(self, about: str, number: SubscriptionId, text: str) -> Screen:
        """What a text that was asked for leads to."""
        one = subscribe.own(self.tx, self.chat.target, number)
        match about:
            case "rename":
                subscribe.rename(self.tx, self.chat.target, number, text)
                return self.card(number)
            case "quiet":
                return self._quiet(one, quiet_of(text))
            case "zone":
                return self._zone(one, zone_named(text))
        raise UserError("gone")

    def card(self, number: SubscriptionId) -> Screen:
        """As it is now."""
        return cards.card(self._own(number), self._chat(), self.say, self.clock)

    def _again(self, one: Subscription, place: int) -> Screen:
        """What was left out may come again; a tap leaves it out once more."""
        query = parse(one.text)
        parts = variants.left_out(query)
        if place >= len(parts):
            raise UserError("gone")
        tx, target, now = self.tx, self.chat.target, self.clock.now
        number = tx.intern_query(canonical(variants.taken_back(query, parts[place])))
        tx.offer(target, number, now=now)
        before = subscribe.change(tx, target, one.id, number, now=now)
        undo = press(self.say.plain("list.undo"), "change", one.id, before.query)
        mine = self._own(one.id)
        return cards.card(
            mine, self._chat(), self.say, self.clock, note=screens.changed(mine.label, self.say), undo=undo
        )

    def _rhythm(self, one: Subscription, name: str) -> Screen:
        if name not in ("urgent", *RHYTHMS):
            raise UserError("gone")
        rhythm: Rhythm = next((known for known in RHYTHMS if known == name), "at_once")
        screen = self._arranged(one, replace(one.manner, rhythm=rhythm, urgent=name == "urgent"))
        return screen if rhythm in ("daily", "weekly") else self.card(one.id)

    def _interest(self, one: Subscription, name: Interest) -> Screen:
        subscribe.arrange(self.tx, self.chat.target, one.id, replace(one.manner, interest=name), now=self.clock.now)
        return self.card(one.id)

    def _arranged(self, one: Subscription, manner: Manner) -> Screen:
        self._keep_clock(self.chat.quiet)
        subscribe.arrange(self.tx, self.chat.target, one.id, manner, now=self.clock.now)
        return cards.hours(self._own(one.id), self._chat(), self.say, self.clock)

    def _quiet(self, one: Subscription, quiet: Quiet | None) -> Screen:
        self._keep_clock(quiet)
        return self.card(one.id)

    def _zone(self, one: Subscription, zone: str) -> Screen:
        subscribe.set_clock(self.tx, self.chat.target, zone=zone, quiet=self.chat.quiet, now=self.clock.now)
        if one.manner.rhythm in ("daily", "weekly"):
            return cards.hours(one, self._chat(), self.say, self.clock)
        return cards.nights(one, self._chat(), self.say, self.clock)

    def _keep_clock(self, quiet: Quiet | None) -> None:
        """From the first time on that it matters, the chat lives by a zone of its own."""
        zone = self.chat.zone or str(self.clock.zone)
        subscribe.set_clock(self.tx, self.chat.target, zone=zone, quiet=quiet, now=self.clock.now)

    def _pause(self, one: Subscription, days: str | None) -> Screen:
        now, chosen = self.clock.now, None if days is None else _among(days, max(PAUSES) + 1)
        until = now + timedelta(days=chosen) if chosen else None
        subscribe.pause(self.tx, self.chat.target, one.id, paused=chosen == 0, until=until)
        return self.card(one.id)

    def _own(self, number: SubscriptionId) -> Subscription:
        return subscribe.own(self.tx, self.chat.target, number)

    def _chat(self) -> Chat:
        return self.tx.known_chat(self.chat.target) or self.chat


def awaited(chat: Chat | None) -> tuple[str, SubscriptionId] | None:
    """What the chat's next text is about: a word, and the subscription it concerns."""
    about, _, number = (chat.awaits if chat and chat.awaits else "").partition(":")
    return (about, SubscriptionId(int(number))) if number.isdecimal() else None


_HOURS = re.compile(r"\D*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\D+?([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\D*")


def quiet_of(text: str) -> Quiet:
    """Hours as people write them: «22:30–6:30», «з 23 до 7». Raises `UserError` where they are none."""
    found = _HOURS.fullmatch(text)
    if found is None:
        raise UserError("no_hours")
    start, start_minute, end, end_minute = (int(part or 0) for part in found.groups())
    return Quiet((start * 60 + start_minute) % DAY, (end * 60 + end_minute) % DAY)


def zone_named(text: str) -> str:
    """A zone of the IANA database by its name or its city's. Raises `UserError` where there is none."""
    asked = "_".join(text.split()).casefold()
    for zone in sorted(available_timezones()):
        if asked in (zone.casefold(), zone.casefold().rpartition("/")[2]):
            return zone
    raise UserError("no_zone")


def _among(value: str, end: int) -> int:
    """A number below `end` that a button names; one that names none is as good as gone."""
    if not (value.isascii() and value.isdecimal() and len(value) < 6 and int(value) < end):
        raise UserError("gone")
    return int(value)
