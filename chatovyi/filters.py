"""The matcher and the story grouping as filters: JSON lines in, JSON lines out, each answered at once."""

import json
import re
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, get_args

from core.errors import ConfigError, UserError
from core.ingest import Prepared, place, prepare
from core.lexicon import LANGUAGES
from core.linguist import Linguist, sources_of
from core.match.fast import FastEngine
from core.match.followed import Followed
from core.match.port import Article as ReadArticle
from core.match.port import Hit, Match
from core.model import Entry, QueryId, Source, StoryId
from core.ports import Tx
from core.query import parse
from core.query.tree import Query, Switch, fuzzy
from core.story import Change, Follows, Joins, Opens
from store.sqlite import sqlite_store

Line = Mapping[str, Any]


def match_lines(lines: Iterable[str], linguist: Linguist) -> Iterator[Line]:
    """Every text against all queries read before it, by the running bot's own engine.

    Raises `ConfigError` on a line that is not of the form.
    """
    engine = FastEngine(linguist.judge)
    numbers: dict[str, QueryId] = {}
    names: list[str] = []
    for number, line in _objects(lines):
        match line:
            case {"op": "query", "id": str(name), "query": str(typed)}:
                meaning = linguist.meaning(_query(typed, line.get("options"), number))
                if name not in numbers:
                    numbers[name] = QueryId(len(names))
                    names.append(name)
                engine.add(numbers[name], meaning)
            case {"op": "text", "id": name}:
                read = _read(line, number, linguist)
                why = line.get("why") is True
                found = engine.match(read)
                yield {"id": name, "matches": [_match(names[match.query], match, read, why=why) for match in found]}
            case _:
                raise ConfigError(f'line {number}: neither {{"op": "query", …}} nor {{"op": "text", …}}')


def _query(typed: str, options: object, number: int) -> Query:
    try:
        query = parse(typed)
    except UserError as error:
        raise ConfigError(f"line {number}: the query {typed!r} cannot be used ({error.hint})") from error
    if options is None:
        return query
    if not isinstance(options, dict):
        raise ConfigError(f'line {number}: "options" should be an object')
    return with_options(query, options, where=f"line {number}")


def with_options(query: Query, options: Mapping[str, Any], *, where: str) -> Query:
    """The query with what its options ask for: `languages`, `also` (switches), `fuzzy`.

    Options that are not known change nothing, so that a newer caller's lines still work. Raises `ConfigError` for a
    value that is none.
    """
    languages = options.get("languages") or ()
    also = options.get("also") or ()
    if not isinstance(languages, list | tuple) or not set(languages) <= set(LANGUAGES):
        raise ConfigError(f"{where}: languages should be a list of {', '.join(LANGUAGES)}")
    if not isinstance(also, list | tuple) or not set(also) <= set(get_args(Switch)):
        raise ConfigError(f"{where}: also should be a list of {', '.join(get_args(Switch))}")
    root = fuzzy(query.root) if options.get("fuzzy") is True else query.root
    return Query(
        root=root,
        switches=query.switches | frozenset(also),
        languages=tuple(dict.fromkeys((*query.languages, *languages))),
    )


def _read(line: Line, number: int, linguist: Linguist) -> ReadArticle:
    source, language = line.get("source"), line.get("lang")
    return linguist.read(
        _text(line, "title", number),
        _text(line, "text", number),
        sources=sources_of(source, source if "/" in source else None) if isinstance(source, str) else frozenset(),
        language=next((known for known in LANGUAGES if known == language), None),
    )


def _match(name: str, found: Match, read: ReadArticle, *, why: bool) -> Line:
    spans = [[span.start, span.end, span.field] for span in found.spans]
    if not why:
        return {"query": name, "spans": spans}
    return {"query": name, "spans": spans, "hits": [_hit(hit, read) for hit in found.hits]}


def _hit(hit: Hit, read: ReadArticle) -> Line:
    span = hit.span
    text = next(passage.text for passage in read.passages if passage.field == span.field)
    printed = text[span.start : span.end]
    return {
        "term": hit.term.base,
        "form": printed,
        "tier": hit.tier.name.lower(),
        "span": [span.start, span.end, span.field],
    }


async def story_lines(lines: Iterable[str], linguist: Linguist) -> AsyncIterator[Line]:
    """The story of every article, in order of arrival: the running bot's own code over a store of its own."""
    followed = Followed(linguist, left_out=lambda query: None)
    with tempfile.TemporaryDirectory(prefix="chatovyi-") as folder:
        async with sqlite_store(Path(folder) / "stories.db") as store:
            sources: dict[str, Source] = {}
            for number, line in _objects(lines):
                entry, outlet, now, name = _article(line, number)
                if outlet not in sources:
                    sources[outlet] = await store.write(partial(_source, outlet=outlet, now=now))
                source = sources[outlet]
                prepared = prepare(entry, source, followed=followed, now=now)
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
                language=next((known for known in LANGUAGES if known == line.get("lang")), None),
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
    match verdict:
        case Joins():
            decision = "joined"
        case Opens(follows=Follows(change=Change())):
            decision = "development"
        case _:
            decision = "new"
    return story, decision, verdict.reason


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
