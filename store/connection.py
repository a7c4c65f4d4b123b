"""How a connection to the file is opened, for writing and for reading."""

from collections.abc import Callable, Iterable
from pathlib import Path

import apsw

from store.sql import Row, Value

Connect = Callable[[Path], apsw.Connection]
PATIENCE_MS = 5000
"""How long another program's lock is waited for."""


def connect(path: Path, *, vfs: str | None = None) -> apsw.Connection:
    """For the writer: what it commits survives a power cut, and it alone writes the log back into the file."""
    connection = apsw.Connection(str(path), vfs=vfs)
    connection.set_busy_timeout(PATIENCE_MS)
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    connection.pragma("foreign_keys", True)
    return connection


def as_reader(connection: apsw.Connection) -> apsw.Connection:
    """The same connection, which from now on only reads; not even in closing does it write the log back."""
    connection.pragma("wal_autocheckpoint", 0)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.pragma("query_only", True)
    return connection


class Executor:
    """`store.sql.Execute` over a connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def __call__(self, sql: str, /, **values: Value) -> Iterable[Row]:
        return self._connection.execute(sql, values or None)
