"""The one thread that writes: everything that waits goes into one commit, which is tried until it is through."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import apsw

from core.errors import DamagedError, StoreError
from core.ports import Tx
from store.connection import PATIENCE_MS, Connect, Executor
from store.file import beside
from store.schema import migrate, pragma
from store.surprises import DAMAGE, PASSING, is_damage, passes, translated
from store.tx import SqlTx

log = logging.getLogger(__name__)

Wait = Callable[[threading.Event, timedelta], bool]
"""Waits until the event is set or the time is over; true where it is set."""

_MOST_IN_A_COMMIT = 256
_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(seconds=30)
_LARGEST_LOG = 64 << 20
"""Bytes of the write-ahead log from which on the writer waits a moment for readers, to begin it anew."""
_MORE_LOG = 16 << 20
"""Bytes that it grows by before that is tried again."""
_PATIENCE_WITH_READERS_MS = 200


def patiently(stop: threading.Event, pause: timedelta) -> bool:
    """Real waiting."""
    return stop.wait(pause.total_seconds())


@dataclass(frozen=True, slots=True)
class Work:
    """A transaction, and where its result goes."""

    run: Callable[[Tx], Any]
    done: Future[Any]


Result = tuple[Work, Any, BaseException | None]


class Writer:
    """Takes work until it is closed. A disk that is full or fails makes it wait; damage ends it for good."""

    def __init__(self, path: Path, *, connect: Connect, wait: Wait) -> None:
        self.trouble: str | None = None
        """What everything waits for, if it does."""
        self.damage: StoreError | None = None
        """Set once the file was found damaged; nothing is written from then on."""
        self._path = path
        self._connect = connect
        self._wait = wait
        self._connection: apsw.Connection | None = None
        self._work: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._log_limit = _LARGEST_LOG
        self._thread = threading.Thread(target=self._live, name="store-writer", daemon=True)
        self._thread.start()

    def put(self, work: Work) -> None:
        """Its future gets the result, or what went wrong."""
        self._work.put(work)

    def give_up_waiting(self) -> None:
        """From now on what cannot be written at once fails."""
        self._closing.set()

    def close(self) -> None:
        """Finishes what was given, as far as it can be written at once."""
        self.give_up_waiting()
        self._work.put(None)
        self._thread.join()

    def _live(self) -> None:
        try:
            with translated(self._path):
                self._connection = self._opened()
                migrate(self._connection)
        except Exception as error:
            self._refuse_all(error)
            return
        while True:
            batch, last = self._batch()
            if batch:
                self._carry_out(batch)
            if last:
                self._disconnect()
                return

    def _opened(self) -> apsw.Connection:
        connection = self._connect(self._path)
        connection.pragma("journal_size_limit", _LARGEST_LOG)  # what a log begun anew keeps of its file
        return connection

    def _batch(self) -> tuple[list[Work], bool]:
        batch: list[Work] = []
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
        self._disconnect()

    def _carry_out(self, batch: list[Work]) -> None:
        try:
            results = self._persist(batch)
        except StoreError as error:
            for work in batch:
                work.done.set_exception(error)
            return
        for work, result, failure in results:
            if failure is None:
                work.done.set_result(result)
            else:
                work.done.set_exception(failure)
        self._bound_log()

    def _persist(self, batch: list[Work]) -> list[Result]:
        """Commits the batch, the whole of it again and again while something stands in the way that may pass."""
        pause, began = _FIRST_PAUSE, time.monotonic()
        while True:
            try:
                results = self._commit(batch)
            except StoreError as error:
                self._undo()
                self._note(error)
                if not passes(error):
                    raise
                if self._wait(self._closing, pause):
                    raise StoreError(f"Stopped before this could be written. {error}") from error
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            if self.trouble:
                self.trouble = None
                log.warning("store goes on", extra={"waited_s": round(time.monotonic() - began), "pieces": len(batch)})
            return results

    def _note(self, error: StoreError) -> None:
        if is_damage(error):
            self.damage = error
        elif passes(error):
            if self.trouble is None:
                log.error("store waits", extra={"reason": str(error)})
            self.trouble = str(error)

    def _commit(self, batch: list[Work]) -> list[Result]:
        """Runs the batch in one transaction. A piece that raises is undone alone; a failing commit fails them all."""
        if self.damage:
            raise DamagedError(str(self.damage)) from self.damage
        with translated(self._path):
            connection = self._connection = self._connection or self._opened()
            connection.execute("BEGIN IMMEDIATE")
            tx = SqlTx(Executor(connection))
            results = [(work, *_run(connection, tx, work)) for work in batch]
            connection.execute("COMMIT")
        return results

    def _undo(self) -> None:
        try:
            if self._connection and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except apsw.Error:
            self._disconnect()  # the next commit opens another

    def _disconnect(self) -> None:
        # What was committed stands in the log, whatever becomes of the closing.
        with contextlib.suppress(apsw.Error):
            if self._connection:
                self._connection.close()
        self._connection = None

    def _bound_log(self) -> None:
        """Commits write the log back as they go, but only a moment without old readers lets it begin anew."""
        try:
            size = beside(self._path, "-wal").stat().st_size
        except FileNotFoundError:
            return
        if size < _LARGEST_LOG:
            self._log_limit = _LARGEST_LOG
        if size < self._log_limit or not self._connection:
            return
        self._connection.set_busy_timeout(_PATIENCE_WITH_READERS_MS)
        try:
            blocked = bool(pragma(self._connection, "wal_checkpoint(TRUNCATE)"))
        except apsw.Error:
            blocked = True  # a disk in trouble: the next commit finds it, and says so
        finally:
            self._connection.set_busy_timeout(PATIENCE_MS)
        self._log_limit = size + _MORE_LOG if blocked else _LARGEST_LOG


def _run(connection: apsw.Connection, tx: Tx, work: Work) -> tuple[Any, BaseException | None]:
    connection.execute("SAVEPOINT piece")
    try:
        result = work.run(tx)
    except (*DAMAGE, *PASSING):
        raise
    except Exception as error:
        connection.execute("ROLLBACK TO piece")
        connection.execute("RELEASE piece")
        return None, error
    connection.execute("RELEASE piece")
    return result, None
