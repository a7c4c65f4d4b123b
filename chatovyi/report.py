"""How the program is, in figures: for an admin's terminal, for a supervisor, for a script."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chatovyi import __version__
from chatovyi.tables import span, table
from core.health import health
from core.ports import SourceState, Store, Tx
from core.trouble import Queue, Trouble, Waiting
from store.backup import copies

QUEUES = {
    "messages": "people's messages",
    "answers": "answers",
    "alerts": "alerts",
    "sources": "sources due",
    "pages": "pages to read",
}
"""What waits, by its name in JSON, and as it is called on a terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an operator asks first."""

    now: datetime
    running: bool
    wrong: tuple[str, ...]
    """Why it is not ready, in sentences; nothing where it is, or does not run."""
    waiting: Waiting
    sources: tuple[tuple[str, int], ...]
    """How many are in each state."""
    troubles: tuple[Trouble, ...]
    """Those that last."""
    backup: datetime | None
    """Of the newest copy in the folder of backups."""

    @property
    def well(self) -> bool:
        """Whether nothing asks for a look."""
        return self.running and not self.wrong and not self.troubles


async def report(store: Store, *, wrong: Sequence[str] | None, backups: Path, now: datetime) -> Report:
    """Looks at everything at one moment; `wrong` is why the running program is not ready, `None` where none runs."""

    def look(tx: Tx) -> tuple[Waiting, list[SourceState], list[Trouble]]:
        return tx.waiting(now=now), tx.sources(), tx.troubles()

    waiting, sources, troubles = await store.read(look)
    states = Counter(health(state, now=now).condition for state in sources)
    made = [moment for moment, _ in copies(backups)]
    return Report(
        now=now,
        running=wrong is not None,
        wrong=tuple(wrong or ()),
        waiting=waiting,
        sources=tuple(states.most_common()),
        troubles=tuple(trouble for trouble in troubles if trouble.ended is None and wrong is not None),
        backup=max(made, default=None),
    )


def packed(report: Report) -> dict[str, Any]:
    """For JSON: ages in seconds, moments in ISO 8601."""
    return {
        "version": __version__,
        "running": report.running,
        "well": report.well,
        "wrong": list(report.wrong),
        "waiting": waiting_packed(report.waiting, now=report.now),
        "sources": dict(report.sources),
        "troubles": [{"kind": one.kind, "since": one.began.isoformat()} for one in report.troubles],
        "last_backup": report.backup.isoformat() if report.backup else None,
    }


def waiting_packed(waiting: Waiting, *, now: datetime) -> dict[str, Any]:
    """Counts and ages of what waits, for JSON."""
    queues = {
        name: {"count": queue.count, "oldest_s": round(_age(queue, now).total_seconds())}
        for name, queue in _queues(waiting).items()
    }
    return queues | {"unknown": waiting.unknown, "set_aside": waiting.aside}


def _queues(waiting: Waiting) -> dict[str, Queue]:
    queues = (waiting.heard, waiting.answers, waiting.alerts, waiting.sources, waiting.pages)
    return dict(zip(QUEUES, queues, strict=True))


def _age(queue: Queue, now: datetime) -> timedelta:
    return now - queue.since if queue.since else timedelta(0)


def shown(report: Report, zone: ZoneInfo) -> str:
    """For a terminal."""
    rows: list[tuple[str, ...]] = [
        ("program", f"{__version__}, {'running' if report.running else 'not running'}"),
        *(("wrong", sentence) for sentence in report.wrong),
        *(("trouble", f"{one.kind}, since {one.began.astimezone(zone):%d.%m %H:%M}") for one in report.troubles),
    ]
    for name, queue in _queues(report.waiting).items():
        age = f", the oldest for {span(_age(queue, report.now))}" if queue.count else ""
        rows.append((QUEUES[name], f"{queue.count} waiting{age}"))
    rows += [
        ("unknown", f"{report.waiting.unknown} messages that may have arrived"),
        ("set aside", f"{report.waiting.aside} messages of people{_aside_hint(report.waiting)}"),
        ("sources", ", ".join(f"{count} {state}" for state, count in report.sources) or "none"),
        ("last backup", f"{report.backup.astimezone(zone):%d.%m.%Y %H:%M}" if report.backup else "none"),
    ]
    return table(rows)


def _aside_hint(waiting: Waiting) -> str:
    return ": see chatovyi inbox list" if waiting.aside else ""
