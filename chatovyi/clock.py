"""The machine's time."""

from datetime import UTC, datetime


def system_clock() -> datetime:
    """Now, aware, UTC."""
    return datetime.now(UTC)
