"""When a source is visited next."""

import hashlib
from datetime import datetime, timedelta

from core.model import Failed, Source, Visit

LONGEST = timedelta(hours=6)
"""However often a source failed, it is tried again after this long."""
LONGEST_WISH = timedelta(hours=24)
"""A server may ask us to wait this long (Retry-After), not longer."""


def next_visit(source: Source, visit: Visit, *, now: datetime) -> datetime:
    """After its interval; after twice as long for each failure in a row; never sooner than the server asked."""
    if not isinstance(visit, Failed):
        return now + source.every + _spread(source, source.every / 10)
    pause: timedelta = min(source.every * (2 << min(source.failures, 15)), max(LONGEST, source.every))
    pause += _spread(source, pause / 4)
    if visit.retry_after:
        pause = max(pause, min(visit.retry_after, LONGEST_WISH))
    return now + pause


def _spread(source: Source, most: timedelta) -> timedelta:
    """A share of `most` that differs by source and by visit, so that sources do not march in step."""
    digest = hashlib.blake2b(f"{source.id}:{source.epoch}".encode(), digest_size=2).digest()
    return most * (int.from_bytes(digest, "big") / 0xFFFF)
