"""The entries of a feed: RSS 0.9x, 1.0 and 2.0, and Atom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo

from lxml import etree

from core.errors import SourceError
from core.memory import Wishes
from core.model import Entry
from watchers.parse.decode import decode
from watchers.parse.item import Item, element_markup, read_entry, rebased
from watchers.parse.markup import line
from watchers.parse.names import local_name, name_of, namespace_of
from watchers.parse.tree import MOST_ITEMS, feed_trees
from watchers.parse.wishes import wishes_of

LARGEST = 8 << 20

_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ITEMS = frozenset({"item", "entry", "atom:entry"})
_BOXES = frozenset({"channel", "items"})
_TITLES = frozenset({"title", "atom:title", "dc:title"})


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries in the feed's order."""

    title: str | None
    entries: tuple[Entry, ...]
    wishes: Wishes = field(default_factory=Wishes)


def parse_feed(body: bytes, *, url: str, content_type: str | None, zone: tzinfo) -> Feed:
    """The feed in `body`; raises `SourceError` where there is none.

    `url` is the address it came from, `zone` where its clock stands when a date names no zone. Of a feed
    that is damaged or cut short every whole item is given, and never half an item.
    """
    trees = feed_trees(_feed_text(body, content_type))
    roots = [_feed_root(tree) for tree in trees]
    items = [item for root in roots for item in _items(root, url)][:MOST_ITEMS]
    return Feed(
        title=_title(roots[0]),
        entries=tuple(read_entry(item, zone=zone) for item in items),
        wishes=wishes_of(roots[0]),
    )


def _feed_text(body: bytes, content_type: str | None) -> str:
    if len(body) > LARGEST:
        raise SourceError(f"the feed is larger than {LARGEST} bytes")
    text = decode(body, content_type=content_type).lstrip("\ufeff\x00 \t\r\n")
    start = text[:256].lower()
    if not start:
        raise SourceError("the body is empty")
    if start.startswith(("<!doctype html", "<html")):
        raise SourceError("it is an HTML page, not a feed")
    if start[0] in "{[":
        raise SourceError("it is JSON, not a feed")
    return text


def _feed_root(tree: etree._Element) -> etree._Element:
    for element in tree.iter():
        if local_name(element) in _ROOTS:
            return element
    if local_name(tree) == "html":
        raise SourceError("it is an HTML page, not a feed")
    raise SourceError(f"it is XML, but no feed: its root is <{local_name(tree)[:60]}>")


def _items(root: etree._Element, url: str) -> Iterator[Item]:
    home = namespace_of(root)
    boxes = [(root, rebased(url, root))]
    for box, base in boxes:
        for child in box:
            name = name_of(child, home=home)
            if name in _ITEMS:
                yield Item(element=child, base=rebased(base, child), home=home)
            elif name in _BOXES:
                boxes.append((child, rebased(base, child)))


def _title(root: etree._Element) -> str | None:
    home = namespace_of(root)
    for box in (root, *(child for child in root if name_of(child, home=home) == "channel")):
        for child in box:
            if name_of(child, home=home) in _TITLES:
                return line(element_markup(child, home=home)) or None
    return None
