"""Where a site's page says, or shows, that its news can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from core.address import channel_address
from watchers.parse.html import html_tree
from watchers.parse.item import resolved

MOST_LINKS = 5_000
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"}
)
_ENDINGS = ("/rss", "/feed", "/atom", ".rss", ".rdf", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json", "/rss.php")
_NOT_NEWS = ("comment", "/wp-json", "oembed", "/xmlrpc", "/tag/", "/author/", "/search/", "podcast", "forum")


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """Addresses, each once, in the order of the page."""

    declared: tuple[str, ...]
    """What the page itself calls its feeds (`link rel=alternate`)."""
    shown: tuple[str, ...]
    """Links that end as the address of a feed does."""
    channels: tuple[str, ...]
    """Telegram channels that it links to."""


def site_links(text: str, *, url: str) -> SiteLinks:
    """What the page leads to; feeds of comments, of one tag or one author are none."""
    tree = html_tree(text)
    if tree is None:
        return SiteLinks((), (), ())
    base = next((resolved(url, one.get("href", "")) for one in tree.iter("base")), None) or url
    anchors = [href for href, _ in zip(_hrefs(tree, "a"), range(MOST_LINKS), strict=False)]
    return SiteLinks(
        declared=_feeds(base, (link.get("href", "") for link in tree.iter("link") if _declares(link))),
        shown=_feeds(base, filter(_ends_as_a_feed, anchors)),
        channels=tuple(dict.fromkeys(filter(None, map(channel_address, anchors)))),
    )


def _hrefs(tree: etree._Element, tag: str) -> Iterator[str]:
    return (link.get("href", "") for link in tree.iter(tag))


def _declares(link: etree._Element) -> bool:
    rel = (link.get("rel") or "").lower().split()
    return "alternate" in rel and (link.get("type") or "").partition(";")[0].strip().lower() in _FEED_TYPES


def _ends_as_a_feed(href: str) -> bool:
    try:
        return f"/{urlsplit(href).path.lower().strip('/')}".endswith(_ENDINGS)
    except ValueError:
        return False


def _feeds(base: str, hrefs: Iterator[str]) -> tuple[str, ...]:
    found = (resolved(base, href) for href in hrefs)
    return tuple(dict.fromkeys(url for url in found if url and not any(word in url.lower() for word in _NOT_NEWS)))
