"""The entries of a news sitemap, and the parts of an index of sitemaps (sitemaps.org, Google's news extension)."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from lxml import etree

from core.model import Entry
from watchers.parse.dates import parse_date, tells_the_minute
from watchers.parse.feed import LONGEST_LANGUAGE, Feed, Part
from watchers.parse.item import resolved
from watchers.parse.markup import line
from watchers.parse.names import local_name
from watchers.parse.tree import MOST_ITEMS

MOST_PARTS = 50_000
"""Of an index, by the protocol."""

_Fields = dict[str, str]


def read_sitemap(trees: Sequence[etree._Element], url: str, zone: tzinfo) -> Feed:
    """Its news. An address without `news:news` has no headline, and may be of any age: it is none."""
    boxes = [_fields(box) for box in _boxes(trees, "url", MOST_ITEMS)]
    news = [fields for fields in boxes if fields.get("title")]
    return Feed(
        kind="news sitemap" if news or not boxes else "sitemap without news",
        title=next((line(fields["name"]) for fields in news if fields.get("name")), None),
        entries=tuple(_entry(fields, url, zone) for fields in news),
        language=next((fields["language"][:LONGEST_LANGUAGE] for fields in news if fields.get("language")), None),
    )


def read_index(trees: Sequence[etree._Element], url: str, zone: tzinfo) -> Feed:
    """Its parts, and no entries."""
    boxes = (_fields(box) for box in _boxes(trees, "sitemap", MOST_PARTS))
    parts = ((resolved(url, fields.get("loc", "")), fields.get("lastmod")) for fields in boxes)
    return Feed(
        kind="index of sitemaps",
        title=None,
        entries=(),
        parts=tuple(
            Part(part, parse_date(changed, zone=zone) if tells_the_minute(changed) else None)
            for part, changed in parts
            if part
        ),
    )


def _boxes(trees: Sequence[etree._Element], name: str, most: int) -> Iterator[etree._Element]:
    boxes = (child for tree in trees for child in tree if local_name(child) == name)
    for _, box in zip(range(most), boxes, strict=False):
        yield box


def _fields(box: etree._Element) -> _Fields:
    """The first of each by its local name, those of `news:news` and its publication among them; of pictures none."""
    fields: _Fields = {}
    todo = [*box]
    for element in todo:
        name = local_name(element)
        if name in ("news", "publication"):
            todo += [*element]
        elif name in ("image", "video"):
            continue
        elif element.text and element.text.strip():
            fields.setdefault(name, element.text.strip())
    return fields


def _entry(fields: _Fields, base: str, zone: tzinfo) -> Entry:
    return Entry(
        url=resolved(base, fields.get("loc", "")),
        guid=None,
        title=line(fields["title"]),
        summary="",
        text=None,
        published=parse_date(fields.get("publication_date"), zone=zone),
    )
