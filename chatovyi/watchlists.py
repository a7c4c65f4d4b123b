"""What admins do with watch lists on the command line: list, import, export, and see what an import would change."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from secrets import token_urlsafe

from bot.admin.list_files import ListFile, read_list, written
from chatovyi.dictionaries import linguist
from core import watchlist
from core.effect import loud_lines
from core.errors import ConfigError
from core.ports import Store, Tx
from core.watchlist import Difference, Line, WatchList, difference, slug_of

TOKEN_BYTES = 9
MOST_SHOWN = 50
"""Lines of each kind that a difference tells one by one."""


async def list_lists(store: Store) -> str:
    """All of them, a line each."""

    def look(tx: Tx) -> list[str]:
        return [
            f"{one.slug}: {one.name}, {len(tx.lines(one.id))} queries, {len(tx.followers(one.id))} followers"
            + ("" if one.public else ", private")
            for one in tx.watch_lists()
        ]

    return "\n".join(await store.read(look)) or "No watch lists yet: chatovyi watchlist import FILE"


async def export_list(store: Store, slug: str, form: str) -> str:
    """A list as a file of that form."""

    def look(tx: Tx) -> str:
        one = _known(tx, slug)
        return written(one, _lines(tx, one), form)

    return (await store.read(look)).rstrip("\n")


async def diff_list(store: Store, text: str, *, file: str, slug: str | None, now: datetime) -> str:
    """What an import of the file would change, with warnings; it changes nothing."""
    read = read_list(text, name=file)
    plan = await store.read(lambda tx: _plan(tx, read, file=file, slug=slug))
    return "\n".join([*_told(plan), *await _warnings(store, read, plan.difference.added, now=now)])


async def import_list(store: Store, text: str, *, file: str, slug: str | None, now: datetime) -> str:
    """The list is as the file says from now on, a new one where there was none of that name."""
    read = read_list(text, name=file)
    token = token_urlsafe(TOKEN_BYTES)

    def put(tx: Tx) -> Plan:
        plan = _plan(tx, read, file=file, slug=slug)
        one = plan.before or watchlist.create(tx, plan.after.name, token=token, by=None, now=now, slug=plan.after.slug)
        for concept in read.concepts:
            tx.put_concept(concept)
        watchlist.alter(tx, one, read.over(_here(one)), by=None, now=now)
        watchlist.replace_lines(tx, one, read.lines, by=None, now=now)
        return plan

    plan = await store.write(put)
    return "\n".join([*_told(plan), *await _warnings(store, read, plan.difference.added, now=now)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import comes to."""

    before: WatchList | None
    after: WatchList
    difference: Difference


def _plan(tx: Tx, read: ListFile, *, file: str, slug: str | None) -> Plan:
    stem = PurePath(file).stem
    slug = slug or read.slug or slug_of(stem)
    before = tx.list_by_slug(slug)
    fresh = WatchList(id=watchlist.ListId(0), slug=slug, name=watchlist.named(stem[: watchlist.LONGEST_NAME]))
    lines = _lines(tx, before) if before else []
    after = read.over(_here(before) if before else fresh)
    return Plan(before=before, after=after, difference=difference(lines, read.lines))


def _here(one: WatchList) -> WatchList:
    """A list that was removed and is imported is back."""
    return replace(one, removed=False)


def _lines(tx: Tx, one: WatchList) -> list[Line]:
    return [kept.line for kept in tx.lines(one.id) if kept.state != "added"]


def _known(tx: Tx, slug: str) -> WatchList:
    one = tx.list_by_slug(slug)
    if one is None or one.removed:
        raise ConfigError(f"There is no watch list {slug!r}: chatovyi watchlist list shows all.")
    return one


def _told(plan: Plan) -> list[str]:
    changed = plan.difference
    counts = f"+{len(changed.added)}, −{len(changed.removed)}, {len(changed.altered)} changed"
    if plan.before == plan.after and not (changed.added or changed.removed or changed.altered):
        return [f"{plan.after.name} ({plan.after.slug}): nothing changes."]
    new = "" if plan.before else ", a new list"
    also = ", its description too" if plan.before and plan.before != plan.after else ""
    lines = [f"{plan.after.name} ({plan.after.slug}): {counts}{also}{new}."]
    for sign, of in (("+", changed.added), ("−", changed.removed), ("~", changed.altered)):
        lines += [f"{sign} {line.label}: {line.text}" for line in of[:MOST_SHOWN]]
        lines += [f"{sign} and {len(of) - MOST_SHOWN} more"] if len(of) > MOST_SHOWN else []
    return lines


async def _warnings(store: Store, read: ListFile, added: Sequence[Line], *, now: datetime) -> list[str]:
    lines = [f"! {label}: its query is in the file twice, the first one counts." for label in read.doubled]
    named: dict[str, str] = {}
    for line in read.lines:
        if named.setdefault(line.label.casefold(), line.text) != line.text:
            lines.append(f"! {line.label}: two queries are called so.")
    concepts = await store.read(lambda tx: tx.concepts())
    known = await asyncio.to_thread(lambda: linguist().knowing(concepts))
    loud = await store.read(lambda tx: loud_lines(tx, added, known, now=now))
    lines += [f"! {line.label}: {count} articles a week or more: give it a context." for line, count in loud]
    return lines
