"""The text of an article, out of its page."""

from datetime import tzinfo

from core.model import Extracted
from watchers.parse.decode import decode
from watchers.parse.markup import LONGEST
from watchers.parse.page import Page, read_page

LINKED_BODY_FROM = 400
LINKED_BODY_SHARE = 0.75


def extract(body: bytes, *, url: str, content_type: str | None, zone: tzinfo | None = None) -> Extracted | None:
    """`None` where no article's text is found. A date without a zone is read in `zone`, or not at all."""
    html = decode(body, content_type=content_type)
    page = read_page(html, url=url, zone=zone)
    text = _text(html, page) if page else ""
    if page is None or not text:
        return None
    return Extracted(title=page.title, text=text, published=page.published, canonical_url=page.canonical_url)


def _text(html: str, page: Page) -> str:
    """JSON-LD gives the text without a word of the page around it, but often only its beginning."""
    shown, linked = _shown_text(html), page.linked_body
    if not shown:
        return linked
    is_whole = len(linked) >= max(LINKED_BODY_FROM, LINKED_BODY_SHARE * len(shown))
    return linked if is_whole else shown


def _shown_text(html: str) -> str:
    import trafilatura  # a quarter of a second, and only the process that reads pages needs it

    found = trafilatura.extract(html, include_comments=False)
    return (found or "")[:LONGEST].strip()
