"""How long an answer stays as it is, as its server says (RFC 9111)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

Header = Callable[[str], str]
"""A header by its name, in small letters; empty where there is none."""

_MAX_AGE = re.compile(r'\bmax-age\s*=\s*"?(\d{1,9})')
_NEVER = re.compile(r"\bno-(?:store|cache)\b")


def fresh_for(header: Header, *, now: datetime) -> timedelta | None:
    """From now on; `None` where nothing is said, or that it may change at any time."""
    control = header("cache-control").lower()
    if _NEVER.search(control):
        return None
    age = _MAX_AGE.search(control)
    if age:
        return _positive(timedelta(seconds=int(age[1])) - _spent(header("age")))
    expires = http_date(header("expires"))
    return _positive(expires - (http_date(header("date")) or now)) if expires else None


def retry_after(wish: str, *, now: datetime) -> timedelta | None:
    """What a `Retry-After` asks for, in seconds or as a date; `None` where it asks for nothing readable."""
    wish = wish.strip()
    if wish.isascii() and wish.isdigit():
        return timedelta(seconds=int(wish[:9])) or None
    until = http_date(wish)
    return _positive(until - now) if until else None


def http_date(written: str) -> datetime | None:
    """A time of a header, aware; `None` where it is none."""
    try:
        time = parsedate_to_datetime(written)
    except (ValueError, TypeError, OverflowError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _spent(age: str) -> timedelta:
    """How long the answer lay in a cache on the way."""
    age = age.strip()
    return timedelta(seconds=int(age[:9])) if age.isascii() and age.isdigit() else timedelta(0)


def _positive(length: timedelta) -> timedelta | None:
    return length if length > timedelta(0) else None
