"""What editors do with a watch list: make it, draft lines, see what they would change, publish, name, remove."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.admin.lists import PAGE, titled, turning
from bot.admin.step import Step
from bot.explain import mistaken
from bot.preview import sample_shown
from bot.says import Catalogue, Html, catalogue, html
from bot.screen import Button, Screen, press, shortened
from core import watchlist
from core.effect import Effect, effect
from core.errors import UserError
from core.linguist import Linguist
from core.ports import Store, Tx
from core.query import canonical, parse
from core.query.mistakes import QueryMistake
from core.watchlist import LONGEST_ABOUT, LONGEST_ICON, LONGEST_LABEL, KeptLine, Line, ListId, WatchList

LONGEST_SHOWN = 40
MOST_AT_A_TIME = 100
"""Lines of one message; more come as a file."""

Deed = Callable[[Step], Screen]


def ask_new(step: Step) -> Screen:
    """What is the new list to be called?"""
    step.tx.await_text(step.chat.target, "list_new:0")
    return Screen(step.say("editing.ask_new"), ((press(step.say.plain("lists.open"), "lists"),),))


def new(step: Step) -> Screen:
    """The text is its name."""
    one = watchlist.create(step.tx, step.word(), token=step.token, by=step.person, now=step.now)
    return desk(one, step, note=step.say("editing.made", name=one.name))


def edit(step: Step) -> Screen:
    """The list on its editors' desk."""
    return desk(_list(step), step)


def desk(one: WatchList, step: Step, *, note: Html | None = None, undo: Button | None = None) -> Screen:
    """Its lines and its draft, with everything that can be done."""
    say, lines = step.say, step.tx.lines(one.id)
    added = [kept for kept in lines if kept.state == "added"]
    struck = [kept for kept in lines if kept.state == "removed"]
    parts = [note] if note else []
    parts.append(Html(f"<b>{html(titled(one))}</b>"))
    parts += [html(one.about)] if one.about else []
    parts.append(say("editing.public" if one.public else "editing.private"))
    followers = len(step.tx.followers(one.id))
    parts.append(say("editing.counts", lines=say.count("lines", len(lines) - len(added)), followers=followers))
    parts += [say("editing.added", lines=_labels(added))] if added else []
    parts += [say("editing.struck", lines=_labels(struck))] if struck else []
    rows: list[tuple[Button, ...]] = [(undo,)] if undo else []
    if added or struck:
        rows.append(
            (
                press(say.plain("editing.effect"), "list_effect", one.id),
                press(say.plain("editing.discard"), "list_discard", one.id),
            )
        )
    rows += [
        (
            press(say.plain("editing.add"), "list_add", one.id),
            press(say.plain("editing.strike"), "list_strike", one.id, 0),
        ),
        (
            press(say.plain("editing.name"), "list_name", one.id),
            press(say.plain("editing.about"), "list_about", one.id),
            press(say.plain("editing.icon"), "list_icon", one.id),
        ),
        (
            press(say.plain("editing.hide" if one.public else "editing.show"), "list_public", one.id),
            press(say.plain("editing.remove"), "list_remove", one.id),
        ),
        (press(say.plain("card.back"), "list_open", one.token),),
    ]
    return Screen(Html("\n".join(parts)), tuple(rows))


def _labels(lines: Sequence[KeptLine]) -> str:
    shown = ", ".join(shortened(kept.line.label, LONGEST_SHOWN) for kept in lines[:PAGE])
    return shown if len(lines) <= PAGE else f"{shown} +{len(lines) - PAGE}"


def ask(what: str, step: Step) -> Screen:
    """The next text is a line, a name, a description or an icon of the list."""
    one = _list(step)
    step.tx.await_text(step.chat.target, f"{what}:{one.id}")
    back = press(step.say.plain("card.back"), "list_edit", one.id)
    return Screen(step.say(f"editing.ask_{what.removeprefix('list_')}", name=one.name), ((back,),))


def add(step: Step) -> Screen:
    """Each line of the text is a query of the draft; where one cannot be read, none is added."""
    one, say = _list(step), step.say
    typed = [text for text in step.word(1).splitlines() if text.strip()]
    if len(typed) > MOST_AT_A_TIME:
        raise UserError("lines_many", most=MOST_AT_A_TIME)
    lines = []
    for text in typed:
        try:
            lines.append(line_of(text))
        except QueryMistake as error:
            back = press(say.plain("card.back"), "list_edit", one.id)
            return Screen(mistaken(error, text, say), ((back,),))
    for line in lines:
        watchlist.draft_line(step.tx, one.id, line)
    return desk(one, step, note=say("editing.drafted", lines=say.count("lines", len(lines))))


def line_of(text: str) -> Line:
    """A query as a line of a list, called as it was typed. Raises `QueryMistake`."""
    return Line(text=canonical(parse(text)), label=shortened(text, LONGEST_LABEL))


def name(step: Step) -> Screen:
    """Called otherwise from now on."""
    return _altered(step, lambda one: replace(one, name=watchlist.named(step.word(1))))


def about(step: Step) -> Screen:
    """Described otherwise from now on."""
    text = step.word(1).strip()
    if len(text) > LONGEST_ABOUT:
        raise UserError("list_about_long", most=LONGEST_ABOUT)
    return _altered(step, lambda one: replace(one, about=text))


def icon(step: Step) -> Screen:
    """Another sign before its name."""
    text = "".join(step.word(1).split())
    if len(text) > LONGEST_ICON or text.isalnum():
        raise UserError("list_icon")
    return _altered(step, lambda one: replace(one, icon=text))


def public(step: Step) -> Screen:
    """Seen by everybody, or no more."""
    return _altered(step, lambda one: replace(one, public=not one.public))


def remove(step: Step) -> Screen:
    """Gone for everybody; one tap brings it back, with its followers."""
    one = _list(step)
    number = watchlist.alter(step.tx, one, replace(one, removed=True), by=step.person, now=step.now)
    undo = press(step.say.plain("list.undo"), "undo", number)
    return Screen(step.say("editing.removed", name=one.name), ((undo, press(step.say.plain("lists.open"), "lists")),))


def _altered(step: Step, alter: Callable[[WatchList], WatchList]) -> Screen:
    one = _list(step)
    after = alter(one)
    number = watchlist.alter(step.tx, one, after, by=step.person, now=step.now)
    undo = None if number is None else press(step.say.plain("list.undo"), "undo", number)
    return desk(after, step, undo=undo)


def strike(step: Step) -> Screen:
    """Which line is to be removed, or put back?"""
    return _striking(_list(step), step, page=step.number(1))


def strike_one(step: Step) -> Screen:
    """That one, in the draft; another tap puts it back."""
    found = step.tx.line(watchlist.LineId(step.number()))
    one = step.tx.watch_list(found[0]) if found else None
    if found is None or one is None:
        raise UserError("gone")
    watchlist.strike_line(step.tx, one.id, found[1])
    return _striking(one, step, page=step.number(1))


def _striking(one: WatchList, step: Step, *, page: int) -> Screen:
    say, lines = step.say, step.tx.lines(one.id)
    page = min(page, max(0, len(lines) - 1) // PAGE)
    rows = [
        (
            press(
                say.plain(f"editing.line_{kept.state}", label=shortened(kept.line.label, LONGEST_SHOWN)),
                "line_strike",
                kept.id,
                page,
            ),
        )
        for kept in lines[page * PAGE : (page + 1) * PAGE]
    ]
    turn = turning(page, len(lines), "list_strike", one.id, say=say)
    back = press(say.plain("card.back"), "list_edit", one.id)
    return Screen(say("editing.striking", name=one.name), (*rows, *((turn,) if turn else ()), (back,)))


def discard(step: Step) -> Screen:
    """The draft is thrown away."""
    one = _list(step)
    watchlist.discard(step.tx, one.id)
    return desk(one, step)


async def see_effect(store: Store, linguist: Linguist, number: ListId, now: datetime) -> Deed:
    """What the draft would change, before it does."""
    seen = await store.read(lambda tx: effect(tx, number, linguist, now=now))
    return partial(_effect_screen, seen)


async def publish(store: Store, linguist: Linguist, number: ListId, now: datetime) -> Deed:
    """The draft holds from now on; what its lines would have found is kept with them."""
    seen = await store.read(lambda tx: effect(tx, number, linguist, now=now))
    return partial(_published, seen)


Looking = Callable[[Store, Linguist, ListId, datetime], Awaitable[Deed]]


def _effect_screen(seen: Effect, step: Step) -> Screen:
    one, say = _list(step), step.say
    parts = [say("editing.effect_of", name=one.name), _figures(seen, say)]
    parts += [Html("\n" + sample_shown(sample, now=step.now, zone=step.zone)) for sample in seen.samples]
    rows = (
        (press(say.plain("editing.publish"), "list_publish", one.id),),
        (press(say.plain("editing.keep"), "list_edit", one.id),),
    )
    return Screen(Html("\n".join(parts)), rows)


def _figures(seen: Effect, say: Catalogue) -> Html:
    gained = say.count("stories", seen.gained)
    return say(
        "editing.figures_least" if seen.at_least else "editing.figures",
        gained=gained,
        lost=seen.lost,
        before=seen.before,
    )


def _published(seen: Effect, step: Step) -> Screen:
    one, say = _list(step), step.say
    change = watchlist.publish(step.tx, one, by=step.person, now=step.now)
    if change is None:
        raise UserError("gone")
    for query, sample in seen.found:
        step.tx.keep_found(query, sample.article.id, sample.spans)
    if seen.loud:
        _tell_followers(step.tx, one, seen, now=step.now)
    undo = press(say.plain("list.undo"), "undo", change)
    return desk(one, step, note=say("editing.published"), undo=undo)


def _tell_followers(tx: Tx, one: WatchList, seen: Effect, *, now: datetime) -> None:
    for target in tx.followers(one.id):
        chat = tx.known_chat(target)
        if chat:
            say = catalogue(chat.language)
            text = say("editing.louder" if seen.gained > seen.lost else "editing.quieter", name=one.name)
            opening = press(say.plain("editing.look"), "list_open", one.token)
            tx.say(target, Screen(text, ((opening,),)).to_json(), edits=None, now=now)


def _list(step: Step) -> WatchList:
    one = step.tx.watch_list(ListId(step.number()))
    if one is None or one.removed:
        raise UserError("gone")
    return one
