"""What is done to the database while nobody runs it: restored from a copy, brought up to date."""

import asyncio
import sys
from datetime import UTC
from pathlib import Path

from chatovyi.backups import Backups, told
from chatovyi.control import ask
from config.settings import Settings
from core.errors import ConfigError, StoreError
from core.ports import Clock
from store.backup import name_in, newest_sound, opened, read_through
from store.file import beside, check, in_use, owned
from store.migrations import migrations
from store.restore import restore
from store.schema import newest_schema, schema_of
from store.sqlite import sqlite_store


async def backed_up(settings: Settings, to: Path | None, *, clock: Clock) -> str:
    """A copy by the running process where there is one; else made here, with the schema left as it is."""
    path = _file(to, clock) if to else None
    if in_use(settings.database):
        return await ask(settings.database, {"command": "backup", "to": str(path) if path else None})
    if not settings.database.exists():
        raise StoreError(f"{settings.database} is not there yet: nothing to copy.")
    check(settings.database)
    with owned(settings.database):
        return f"Backup made: {told(await Backups(settings, clock=clock).make(path))}."


def _file(to: Path, clock: Clock) -> Path:
    """As the running process, which is in another folder, must name it."""
    return (name_in(to, now=clock()) if to.is_dir() else to).absolute()


async def restored(settings: Settings, copy: Path, *, force: bool, clock: Clock) -> str:
    """Puts a copy in the place of the database, and says what that means."""
    with owned(settings.database):
        found = read_through(copy)
        if settings.database.exists() and not force and sys.stdin.isatty():
            _agree(f"{settings.database} will be put aside, and {told(found)} takes its place. Go on? [y/N] ")
        done = await asyncio.to_thread(restore, copy, settings.database, now=clock())
        # A cache of the matcher's, which knows queries by numbers that the copy may not have.
        beside(settings.database, "-matcher").unlink(missing_ok=True)
    until = f"{done.told_until.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    kept = f"What was there is kept as {done.aside}." if done.aside else "There was no database in its place."
    return (
        f"Restored: {told(done.copy)}. {kept}\n"
        "Lost is what happened since: who followed, paused or left what, and which alerts arrived.\n"
        f"So that nothing is told twice, news published until {until} counts as told, and what was waiting in the "
        "backup is looked up in Telegram before it is sent."
    )


def _agree(question: str) -> None:
    if input(question).strip().lower() not in ("y", "yes", "так"):
        raise ConfigError("Nothing was changed.")


async def migrated(settings: Settings, *, only_look: bool) -> str:
    """Brings the schema up to date, or only says how it stands."""
    path, newest = settings.database, newest_schema()
    if not path.exists():
        return f"{path} is not there yet: the first start makes it, with schema {newest}."
    if not only_look:
        check(path)
    with opened(path) as connection:
        before = schema_of(connection, path)
    steps = ", ".join(f"{one.number:04}_{one.name}" for one in migrations() if one.number > before)
    if not steps:
        return f"{path} is up to date: schema {newest}."
    if only_look:
        return f"{path} has schema {before}, this program works with {newest}. To be done by `migrate`: {steps}."
    async with sqlite_store(path):
        pass
    return f"{path} was brought from schema {before} to {newest}: {steps}."


def way_back(settings: Settings) -> str:
    """Which backup a damaged database may be replaced by."""
    copy = newest_sound(settings.backups)
    return f"The newest good backup: {told(copy)}." if copy else f"There is no good backup in {settings.backups}."
