"""The entries of a feed: RSS 0.9x, 1.0 and 2.0, and Atom."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import islice

from lxml import etree

from core.errors import SourceError
from watchers.parse.feed import LONGEST_LANGUAGE, Feed, Kind
from watchers.parse.item import Item, element_markup, read_entry, rebased
from watchers.parse.markup import line
from watchers.parse.names import local_name, name_of, namespace_of
from watchers.parse.tree import MOST_ITEMS
from watchers.parse.wishes import wishes_of

_ROOTS: dict[str, Kind] = {"rss": "RSS", "feed": "Atom", "rdf": "RDF", "channel": "RSS"}
_ITEMS = frozenset({"item", "entry", "atom:entry"})
_BOXES = frozenset({"channel", "items"})
_TITLES = frozenset({"title", "atom:title", "dc:title"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_syndicated(trees: Sequence[etree._Element], *, url: str, zone: tzinfo) -> Feed:
    """The feed whose trees these are; raises `SourceError` where they are of something else."""
    roots = [_feed_root(tree) for tree in trees]
    items = islice((item for root in roots for item in _items(root, url)), MOST_ITEMS)
    return Feed(
        kind=_ROOTS[local_name(roots[0])],
        title=_title(roots[0]),
        entries=tuple(read_entry(item, zone=zone) for item in items),
        wishes=wishes_of(roots[0]),
        language=_language(roots[0]),
    )


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
    for child in _head(root):
        if name_of(child, home=home) in _TITLES:
            return line(element_markup(child, home=home)) or None
    return None


def _language(root: etree._Element) -> str | None:
    """RSS `language`, `dc:language`, or `xml:lang`, whichever comes first."""
    said = (child.text for child in _head(root) if local_name(child) == "language")
    found = next(said, None) or root.get(_XML_LANG) or ""
    return found.strip()[:LONGEST_LANGUAGE] or None


def _head(root: etree._Element) -> Iterator[etree._Element]:
    home = namespace_of(root)
    for box in (root, *(child for child in root if name_of(child, home=home) == "channel")):
        yield from box
