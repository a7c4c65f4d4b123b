"""The entries of a JSON Feed (jsonfeed.org, versions 1 and 1.1), also of one with wrong types in it or cut short."""

import json
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from core.errors import SourceError
from core.model import Entry
from watchers.parse.dates import parse_date
from watchers.parse.feed import LONGEST_LANGUAGE, Feed
from watchers.parse.item import LONGEST_ADDRESS, TEXT_IS_LONGER_BY, resolved
from watchers.parse.markup import LONGEST, clean, line, paragraphs
from watchers.parse.tree import MOST_ITEMS

_VERSION = re.compile(r"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/", re.IGNORECASE)
_ITEMS = re.compile(r"\"items\"\s*:\s*\[")
_NEXT = re.compile(r"[\s,]*")
# Numbers stay as they are written: of an identifier every digit counts, and one of a million digits is no work.
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


def read_json_feed(text: str, *, url: str, zone: tzinfo) -> Feed:
    """Raises `SourceError` where it is other JSON. An item that is no object, or says nothing, is left out."""
    head, items = _parted(text)
    if items is None:
        raise SourceError("it is JSON, but no JSON Feed")
    entries = (_entry(item, url, zone) for item in items[:MOST_ITEMS] if isinstance(item, dict))
    return Feed(
        kind="JSON Feed",
        title=line(_string(head.get("title"))) or None,
        entries=tuple(entry for entry in entries if entry.url or entry.guid or entry.title),
        language=_string(head.get("language"))[:LONGEST_LANGUAGE] or None,
    )


def _parted(text: str) -> tuple[dict[str, Any], list[Any] | None]:
    """What stands at the top, and the items; `None` where there are none that could be a feed's."""
    try:
        whole = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return {}, _whole_items(text) if _VERSION.search(text) else None
    if not isinstance(whole, dict):
        return {}, None
    items = whole.get("items")
    return whole, items if isinstance(items, list) else None


def _whole_items(text: str) -> list[Any]:
    """Those before the damage, where the JSON is broken or cut short."""
    start = _ITEMS.search(text)
    found = list(_items_from(text, start.end())) if start else []
    if not found:
        raise SourceError("its JSON is broken or cut short, and no item in it is whole")
    return found


def _items_from(text: str, at: int) -> Iterator[Any]:
    for _ in range(MOST_ITEMS):
        gap = _NEXT.match(text, at)
        try:
            item, at = _DECODER.raw_decode(text, gap.end() if gap else at)
        except (ValueError, RecursionError):
            return
        yield item


def _entry(item: dict[str, Any], base: str, zone: tzinfo) -> Entry:
    summary = line(_string(item.get("summary")))
    text = paragraphs(_string(item.get("content_html"))) or _plain(_string(item.get("content_text")))
    dates = (parse_date(_string(item.get(name)), zone=zone) for name in ("date_published", "date_modified"))
    return Entry(
        url=next(filter(None, (resolved(base, link) for link in _links(item))), None),
        guid=" ".join(clean(_string(item.get("id"))).split())[:LONGEST_ADDRESS] or None,
        title=line(_string(item.get("title"))),
        summary=summary,
        text=text if len(text) > len(summary) * TEXT_IS_LONGER_BY else None,
        published=next(filter(None, dates), None),
    )


def _links(item: dict[str, Any]) -> Iterator[str]:
    """Candidates, the best first; an identifier is an address only where it is written as one."""
    yield from (_string(item.get(name)) for name in ("url", "external_url"))
    identifier = _string(item.get("id"))
    if identifier.lower().startswith(("http://", "https://")):
        yield identifier


def _plain(text: str) -> str:
    """Text that is no HTML: "<" is meant."""
    lines = (" ".join(one.split()) for one in clean(text[:LONGEST]).split("\n"))
    return "\n".join(one for one in lines if one)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
