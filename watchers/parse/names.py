"""One short name for each element of a feed, whatever namespace or prefix it was written with."""

from functools import lru_cache

from lxml import etree

NOT_OURS = "?"

_BY_NAMESPACE = {
    "http://www.w3.org/2005/atom": "atom",
    "https://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://news.yandex.ru": "yandex",
    "http://turbo.yandex.ru": "turbo",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
_RSS_NAMESPACES = (
    "http://purl.org/rss/1.0/",
    "http://purl.org/net/rss1.1",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://www.rssboard.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
_PREFIXES = frozenset(_BY_NAMESPACE.values()) | {"dcterms"}


def name_of(element: etree._Element, *, home: str | None) -> str:
    """ "title", "atom:title", "dc:date": lower case, RSS without a prefix; `NOT_OURS` for what nobody reads.

    `home` is the namespace of the feed's root: what shares it belongs to the feed, be it home-made.
    """
    return _name(element.tag, home) if isinstance(element.tag, str) else NOT_OURS


def local_name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def namespace_of(element: etree._Element) -> str | None:
    return element.tag[1:].partition("}")[0].lower() if element.tag[:1] == "{" else None


@lru_cache(maxsize=4096)
def _name(tag: str, home: str | None) -> str:
    if tag[0] != "{":
        return _unbound(tag.lower())
    namespace, _, local = tag[1:].lower().partition("}")
    prefix = _BY_NAMESPACE.get(namespace)
    if prefix:
        return f"{prefix}:{local}"
    if namespace == home or namespace.startswith(_RSS_NAMESPACES):
        return local
    return NOT_OURS


def _unbound(tag: str) -> str:
    """A prefix that was never declared still says what it means."""
    prefix, colon, local = tag.rpartition(":")
    if not colon or prefix in ("rss", "rdf"):
        return local
    if prefix not in _PREFIXES:
        return NOT_OURS
    return f"dc:{local}" if prefix == "dcterms" else tag
