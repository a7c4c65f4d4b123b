"""Of which kind a source is, told from the bytes it gave, and its entries."""

from collections.abc import Callable, Sequence
from datetime import tzinfo

from lxml import etree

from core.errors import SourceError
from core.model import Listing
from watchers.parse.channel import MARK, read_channel
from watchers.parse.decode import decode
from watchers.parse.feed import Feed
from watchers.parse.inflate import Inflater
from watchers.parse.jsonfeed import read_json_feed
from watchers.parse.listing import read_listing
from watchers.parse.names import local_name
from watchers.parse.sitemap import read_index, read_sitemap
from watchers.parse.syndication import read_syndicated
from watchers.parse.tree import feed_trees

LARGEST = 8 << 20
LARGEST_RATIO = 200
_PACKED = b"\x1f\x8b"

_SITEMAPS: dict[str, Callable[[Sequence[etree._Element], str, tzinfo], Feed]] = {
    "urlset": read_sitemap,
    "sitemapindex": read_index,
}


def parse_feed(
    body: bytes, *, url: str, content_type: str | None, zone: tzinfo, listing: Listing | None = None
) -> Feed:
    """The feed in `body`, whatever its label says; raises `SourceError` where there is none.

    `url` is the address it came from, `zone` where its clock stands when a date names no zone. Of a feed
    that is damaged or cut short every whole item is given, and never half an item. With a `listing` it is a page.
    """
    text = _text(_unpacked(body), content_type)
    if listing:
        return read_listing(text, listing, url=url, zone=zone)
    if text[:256].lower().startswith(("<!doctype html", "<html")):
        if MARK in text:
            return read_channel(text, url=url, zone=zone)
        raise SourceError("it is an HTML page, not a feed")
    if text[0] in "{[":
        return read_json_feed(text, url=url, zone=zone)
    trees = feed_trees(text)
    read = _SITEMAPS.get(local_name(trees[0]))
    return read(trees, url, zone) if read else read_syndicated(trees, url=url, zone=zone)


def _unpacked(body: bytes) -> bytes:
    """Sitemaps lie about as .gz files, which are packed whatever HTTP does."""
    if not body.startswith(_PACKED):
        return body
    inflater = Inflater("gzip", most=LARGEST, ratio=LARGEST_RATIO)
    inflater.take(body)
    return inflater.body()


def _text(body: bytes, content_type: str | None) -> str:
    if len(body) > LARGEST:
        raise SourceError(f"the feed is larger than {LARGEST} bytes")
    text = decode(body, content_type=content_type).lstrip("\ufeff\x00 \t\r\n")
    if not text:
        raise SourceError("the body is empty")
    return text
