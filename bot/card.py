"""The card of a subscription: what it looks for, how its alerts come, and the screens that change that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.says import Catalogue, Html, html
from bot.screen import Button, Screen, opens, press, shortened, zone_of
from core.model import Subscription, SubscriptionId
from core.query import Query, QueryMistake, canonical, parse, variants
from core.subscribe import Chat, is_paused
from core.timing import AT_ONCE, INTERESTS, Manner, Quiet

LONGEST_LABEL = 100
LONGEST_QUERY = 1000
LONGEST_LEFT_OUT = 40
MOST_LEFT_OUT = 3
"""Things left out that have a button of their own; the others go by editing the query."""
HOURS = (6, 7, 8, 9, 12, 15, 18, 21)
"""Proposed for a digest."""
NIGHTS = (Quiet(22 * 60, 7 * 60), Quiet(23 * 60, 7 * 60), Quiet(23 * 60, 8 * 60), Quiet(0, 8 * 60))
PAUSES = (1, 7, 30)
"""Days."""
ZONES = (
    "Europe/Kyiv",
    "Europe/Warsaw",
    "Europe/Vilnius",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Minsk",
    "Asia/Tbilisi",
    "America/New_York",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time now, for a reader whose zone may not be known."""

    now: datetime
    zone: tzinfo
    """Where theirs is not known."""

    def of(self, chat: Chat) -> tzinfo:
        return zone_of(chat.zone, self.zone)


def card(
    one: Subscription,
    chat: Chat,
    say: Catalogue,
    clock: Clock,
    *,
    note: Html | None = None,
    undo: Button | None = None,
) -> Screen:
    """The subscription as it stands; `note` says what has just become of it, and `undo` takes that back."""
    lines = [note or _named(one)]
    if one.label != one.text:
        lines.append(say("card.query", query=shortened(one.text, LONGEST_QUERY)))
    lines += [say("card.manner", manner=manner_in(one.manner, say)), *_quiet_line(one, chat, say)]
    if one.manner.interest != AT_ONCE.interest:
        lines.append(say(f"card.{one.manner.interest}"))
    if is_paused(one, now=clock.now):
        lines.append(_pause_line(one, chat, say, clock))
    paused = is_paused(one, now=clock.now)
    go_on = ("card.resume", "unpause") if paused else ("card.pause", "pauses")
    rows: tuple[tuple[Button, ...], ...] = (
        (press(say.plain("card.when"), "when", one.id), press(say.plain("card.night"), "night", one.id)),
        (press(say.plain("card.interest"), "interests", one.id), press(say.plain("card.edit"), "edit", one.id)),
        (press(say.plain("card.rename"), "rename", one.id), press(say.plain("card.share"), "share", one.id)),
        (press(say.plain(go_on[0]), go_on[1], one.id), press(say.plain("card.remove"), "remove", one.id)),
        (press(say.plain("list.open"), "list", 0),),
    )
    return Screen(Html("\n".join(lines)), (*(((undo,),) if undo else ()), *_left_out(one, say), *rows))


def _left_out(one: Subscription, say: Catalogue) -> tuple[tuple[Button, ...], ...]:
    """A button for each thing that the query leaves out, to have it again."""
    try:
        parts = variants.left_out(parse(one.text))
    except QueryMistake:  # what an earlier version took for a query
        return ()
    names = [canonical(Query(root=part)) for part in parts]
    return tuple(
        (press(say.plain("card.again", name=shortened(name, LONGEST_LEFT_OUT)), "again", one.id, number),)
        for number, name in enumerate(names[:MOST_LEFT_OUT])
    )


def _named(one: Subscription) -> Html:
    return Html(f"<b>{html(shortened(one.label, LONGEST_LABEL))}</b>")


def manner_in(manner: Manner, say: Catalogue) -> Html:
    """How alerts come, in words."""
    if manner.urgent:
        return say("manner.urgent")
    match manner.rhythm:
        case "daily":
            return say("manner.daily", time=minute_of_day(manner.at))
        case "weekly":
            return say("manner.weekly", day=say(f"weekday.every.{manner.weekday}"), time=minute_of_day(manner.at))
        case rhythm:
            return say(f"manner.{rhythm}")


def _quiet_line(one: Subscription, chat: Chat, say: Catalogue) -> list[Html]:
    if chat.quiet is None:
        return []
    key = "card.quiet_not" if one.manner.urgent else "card.quiet"
    return [say(key, start=minute_of_day(chat.quiet.start), end=minute_of_day(chat.quiet.end))]


def _pause_line(one: Subscription, chat: Chat, say: Catalogue, clock: Clock) -> Html:
    until = one.paused_until
    if one.paused or until is None:
        return say("card.paused")
    return say("card.paused_until", day=f"{until.astimezone(clock.of(chat)):%d.%m, %H:%M}")


def minute_of_day(minute: int) -> str:
    """«08:05»."""
    return f"{minute // 60:02}:{minute % 60:02}"


def rhythms(one: Subscription, say: Catalogue) -> Screen:
    """How shall its alerts come?"""
    at_once = (_rhythm(one, "at_once", say), _rhythm(one, "urgent", say))
    gathered = tuple(_rhythm(one, name, say) for name in ("hourly", "daily", "weekly"))
    return Screen(say("when.ask", label=_named(one)), (at_once, gathered, (_back(one.id, say),)))


def _rhythm(one: Subscription, name: str, say: Catalogue) -> Button:
    now = "urgent" if one.manner.urgent else one.manner.rhythm
    return press(_chosen(say.plain(f"when.{name}"), name == now), "rhythm", one.id, name)


def interests(one: Subscription, say: Catalogue) -> Screen:
    """How much of what comes after the first news?"""
    choices = [
        (press(_chosen(say.plain(f"interest.{name}"), name == one.manner.interest), "interest", one.id, name),)
        for name in INTERESTS
    ]
    return Screen(say("interest.ask", label=_named(one)), (*choices, (_back(one.id, say),)))


def hours(one: Subscription, chat: Chat, say: Catalogue, clock: Clock) -> Screen:
    """A digest was chosen: at which hour, and of which day of the week?"""
    manner = one.manner
    head = say("hours.set", manner=manner_in(manner, say), now=f"{clock.now.astimezone(clock.of(chat)):%H:%M}")
    times = [
        press(_chosen(minute_of_day(hour * 60), hour * 60 == manner.at), "at", one.id, hour * 60) for hour in HOURS
    ]
    days = [
        press(_chosen(say.plain(f"weekday.short.{day}"), day == manner.weekday), "day", one.id, day)
        for day in range(7)
        if manner.rhythm == "weekly"
    ]
    last = (press(say.plain("hours.zone"), "zones", one.id), press(say.plain("hours.done"), "card", one.id))
    return Screen(head, (*_rows(days, 4), *_rows(times, 4), last))


def nights(one: Subscription, chat: Chat, say: Catalogue, clock: Clock) -> Screen:
    """Between which hours shall nothing ring?"""
    choices = [
        press(
            _chosen(f"{minute_of_day(quiet.start)}–{minute_of_day(quiet.end)}", quiet == chat.quiet),
            "quiet",
            one.id,
            quiet.start,
            quiet.end,
        )
        for quiet in NIGHTS
    ]
    none = press(_chosen(say.plain("night.none"), chat.quiet is None), "loud", one.id)
    last = (press(say.plain("hours.zone"), "zones", one.id), _back(one.id, say))
    text = say("night.ask", now=f"{clock.now.astimezone(clock.of(chat)):%H:%M}")
    return Screen(text, (*_rows(choices, 2), (none,), last))


def zones(one: SubscriptionId, chat: Chat, say: Catalogue, clock: Clock) -> Screen:
    """What time is it where the reader is?"""
    choices = [
        press(
            _chosen(f"{say.plain(f'zone.{number}')} {clock.now.astimezone(ZoneInfo(name)):%H:%M}", name == chat.zone),
            "zone",
            one,
            number,
        )
        for number, name in enumerate(ZONES)
    ]
    return Screen(say("zone.ask"), (*_rows(choices, 2), (_back(one, say),)))


def pauses(one: Subscription, say: Catalogue) -> Screen:
    """For how long?"""
    choices = [press(say.plain(f"pause.days_{days}"), "pause", one.id, days) for days in PAUSES]
    ever = press(say.plain("pause.ever"), "pause", one.id, 0)
    return Screen(say("pause.ask", label=_named(one)), (*_rows([*choices, ever], 2), (_back(one.id, say),)))


def asking(what: str, one: Subscription, say: Catalogue) -> Screen:
    """The next text is its new query, or its new name."""
    text = say(f"{what}.ask", label=_named(one), query=shortened(one.text, LONGEST_QUERY))
    return Screen(text, ((_back(one.id, say),),))


def shared(one: Subscription, link: str, say: Catalogue) -> Screen:
    """A link that leads others to the same query."""
    sending = "https://t.me/share/url?" + urlencode({"url": link})
    send = [Button(say.plain("share.send"), "url", sending)] if opens(sending) else []
    return Screen(say("share.link", link=link, label=_named(one)), (tuple(send), (_back(one.id, say),)))


def _back(one: SubscriptionId, say: Catalogue) -> Button:
    return press(say.plain("card.back"), "card", one)


def _chosen(label: str, chosen: bool) -> str:
    return f"• {label}" if chosen else label


def _rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
