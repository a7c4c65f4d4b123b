"""Which schema a file has, and how it is brought up to date."""

from pathlib import Path
from typing import Any

import apsw

from core.errors import StoreError
from store.migrations import migrations
from store.surprises import damaged

APPLICATION = 0x43686174
"""Marks a file as ours (`PRAGMA application_id`): "Chat"."""


def newest_schema() -> int:
    """The number of the schema that this program works with."""
    return migrations()[-1].number


def pragma(connection: apsw.Connection, name: str) -> Any:
    """The one value of a pragma, if it has any."""
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None


def schema_of(connection: apsw.Connection, path: Path) -> int:
    """The number of a file's schema, 0 for an empty one.

    Raises `StoreError` where the file is not ours, or newer than this program.
    """
    number = int(pragma(connection, "user_version"))
    if number == 0 and not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        return 0  # empty, or a first start that was stopped before its first table
    if pragma(connection, "application_id") != APPLICATION:
        raise StoreError(f"{path} is not a Chatovyi database: name another file in CHATOVYI_DATABASE.")
    if number > newest_schema():
        raise StoreError(
            f"{path} was written by a newer Chatovyi (schema {number}, this one knows {newest_schema()}): "
            "install that version, or restore a backup made by this one."
        )
    return number


def check_pages(connection: apsw.Connection, path: Path) -> None:
    """Raises `DamagedError` where the pages of the file do not fit together; a second for every 200 MB."""
    found = pragma(connection, "quick_check(1)")
    if found != "ok":
        raise damaged(path, str(found))


def migrate(connection: apsw.Connection) -> None:
    """Each step in a transaction of its own: an upgrade that fails leaves the step before it."""
    for migration in migrations():
        if migration.number <= int(pragma(connection, "user_version")):
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(migration.sql)
            connection.pragma("application_id", APPLICATION)
            connection.pragma("user_version", migration.number)
            connection.execute("COMMIT")
        except apsw.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise StoreError(
                f"The database could not be upgraded (step {migration.number}, {migration.name}: {error}). Nothing "
                "was changed: go on with the version before, and tell us."
            ) from error
