"""One SQLite file, owned by one process: a writer with group commit, readers on connections of their own."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import apsw

from core.errors import DamagedError, StoreError
from core.ports import Tx
from store.connection import Connect, Executor, as_reader, connect
from store.file import check, in_use, make_private, owned
from store.surprises import is_damage, translated
from store.tx import SqlTx
from store.writer import Wait, Work, Writer, patiently

__all__ = ["SqliteStore", "check", "in_use", "sqlite_store"]

T = TypeVar("T")

_READERS = 2


@asynccontextmanager
async def sqlite_store(
    path: Path, *, connect: Connect = connect, wait: Wait = patiently
) -> AsyncIterator["SqliteStore"]:
    """Opens the file, brings its schema up to date, and closes it in the end.

    Raises `StoreError` where it is in use, newer than this program, damaged, or not ours; nothing is changed then.
    """
    check(path)
    with owned(path):
        make_private(path)
        store = SqliteStore(path, connect=connect, wait=wait)
        try:
            await store.write(lambda tx: None)
            yield store
        finally:
            await asyncio.to_thread(store.close)


class SqliteStore:
    """`core.ports.Store` over one file. The caller holds the file's lock.

    While the disk is full, or fails in a way that may pass, writes wait and `trouble` says for what; reads go on.
    """

    def __init__(self, path: Path, *, connect: Connect = connect, wait: Wait = patiently) -> None:
        self._path = path
        self._connect = connect
        self._closed = False
        self._writer = Writer(path, connect=connect, wait=wait)
        self._readers = ThreadPoolExecutor(_READERS, "store-reader")
        self._reader = threading.local()
        self._opened: list[apsw.Connection] = []

    @property
    def trouble(self) -> str | None:
        """What every write waits for, in a sentence with what to do; `None` where none waits."""
        return self._writer.trouble

    async def write(self, work: Callable[[Tx], T]) -> T:
        self._refuse_if_over()
        done: Future[Any] = Future()
        self._writer.put(Work(work, done))
        # Shielded: a caller that is cancelled must not leave a promise that the writer then trips over.
        result: T = await asyncio.shield(asyncio.wrap_future(done))
        return result

    async def read(self, look: Callable[[Tx], T]) -> T:
        self._refuse_if_over()
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, look)

    def close(self) -> None:
        """Finishes what was given, then closes all connections; what waits for a disk fails."""
        self._closed = True
        self._writer.give_up_waiting()
        self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.close()
        self._writer.close()

    def _refuse_if_over(self) -> None:
        if self._closed:
            raise StoreError(f"{self._path} was closed: nothing more is read or written.")
        if self._writer.damage:
            raise DamagedError(str(self._writer.damage)) from self._writer.damage

    def _look(self, look: Callable[[Tx], T]) -> T:
        try:
            with translated(self._path):
                connection = self._connection()
                connection.execute("BEGIN")
                try:
                    return look(SqlTx(Executor(connection)))
                finally:
                    connection.execute("ROLLBACK")
        except StoreError as error:
            if is_damage(error):
                self._writer.damage = error
            raise

    def _connection(self) -> apsw.Connection:
        """This thread's own."""
        if not hasattr(self._reader, "connection"):
            self._reader.connection = as_reader(self._connect(self._path))
            self._opened.append(self._reader.connection)
        connection: apsw.Connection = self._reader.connection
        return connection
