"""One SQLite file, owned by one process: a writer thread with group commit, readers on connections of their own."""

import asyncio
import fcntl
import os
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import apsw

from core.errors import StoreError
from core.ports import Tx
from store.migrations import migrations
from store.sql import Row, Value
from store.tx import SqlTx

T = TypeVar("T")

_APPLICATION = 0x43686174
"""Marks a file as ours (`PRAGMA application_id`): "Chat"."""
_MOST_IN_A_COMMIT = 256
_READERS = 2
_QUICK_CHECK_UP_TO = 256 << 20
"""Bytes; a larger file is checked only after an unclean stop (it takes about a second for every 200 MB)."""


@asynccontextmanager
async def sqlite_store(path: Path) -> AsyncIterator["SqliteStore"]:
    """Opens the file, brings its schema up to date, and closes it in the end.

    Raises `StoreError` where it is in use, newer than this program, damaged, or not ours; nothing is changed then.
    """
    check(path)
    lock = _lock(path)
    try:
        _make_private(path)
        store = SqliteStore(path)
        try:
            await store.write(lambda tx: None)
            yield store
        finally:
            await asyncio.to_thread(store.close)
    finally:
        os.close(lock)


def check(path: Path) -> None:
    """Raises `StoreError` where this program must not touch the file; an absent file is fine."""
    _check_free(path)
    if not path.exists():
        return
    unclean = path.with_name(path.name + "-wal").exists()
    with _Translated(path):
        connection = apsw.Connection(str(path))
        try:
            version = _pragma(connection, "user_version")
            if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                return  # empty, or a first start that was stopped before its first table
            if _pragma(connection, "application_id") != _APPLICATION:
                raise StoreError(f"{path} is not a Chatovyi database: name another file in CHATOVYI_DATABASE.")
            newest = migrations()[-1].number
            if version > newest:
                raise StoreError(
                    f"{path} was written by a newer Chatovyi (schema {version}, this one knows {newest}): "
                    "install that version, or restore a backup made by this one."
                )
            if unclean or path.stat().st_size <= _QUICK_CHECK_UP_TO:
                found = _pragma(connection, "quick_check(1)")
                if found != "ok":
                    raise StoreError(_damaged(path, str(found)))
        finally:
            connection.close()


def in_use(path: Path) -> bool:
    """Whether a running process owns the file."""
    try:
        _check_free(path)
    except StoreError:
        return True
    return False


def _check_free(path: Path) -> None:
    """Raises `StoreError` where a running process owns the file."""
    if _lock_file(path).exists():
        os.close(_lock(path))


def _lock_file(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _lock(path: Path) -> int:
    """Holds the file for this process; the lock ends with the process, however it ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(_lock_file(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
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


def _make_private(path: Path) -> None:
    """Who follows what is nobody else's business; SQLite gives its other files the permissions of this one."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(f"{path} cannot be opened for writing: check the folder and its permissions.") from error


class SqliteStore:
    """`core.ports.Store` over one file. The caller holds the file's lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed = False
        self._work: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="store-writer", daemon=True)
        self._readers = ThreadPoolExecutor(_READERS, "store-reader", initializer=self._open_reader)
        self._reader = threading.local()
        self._writer.start()

    async def write(self, work: Callable[[Tx], T]) -> T:
        if self._closed:
            raise StoreError(f"{self._path} was closed: nothing more is written.")
        done: Future[Any] = Future()
        self._work.put(_Work(work, done))
        # Shielded: a caller that is cancelled must not leave a promise that the writer then trips over.
        result: T = await asyncio.shield(asyncio.wrap_future(done))
        return result

    async def read(self, look: Callable[[Tx], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, look)

    def close(self) -> None:
        """Finishes what was given, then closes all connections."""
        self._closed = True
        self._work.put(None)
        self._writer.join()
        self._readers.shutdown(wait=True)

    def _open_reader(self) -> None:
        connection = _connect(self._path)
        connection.pragma("wal_autocheckpoint", 0)
        connection.pragma("query_only", True)
        self._reader.connection = connection

    def _look(self, look: Callable[[Tx], T]) -> T:
        connection: apsw.Connection = self._reader.connection
        with _Translated(self._path):
            connection.execute("BEGIN")
            try:
                return look(SqlTx(_Executor(connection)))
            finally:
                connection.execute("ROLLBACK")

    def _write_all(self) -> None:
        """The writer thread: everything that waits goes into one commit, each piece in a savepoint of its own."""
        try:
            with _Translated(self._path):
                connection = _connect(self._path)
                _migrate(connection)
        except Exception as error:
            self._refuse_all(error)
            return
        while True:
            batch, last = self._batch()
            if batch:
                _commit(connection, self._path, batch)
            if last:
                connection.close()
                return

    def _batch(self) -> tuple[list["_Work"], bool]:
        batch: list[_Work] = []
        waiting = self._work.get()
        while waiting is not None:
            batch.append(waiting)
            if len(batch) >= _MOST_IN_A_COMMIT:
                return batch, False
            try:
                waiting = self._work.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _refuse_all(self, error: Exception) -> None:
        while (work := self._work.get()) is not None:
            work.done.set_exception(error)


@dataclass(frozen=True, slots=True)
class _Work:
    """A transaction, and where its result goes."""

    run: Callable[[Tx], Any]
    done: Future[Any]


class _Executor:
    """`store.sql.Execute` over a connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def __call__(self, sql: str, /, **values: Value) -> Iterable[Row]:
        return self._connection.execute(sql, values or None)


def _commit(connection: apsw.Connection, path: Path, batch: list[_Work]) -> None:
    """Runs the batch in one transaction. A piece that raises is undone alone; a commit that fails fails them all."""
    results: list[tuple[_Work, Any, BaseException | None]] = []
    try:
        with _Translated(path):
            connection.execute("BEGIN IMMEDIATE")
            tx = SqlTx(_Executor(connection))
            for work in batch:
                results.append((work, *_run(connection, path, tx, work)))
            connection.execute("COMMIT")
    except StoreError as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for work in batch:
            work.done.set_exception(error)
        return
    for work, result, failure in results:
        if failure is None:
            work.done.set_result(result)
        else:
            work.done.set_exception(failure)


def _run(connection: apsw.Connection, path: Path, tx: Tx, work: _Work) -> tuple[Any, BaseException | None]:
    connection.execute("SAVEPOINT piece")
    try:
        result = work.run(tx)
    except (apsw.CorruptError, apsw.NotADBError, apsw.FullError, apsw.IOError):
        raise
    except Exception as error:
        connection.execute("ROLLBACK TO piece")
        connection.execute("RELEASE piece")
        return None, error
    connection.execute("RELEASE piece")
    return result, None


def _connect(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(5000)
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    connection.pragma("foreign_keys", True)
    return connection


def _migrate(connection: apsw.Connection) -> None:
    """Each step in a transaction of its own: an upgrade that fails leaves the step before it."""
    for migration in migrations():
        if migration.number <= int(str(_pragma(connection, "user_version"))):
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(migration.sql)
            connection.pragma("application_id", _APPLICATION)
            connection.pragma("user_version", migration.number)
            connection.execute("COMMIT")
        except apsw.Error as error:
            connection.execute("ROLLBACK")
            raise StoreError(
                f"The database could not be upgraded (step {migration.number}, {migration.name}: {error}). Nothing "
                "was changed: go on with the version before, and tell us."
            ) from error


def _pragma(connection: apsw.Connection, name: str) -> Any:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None


class _Translated:
    """Turns the engine's surprises into a sentence that says what to do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        match error:
            case apsw.NotADBError():
                message = f"{self._path} is not a database: name another file in CHATOVYI_DATABASE."
            case apsw.CorruptError():
                message = _damaged(self._path, str(error))
            case apsw.FullError():
                message = f"The disk is full: free space near {self._path} and start again; nothing stored is lost."
            case apsw.CantOpenError() | apsw.PermissionsError() | apsw.ReadOnlyError():
                message = f"{self._path} cannot be opened for writing: check the folder and its permissions."
            case apsw.BusyError() | apsw.LockedError():
                message = f"{self._path} is locked by another program: close it and try again."
            case apsw.IOError():
                message = f"The disk failed at {self._path}: {error}. Check it before starting again."
            case apsw.SQLError() | apsw.ConstraintError():
                return  # a mistake of ours in one piece of work, no failure of the store
            case apsw.Error():
                message = f"The database {self._path} failed: {error}."
            case _:
                return
        raise StoreError(message) from error


def _damaged(path: Path, found: str) -> str:
    return (
        f"{path} is damaged ({found.splitlines()[-1]}): keep it aside and start from a backup. "
        "`sqlite3 FILE .recover` may save more."
    )
