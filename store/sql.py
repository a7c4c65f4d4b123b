"""The one primitive that every engine offers, and how values are written down."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from core.lexicon import LANGUAGES
from core.match.port import Span
from core.model import Field
from core.story import Change, Echoing, Gist
from core.timing import Manner

# What a column may hold; a row's types are known to whoever wrote its SELECT.
Row = tuple[Any, ...]
Value = int | str | None


class Execute(Protocol):
    """Runs one statement with named parameters and gives its rows."""

    def __call__(self, sql: str, /, **values: Value) -> Iterable[Row]: ...


class Statements:
    """A part of the transaction's verbs, over the engine's primitive."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def _rows(self, sql: str, /, **values: Value) -> list[Row]:
        return list(self._execute(sql, **values))

    def _row(self, sql: str, /, **values: Value) -> Row | None:
        """The first row, if any; the statement is run to its end."""
        return next(iter(self._rows(sql, **values)), None)

    def _run(self, sql: str, /, **values: Value) -> None:
        for _ in self._execute(sql, **values):
            pass


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def ms(time: datetime) -> int:
    """A time as it is stored: whole milliseconds since 1970, UTC."""
    return (time - _EPOCH) // _MILLISECOND


def at(stored: int) -> datetime:
    """A stored time."""
    return _EPOCH + timedelta(milliseconds=stored)


def maybe_at(stored: int | None) -> datetime | None:
    """A stored time that may be absent."""
    return None if stored is None else at(stored)


def maybe_ms(time: datetime | None) -> int | None:
    """A time that may be absent, as it is stored."""
    return None if time is None else ms(time)


def span_ms(length: timedelta) -> int:
    """A length of time as it is stored."""
    return length // _MILLISECOND


def listed(values: Iterable[int | str]) -> str:
    """Values for `json_each`: one parameter for any number of them."""
    return json.dumps(list(values), ensure_ascii=False)


def gist_to(gist: Gist) -> str:
    """A gist as it is stored; lemmas hold no spaces."""
    parts = (
        *(gist.title, gist.body, sorted(gist.names), sorted(gist.numbers), (gist.language or "",)),
        *(gist.echoing.echoes, sorted(gist.echoing.names)),
    )
    return json.dumps([" ".join(part) for part in parts], ensure_ascii=False)


def gist_from(stored: str) -> Gist:
    """A stored gist."""
    title, body, names, numbers, *later = (tuple(part.split()) for part in json.loads(stored))
    language, echoes, echoing_names = (*later, *((),) * 3)[:3]
    return Gist(
        title=title,
        body=body,
        names=frozenset(names),
        numbers=frozenset(numbers),
        language=next((one for one in LANGUAGES if (one,) == language), None),
        echoing=Echoing(echoes, frozenset(echoing_names)),
    )


def manner_to(label: str, manner: Manner) -> str:
    """What a removed subscription was like, as it is stored."""
    stored = [label, manner.rhythm, manner.at, manner.weekday, manner.urgent, manner.interest]
    return json.dumps(stored, ensure_ascii=False)


def manner_from(stored: str) -> tuple[str, Manner]:
    """Its name, and how its alerts came."""
    label, rhythm, minute, weekday, urgent, *interest = json.loads(stored)
    manner = Manner(rhythm=rhythm, at=minute, weekday=weekday, urgent=urgent)
    return label, replace(manner, interest=interest[0]) if interest else manner


def change_to(change: Change | None) -> str | None:
    """What is new in a story, as it is stored."""
    return None if change is None else json.dumps([change.kind, change.was, change.now], ensure_ascii=False)


def change_from(stored: str | None) -> Change | None:
    """What is new in a story."""
    return None if stored is None else Change(*json.loads(stored))


def spans_to(spans: Sequence[Span]) -> str:
    """Spans as they are stored."""
    return json.dumps([[span.start, span.end, span.field] for span in spans])


def spans_from(stored: str) -> Iterator[Span]:
    """Stored spans."""
    for start, end, name in json.loads(stored):
        field: Field = "title" if name == "title" else "text"
        yield Span(start, end, field)
