"""A copy in the place of the database: what was there is kept aside, what may have been told since is not repeated."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.errors import StoreError
from store.backup import Copy, opened, part_beside, read_through, vacuum_into
from store.file import beside, sync
from store.numbers import OF_SEQUENCE
from store.schema import migrate
from store.sql import ms
from store.surprises import translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did."""

    copy: Copy
    aside: Path | None
    """Where the database is that was there before, if one was."""
    told_until: datetime
    """What was published until then counts as told: when the database put aside was written to last, or now."""


def restore(copy: Path, database: Path, *, now: datetime) -> Restored:
    """Puts a copy in the place of the database, durably; until its last step nothing that was there is changed.

    This process owns the database. Stopped midway it leaves `.restoring` beside it, and the program does not start on
    what is there until a restore is finished. Raises `StoreError` where the copy cannot be used.
    """
    if copy.exists() and database.exists() and copy.samefile(database):
        raise StoreError(f"{copy} is the database itself: name a backup.")
    found = read_through(copy)
    told_until = _last_written(database, now=now)
    with part_beside(database) as part:
        vacuum_into(copy, part)
        _prepare(part, told_until=told_until, now=now)
        sync(part)
        os.rename(part, beside(database, ".restoring"))
        sync(database.parent)
    try:
        aside = _put_aside(database, now=now)
        os.rename(beside(database, ".restoring"), database)
        sync(database.parent)
    except OSError as error:
        raise StoreError(
            f"{database} cannot be put in place: {error.strerror}. Mend that, and restore again."
        ) from error
    return Restored(copy=found, aside=aside, told_until=told_until)


def _last_written(database: Path, *, now: datetime) -> datetime:
    """When the program was there last, by the files it left; where it left none nobody knows, and it may be now."""
    files = [path for path in (database, beside(database, "-wal")) if path.exists()]
    return min(now, datetime.fromtimestamp(max(path.stat().st_mtime for path in files), UTC)) if files else now


def _put_aside(database: Path, *, now: datetime) -> Path | None:
    """Database and log under names of their own that belong together."""
    aside = _aside(database, now=now)
    if database.exists():
        os.rename(database, aside)
    if beside(database, "-wal").exists():
        os.rename(beside(database, "-wal"), beside(aside, "-wal"))
    beside(database, "-shm").unlink(missing_ok=True)
    sync(database.parent)
    return aside if aside.exists() else None


def _aside(database: Path, *, now: datetime) -> Path:
    number, name = 1, beside(database, f".{now.astimezone(UTC):%Y%m%d-%H%M%S}.aside")
    while (free := name if number == 1 else beside(name, f"-{number}")).exists() or beside(free, "-wal").exists():
        number += 1
    return free


def _prepare(part: Path, *, told_until: datetime, now: datetime) -> None:
    """Brings the copy up to date, and marks what nobody can know any more."""
    with opened(part) as connection:
        migrate(connection)
        connection.pragma("foreign_keys", True)
        with translated(part), connection:
            for statement in _MARKS:
                connection.execute(statement, {"now": ms(now), "told": ms(told_until)})


_NEWEST = f"""(SELECT max(m.number) FROM message_number m WHERE m.bot_id = delivery.bot_id
                 AND m.sequence = {OF_SEQUENCE})"""
_MARKS = (
    """INSERT INTO counter (name, value) VALUES ('restored', :now), ('told_until', :told)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
    "DELETE FROM counter WHERE name = 'copied'",
    # Every source is met anew: what it lists now may have been told already (`core.ingest.prepare`).
    "UPDATE source SET visited = 0, lease_until = 0",
    # A member of a digest is settled with it, an edit made twice is made once, nothing left for a chat that was gone.
    f"""UPDATE delivery SET
          state = 'unknown', reason = 'it may have left after the backup was made', epoch = epoch + 1, looks = 0,
          lease_until = 0, after_number = CASE WHEN state = 'pending' THEN {_NEWEST} ELSE after_number END
        WHERE state IN ('pending', 'sending') AND edits IS NULL AND kind <> 'growth' AND bundle IS NULL
          AND NOT EXISTS (SELECT 1 FROM chat c WHERE c.bot_id = delivery.bot_id AND c.chat_id = delivery.chat_id
                            AND c.gone IS NOT NULL)""",
    # Numbers that people's old buttons name are not given to other queries and alerts.
    "UPDATE sqlite_sequence SET seq = seq + 1000000 WHERE name = 'query'",
)
