"""The posts of a public Telegram channel, out of the page that shows it to everybody (t.me/s/NAME)."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from urllib.parse import urljoin, urlsplit

from lxml import etree

from core.errors import SourceError
from core.model import Entry
from watchers.parse.dates import parse_date
from watchers.parse.feed import Feed
from watchers.parse.headline import headline, parted
from watchers.parse.html import classes, html_tree
from watchers.parse.markup import line, paragraphs
from watchers.parse.tree import MOST_ITEMS

MARK = "tgme_"
"""Of every class on such a page."""

MOST_TEXTS = 50
"""Of one post, with the names of what it brings."""

_POST = "tgme_widget_message"
_TEXT = "tgme_widget_message_text"
_SERVICE = "service_message"
_NOT_ITS_OWN = frozenset(
    {
        "tgme_widget_message_reply",
        "tgme_widget_message_author",
        "tgme_widget_message_forwarded_from",
        "tgme_widget_message_user",
        "tgme_widget_message_inline_button",
        "message_media_not_supported",
    }
)
"""Whatever stands in these is somebody else's words, or Telegram's: a quoted post has a text of the same class."""
_PREVIEW = "tgme_widget_message_link_preview"
_PREVIEWED = frozenset({"link_preview_title", "link_preview_description"})
_NAMED = frozenset(
    {
        "tgme_widget_message_poll_question",
        "tgme_widget_message_poll_option_text",
        "tgme_widget_message_document_title",
        "tgme_widget_message_location_title",
        "tgme_widget_message_location_address",
    }
)
"""What a post without a text may be known by, besides what it links to."""
_NUMBER = re.compile(r"([A-Za-z0-9_]{1,64})/(\d{1,18})")
_ADDRESS = re.compile(r"https?://\S+")
_PATH = re.compile(r"/s/([A-Za-z0-9_]{1,64})/?")


def read_channel(text: str, *, url: str, zone: tzinfo) -> Feed:
    """Posts that say something in words, the newest first; raises `SourceError` where the channel is not shown.

    A post is known by its number whatever becomes of its text: an edited one is the same entry in other words.
    """
    tree = html_tree(text)
    boxes = [] if tree is None else [box for box in tree.iter("div", "section") if classes(box)]
    posts = [box for box in boxes if _POST in classes(box) and box.get("data-post")]
    if tree is None or not (posts or any("tgme_channel_history" in classes(box) for box in boxes)):
        raise SourceError("Telegram shows no posts there: no public channel has this name, or it hides them")
    name = _name_in(url)
    read = (_entry(post, url, name, zone) for post in reversed(posts[-MOST_ITEMS:]))
    return Feed(
        kind="Telegram channel",
        title=_first_line(boxes, "tgme_channel_info_header_title"),
        entries=tuple(entry for entry in read if entry),
        earlier=_earlier(tree, url),
        edits=True,
    )


def _name_in(url: str) -> str | None:
    found = _PATH.fullmatch(urlsplit(url).path)
    return found.group(1).lower() if found else None


def _entry(post: etree._Element, url: str, name: str | None, zone: tzinfo) -> Entry | None:
    """`None` for what Telegram itself says («channel created»), other channels' posts, and pictures without a word."""
    number = _NUMBER.match(post.get("data-post", ""))
    if number is None or _SERVICE in classes(post) or (name and number.group(1).lower() != name):
        return None
    own = list(_own(post))
    title, text = parted(_text(own))
    if not title:
        return None
    return Entry(
        url=urljoin(url, "/" + number.group()),
        guid=number.group(),
        title=title,
        summary="",
        text=text,
        published=next((moment for box in own if (moment := _moment(box, zone))), None),
    )


def _own(post: etree._Element) -> Iterator[etree._Element]:
    """The elements of a post in their order, of a text only the outermost."""
    todo = [post]
    while todo:
        element = todo.pop()
        names = classes(element)
        if names & _NOT_ITS_OWN:
            continue
        yield element
        if _TEXT not in names:
            todo += [child for child in reversed(element) if isinstance(child.tag, str)]


def _text(own: Iterable[etree._Element]) -> str:
    """What it says; where that is nothing but an address, what is said to stand there."""
    said: list[str] = []
    other: list[str] = []
    for element in own:
        names = classes(element)
        if _TEXT in names:
            if len(said) < MOST_TEXTS:
                said.append(paragraphs(_markup(element)))
        elif len(other) < MOST_TEXTS and (names & _NAMED or (names & _PREVIEWED and _is_in_preview(element))):
            other.append(line(_markup(element)))
    text = "\n".join(filter(None, said))
    if headline(_ADDRESS.sub("", text)):
        return text
    return "\n".join(filter(None, [*other, text]))


def _is_in_preview(element: etree._Element) -> bool:
    return any(_PREVIEW in classes(parent) for parent in element.iterancestors())


def _moment(element: etree._Element, zone: tzinfo) -> datetime | None:
    return parse_date(element.get("datetime"), zone=zone) if element.tag == "time" else None


def _earlier(tree: etree._Element, url: str) -> str | None:
    """The page before this one."""
    for link in tree.iter("a"):
        before = link.get("data-before", "")
        if "tme_messages_more" in classes(link) and before.isascii() and before.isdigit() and len(before) < 19:
            return urljoin(url, f"{urlsplit(url).path}?before={before}")
    return None


def _first_line(boxes: Iterable[etree._Element], name: str) -> str | None:
    return next((line(_markup(box)) for box in boxes if name in classes(box)), None) or None


def _markup(element: etree._Element) -> str:
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
