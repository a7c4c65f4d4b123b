"""Copies of the database: made while it is in use, verified, never half."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw

from core.errors import StoreError
from store.file import beside, sync
from store.schema import check_pages, pragma, schema_of
from store.sql import at, ms
from store.surprises import translated

Stopped = Callable[[], bool]
"""Whether what is being made is no longer wanted."""

_NAME = re.compile(r"chatovyi-(\d{8}-\d{6})\.db")
_FORM = "%Y%m%d-%H%M%S"
_PART, _PART_ENDING = ".chatovyi-", ".part"
_ROOM_TO_SPARE = 16 << 20
"""Bytes that a copy must leave free: the database itself has to go on."""
_STEPS_BETWEEN_LOOKS = 10_000
"""Of the engine, after which it asks whether to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that was read through and found whole."""

    path: Path
    size: int
    made: datetime
    """Everything committed before is in it."""
    schema: int
    articles: int
    subscriptions: int


def never() -> bool:
    """Nothing stops it."""
    return False


def name_in(folder: Path, *, now: datetime) -> Path:
    """A free name of a copy made now, in UTC; a second later where that one is taken."""
    while (path := folder / f"chatovyi-{now.astimezone(UTC).strftime(_FORM)}.db").exists():
        now += timedelta(seconds=1)
    return path


def back_up(database: Path, to: Path, *, now: datetime, stopped: Stopped = never) -> Copy:
    """Copies the database into a file that is not there yet; under its name it stands whole, verified and durable.

    Reads on a connection of its own, so that writers go on. This process owns the database. Raises `StoreError` where
    there is no room, where the copy is not sound, and where it was `stopped`.
    """
    if not database.is_file():
        raise StoreError(f"{database} is not there yet: nothing to copy.")
    if to.exists():
        raise StoreError(f"{to} is there already: a backup takes the place of nothing. Name another file.")
    with part_beside(to) as part:
        vacuum_into(database, part, stopped=stopped)
        with opened(part, stopped) as connection:
            connection.execute("INSERT OR REPLACE INTO counter (name, value) VALUES ('copied', ?)", (ms(now),))
        copy = read_through(part, stopped=stopped)
        sync(part)
        os.rename(part, to)
        sync(to.parent)
    return replace(copy, path=to)


def read_through(path: Path, *, stopped: Stopped = never) -> Copy:
    """What a copy holds; raises `StoreError` where it is not a whole database of ours that this program can read."""
    if not path.is_file():
        raise StoreError(f"{path} is not there.")
    with opened(path, stopped) as connection:
        schema = schema_of(connection, path)
        if not schema:
            raise StoreError(f"{path} holds nothing.")
        check_pages(connection, path)
        if row := connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreError(f"{path} is not sound: a row of {row[0]} belongs to one of {row[2]} that is not there.")
        made = _number(connection, "SELECT value FROM counter WHERE name = 'copied'")
        return Copy(
            path=path,
            size=path.stat().st_size,
            made=at(made) if made else datetime.fromtimestamp(path.stat().st_mtime, UTC),
            schema=schema,
            articles=_number(connection, "SELECT count(*) FROM article"),
            subscriptions=_number(connection, "SELECT count(*) FROM subscription"),
        )


def copies(folder: Path) -> list[tuple[datetime, Path]]:
    """The copies in a folder by the times in their names, the newest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if name := _NAME.fullmatch(path.name):
            found.append((datetime.strptime(name[1], _FORM).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def newest_sound(folder: Path) -> Copy | None:
    """The newest copy of a folder that is whole; a disk that spoils one file may spoil others."""
    for _, path in copies(folder):
        try:
            return read_through(path)
        except StoreError:
            continue
    return None


def is_due(folder: Path, *, every: timedelta, now: datetime) -> bool:
    """Whether the newest copy is as old as that; one from the future, by a clock that was wrong, is passed over."""
    made = [time for time, _ in copies(folder) if time <= now]
    return not made or made[0] + every <= now


def tidy(folder: Path, *, keep: int, every: timedelta, now: datetime) -> list[Path]:
    """Deletes old copies, and pieces that a kill left behind; returns the copies that are gone.

    The newest `keep` stay in any case, and those before them while they are younger than so many intervals: copies
    asked for by hand do not push out those of the days before. Nothing else copies into the folder meanwhile.
    """
    gone = [path for time, path in copies(folder)[keep:] if time + keep * every <= now]
    for path in (*gone, *folder.glob(f"{_PART}*{_PART_ENDING}*")):
        path.unlink(missing_ok=True)
    return gone


@contextmanager
def part_beside(to: Path) -> Iterator[Path]:
    """An empty private file in the same folder, to be renamed when it is whole; it is gone afterwards either way."""
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file, name = tempfile.mkstemp(dir=to.parent, prefix=_PART, suffix=_PART_ENDING)
        os.close(file)
    except OSError as error:
        raise StoreError(f"{to} cannot be written: {error.strerror}.") from error
    part = Path(name)
    try:
        yield part
    except OSError as error:
        raise StoreError(f"{to} cannot be written: {error.strerror}.") from error
    finally:
        for path in (part, beside(part, "-journal"), beside(part, "-wal"), beside(part, "-shm")):
            path.unlink(missing_ok=True)


def vacuum_into(database: Path, part: Path, *, stopped: Stopped = never) -> None:
    """All of a database, its log included, into an empty file; `StoreError` where there is no room for it."""
    with opened(database, stopped) as connection:
        pages = int(pragma(connection, "page_count")) - int(pragma(connection, "freelist_count"))
        needed = pages * int(pragma(connection, "page_size")) + _ROOM_TO_SPARE
        free = shutil.disk_usage(part.parent).free
        if free < needed:
            raise StoreError(
                f"No room for a copy in {part.parent}: it needs {needed >> 20} MB and {free >> 20} are free."
            )
        connection.execute("VACUUM INTO ?", (str(part),))


@contextmanager
def opened(path: Path, stopped: Stopped = never) -> Iterator[apsw.Connection]:
    """A connection that never writes the log back, and ends what it does when it is `stopped`."""
    with translated(path):
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            if beside(path, "-wal").exists():
                connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            connection.pragma("wal_autocheckpoint", 0)
            connection.set_busy_timeout(5000)
            connection.set_progress_handler(stopped, _STEPS_BETWEEN_LOOKS)
            yield connection
        except apsw.InterruptError as error:
            raise StoreError(f"What was done with {path} was stopped midway.") from error
        finally:
            connection.close()


def _number(connection: apsw.Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
