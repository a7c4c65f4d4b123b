"""What a query catches in texts, pages and feeds, shown with its words and the reason."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from core.errors import ConfigError, SourceError
from core.excerpt import Excerpt, excerpt, marked
from core.expand import Expanded
from core.match import Matcher, Span, passages
from core.model import Entry, Failed, Fresh, QueryId, Unchanged, Validators
from watchers.extract import Extractor
from watchers.fetch import FEED_ACCEPT, Fetcher
from watchers.parse.decode import decode
from watchers.parse.feed import parse_feed

_LONGEST_FILE = 8 << 20


async def entries_of(place: str, *, fetcher: Fetcher, extractor: Extractor, zone: ZoneInfo) -> Sequence[Entry]:
    """The articles of a file or an address: a feed's entries, a page's article, or a plain text as it stands."""
    fresh = await _brought(place, fetcher)
    try:
        return parse_feed(fresh.body, url=fresh.url, content_type=fresh.content_type, zone=zone).entries
    except SourceError:
        pass
    text = decode(fresh.body, content_type=fresh.content_type)
    if not _is_page(text):
        return [_entry(place, "", text)]
    found = await extractor.text_of(fresh.body, url=fresh.url, content_type=fresh.content_type)
    if found is None:
        raise ConfigError(f"{place}: no article was found in this page.")
    return [_entry(place, found.title or "", found.text)]


async def _brought(place: str, fetcher: Fetcher) -> Fresh:
    if not place.startswith(("http://", "https://")):
        return _read(Path(place))
    match await fetcher.get(place, accept=FEED_ACCEPT):
        case Fresh() as fresh:
            return fresh
        case Failed(reason=reason):
            raise ConfigError(f"{place} could not be read: {reason}.")
        case Unchanged():
            raise ConfigError(f"{place} gave nothing.")


def _read(path: Path) -> Fresh:
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise ConfigError(f"{path} is larger than {_LONGEST_FILE >> 20} MiB.")
        return Fresh(url=path.resolve().as_uri(), body=path.read_bytes(), content_type=None, validators=Validators())
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def _is_page(text: str) -> bool:
    head = text[:2000].lower()
    return "<html" in head or "<!doctype html" in head or "<body" in head


def _entry(place: str, title: str, text: str) -> Entry:
    return Entry(url=place, guid=None, title=title, summary="", text=text, published=None)


def shown(entry: Entry, expanded: Expanded, *, colour: bool) -> str | None:
    """The article with its matched words and why they match; `None` where it does not."""
    matcher = Matcher()
    matcher.add(QueryId(0), expanded)
    text = entry.text or entry.summary
    matches = matcher.match(passages(entry.title, text))
    if not matches:
        return None
    spans = matches[0].spans
    in_title = [span for span in spans if span.field == "title"]
    in_text = [span for span in spans if span.field == "text"]
    lines = [_marked(marked(entry.title, in_title), colour=colour)] if entry.title else []
    for piece in _pieces(text, in_text):
        lines.append("  " + _marked(piece, colour=colour))
    return "\n".join([*lines, "  " + _why(entry.title, text, spans)])


def _pieces(text: str, spans: Sequence[Span]) -> list[Excerpt]:
    """Every sentence that holds a match, each once."""
    pieces = (excerpt(text, [span]) for span in spans)
    found: dict[str, Excerpt] = {}
    for piece in pieces:
        if piece:
            known = found.get(piece.text)
            marks = tuple(sorted({*piece.marks, *(known.marks if known else ())}))
            found[piece.text] = Excerpt(piece.text, marks)
    return list(found.values())


def _why(title: str, text: str, spans: Sequence[Span]) -> str:
    printed = dict.fromkeys((title if span.field == "title" else text)[span.start : span.end] for span in spans)
    return f"{len(spans)} found: {', '.join(printed)}"


def _marked(piece: Excerpt, *, colour: bool) -> str:
    on, off = ("\033[1;33m", "\033[0m") if colour else ("[", "]")
    shown, done = [], 0
    for start, end in piece.marks:
        shown += [piece.text[done:start], on, piece.text[start:end], off]
        done = end
    return "".join(shown) + piece.text[done:]


async def tried(
    places: Sequence[str], expanded: Expanded, *, fetcher: Fetcher, zone: ZoneInfo, colour: bool
) -> AsyncIterator[str]:
    """What the query catches in each place, as text for a terminal."""
    async with Extractor() as extractor:
        for place in places:
            entries = await entries_of(place, fetcher=fetcher, extractor=extractor, zone=zone)
            caught = [text for entry in entries if (text := shown(entry, expanded, colour=colour))]
            yield (
                f"{place}: {len(caught)} of {len(entries)} match"
                if len(entries) != 1
                else (f"{place}: {'matches' if caught else 'does not match'}")
            )
            for text in caught:
                yield text
