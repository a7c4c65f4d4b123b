"""What the body of a visit is once it is read: entries, and what their source says of itself."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.memory import Wishes
from core.model import Entry

Kind = Literal[
    "RSS",
    "Atom",
    "RDF",
    "JSON Feed",
    "news sitemap",
    "sitemap without news",
    "index of sitemaps",
    "Telegram channel",
    "HTML list",
]


LONGEST_LANGUAGE = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One of several bodies that a source is spread over."""

    url: str
    changed: datetime | None = None
    """When it changed last, as its index says; `None` where that is not said to the minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a source says of itself, and its entries in its own order."""

    kind: Kind
    title: str | None
    entries: tuple[Entry, ...]
    wishes: Wishes = field(default_factory=Wishes)
    language: str | None = None
    """As the source names it, "uk" or "uk-UA": many say the one that their software came with."""
    parts: tuple[Part, ...] = ()
    """Where its entries are, for a source that only says where."""
    earlier: str | None = None
    """The page before this one, for a source that shows only its last entries on each."""
    edits: bool = False
    """Whether its texts are edited in place: what is listed in other words is to be kept so."""
