"""Watch lists as their readers meet them: all of them, one, its lines, and how its alerts come."""

from dataclasses import replace
from urllib.parse import urlencode

from bot.admin.step import Step
from bot.card import manner_in
from bot.says import Catalogue, Html, html
from bot.screen import Button, Screen, number_of, opens, press, shortened
from core import watchlist
from core.errors import UserError
from core.role import may
from core.timing import RHYTHMS, Rhythm
from core.watchlist import Following, KeptLine, WatchList

PAGE = 8
LONGEST_LABEL = 40
NAMED = 12
"""Lines of a list that are told on its first page."""


def lists(step: Step) -> Screen:
    """Every list that the person may see."""
    say, page = step.say, number_of(step.values[0]) if step.values else 0
    mine = frozenset(step.tx.followed_lists(step.chat.target))
    seen = [one for one in step.tx.watch_lists() if one.public or one.id in mine or may(step.role, "viewer")]
    new = ((press(say.plain("lists.new"), "list_new"),),) if may(step.role, "editor") else ()
    if not seen:
        return Screen(say("lists.none"), new)
    page = min(page, (len(seen) - 1) // PAGE)
    rows = [
        (press(_button(one, say, followed=one.id in mine), "list_open", one.token),)
        for one in seen[page * PAGE : (page + 1) * PAGE]
    ]
    turn = turning(page, len(seen), "lists", say=say)
    return Screen(say("lists.title"), (*rows, *((turn,) if turn else ()), *new))


def _button(one: WatchList, say: Catalogue, *, followed: bool) -> str:
    name = titled(one)
    if not one.public:
        name = say.plain("lists.private", name=name)
    return say.plain("lists.followed", name=name) if followed else name


def titled(one: WatchList) -> str:
    """The list with its icon."""
    return f"{one.icon} {one.name}".strip()


def opened(step: Step) -> Screen:
    """One list, by the word of its link: whoever has that may see it."""
    return page_of(_list(step), step)


def page_of(one: WatchList, step: Step, *, note: Html | None = None) -> Screen:
    """What it is, what it looks for, how its alerts come, and what can be done."""
    say, mine = step.say, step.tx.following(step.chat.target, one.id)
    lines = [kept for kept in step.tx.lines(one.id) if kept.state != "added"]
    parts = [note] if note else []
    parts.append(Html(f"<b>{html(titled(one))}</b>"))
    if one.about:
        parts.append(html(one.about))
    parts.append(_told(lines, say))
    parts.append(say("card.manner", manner=manner_in((mine or one).manner, say)))
    if mine and mine.left_out:
        parts.append(say("lists.left_out", count=len(mine.left_out)))
    return Screen(Html("\n".join(parts)), _choices(one, mine, step))


def _told(lines: list[KeptLine], say: Catalogue) -> Html:
    if not lines:
        return say("lists.empty")
    named = ", ".join(shortened(kept.line.label, LONGEST_LABEL) for kept in lines[:NAMED])
    if len(lines) <= NAMED:
        return say("lists.all", lines=named)
    return say("lists.some", lines=named, more=len(lines) - NAMED)


def _choices(one: WatchList, mine: Following | None, step: Step) -> tuple[tuple[Button, ...], ...]:
    say = step.say
    rows: list[tuple[Button, ...]] = []
    if mine is None:
        rows.append((press(say.plain("query.follow"), "list_follow", one.token),))
    else:
        rows.append(
            (
                press(say.plain("card.when"), "list_when", one.token),
                press(say.plain("lists.choose"), "list_lines", one.token, 0),
            )
        )
        rows.append((press(say.plain("lists.leave"), "list_leave", one.token),))
    rows.append((press(say.plain("card.share"), "list_link", one.token), press(say.plain("lists.open"), "lists")))
    if may(step.role, "editor"):
        rows.append((press(say.plain("lists.edit"), "list_edit", one.id),))
    return tuple(rows)


def follow(step: Step) -> Screen:
    """From now on every line of it is the person's."""
    one = _list(step)
    added = watchlist.follow(step.tx, step.chat.target, one, now=step.now)
    note = step.say("followed.text" if added else "followed.again", label=Html(f"<b>{html(one.name)}</b>"))
    return page_of(one, step, note=note)


def leave(step: Step) -> Screen:
    """No more of it; one tap brings it back."""
    one = _list(step)
    watchlist.leave(step.tx, step.chat.target, one)
    back = press(step.say.plain("list.undo"), "list_follow", one.token)
    text = step.say("list.removed", label=Html(f"<b>{html(one.name)}</b>"))
    return Screen(text, ((back, press(step.say.plain("lists.open"), "lists")),))


def rhythms(step: Step) -> Screen:
    """How shall its alerts come?"""
    one, say = _list(step), step.say
    now = watchlist.own(step.tx, step.chat.target, one).manner
    chosen = "urgent" if now.urgent else now.rhythm

    def choice(name: str) -> Button:
        label = say.plain(f"when.{name}")
        return press(f"• {label}" if name == chosen else label, "list_rhythm", one.token, name)

    rows = (
        tuple(map(choice, ("at_once", "urgent"))),
        tuple(map(choice, ("hourly", "daily", "weekly"))),
        (press(say.plain("card.back"), "list_open", one.token),),
    )
    return Screen(say("when.ask", label=Html(f"<b>{html(one.name)}</b>")), rows)


def rhythm(step: Step) -> Screen:
    """They come so from now on."""
    one, name = _list(step), step.word(1)
    if name not in ("urgent", *RHYTHMS):
        raise UserError("gone")
    mine = watchlist.own(step.tx, step.chat.target, one)
    chosen: Rhythm = next((known for known in RHYTHMS if known == name), "at_once")
    manner = replace(mine.manner, rhythm=chosen, urgent=name == "urgent")
    watchlist.arrange(step.tx, step.chat.target, one, manner, now=step.now)
    return page_of(one, step)


def lines(step: Step) -> Screen:
    """Its lines, each to be left out or taken in again."""
    return _lines(_list(step), step, page=step.number(1))


def line(step: Step) -> Screen:
    """One of them is turned."""
    one = _list(step)
    kept = next((kept for kept in step.tx.lines(one.id) if kept.id == step.number(1)), None)
    if kept is None:
        raise UserError("gone")
    watchlist.turn(step.tx, step.chat.target, one, kept.query)
    return _lines(one, step, page=step.number(2))


def _lines(one: WatchList, step: Step, *, page: int) -> Screen:
    say, mine = step.say, watchlist.own(step.tx, step.chat.target, one)
    all_lines = [kept for kept in step.tx.lines(one.id) if kept.state != "added"]
    page = min(page, max(0, len(all_lines) - 1) // PAGE)
    rows = [
        (
            press(
                say.plain(
                    "lists.line_out" if kept.query in mine.left_out else "lists.line",
                    label=shortened(kept.line.label, LONGEST_LABEL),
                ),
                "list_line",
                one.token,
                kept.id,
                page,
            ),
        )
        for kept in all_lines[page * PAGE : (page + 1) * PAGE]
    ]
    turn = turning(page, len(all_lines), "list_lines", one.token, say=say)
    back = press(say.plain("card.back"), "list_open", one.token)
    return Screen(say("lists.choosing", name=one.name), (*rows, *((turn,) if turn else ()), (back,)))


def link(step: Step) -> Screen:
    """A link that leads others to the list."""
    one, say = _list(step), step.say
    address = step.link(one.token)
    sending = "https://t.me/share/url?" + urlencode({"url": address})
    send = (Button(say.plain("share.send"), "url", sending),) if opens(sending) else ()
    back = press(say.plain("card.back"), "list_open", one.token)
    return Screen(say("share.link", link=address, label=Html(f"<b>{html(one.name)}</b>")), (send, (back,)))


def turning(page: int, count: int, *key: object, say: Catalogue, size: int = PAGE) -> tuple[Button, ...]:
    """Buttons to the pages before and after."""
    turn = []
    if page > 0:
        turn.append(press(say.plain("list.earlier"), *key, page - 1))
    if (page + 1) * size < count:
        turn.append(press(say.plain("list.later"), *key, page + 1))
    return tuple(turn)


def _list(step: Step) -> WatchList:
    """The list that the button names by the word of its link, which nobody guesses."""
    one = step.tx.list_by_token(step.word())
    if one is None or one.removed:
        raise UserError("gone")
    return one
