"""The nouns of the house, as frozen values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NewType

from core.lexicon import Language
from core.memory import Memory
from core.timing import AT_ONCE, Manner

SourceId = NewType("SourceId", int)
ArticleId = NewType("ArticleId", int)
StoryId = NewType("StoryId", int)
QueryId = NewType("QueryId", int)
SubscriptionId = NewType("SubscriptionId", int)
AlertId = NewType("AlertId", int)
DeliveryId = NewType("DeliveryId", int)
BotId = NewType("BotId", int)
ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)

Field = Literal["title", "text"]

TURNED_AWAY = frozenset({401, 403, 407, 429, 451})
"""What HTTP says to those who are not wanted, or not now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask "anything new?" with, byte for byte (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a page that lists news is read: CSS selectors, all but the first within an item."""

    item: str
    title: str | None = None
    link: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place that is visited."""

    id: SourceId
    url: str
    name: str
    outlet: str
    every: timedelta | None
    """An interval that a person chose; `None` where it follows what is learnt of the source (`core.pace`)."""
    validators: Validators
    visited: bool
    """False until the first good visit: what is old then is remembered, not alerted."""
    failures: int
    epoch: int
    """Grows with each claim; a worker whose epoch is no longer the source's changes nothing."""
    reason: str = ""
    """Why the last visit failed; empty where it did not."""
    status: int | None = None
    """What HTTP said then, where it said anything."""
    memory: Memory = field(default_factory=Memory)
    listing: Listing | None = None
    """For a page that lists news; else what a body is, its bytes say."""
    told_until: datetime | None = None
    """On its first visit after a restore: what it published until then was told already, as far as anybody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A visit that brought a body."""

    url: str
    """The address after redirects."""
    body: bytes
    content_type: str | None
    validators: Validators
    wire: int = 0
    """Bytes that came, packed as they were."""
    fresh_for: timedelta | None = None
    """How long the server says that this stays as it is (`Cache-Control`, `Expires`)."""
    moved_to: str | None = None
    """The address that takes this one's place for good (301, 308)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A visit that brought nothing new (304)."""

    fresh_for: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A visit that brought nothing; `reason` is for an admin's eyes."""

    reason: str
    status: int | None = None
    """What HTTP said, where anything was said."""
    retry_after: timedelta | None = None
    """What the server asked us to wait, if it did."""
    unreached: bool = False
    """No server was met at all: its name, its machine or our own way to the network may be to blame."""

    @property
    def turned_away(self) -> bool:
        """Whether the server wants nobody like us, or not now."""
        return self.status in TURNED_AWAY


Visit = Fresh | Unchanged | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as the source gives it, as plain text: no markup, no entities, no control characters."""

    url: str | None
    guid: str | None
    title: str
    summary: str
    text: str | None
    """The full text where the source carries it, empty where its headline says all; else its page is asked."""
    published: datetime | None
    """Aware, UTC; `None` where the source gives none that can be read."""
    page_missing: bool = False
    """True where the article's page should have given the text, and could not be read."""
    language: Language | None = None
    """Where the source says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What an article's own page says of it."""

    title: str | None
    text: str
    published: datetime | None
    canonical_url: str | None
    """The page's own `rel=canonical`, only where it stays on the page's registrable domain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where alerts go: a chat, or a topic of it."""

    bot: BotId
    chat: ChatId
    thread: int = 0
    """The topic's number; 0 is the chat itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it is kept."""

    id: ArticleId
    story: StoryId
    title: str
    text: str
    url: str | None
    outlet: str
    """Who publishes it, as people call it."""
    published: datetime
    """When it appeared, as far as can be trusted: the source's word, or when we first saw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A target following a query."""

    id: SubscriptionId
    query: QueryId
    label: str
    """What its owner calls it: the query, unless it was given a name."""
    paused: bool
    paused_until: datetime | None = None
    """A pause that ends by itself."""
    manner: Manner = AT_ONCE
    text: str = ""
    """The query, written out."""
    since: datetime | None = None
    """What was taken in before that was never looked at for it."""
