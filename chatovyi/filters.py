"""The matcher and the story grouping as filters: JSON lines in, JSON lines out, each answered at once."""

import json
import re
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import ConfigError, UserError
from core.expand import expand
from core.ingest import Prepared, place, prepare
from core.match import Matcher, Span, passages
from core.model import Entry, QueryId, Source, StoryId
from core.ports import Tx
from core.query import parse
from core.story import Joins
from core.text.forms import Lexicon
from store.sqlite import sqlite_store

Line = Mapping[str, Any]


def match_lines(lines: Iterable[str], lexicon: Lexicon) -> Iterator[Line]:
    """Every text against all queries read before it. Raises `ConfigError` on a line that is not of the form."""
    matcher = Matcher()
    numbers: dict[str, QueryId] = {}
    names: list[str] = []
    for number, line in _objects(lines):
        match line:
            case {"op": "query", "id": str(name), "query": str(typed)}:
                try:
                    expanded = expand(parse(typed), lexicon)
                except UserError as error:
                    raise ConfigError(f"line {number}: the query {typed!r} cannot be used ({error.hint})") from error
                if name not in numbers:
                    numbers[name] = QueryId(len(names))
                    names.append(name)
                matcher.add(numbers[name], expanded)
            case {"op": "text", "id": name}:
                title, text = _text(line, "title", number), _text(line, "text", number)
                found = matcher.match(passages(title, text))
                yield {"id": name, "matches": [_match(names[match.query], match.spans) for match in found]}
            case _:
                raise ConfigError(f'line {number}: neither {{"op": "query", …}} nor {{"op": "text", …}}')


def _match(name: str, spans: Iterable[Span]) -> Line:
    return {"query": name, "spans": [[span.start, span.end, span.field] for span in spans]}


async def story_lines(lines: Iterable[str], lexicon: Lexicon) -> AsyncIterator[Line]:
    """The story of every article, in order of arrival: the running bot's own code over a store of its own."""
    matcher = Matcher()
    with tempfile.TemporaryDirectory(prefix="chatovyi-") as folder:
        async with sqlite_store(Path(folder) / "stories.db") as store:
            sources: dict[str, Source] = {}
            for number, line in _objects(lines):
                entry, outlet, now, name = _article(line, number)
                if outlet not in sources:
                    sources[outlet] = await store.write(partial(_source, outlet=outlet, now=now))
                source = sources[outlet]
                prepared = prepare(entry, source, matcher=matcher, lexicon=lexicon, now=now)
                # Who tells it is given here; in the running bot it is read off the address.
                prepared = replace(prepared, outlet=outlet)
                story, decision, reason = await store.write(partial(_place, source=source, prepared=prepared, now=now))
                yield {"id": name, "story": f"s{story}", "decision": decision, "reason": reason}


def _article(line: Line, number: int) -> tuple[Entry, str, datetime, str]:
    match line:
        case {"id": str(name), "time": str(time), "source": str(outlet), "title": _}:
            entry = Entry(
                url=line.get("url") or None,
                guid=name,
                title=_text(line, "title", number),
                summary="",
                text=_text(line, "text", number) or None,
                published=None,
            )
            return entry, outlet, _time(time, number), name
    raise ConfigError(f'line {number}: not {{"id": …, "time": …, "source": …, "title": …, "text": …}}')


def _source(tx: Tx, *, outlet: str, now: datetime) -> Source:
    tx.add_source(outlet, name=outlet, outlet=outlet, every=timedelta(hours=1), now=now)
    return next(state.source for state in tx.sources() if state.source.url == outlet)


def _place(tx: Tx, *, source: Source, prepared: Prepared, now: datetime) -> tuple[StoryId, str, str]:
    article = tx.add_article(source, prepared, now=now)
    if article is None:
        known = tx.story_of(prepared.key)
        assert known is not None
        return known, "repeat", "the same article"
    story, verdict = place(tx, source, article, prepared, now=now)
    return story, "joined" if isinstance(verdict, Joins) else "new", verdict.reason


def _objects(lines: Iterable[str]) -> Iterator[tuple[int, Line]]:
    """Numbered JSON objects; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
        except json.JSONDecodeError as error:
            raise ConfigError(f"line {number} is not JSON: {error.msg} at column {error.colno}") from error
        except RecursionError as error:
            raise ConfigError(f"line {number} is nested too deep") from error
        if not isinstance(read, dict):
            raise ConfigError(f"line {number} is not a JSON object")
        if _SURROGATE.search(line):
            read = json.loads(_well_formed(json.dumps(read)))
        yield number, read


_SURROGATE = re.compile(r"\\u[dD][89abAB]|\\u[dD][c-fC-F]")


def _well_formed(dumped: str) -> str:
    """JSON whose lone surrogates, which are no text, have become U+FFFD; pairs stay what they are."""
    return re.sub(
        r"\\ud[89ab][0-9a-f]{2}(?:\\ud[c-f][0-9a-f]{2})|\\ud[89a-f][0-9a-f]{2}",
        lambda found: found.group() if len(found.group()) > 6 else "\\ufffd",
        dumped,
    )


def _text(line: Line, name: str, number: int) -> str:
    value = line.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ConfigError(f"line {number}: {name!r} should be a text")
    return value


def _time(text: str, number: int) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"line {number}: {text!r} is no time of the form 2026-01-01T10:00:00Z") from error
    if not 1990 <= time.year < 2200:
        raise ConfigError(f"line {number}: {text!r} is out of time: from 1990 on")
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
