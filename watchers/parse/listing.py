"""The entries of a page that lists news, by the selectors that an admin gave for it."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import islice

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from core.errors import SourceError
from core.model import Entry, Listing
from watchers.parse.dates import parse_date
from watchers.parse.feed import Feed
from watchers.parse.html import html_tree
from watchers.parse.item import resolved
from watchers.parse.markup import line
from watchers.parse.tree import MOST_ITEMS


def read_listing(text: str, listing: Listing, *, url: str, zone: tzinfo) -> Feed:
    """What answers the selectors, in the page's order; a page on which nothing does is a feed without entries.

    Raises `SourceError` where there is no page, or a selector is none.
    """
    tree = html_tree(text)
    if tree is None:
        raise SourceError("it is no HTML page")
    base = next(filter(None, (resolved(url, one.get("href", "")) for one in tree.iter("base"))), url)
    read = (_entry(item, listing, base, zone) for item in islice(_all(tree, listing.item), MOST_ITEMS))
    return Feed(
        kind="HTML list",
        title=next((line(_markup(one)) for one in tree.iter("title")), None) or None,
        entries=tuple(entry for entry in read if entry.url and entry.title),
        language=tree.get("lang"),
    )


def check_listing(listing: Listing) -> None:
    """Raises `SourceError` with the selector that cannot be read."""
    for selector in (listing.item, listing.title, listing.link, listing.date):
        if selector is not None:
            _compiled(selector)


def _entry(item: etree._Element, listing: Listing, base: str, zone: tzinfo) -> Entry:
    """Without a selector of their own the link is the first in the item, the headline its text, the date a `time`."""
    place = next(_all(item, listing.link), item) if listing.link else item
    link = next(_links(place), None)
    titled = next(_all(item, listing.title), None) if listing.title else (link if link is not None else item)
    dated = next(_all(item, listing.date or "time"), None)
    return Entry(
        url=resolved(base, link.get("href", "")) if link is not None else None,
        guid=None,
        title="" if titled is None else line(_markup(titled)),
        summary="",
        text=None,
        published=None if dated is None else _moment(dated, zone),
    )


def _links(place: etree._Element) -> Iterator[etree._Element]:
    """Those with words before those around a picture; the place itself may be one, or stand in one."""
    inside = [link for link in place.iter("a") if link.get("href")]
    yield from (link for link in inside if "".join(map(str, link.itertext())).strip())
    yield from inside
    yield from (link for link in place.iterancestors("a") if link.get("href"))


def _moment(dated: etree._Element, zone: tzinfo) -> datetime | None:
    return parse_date(dated.get("datetime"), zone=zone) or parse_date(line(_markup(dated)), zone=zone)


def _all(element: etree._Element, selector: str) -> Iterator[etree._Element]:
    found = _compiled(selector)(element)
    return (one for one in found if isinstance(one, etree._Element)) if isinstance(found, list) else iter(())


def _compiled(selector: str) -> CSSSelector:
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathSyntaxError) as error:
        raise SourceError(f"{selector!r} is no CSS selector: {error}") from error


def _markup(element: etree._Element) -> str:
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
