"""A file sent to the bot becomes the draft of a watch list: what it would add and remove, with warnings, to look at."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import PurePath

from bot.admin.editing import desk
from bot.admin.list_files import ListFile, read_list, text_of
from bot.admin.step import Step
from bot.says import Html
from bot.screen import Screen, listed, shortened
from core import watchlist
from core.effect import loud_lines
from core.errors import UserError
from core.linguist import Linguist
from core.ports import Store
from core.watchlist import Line, WatchList, difference, slug_of

MOST_WARNINGS = 5
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Upload:
    """A file that was read, with the lines of it that would find too much."""

    name: str
    read: ListFile
    loud: tuple[tuple[Line, int], ...]


async def uploaded(
    name: str, content: bytes, store: Store, linguist: Linguist, *, now: datetime
) -> Callable[[Step], Screen]:
    """What is to be done with the file; where it is broken, to say so."""
    try:
        read = read_list(text_of(content), name=name)
    except UserError as error:
        return partial(_refused, error)
    loud = await store.read(lambda tx: loud_lines(tx, read.lines, linguist, now=now))
    return partial(_drafted, _Upload(name=name, read=read, loud=tuple(loud)))


def _refused(error: UserError, step: Step) -> Screen:
    raise error


def _drafted(upload: _Upload, step: Step) -> Screen:
    """The list of the file's word or name, a new one where there is none, with the file as its draft."""
    tx, read, say = step.tx, upload.read, step.say
    one = _list(upload, step)
    for concept in read.concepts:
        tx.put_concept(concept)
    watchlist.discard(tx, one.id)
    kept = {line.line.text: line for line in tx.lines(one.id)}
    changed = difference([line.line for line in kept.values()], read.lines)
    tx.add_lines(one.id, changed.added, "added")
    for line in changed.removed:
        tx.put_line(kept[line.text].id, line, "removed")
    note = say("upload.read", file=upload.name, added=len(changed.added), removed=len(changed.removed))
    return desk(one, step, note=listed([note, *_warnings(upload, step)], "\n"))


def _list(upload: _Upload, step: Step) -> WatchList:
    stem = PurePath(upload.name).stem
    slug = upload.read.slug or slug_of(stem)
    one = step.tx.list_by_slug(slug)
    if one is None:
        name = upload.read.properties.get("name", stem[: watchlist.LONGEST_NAME])
        one = watchlist.create(step.tx, name, token=step.token, by=step.person, now=step.now, slug=slug)
    after = upload.read.over(replace(one, removed=False))
    watchlist.alter(step.tx, one, after, by=step.person, now=step.now)
    return after


def _warnings(upload: _Upload, step: Step) -> list[Html]:
    say = step.say
    told = [
        say("upload.loud", name=shortened(line.label, LONGEST_LABEL), articles=say.count("articles", count))
        for line, count in upload.loud
    ]
    told += [say("upload.doubled", name=shortened(name, LONGEST_LABEL)) for name in upload.read.doubled]
    more = [say("upload.more", count=len(told) - MOST_WARNINGS)] if len(told) > MOST_WARNINGS else []
    return told[:MOST_WARNINGS] + more
