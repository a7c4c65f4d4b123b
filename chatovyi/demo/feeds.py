"""The feeds of the demo's news site: RSS and Atom, built as XML."""

from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from chatovyi.demo.published import KYIV, Published, iso, text_html
from chatovyi.demo.wording import section
from seeds import Outlet, World

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def rss(world: World, outlet: Outlet, newest: list[Published], base: str, changed: datetime) -> bytes:
    root = etree.Element("rss", nsmap={"atom": _ATOM, "content": _CONTENT, "dc": _DC}, version="2.0")
    channel = etree.SubElement(root, "channel")
    _tag(channel, "title", outlet.name)
    _tag(channel, "link", f"{base}/{outlet.key}/")
    _tag(channel, "description", outlet.tagline)
    _tag(channel, "language", outlet.language)
    _tag(channel, "lastBuildDate", _rfc822(changed))
    itself = {"href": base + outlet.feed_path, "rel": "self", "type": "application/rss+xml"}
    etree.SubElement(channel, f"{{{_ATOM}}}link", itself)
    for each in newest:
        _rss_item(etree.SubElement(channel, "item"), world, outlet, each, base)
    return _document(root)


def _rss_item(item: etree._Element, world: World, outlet: Outlet, published: Published, base: str) -> None:
    article = published.article
    address = base + outlet.path_of(article.slug)
    _tag(item, "title", article.title)
    _tag(item, "link", address)
    _tag(item, "guid", address).set("isPermaLink", "true")
    _tag(item, "pubDate", _rfc822(published.at))
    if article.author is not None:
        _tag(item, f"{{{_DC}}}creator", article.author)
    _tag(item, "category", section(world, outlet, article))
    _tag(item, "description", article.summary)
    if outlet.full_text:
        _tag(item, f"{{{_CONTENT}}}encoded", "").text = etree.CDATA(text_html(article))


def atom(world: World, outlet: Outlet, newest: list[Published], base: str, changed: datetime) -> bytes:
    root = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    root.set(_XML_LANG, outlet.language)
    _tag(root, f"{{{_ATOM}}}title", outlet.name)
    _tag(root, f"{{{_ATOM}}}subtitle", outlet.tagline)
    _tag(root, f"{{{_ATOM}}}id", f"tag:{outlet.key}.example,2025:feed")
    _tag(root, f"{{{_ATOM}}}updated", iso(changed))
    etree.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "href": base + outlet.feed_path})
    etree.SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "href": f"{base}/{outlet.key}/"})
    _tag(etree.SubElement(root, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", outlet.name)
    for each in newest:
        _atom_entry(etree.SubElement(root, f"{{{_ATOM}}}entry"), world, outlet, each, base)
    return _document(root)


def _atom_entry(entry: etree._Element, world: World, outlet: Outlet, published: Published, base: str) -> None:
    article = published.article
    address = base + outlet.path_of(article.slug)
    _tag(entry, f"{{{_ATOM}}}title", article.title)
    _tag(entry, f"{{{_ATOM}}}id", f"tag:{outlet.key}.example,2025:{article.slug}")
    etree.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": address})
    _tag(entry, f"{{{_ATOM}}}published", iso(published.at))
    _tag(entry, f"{{{_ATOM}}}updated", iso(published.at))
    if article.author is not None:
        _tag(etree.SubElement(entry, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", article.author)
    etree.SubElement(entry, f"{{{_ATOM}}}category", {"term": section(world, outlet, article)})
    _tag(entry, f"{{{_ATOM}}}summary", article.summary)
    if outlet.full_text:
        _tag(entry, f"{{{_ATOM}}}content", text_html(article)).set("type", "html")


def _tag(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _rfc822(at: datetime) -> str:
    return format_datetime(at.astimezone(KYIV).replace(microsecond=0))
