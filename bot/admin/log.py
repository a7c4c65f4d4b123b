"""The log: who changed what and when, page by page, each with a button that undoes it."""

from bot.admin.step import Step
from bot.admin.team import role_in
from bot.says import Catalogue, Html
from bot.screen import Screen, press, shortened, when
from core.errors import UserError
from core.history import Change, ChangeId, State, undoable
from core.role import ROLES, Role, may, put_role_back
from core.sourcing import put_source_back
from core.watchlist import lines_in, put_back

PAGE = 8
LONGEST_NAME = 40


def log(step: Step) -> Screen:
    """The changes before a given one, the newest first."""
    say, before = step.say, ChangeId(step.number()) if step.values else None
    found = step.tx.changes(before=before, limit=PAGE + 1)
    if not found:
        return Screen(say("log.empty"))
    shown = found[:PAGE]
    lines = [say("log.title"), *(_line(number, one, step) for number, one in enumerate(shown, start=1))]
    undo = [
        press(say.plain("log.undo", number=number), "undo_role" if one.thing.kind == "role" else "undo", one.id)
        for number, one in enumerate(shown, start=1)
        if _may_undo(one, step)
    ]
    turn = []
    if before is not None:
        turn.append(press(say.plain("log.newest"), "log"))
    if len(found) > PAGE:
        turn.append(press(say.plain("log.older"), "log", shown[-1].id))
    rows = [tuple(undo[at : at + 4]) for at in range(0, len(undo), 4)]
    return Screen(Html("\n".join(lines)), tuple(row for row in (*rows, tuple(turn)) if row))


def undo(step: Step) -> Screen:
    """What it was before a change of a list or a source."""
    change = undoable(step.tx, ChangeId(step.number()))
    match change.thing.kind:
        case "source":
            put_source_back(step.tx, change, by=step.person, now=step.now)
        case "list" | "lines":
            put_back(step.tx, change, by=step.person, now=step.now)
        case _:
            raise UserError("gone")
    return _undone(change, step)


def undo_role(step: Step) -> Screen:
    """What it was before a change of somebody's role."""
    change = undoable(step.tx, ChangeId(step.number()))
    if change.thing.kind != "role":
        raise UserError("gone")
    put_role_back(step.tx, change, step.person, first=step.first, now=step.now)
    return _undone(change, step)


def _undone(change: Change, step: Step) -> Screen:
    text = step.say("log.undone", what=_what(change, step.say))
    return Screen(text, ((press(step.say.plain("log.open"), "log"),),))


def _may_undo(change: Change, step: Step) -> bool:
    least: Role = "owner" if change.thing.kind == "role" else "editor"
    return may(step.role, least) and step.tx.last_change(change.thing) == change.id


def _line(number: int, change: Change, step: Step) -> Html:
    say = step.say
    who = step.tx.holder(change.by) if change.by else None
    name = shortened(who.name, LONGEST_NAME) if who and who.name else say("log.somebody")
    moment = when(change.at, now=step.now, zone=step.zone)
    sentence = "log.line" if change.undoes is None else "log.line_undo"
    return say(sentence, number=number, time=moment, who=name, what=_what(change, say))


def _what(change: Change, say: Catalogue) -> Html:
    """The change in words."""
    match change.thing.kind:
        case "list":
            return _of_list(change, say)
        case "lines":
            return _of_lines(change, say)
        case "source":
            return _of_source(change, say)
    name = shortened((change.after or change.before or {}).get("name", ""), LONGEST_NAME)
    return say("log.role", name=name or "–", before=_role(change.before, say), after=_role(change.after, say))


def _of_source(change: Change, say: Catalogue) -> Html:
    before, after = change.before or {}, change.after or {}
    name = shortened(after.get("name", ""), LONGEST_NAME)
    if before.get("url") != after.get("url"):
        return say("log.source_moved", name=name, url=shortened(after.get("url", ""), 100))
    is_stopped = bool(after.get("retired"))
    return say("log.source_stopped" if is_stopped else "log.source_back", name=name)


def _of_list(change: Change, say: Catalogue) -> Html:
    before, after = change.before, change.after or {}
    name = shortened((before or after).get("name", ""), LONGEST_NAME)
    if before is None:
        return say("log.list_made", name=name)
    is_removed, is_public = after["removed"] == "1", after["public"] == "1"
    if before["removed"] != after["removed"]:
        return say("log.list_removed" if is_removed else "log.list_back", name=name)
    if before["public"] != after["public"]:
        return say("log.list_shown" if is_public else "log.list_hidden", name=name)
    if before["name"] != after["name"]:
        return say("log.list_renamed", name=name, after=shortened(after["name"], LONGEST_NAME))
    return say("log.list_altered", name=name)


def _of_lines(change: Change, say: Catalogue) -> Html:
    name = shortened((change.after or change.before or {}).get("name", ""), LONGEST_NAME)
    added, removed = len(lines_in(change.after)), len(lines_in(change.before))
    return say("log.lines", name=name, added=added, removed=removed)


def _role(state: State | None, say: Catalogue) -> Html:
    found = next((role for role in ROLES if state and state.get("role") == role), None)
    return say("role.none") if found is None else role_in(found, say)
