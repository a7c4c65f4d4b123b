"""Whose the database file is, and whether this program may use it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from core.errors import StoreError
from store.schema import check_pages, schema_of
from store.surprises import translated

_CHECK_ALWAYS_UP_TO = 256 << 20
"""Bytes; the pages of a larger file are checked only after an unclean stop."""


def beside(path: Path, ending: str) -> Path:
    """A file that belongs to the database, by the ending of its name: `-wal`, `.lock`, …"""
    return path.with_name(path.name + ending)


def check(path: Path) -> None:
    """Raises `StoreError` where this program must not touch the file; an absent file is fine."""
    if beside(path, ".lock").exists():
        os.close(_lock(path))
    _check_restored(path)
    if not path.exists():
        return
    # A clean stop leaves no log: whoever closes last writes it back and deletes it.
    unclean = beside(path, "-wal").exists()
    with translated(path):
        connection = apsw.Connection(str(path))
        try:
            if unclean:
                # The writer alone writes a log back: it is left as it is, for it to find.
                connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            if schema_of(connection, path) and (unclean or path.stat().st_size <= _CHECK_ALWAYS_UP_TO):
                check_pages(connection, path)
        finally:
            connection.close()


def in_use(path: Path) -> bool:
    """Whether a running process owns the file."""
    if not beside(path, ".lock").exists():
        return False
    try:
        os.close(_lock(path))
    except StoreError:
        return True
    return False


@contextmanager
def owned(path: Path) -> Iterator[None]:
    """The file is this process's alone while inside; `StoreError` where another holds it."""
    lock = _lock(path)
    try:
        yield
    finally:
        os.close(lock)


def make_private(path: Path) -> None:
    """Who follows what is nobody else's business; SQLite gives its other files the permissions of this one."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(f"{path} cannot be opened for writing: check the folder and its permissions.") from error


def sync(path: Path) -> None:
    """What was written to the file, or which names are in the folder, survives a power cut."""
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _check_restored(path: Path) -> None:
    """A restore that was stopped midway left the database put aside, and its copy beside it: no time to begin anew."""
    if beside(path, ".restoring").exists():
        raise StoreError(f"A restore of {path} was stopped midway: run `chatovyi restore BACKUP` again.")


def _lock(path: Path) -> int:
    """Holds the file for this process; the lock ends with the process, however it ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(beside(path, ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}. Is the folder there, and writable?") from error
    try:
        _take(file)
    except OSError as error:
        owner = os.read(file, 32).decode("ascii", "replace").strip()
        os.close(file)
        raise StoreError(
            f"{path} is in use by another Chatovyi (process {owner or 'unknown'}): "
            "stop it first, or give this one its own file in CHATOVYI_DATABASE."
        ) from error
    os.ftruncate(file, 0)
    os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
    return file


def _take(file: int) -> None:
    """Somebody who only looks whether the file is free holds it for an instant: it is asked for more than once."""
    for _ in range(5):
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
