"""The XML of a feed as trees, also where it is not quite XML."""

import html
import re
from collections.abc import Iterator

from lxml import etree

from core.errors import SourceError

MOST_ITEMS = 1000
LONGEST_ROOT_TAG = 8000
ROOT_WITHIN = 1 << 16

_CDATA = r"!\[CDATA\[[^\]<]*+(?:(?!\]\]>|<!\[CDATA\[)[\]<][^\]<]*+)*+\]\]>"
_COMMENT = r"!--[^<-]*+(?:(?!-->|<!--)[<-][^<-]*+)*+-->"
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,2000}(?:\[.{0,200000}?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(r"<[A-Za-z]")
_ROOT = re.compile(r"<((?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel|urlset|sitemapindex))(?=[\s>/])[^<>]*>", re.IGNORECASE)


_STARTS = ("<item", "<entry", "<ITEM", "<ENTRY")
LONGEST_CLOSING = 300
_END_TAG = re.compile(r"</[\w:.-]{1,40}\s{0,9}>")
_LAST_TAGS = re.compile(r"(?:</[\w:.-]{1,40}\s{0,9}>\s{0,99})+\Z")


def _item_tags(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"<(?:{_CDATA}|{_COMMENT}|(?P<close>/?)(?:[\w.-]{{1,40}}:)?(?:{names})(?:\s[^<>]*|/)?>)", re.IGNORECASE
    )


_ITEM = _item_tags("item|entry")
_ITEM_IN = {"urlset": _item_tags("url"), "sitemapindex": _item_tags("sitemap")}
_REFERENCE = re.compile(
    rf"<{_CDATA}|&{{2,}}(?![#A-Za-z])|&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?P<name>#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,7};|[A-Za-z][A-Za-z0-9]{1,31};)?"
)
_START_TAG = re.compile(rf"<(?:{_CDATA}|[A-Za-z][^<>]{{0,2000}}>)")
_BARE_VALUE = re.compile(r"(\s[\w:.-]{1,60})=([^\s\"'<>=]{1,200})(?=[\s/>])")
_PAIR = re.compile(r"&#(?:x(d[89ab][0-9a-f]{2})|(5[56]\d{3}));&#(?:x(d[c-f][0-9a-f]{2})|(5[67]\d{3}));", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BOX = re.compile(
    r"<(title|description|summary|content:encoded|content|fulltext|yandex:full-text)(?=[\s>])[^<>]{0,300}>",
    re.IGNORECASE,
)


def feed_trees(text: str) -> tuple[etree._Element, ...]:
    """The feed's root; where its XML is past repair, one root for the head and one for each whole item.

    An item whose end is missing is not given: half an article must not alert anybody.
    """
    text = _cut_short(_without_doctype(_from_root_on(text)))
    root = _strict(text)
    if root is not None:
        return (root,)
    text = _repaired(text)
    root = _strict(text)
    if root is not None:
        return (root,)
    return tuple(_item_by_item(text))


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )


def _strict(text: str) -> etree._Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=False))
    except etree.XMLSyntaxError:
        return None


def _recovered(text: str) -> etree._Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _from_root_on(text: str) -> str:
    """Without declarations (they may stand twice) and without what a broken server prints before the feed."""
    declared = _DECLARATION.match(text)
    if not declared:
        root = re.compile(r"<\?xml|" + _ROOT.pattern, re.IGNORECASE).search(text, 0, ROOT_WITHIN)
        if not root:
            raise SourceError("there is no feed in it")
        text = text[root.start() :]
        declared = _DECLARATION.match(text)
    return text[declared.end() :] if declared else text


def _cut_short(text: str) -> str:
    """Without items beyond those that are read: a hundred thousand of them would be a second's work for nothing."""
    if sum(text.count(start) for start in _STARTS) <= MOST_ITEMS:
        return text
    ends = [end for _, end in _whole_items(text, _ITEM)]
    return text[: ends[-1]] + _closing(text) if ends else text


def _closing(text: str) -> str:
    """The end tags that the whole text ends with, but for its last item's own."""
    found = _LAST_TAGS.search(text[-LONGEST_CLOSING:])
    return "" if found is None else "".join(tag for tag in _END_TAG.findall(found.group()) if not _ITEM.match(tag))


def _without_doctype(text: str) -> str:
    """No entity is declared, none expanded and no DTD fetched: what HTML names is resolved in the repair."""
    start = text[:4096].lower().find("<!doctype")
    element = _ELEMENT.search(text, 0, 4096)
    if start < 0 or (element and element.start() < start):
        return text
    doctype = _DOCTYPE.match(text, start, start + 300_000)
    if not doctype:
        raise SourceError("its DOCTYPE has no end")
    return text[:start] + text[doctype.end() :]


def _repaired(text: str) -> str:
    """One pass each over characters XML forbids, bare attribute values, and references it does not know."""
    text = _ILLEGAL.sub("", text)
    text = _START_TAG.sub(_quoted, text)
    if "&#" in text:
        text = _PAIR.sub(_joined_pair, text)
    return _REFERENCE.sub(_known_reference, text)


def _quoted(found: re.Match[str]) -> str:
    tag = found.group()
    return tag if tag.startswith("<!") or "=" not in tag else _BARE_VALUE.sub(r'\1="\2"', tag)


def _joined_pair(found: re.Match[str]) -> str:
    """An emoji written as the two halves UTF-16 has for it."""
    high_hex, high, low_hex, low = found.groups()
    first = int(high_hex, 16) if high_hex else int(high)
    second = int(low_hex, 16) if low_hex else int(low)
    if 0xD800 <= first < 0xDC00 <= second < 0xE000:
        return chr(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    return " "


def _known_reference(found: re.Match[str]) -> str:
    if found.group().startswith("<"):
        return found.group()
    name = found.group("name")
    if not name:
        return "&amp;" * len(found.group())
    meant = html.unescape("&" + name)
    if meant == "&" + name:
        return "&amp;" + name
    return html.escape(_ILLEGAL.sub(" ", meant), quote=False)


def _item_by_item(text: str) -> Iterator[etree._Element]:
    """Damage stays in the item it is in."""
    opening = _ROOT.search(text, 0, ROOT_WITHIN)
    if not opening or len(opening.group()) > LONGEST_ROOT_TAG:
        raise SourceError("its XML is broken from the first tag on")
    kind = opening.group(1).rpartition(":")[2].lower()
    spans = list(_whole_items(text, _ITEM_IN.get(kind, _ITEM)))
    if not spans:
        raise SourceError("its XML is broken or cut short, and no item in it is whole")
    ending = f"</{opening.group(1)}>"
    head = _recovered(text[: spans[0][0]])
    if head is not None:
        yield head
    for start, end in spans:
        item = _readable(opening.group() + text[start:end] + ending)
        if item is not None:
            yield item


def _whole_items(text: str, item: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where whole items stand; a start without an end before the next start is no item."""
    start, found = None, 0
    for tag in item.finditer(text):
        if tag.group().startswith("<!") or tag.group().endswith("/>"):
            continue
        if not tag.group("close"):
            start = tag.start()
        elif start is not None:
            yield start, tag.end()
            start, found = None, found + 1
            if found == MOST_ITEMS:
                return


def _readable(text: str) -> etree._Element | None:
    root = _strict(text)
    if root is not None:
        return root
    boxed = _boxes_escaped(text)
    root = _strict(boxed)
    return root if root is not None else _recovered(boxed)


def _boxes_escaped(text: str) -> str:
    """Markup dumped unescaped and unbalanced into a text field becomes the field's text."""
    pieces, done, lower = [], 0, text.lower()
    unclosed: set[str] = set()  # an end tag that is missing once is not looked for again: the pass stays linear
    for box in _BOX.finditer(text):
        name = box.group(1).lower()
        if box.start() < done or name in unclosed or box.group().endswith("/>"):
            continue
        end = lower.find("</" + name, box.end())
        if end < 0:
            unclosed.add(name)
            continue
        pieces += [text[done : box.end()], _escaped(text[box.end() : end])]
        done = end
    return "".join([*pieces, text[done:]])


def _escaped(inner: str) -> str:
    if "<" not in inner or "<![CDATA[" in inner:
        return inner
    return inner.replace("<", "&lt;").replace(">", "&gt;")
