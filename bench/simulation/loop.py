"""Time that passes when nothing else happens: a day in a second, the same each time."""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any


class Deadlock(RuntimeError):
    """Everybody waits, and for nothing that will ever happen."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop that jumps to the next timer instead of waiting, and runs threads' work at once."""

    def __init__(self) -> None:
        self._now = 0.0
        super().__init__(_Jumping(self.jump))

    def time(self) -> float:
        return self._now

    def jump(self, seconds: float) -> None:
        """So many seconds go by in which nothing here runs."""
        self._now += seconds

    def run_in_executor(  # type: ignore[override]
        self, executor: object, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class _Jumping(selectors.DefaultSelector):
    """Waits for no file, for there is none."""

    def __init__(self, jump: Callable[[float], None]) -> None:
        super().__init__()
        self._jump = jump

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Deadlock("everybody waits for ever")
        self._jump(max(timeout, 0.0))
        return []
