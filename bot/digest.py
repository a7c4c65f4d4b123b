"""Old alerts in one message: a pure function of what is known of their stories now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.says import Catalogue, Html, html, plain
from bot.screen import Screen, link, shortened, when
from core.model import AlertId
from core.ports import AlertView

UNITS = 4096
"""UTF-16 units of a message, as Telegram counts its text."""
ENTITIES = 100
"""Links and bold words that Telegram keeps; it drops the others without a word."""
_ENTITY = re.compile("<[ab][ >]")
"""Only markup of ours: an outlet's is escaped."""
BYTES = 32_768
"""Of a message with its markup, before Telegram reads it."""
LONGEST_TITLE = 200
LONGEST_OUTLET = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A message, and the alerts that it tells: those that did not fit go with the next one."""

    screen: Screen
    told: tuple[AlertId, ...]


def digest(views: Sequence[AlertView], say: Catalogue, *, now: datetime, zone: tzinfo) -> Digest:
    """As many as fit, beginning with the first of `views`, the oldest; shown newest first, none of them cut."""
    head = say("digest.title")
    items: list[Html] = []
    for view in views:
        item = _item(view, say, now=now, zone=zone)
        if not _fits(_joined(head, [item, *items])):
            break
        items.insert(0, item)
    return Digest(screen=Screen(_joined(head, items)), told=tuple(view.alert for view in views[: len(items)]))


def _item(view: AlertView, say: Catalogue, *, now: datetime, zone: tzinfo) -> Html:
    article = view.article
    title = shortened(article.title, LONGEST_TITLE) or shortened(article.text, LONGEST_TITLE) or view.source_name
    return say(
        "digest.item",
        title=link(html(shortened(title, LONGEST_TITLE)), article.url),
        outlet=shortened(view.source_name, LONGEST_OUTLET),
        time=when(article.published, now=now, zone=zone),
    )


def _joined(head: Html, items: Sequence[Html]) -> Html:
    return Html("\n".join([head, "", *items]))


def _fits(text: Html) -> bool:
    return units(text) <= UNITS and len(_ENTITY.findall(text)) <= ENTITIES and len(text.encode()) <= BYTES


def units(text: Html) -> int:
    """The length of what is shown, in UTF-16 units."""
    return len(plain(text).encode("utf-16-le", "surrogatepass")) // 2
