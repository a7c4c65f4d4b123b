"""How lengths of time and rows of a table look on a terminal."""

from collections.abc import Sequence
from datetime import timedelta


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit: «10s», «5m», «2h», «3d»."""
    seconds = max(0, int(length.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size and (seconds % size == 0 or seconds >= 2 * size):
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows with their cells one under another."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)
