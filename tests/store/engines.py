"""The engines that keep the contract: a second one is one more entry."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from core.ports import Store
from store.sqlite import sqlite_store

Opened = AbstractAsyncContextManager[Store]


def _sqlite(folder: Path) -> Opened:
    return sqlite_store(folder / "news.db")


ENGINES: dict[str, Callable[[Path], Opened]] = {"sqlite": _sqlite}
