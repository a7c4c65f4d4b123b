"""What a query catches in texts, pages and feeds, shown with its words and the reason."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from core.errors import ConfigError, SourceError
from core.excerpt import Excerpt, excerpt, marked
from core.linguist import Linguist, sources_of
from core.match.evaluate import answer
from core.match.missing import Missing, explain_missing
from core.match.port import Article as ReadArticle
from core.match.port import Hit, Span
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Some, Term, Tier, Titled, Written
from core.model import Entry, Failed, Fresh, Unchanged, Validators
from watchers.extract import Extractor
from watchers.fetch import FEED_ACCEPT, Fetcher
from watchers.parse.decode import decode
from watchers.parse.kind import parse_feed

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


def shown(entry: Entry, meaning: Meaning, linguist: Linguist, *, colour: bool) -> tuple[bool, str]:
    """Whether the article matches; with its matched words and why they do, or with what is missing."""
    text = entry.text or entry.summary
    read = linguist.read(entry.title, text, sources=sources_of("", entry.url))
    hits = answer(meaning, read, linguist.judge)
    if hits is None:
        missing = explain_missing(meaning, read, linguist.judge)
        return False, f"  {entry.title or entry.url}: {_missing(missing)}" if missing else ""
    in_title = [hit.span for hit in hits if hit.span.field == "title"]
    in_text = [hit.span for hit in hits if hit.span.field == "text"]
    lines = [_marked(marked(entry.title, in_title), colour=colour)] if entry.title else []
    lines += ["  " + _marked(piece, colour=colour) for piece in _pieces(text, in_text)]
    return True, "\n".join([*lines, *_reasons(hits, read)])


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


def _reasons(hits: Sequence[Hit], read: ReadArticle) -> list[str]:
    """For every word as it is printed, why it counts: once, and how often."""
    texts = {passage.field: passage.text for passage in read.passages}
    reasons: dict[str, int] = {}
    for hit in hits:
        printed = texts[hit.span.field][hit.span.start : hit.span.end]
        reason = f"{printed}: {_TIERS[hit.tier].format(base=hit.term.base)}"
        reasons[reason] = reasons.get(reason, 0) + 1
    return [f"  {reason}" + (f" ({count} times)" if count > 1 else "") for reason, count in reasons.items()]


_TIERS = {
    Tier.FORM: "a form of {base}",
    Tier.CONTEXT: "a form of {base}, by the words around it",
    Tier.VARIANT: "another spelling or a part of a word, for {base}",
    Tier.GUESS: "a likely form of {base}, which no dictionary has",
    Tier.TYPO: "one slip away from {base}",
}


def _missing(missing: Missing) -> str:
    """What keeps an article from matching, in words."""
    match missing.clause, missing.how:
        case ((Term() | Close() as part), "apart"):
            return f"the words of {_called(part)} are there, but not together"
        case part, "not in title":
            return f"{_called(part)} is not in the headline"
        case part, "excluded":
            return f"{_called(part)} is there, and must not be"
        case Of(source=source), _:
            return f"not from {source}"
        case Written(language=language), _:
            return f"not in language {language}"
        case part, _:
            return f"{_called(part)} is not there"


def _called(clause: Clause) -> str:
    match clause:
        case Term(base=base):
            return base
        case Close(left=left, right=right):
            return f"{_called(Some(left))} near {_called(Some(right))}"
        case Every(parts=parts):
            return " and ".join(map(_called, parts))
        case Some(parts=parts):
            return " or ".join(map(_called, parts))
        case Never(part=part) | Titled(part=part):
            return _called(part)
        case Of(source=source):
            return source
        case Written(language=language):
            return language


def _marked(piece: Excerpt, *, colour: bool) -> str:
    on, off = ("\033[1;33m", "\033[0m") if colour else ("[", "]")
    shown, done = [], 0
    for start, end in piece.marks:
        shown += [piece.text[done:start], on, piece.text[start:end], off]
        done = end
    return "".join(shown) + piece.text[done:]


async def tried(
    places: Sequence[str], meaning: Meaning, linguist: Linguist, *, fetcher: Fetcher, zone: ZoneInfo, colour: bool
) -> AsyncIterator[str]:
    """What the query catches in each place, as text for a terminal."""
    async with Extractor() as extractor:
        for place in places:
            entries = await entries_of(place, fetcher=fetcher, extractor=extractor, zone=zone)
            told = [shown(entry, meaning, linguist, colour=colour) for entry in entries]
            caught = [text for matches, text in told if matches]
            missed = [text for matches, text in told if not matches and text]
            yield (
                f"{place}: {len(caught)} of {len(entries)} match"
                if len(entries) != 1
                else (f"{place}: {'matches' if caught else 'does not match'}")
            )
            for text in [*caught, *missed]:
                yield text
