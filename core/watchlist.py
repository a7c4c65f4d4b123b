"""Watch lists: named sets of queries that editors keep, and that targets follow as one."""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NewType, Protocol

from core.errors import UserError
from core.history import Change, ChangeId, HistoryTx, State, Thing
from core.match.port import Span
from core.model import ArticleId, QueryId, Target
from core.timing import AT_ONCE, RHYTHMS, Manner, Rhythm

ListId = NewType("ListId", int)
LineId = NewType("LineId", int)

MOST_LINES = 20_000
LONGEST_NAME = 60
LONGEST_ABOUT = 300
LONGEST_LABEL = 100
LONGEST_ICON = 8
"""Code points: a flag or a family is one sign of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """A list, without its lines."""

    id: ListId
    slug: str
    """Tells it from others for good, also in files."""
    name: str
    about: str = ""
    icon: str = ""
    public: bool = False
    """Everybody sees it in /lists; another is found by its link alone."""
    manner: Manner = AT_ONCE
    """How its alerts come to who begins to follow it."""
    removed: bool = False
    token: str = field(default="", compare=False)
    """The word of the link that leads to it."""


LineState = Literal["published", "added", "removed"]
"""What a draft adds is not matched yet, what it removes still is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one line of a list looks for, and what it is called there."""

    text: str
    """The query, canonical."""
    label: str
    urgent: bool = False
    """Rings at once, also for who wants the list gathered."""
    note: str = ""
    """For editors alone, such as a person's status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """A line as it is kept."""

    id: LineId
    query: QueryId
    line: Line
    state: LineState


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A target follows a list, but for the lines that it leaves out."""

    id: int
    list: ListId
    manner: Manner
    paused: bool
    left_out: frozenset[QueryId]


class ListsTx(HistoryTx, Protocol):
    """What keeping and following lists needs of the store."""

    def watch_lists(self) -> list[WatchList]:
        """Those not removed, by name."""

    def watch_list(self, number: ListId) -> WatchList | None: ...
    def list_by_slug(self, slug: str) -> WatchList | None: ...
    def list_by_token(self, token: str) -> WatchList | None: ...
    def add_list(self, slug: str, name: str, *, token: str) -> ListId: ...
    def put_list(self, one: WatchList) -> None:
        """Its properties as they are now."""

    def lines(self, number: ListId) -> list[KeptLine]:
        """In the order in which they came."""

    def line(self, number: LineId) -> tuple[ListId, KeptLine] | None: ...
    def add_lines(self, number: ListId, lines: Sequence[Line], state: LineState) -> None:
        """Those whose queries it does not have yet."""

    def put_line(self, number: LineId, line: Line, state: LineState) -> None:
        """Another label, note, urgency or state; its query stays."""

    def remove_lines(self, number: ListId, queries: Collection[QueryId]) -> None: ...
    def intern_query(self, text: str) -> QueryId: ...
    def queries_changed(self, queries: Collection[QueryId]) -> None:
        """They are followed, or not any more: all of it one generation."""

    def keep_found(self, query: QueryId, article: ArticleId, spans: Sequence[Span]) -> None:
        """An article that the query would have found before it was followed, where it is still kept."""

    def following(self, target: Target, number: ListId) -> Following | None: ...
    def followed_lists(self, target: Target) -> list[ListId]: ...
    def follow_list(self, target: Target, number: ListId, manner: Manner, *, now: datetime) -> None: ...
    def leave_list(self, following: int) -> None: ...
    def put_following(self, following: int, *, manner: Manner, paused: bool) -> None: ...
    def leave_out(self, following: int, query: QueryId, *, out: bool) -> None: ...
    def followers(self, number: ListId) -> list[Target]: ...
    def retime_alerts(self, target: Target, *, now: datetime) -> None: ...


def create(tx: ListsTx, name: str, *, token: str, by: Target | None, now: datetime, slug: str = "") -> WatchList:
    """A new list, private and empty."""
    name = named(name)
    slug = slug or _free_slug(tx, slug_of(name))
    number = tx.add_list(slug, name, token=token)
    one = WatchList(id=number, slug=slug, name=name, token=token)
    tx.add_change(thing_of(one), None, state_of(one), by=by, now=now)
    return one


def alter(tx: ListsTx, before: WatchList, after: WatchList, *, by: Target | None, now: datetime) -> ChangeId | None:
    """Another name, icon, manner and the like, at once; `None` where nothing is otherwise."""
    if before == after:
        return None
    tx.put_list(after)
    if before.removed != after.removed:
        tx.queries_changed([kept.query for kept in tx.lines(after.id)])
    return tx.add_change(thing_of(after), state_of(before), state_of(after), by=by, now=now)


def draft_line(tx: ListsTx, number: ListId, line: Line) -> KeptLine:
    """Adds a line to the draft. Raises `UserError` where the list has that query, or too many."""
    lines = tx.lines(number)
    known = next((kept for kept in lines if kept.line.text == line.text), None)
    if known and known.state != "removed":
        raise UserError("line_already")
    if len(lines) >= MOST_LINES:
        raise UserError("list_full", most=MOST_LINES)
    if known:
        tx.put_line(known.id, line, "published")
    else:
        tx.add_lines(number, [line], "added")
    return next(kept for kept in tx.lines(number) if kept.line.text == line.text)


def strike_line(tx: ListsTx, number: ListId, kept: KeptLine) -> None:
    """Removes a line in the draft, or puts one that the draft removes back."""
    match kept.state:
        case "added":
            tx.remove_lines(number, [kept.query])
        case "published":
            tx.put_line(kept.id, kept.line, "removed")
        case "removed":
            tx.put_line(kept.id, kept.line, "published")


def discard(tx: ListsTx, number: ListId) -> None:
    """The list is as it was published."""
    lines = tx.lines(number)
    tx.remove_lines(number, [kept.query for kept in lines if kept.state == "added"])
    for kept in lines:
        if kept.state == "removed":
            tx.put_line(kept.id, kept.line, "published")


def publish(tx: ListsTx, one: WatchList, *, by: Target | None, now: datetime) -> ChangeId | None:
    """What the draft says holds for every follower from now on; `None` where there is none."""
    lines = tx.lines(one.id)
    added = [kept.line for kept in lines if kept.state == "added"]
    removed = [kept.line for kept in lines if kept.state == "removed"]
    return _swap(tx, one, added, removed, by=by, now=now)


def replace_lines(
    tx: ListsTx, one: WatchList, wanted: Sequence[Line], *, by: Target | None, now: datetime
) -> ChangeId | None:
    """The list has these lines from now on, its draft is forgotten; `None` where it had just them."""
    discard(tx, one.id)
    before = [kept.line for kept in tx.lines(one.id)]
    same = set(before) & set(wanted)
    added = [line for line in wanted if line not in same]
    removed = [line for line in before if line not in same]
    return _swap(tx, one, added, removed, by=by, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What becomes of lines."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    altered: tuple[Line, ...]
    """The same queries, otherwise called, noted or urgent, as they will be."""


def difference(before: Sequence[Line], after: Sequence[Line]) -> Difference:
    """From those lines to these."""
    was, will = {line.text: line for line in before}, {line.text: line for line in after}
    return Difference(
        added=tuple(line for line in after if line.text not in was),
        removed=tuple(line for line in before if line.text not in will),
        altered=tuple(line for line in after if line.text in was and was[line.text] != line),
    )


def put_back(tx: ListsTx, change: Change, *, by: Target | None, now: datetime) -> None:
    """Undoes a change of a list's properties or lines."""
    one = tx.list_by_slug(change.thing.key)
    if one is None:
        raise UserError("gone")
    if change.thing.kind == "lines":
        added, removed = lines_in(change.before), lines_in(change.after)
        _swap(tx, one, added, removed, by=by, now=now, undoes=change.id)
        return
    after = replace(one, removed=True) if change.before is None else with_state(one, change.before)
    tx.put_list(after)
    tx.queries_changed([kept.query for kept in tx.lines(one.id)])
    tx.add_change(change.thing, state_of(one), state_of(after), by=by, now=now, undoes=change.id)


def _swap(
    tx: ListsTx,
    one: WatchList,
    added: Sequence[Line],
    removed: Sequence[Line],
    *,
    by: Target | None,
    now: datetime,
    undoes: ChangeId | None = None,
) -> ChangeId | None:
    """Lines out, lines in, as one change; a line that only is called otherwise keeps its number."""
    if not added and not removed:
        return None
    known = {kept.line.text: kept for kept in tx.lines(one.id)}
    wanted = {line.text for line in added}
    gone = [known[line.text].query for line in removed if line.text in known and line.text not in wanted]
    tx.remove_lines(one.id, gone)
    for line in added:
        if line.text in known:
            tx.put_line(known[line.text].id, line, "published")
    tx.add_lines(one.id, [line for line in added if line.text not in known], "published")
    fresh = [kept.query for kept in tx.lines(one.id) if kept.line.text in wanted]
    tx.queries_changed([*gone, *fresh])
    before, after = _lines_state(one, removed), _lines_state(one, added)
    return tx.add_change(Thing(kind="lines", key=one.slug), before, after, by=by, now=now, undoes=undoes)


def follow(tx: ListsTx, target: Target, one: WatchList, *, now: datetime) -> bool:
    """The target follows the list, as the list says by default; false where it does already."""
    known = tx.following(target, one.id)
    if known and not known.paused:
        return False
    if known:
        tx.put_following(known.id, manner=known.manner, paused=False)
    else:
        tx.follow_list(target, one.id, one.manner, now=now)
    return True


def leave(tx: ListsTx, target: Target, one: WatchList) -> None:
    """Follows it no more."""
    tx.leave_list(own(tx, target, one).id)


def arrange(tx: ListsTx, target: Target, one: WatchList, manner: Manner, *, now: datetime) -> None:
    """How its alerts come to the target from now on, those that wait included."""
    mine = own(tx, target, one)
    tx.put_following(mine.id, manner=manner, paused=mine.paused)
    tx.retime_alerts(target, now=now)


def turn(tx: ListsTx, target: Target, one: WatchList, query: QueryId) -> None:
    """Leaves a single line out, or takes it in again."""
    mine = own(tx, target, one)
    tx.leave_out(mine.id, query, out=query not in mine.left_out)


def own(tx: ListsTx, target: Target, one: WatchList) -> Following:
    """How the target follows the list. Raises `UserError` where it does not."""
    mine = tx.following(target, one.id)
    if mine is None:
        raise UserError("gone")
    return mine


def named(name: str) -> str:
    """A name as it is kept. Raises `UserError` where it is none."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise UserError("list_name_long", most=LONGEST_NAME)
    return name


_SLUG = re.compile(r"[^a-z0-9]+")
# Enough to tell names apart in files; who wants another slug writes the file first.
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщюяыэёў"
_LATIN = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia y e e u".split()
_LETTERS = dict(zip(_CYRILLIC, _LATIN, strict=True))


def slug_of(name: str) -> str:
    """A name in small Latin letters and hyphens."""
    latin = "".join(_LETTERS.get(letter, letter) for letter in name.lower() if letter not in "ьъ\u0027\u2019\u02bc")
    return _SLUG.sub("-", latin).strip("-")[:40].strip("-") or "list"


def _free_slug(tx: ListsTx, slug: str) -> str:
    number, free = 1, slug
    while tx.list_by_slug(free):
        number += 1
        free = f"{slug}-{number}"
    return free


def thing_of(one: WatchList) -> Thing:
    """What the history knows it by."""
    return Thing(kind="list", key=one.slug)


def state_of(one: WatchList) -> State:
    """Its properties, for the history."""
    manner = one.manner
    return {
        "name": one.name,
        "about": one.about,
        "icon": one.icon,
        "public": str(int(one.public)),
        "removed": str(int(one.removed)),
        "manner": f"{manner.rhythm} {manner.at} {manner.weekday} {int(manner.urgent)}",
    }


def with_state(one: WatchList, state: State) -> WatchList:
    """The list with the properties that the history kept."""
    rhythm, at, weekday, urgent = state["manner"].split()
    known: Rhythm = next((each for each in RHYTHMS if each == rhythm), "at_once")
    return replace(
        one,
        name=state["name"],
        about=state["about"],
        icon=state["icon"],
        public=state["public"] == "1",
        removed=state["removed"] == "1",
        manner=Manner(rhythm=known, at=int(at), weekday=int(weekday), urgent=urgent == "1"),
    )


def _lines_state(one: WatchList, lines: Iterable[Line]) -> State:
    rows = [[line.text, line.label, int(line.urgent), line.note] for line in lines]
    return {"name": one.name, "lines": json.dumps(rows, ensure_ascii=False)}


def lines_in(state: State | None) -> list[Line]:
    """The lines that the history kept."""
    read = json.loads(state["lines"]) if state else []
    return [Line(text=text, label=label, urgent=bool(urgent), note=note) for text, label, urgent, note in read]
