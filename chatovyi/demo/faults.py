"""What goes wrong on the way to Telegram and back, when a test says so."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "http_429",
    "http_500",
    "http_500_after",
    "http_502",
    "http_502_after",
    "lost_response",
    "reset_before",
    "bad_json",
    "hold_before",
    "hold_after",
    "error",
]


@dataclass(slots=True, kw_only=True)
class Fault:
    kind: Kind
    method: str
    count: int
    after: int
    retry_after: int
    code: int
    description: str
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def concerns(self, method: str) -> bool:
        """`*` is about what the bot does, not about its polling."""
        wanted = self.method.lower()
        return method.lower() == wanted or (wanted == "*" and method != "getUpdates")


class Faults:
    """Faults in the order they were asked for; the first that concerns a call is used up by it."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._planned.append(fault)

    def take(self, method: str) -> Fault | None:
        for fault in self._planned:
            if fault.count == 0 or not fault.concerns(method):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.count -= 1
            return fault
        return None

    def release(self) -> None:
        """Let go of every held call, and hold no more."""
        for fault in self._planned:
            if fault.kind in ("hold_before", "hold_after"):
                fault.count = 0
                fault.released.set()
