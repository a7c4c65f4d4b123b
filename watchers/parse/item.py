"""One item of a feed read into an entry."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urljoin

from lxml import etree

from core.model import Entry
from watchers.parse.dates import parse_date
from watchers.parse.markup import LONGEST, clean, line, paragraphs
from watchers.parse.names import name_of

LONGEST_ADDRESS = 2048
TEXT_IS_LONGER_BY = 1.2

_WHOLE = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[^\[\]\\\s]*)?\Z")
"""An address that `urljoin` would give back as it is."""
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_TITLES = ("title", "atom:title", "dc:title", "media:title")
_SUMMARIES = (
    "description",
    "atom:summary",
    "summary",
    "atom:tagline",
    "abstract",
    "dc:description",
    "media:description",
    "itunes:summary",
)
_TEXTS = frozenset(
    {
        "content:encoded",
        "atom:content",
        "yandex:full-text",
        "yandex:fulltext",
        "turbo:content",
        "xhtml:body",
        "fulltext",
        "full-text",
        "full_text",
        "fullitem",
        "content",
        "body",
        "text",
    }
)
_GUIDS = ("guid", "atom:id", "id", "dc:identifier")
_DATES = (
    "pubdate",
    "atom:published",
    "published",
    "atom:issued",
    "issued",
    "dc:date",
    "date",
    "dc:issued",
    "dc:created",
    "atom:created",
    "created",
    "atom:updated",
    "updated",
    "atom:modified",
    "dc:modified",
    "modified",
)
_GROUPS = frozenset({"media:group", "media:content"})

_Fields = dict[str, list[etree._Element]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item where it stands: its element, the address its links start from, its feed's own namespace."""

    element: etree._Element
    base: str
    home: str | None


def read_entry(item: Item, *, zone: tzinfo) -> Entry:
    """Every field that can be read; a missing title or summary is an empty one."""
    fields = _fields(item)
    guid = _guid(fields)
    summary = line(_first_markup(fields, _SUMMARIES, item.home))
    return Entry(
        url=_url(fields, item),
        guid=guid,
        title=line(_first_markup(fields, _TITLES, item.home)),
        summary=summary,
        text=_text(fields, item.home, summary=summary),
        published=_published(fields, zone),
    )


def rebased(base: str, element: etree._Element) -> str:
    """`base`, or what the element's `xml:base` makes of it."""
    own = element.get(_XML_BASE)
    return (resolved(base, own) or base) if own else base


def element_markup(element: etree._Element, *, home: str | None) -> str:
    """What stands in the element as HTML, whether it came escaped, in CDATA or as elements."""
    if len(element):
        return _inner(element)
    text = element.text or ""
    if not name_of(element, home=home).startswith(("atom:", "media:", "itunes:")):
        return text
    is_html = "html" in element.get("type", "").lower() or element.get("mode") == "escaped"
    return text if is_html else html.escape(text, quote=False)


def resolved(base: str, link: str) -> str | None:
    """An absolute http address, or nothing: "javascript:", "tag:" and broken ones lead nowhere."""
    link = clean(link).strip().replace("&amp;", "&").replace(" ", "%20")
    if not link or len(link) > LONGEST_ADDRESS:
        return None
    if _WHOLE.match(link):
        return link
    try:
        url = urljoin(base, link)
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) and len(url) <= LONGEST_ADDRESS else None


def _fields(item: Item) -> _Fields:
    """By their names, those inside of groups among them."""
    fields: _Fields = {}
    home = item.home
    for child in item.element:
        name = name_of(child, home=home)
        fields.setdefault(name, []).append(child)
        if name in _GROUPS:
            for grouped in child:
                fields.setdefault(name_of(grouped, home=home), []).append(grouped)
    return fields


def _first_markup(fields: _Fields, names: Iterable[str], home: str | None) -> str:
    for name in names:
        for element in fields.get(name, ()):
            markup = element_markup(element, home=home)
            if markup.strip():
                return markup
    return ""


def _text(fields: _Fields, home: str | None, *, summary: str) -> str | None:
    """The full text, where the feed has one: many repeat the summary in its place."""
    markups = [element_markup(one, home=home) for name in _TEXTS for one in fields.get(name, ())]
    text = paragraphs(max(markups, key=len, default=""))
    return text if len(text) > len(summary) * TEXT_IS_LONGER_BY else None


def _inner(element: etree._Element) -> str:
    pieces = [html.escape(element.text or "", quote=False)]
    size = len(pieces[0])
    for child in element:
        if size > LONGEST:
            break
        pieces.append(etree.tostring(child, encoding="unicode", with_tail=True))
        size += len(pieces[-1])
    return "".join(pieces)


def _published(fields: _Fields, zone: tzinfo) -> datetime | None:
    for name in _DATES:
        for element in fields.get(name, ()):
            moment = parse_date(_bare(element), zone=zone)
            if moment is not None:
                return moment
    return None


def _guid(fields: _Fields) -> str | None:
    for name in _GUIDS:
        for element in fields.get(name, ()):
            guid = " ".join(clean(_bare(element)).split())[:LONGEST_ADDRESS]
            if guid:
                return guid
    return None


def _url(fields: _Fields, item: Item) -> str | None:
    for link in _links(fields, item):
        url = resolved(item.base, link)
        if url:
            return url
    return None


def _links(fields: _Fields, item: Item) -> Iterator[str]:
    """Candidates, the best first."""
    yield from (_bare(element) for element in fields.get("feedburner:origlink", ()))
    links = [*fields.get("link", ()), *fields.get("atom:link", ())]
    yield from (link.get("href", "") for link in links if _is_alternate(link) and "html" in link.get("type", "html"))
    yield from (_bare(link) for link in links if link.get("href") is None)
    yield from (link.get("href", "") for link in links if _is_alternate(link))
    yield from (_bare(guid) for guid in fields.get("guid", ()) if _is_permalink(guid))
    yield from (_bare(guid) for name in ("atom:id", "id") for guid in fields.get(name, ()) if _is_permalink(guid))
    yield item.element.get(_RDF_ABOUT, "")


def _is_alternate(link: etree._Element) -> bool:
    return link.get("href") is not None and link.get("rel", "alternate").lower() == "alternate"


def _is_permalink(guid: etree._Element) -> bool:
    is_said = guid.get("isPermaLink", guid.get("ispermalink", "true")).lower() == "true"
    return is_said and _bare(guid).lower().startswith(("http://", "https://"))


def _bare(element: etree._Element) -> str:
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return text[:LONGEST].strip()
