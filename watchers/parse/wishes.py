"""What a feed asks of whoever reads it, which is older than HTTP's own words for it."""

from collections.abc import Iterator
from datetime import timedelta

from lxml import etree

from core.memory import Wishes
from watchers.parse.names import local_name

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BOXES = frozenset({"rss", "rdf", "feed", "channel"})
_ITEMS = frozenset({"item", "entry", "items"})
_MOST_MINUTES = 60 * 24 * 365


def wishes_of(root: etree._Element) -> Wishes:
    """RSS 2.0 `ttl`, `skipHours`, `skipDays`; `sy:updatePeriod` and `sy:updateFrequency` of RSS 1.0.

    WordPress writes «hourly, once» into every feed, whatever its owner publishes: that is nobody's wish.
    """
    said: dict[str, str] = {}
    hours: list[int] = []
    days: list[int] = []
    for element in _of_the_feed(root):
        name = local_name(element)
        if name == "skiphours":
            hours += [hour % 24 for text in _texts(element, "hour") if (hour := _number(text, 24)) is not None]
        elif name == "skipdays":
            days += [_DAYS.index(text.lower()) for text in _texts(element, "day") if text.lower() in _DAYS]
        elif name in ("ttl", "updateperiod", "updatefrequency", "generator"):
            said.setdefault(name, (element.text or "").strip())
    return Wishes(
        ttl=_ttl(said),
        idle_hours=tuple(sorted(set(hours))),
        idle_days=tuple(sorted(set(days))),
    )


def _of_the_feed(root: etree._Element) -> Iterator[etree._Element]:
    """What is said of the feed itself, beside its items or after them."""
    for child in root:
        name = local_name(child)
        if name in _BOXES:
            yield from child
        elif name not in _ITEMS:
            yield child


def _ttl(said: dict[str, str]) -> timedelta | None:
    minutes = _number(said.get("ttl", ""), _MOST_MINUTES)
    if minutes:
        return timedelta(minutes=minutes)
    period = _PERIODS.get(said.get("updateperiod", "").lower())
    times = _number(said.get("updatefrequency", "") or "1", 10_000)
    if period is None or not times or ("wordpress" in said.get("generator", "").lower() and times == 1):
        return None
    return period / times


def _texts(box: etree._Element, name: str) -> list[str]:
    return [(child.text or "").strip() for child in box if local_name(child) == name]


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= most else None
