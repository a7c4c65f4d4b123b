"""A page of the web as a tree, however it is written."""

from lxml import etree
from lxml import html as lxml_html


def html_tree(text: str) -> etree._Element | None:
    """`None` where there is no element in it. Nothing is fetched, and depth is bounded."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        return None


def classes(element: etree._Element) -> frozenset[str]:
    """The names in its `class`."""
    return frozenset((element.get("class") or "").split())
