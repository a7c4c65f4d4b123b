"""What a target follows, as a file that a person keeps, and reads in again here or elsewhere."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import UserError
from core.model import Subscription
from core.query import Query, QueryMistake, parse
from core.subscribe import LONGEST_NAME
from core.timing import DAY, INTERESTS, RHYTHMS, Manner

VERSION = 1
LARGEST = 512 << 10
"""Bytes of a file: two hundred of the longest queries fit many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """A subscription out of a file."""

    query: Query
    name: str | None
    """`None` where it is called as its query is."""
    manner: Manner
    paused: bool


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a file holds; and queries that are none, as they stand there."""

    subscriptions: tuple[Belonging, ...]
    mistaken: tuple[str, ...]


def written(subscriptions: Sequence[Subscription]) -> str:
    """The file; `read_in` of it is what was written."""
    kept = [_written(one) for one in subscriptions]
    return json.dumps({"chatovyi": VERSION, "subscriptions": kept}, ensure_ascii=False, indent=1) + "\n"


def _written(one: Subscription) -> dict[str, object]:
    manner = one.manner
    return {
        "query": one.text,
        "name": None if one.label == one.text else one.label,
        "rhythm": manner.rhythm,
        "at": f"{manner.at // 60:02}:{manner.at % 60:02}",
        "weekday": manner.weekday,
        "urgent": manner.urgent,
        "interest": manner.interest,
        "paused": one.paused,
    }


def read_in(file: bytes) -> Belongings:
    """What it holds. Raises `UserError` where it is no such file; what it says wrongly of one is as if not said."""
    try:
        read = json.loads(file.decode("utf-8-sig"))
        wanted = read["subscriptions"] if read["chatovyi"] == VERSION else None
    except (ValueError, KeyError, TypeError, RecursionError):
        wanted = None
    if not isinstance(wanted, list):
        raise UserError("no_such_file")
    found: list[Belonging] = []
    mistaken: list[str] = []
    for one in wanted:
        said = one if isinstance(one, dict) else {"query": one}
        text = str(said.get("query", "\N{HORIZONTAL ELLIPSIS}"))
        try:
            found.append(_belonging(said, parse(text)))
        except QueryMistake:
            mistaken.append(text)
    return Belongings(tuple(found), tuple(mistaken))


def _belonging(one: dict[str, Any], query: Query) -> Belonging:
    name = " ".join(str(one.get("name") or "").split())
    rhythm, interest, weekday = one.get("rhythm"), one.get("interest"), one.get("weekday")
    plain = Manner()
    return Belonging(
        query=query,
        name=name if 0 < len(name) <= LONGEST_NAME else None,
        manner=Manner(
            rhythm=next((known for known in RHYTHMS if known == rhythm), plain.rhythm),
            at=_minute(one.get("at"), plain.at),
            weekday=weekday if isinstance(weekday, int) and 0 <= weekday < 7 else plain.weekday,
            urgent=one.get("urgent") is True,
            interest=next((known for known in INTERESTS if known == interest), plain.interest),
        ),
        paused=one.get("paused") is True,
    )


def _minute(written: object, otherwise: int) -> int:
    hour, _, minute = str(written).partition(":")
    if not (hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal()):
        return otherwise
    at = int(hour[:4]) * 60 + int(minute[:4])
    return at if at < DAY else otherwise
