"""The screens a person meets, each a pure function."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.explain import mistaken
from bot.heard import Place
from bot.says import Catalogue, Html, catalogues, html
from bot.screen import Button, Screen, length, listed, press, shortened, when
from core.errors import UserError
from core.model import ChatId, QueryId, Subscription
from core.query import QueryMistake
from core.subscribe import is_paused
from core.vigil import Vigil

PAGE = 8
"""Subscriptions on one page of the list."""
LONGEST_LABEL = 30
LONGEST_TITLE = 100


def hello(say: Catalogue) -> Screen:
    """What this is, and what to type."""
    return Screen(say("start.hello"))


def help_(say: Catalogue) -> Screen:
    """How it works."""
    return Screen(say("help.text"))


def search_what(say: Catalogue) -> Screen:
    """The next text is looked for in the past."""
    return Screen(say("past.ask"))


def import_what(say: Catalogue) -> Screen:
    """The file is to be sent."""
    return Screen(say("import.ask"))


def sorry(error: UserError, say: Catalogue, *, typed: str = "", corrected: Button | None = None) -> Screen:
    """What went wrong, and what to do; of a query, also where, and what was likely meant as a button."""
    if isinstance(error, QueryMistake):
        return Screen(mistaken(error, typed, say), ((corrected,),) if corrected else ())
    return Screen(say(f"error.{error.hint}", **error.values))


def followed(label: str, say: Catalogue, *, again: bool) -> Html:
    """After the tap that subscribes."""
    return say("followed.again" if again else "followed.text", label=_named(label))


def changed(label: str, say: Catalogue) -> Html:
    """After another query took the place of one."""
    return say("followed.changed", label=_named(label))


def refused(say: Catalogue) -> Screen:
    """After the tap that does not."""
    return Screen(say("query.refused"))


def group_hello(say: Catalogue) -> Screen:
    """To a group: what this is, who may ask for what, and how."""
    return Screen(say("group.hello"))


def channel_hello(title: str, say: Catalogue) -> Screen:
    """To whoever added the bot to a channel: how it is told what to post there."""
    return Screen(say("group.channel", title=shortened(title, LONGEST_TITLE)))


def no_rights(title: str, place: Place, say: Catalogue) -> Screen:
    """To whoever added the bot where it may not write: which right it lacks."""
    return Screen(say(f"group.no_rights_{place}", title=shortened(title, LONGEST_TITLE)))


def admins_alone(say: Catalogue) -> Screen:
    """In a group, to somebody who does not administer it."""
    return Screen(say("group.admins_alone"))


def follow_what(say: Catalogue) -> Screen:
    """The command needs a word."""
    return Screen(say("group.follow_what"))


def where(chats: Sequence[tuple[ChatId, str]], now: ChatId | None, say: Catalogue) -> Screen:
    """Whose subscriptions shall be tended: the person's own, or those of a chat that they administer?"""
    rows = [(_chosen(say.plain("where.mine"), now is None), 0)]
    rows += [(_chosen(shortened(title, LONGEST_LABEL) or str(chat), chat == now), -chat) for chat, title in chats]
    buttons = tuple((press(label, "manage", number),) for label, number in rows)
    return Screen(say("where.ask" if chats else "where.none"), buttons)


def about(title: str, screen: Screen, say: Catalogue) -> Screen:
    """The same, headed by the group or channel that it is about."""
    head = say("where.head", title=shortened(title, LONGEST_TITLE))
    return Screen(listed([head, screen.text], "\n"), screen.rows)


def _chosen(label: str, chosen: bool) -> str:
    return f"• {label}" if chosen else label


def subscriptions(
    mine: Sequence[Subscription], say: Catalogue, *, now: datetime, page: int = 0, choose: bool = False
) -> Screen:
    """The list, with a button to the card of each; `choose`: another chat's list can be chosen."""
    whose = ((press(say.plain("list.where"), "where"),),) if choose else ()
    if not mine:
        return Screen(say("list.empty"), whose)
    page = max(0, min(page, (len(mine) - 1) // PAGE))
    shown = list(enumerate(mine, start=1))[page * PAGE : (page + 1) * PAGE]
    lines = [
        say("list.item_paused" if is_paused(one, now=now) else "list.item", number=number, label=_named(one.label))
        for number, one in shown
    ]
    rows: list[tuple[Button, ...]] = [
        (press(say.plain("list.card", label=shortened(one.label, LONGEST_LABEL), number=number), "card", one.id),)
        for number, one in shown
    ]
    turn = []
    if page > 0:
        turn.append(press(say.plain("list.earlier"), "list", page - 1))
    if (page + 1) * PAGE < len(mine):
        turn.append(press(say.plain("list.later"), "list", page + 1))
    if turn:
        rows.append(tuple(turn))
    return Screen(Html(say("list.title") + "\n" + "\n".join(lines)), (*rows, *whose))


def removed(label: str, query: QueryId, say: Catalogue) -> Screen:
    """A subscription is gone, and can come back."""
    undo = press(say.plain("list.undo"), "follow", query)
    return Screen(say("list.removed", label=_named(label)), ((undo, press(say.plain("list.open"), "list", 0)),))


def status(watch: Vigil, say: Catalogue, *, now: datetime, zone: tzinfo) -> Screen:
    """How the watch goes: sources, the last visit, how fast this chat's alerts come."""
    if not watch.watched:
        return Screen(say("status.nothing"))
    lines = [say("status.watch", sources=say.count("sources", watch.watched))]
    if watch.deaf:
        lines.append(say("status.deaf", sources=say.count("sources", watch.deaf)))
    if watch.silent:
        lines.append(say("status.silent", sources=say.count("sources", watch.silent)))
    if watch.last_visit:
        lines.append(say("status.last", time=when(watch.last_visit, now=now, zone=zone)))
    if watch.delay is None:
        lines.append(say("status.no_alerts"))
    else:
        lines.append(say("status.delay", delay=length(watch.delay, say)))
    return Screen(listed(lines, "\n"))


def languages(say: Catalogue) -> Screen:
    """Which language to speak, asked in all of them."""
    rows = tuple((press(other.plain("language.name"), "language", code),) for code, other in catalogues().items())
    return Screen(say("language.ask"), rows)


def language_set(say: Catalogue) -> Screen:
    """In the language chosen."""
    return Screen(say("language.set"))


def stop(count: int, say: Catalogue) -> Screen:
    """One confirmation before everything is forgotten."""
    yes, no = press(say.plain("stop.yes"), "forget"), press(say.plain("stop.no"), "keep")
    return Screen(say("stop.ask", subscriptions=say.count("subscriptions", count)), ((yes, no),))


def kept(say: Catalogue) -> Screen:
    """Nothing was forgotten."""
    return Screen(say("stop.kept"))


def forgotten(say: Catalogue) -> Screen:
    """Everything was."""
    return Screen(say("stop.done"))


def unfindable(chat: ChatId, what: str, say: Catalogue) -> Screen:
    """For the owner: nobody will know whether this arrived there."""
    return Screen(say("unfindable.told", chat=chat, what=shortened(what.strip().partition("\n")[0], 200)))


def _named(label: str) -> Html:
    return Html(f"<b>{html(shortened(label, 100))}</b>")
