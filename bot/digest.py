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
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A message, and the alerts that it tells: those that did not fit go with the next one."""

    screen: Screen
    told: tuple[AlertId, ...]


def digest(
    views: Sequence[AlertView], say: Catalogue, *, now: datetime, zone: tzinfo, gathered: bool = False
) -> Digest:
    """As many as fit, beginning with the first of `views`, the oldest; shown newest first, none of them cut.

    What its reader had `gathered` is shown by subscription; what merely waited long is not.
    """
    written = _by_subscription if gathered else _in_a_row
    told: list[tuple[AlertView, Html]] = []
    for view in views:
        more = [(view, _item(view, say, now=now, zone=zone)), *told]
        if not _fits(written(more, say)):
            break
        told = more
    return Digest(screen=Screen(written(told, say)), told=tuple(view.alert for view, _ in reversed(told)))


def _in_a_row(items: Sequence[tuple[AlertView, Html]], say: Catalogue) -> Html:
    return Html("\n".join([say("digest.title"), "", *(item for _, item in items)]))


def _by_subscription(items: Sequence[tuple[AlertView, Html]], say: Catalogue) -> Html:
    """Under the first subscription that each answers; that of the newest story comes first."""
    groups: dict[str, list[Html]] = {}
    for view, item in items:
        groups.setdefault(view.labels[0] if view.labels else "", []).append(item)
    parts = [say("digest.gathered", stories=say.count("stories", len(items)))]
    for label, group in groups.items():
        head = [say("digest.label", label=shortened(label, LONGEST_LABEL))] if label else []
        parts.append(Html("\n".join([*head, *group])))
    return Html("\n\n".join(parts))


def _item(view: AlertView, say: Catalogue, *, now: datetime, zone: tzinfo) -> Html:
    article = view.article
    title = shortened(article.title, LONGEST_TITLE) or shortened(article.text, LONGEST_TITLE) or view.source_name
    return say(
        "digest.item",
        title=link(html(shortened(title, LONGEST_TITLE)), article.url),
        outlet=shortened(view.source_name, LONGEST_OUTLET),
        time=when(article.published, now=now, zone=zone),
    )


def _fits(text: Html) -> bool:
    return units(text) <= UNITS and len(_ENTITY.findall(text)) <= ENTITIES and len(text.encode()) <= BYTES


def units(text: Html) -> int:
    """The length of what is shown, in UTF-16 units."""
    return len(plain(text).encode("utf-16-le", "surrogatepass")) // 2
