"""What the outside must offer: a clock, and a store whose transactions speak the language of news."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from core.concept import ConceptsTx
from core.ingest import IngestTx, PageWish
from core.lookback import LookBackTx
from core.match.port import Span
from core.model import (
    AlertId,
    Article,
    ArticleId,
    BotId,
    ChatId,
    MessageId,
    QueryId,
    Source,
    SourceId,
    Target,
    Validators,
)
from core.outbox import Due, Settlement
from core.subscribe import Chat, Language, PeopleTx

Clock = Callable[[], datetime]
"""The time now: aware, UTC."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as an admin sees it."""

    source: Source
    due_at: datetime
    last_visit: datetime | None
    last_new: datetime | None
    last_reason: str
    """Why the last visit failed; empty where it did not."""
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """All that the message of an alert shows, as it stands now."""

    alert: AlertId
    language: Language
    article: Article
    source_name: str
    spans: tuple[Span, ...]
    labels: tuple[str, ...]
    """The target's subscriptions that the story answers."""
    also: tuple[tuple[str, str | None], ...]
    """Other outlets that tell it, in order: name and address."""
    message: MessageId | None
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An update as Telegram sent it, waiting to be answered."""

    bot: BotId
    update: int
    payload: str
    """JSON."""
    attempts: int


class SourcesTx(Protocol):
    """Where news comes from."""

    def add_source(
        self, url: str, *, name: str | None, outlet: str, every: timedelta, now: datetime
    ) -> SourceId | None:
        """The new source's number, or `None` where the address is watched already."""

    def name_source(self, source: SourceId, name: str) -> None:
        """Gives a source the name its feed carries, where no person named it."""

    def sources(self) -> list[SourceState]: ...

    def claim_sources(self, *, now: datetime, until: datetime, limit: int) -> list[Source]:
        """Those due the longest, in any order; each is nobody else's until its lease ends."""

    def unseen(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the article keys that were not taken in yet."""

    def settle_visit(
        self,
        source: Source,
        *,
        due_at: datetime,
        validators: Validators,
        reason: str,
        new: int,
        now: datetime,
    ) -> bool:
        """Ends a visit; false, and nothing changed, where the claim is no longer ours."""

    def claim_pages(self, *, now: datetime, until: datetime, limit: int) -> list[PageWish]:
        """Articles whose page is to be tried again, the longest due first; tried again at `until` at the latest."""

    def put_off_page(self, article: ArticleId, *, due_at: datetime | None) -> None:
        """The page could not be read this time either; `None` leaves it at its summary."""

    def query_changes(self, since: int) -> list[tuple[QueryId, str, bool]]:
        """Queries whose followers changed after this generation: number, canonical text, whether followed now."""


class ChatsTx(Protocol):
    """Who is spoken to."""

    def meet(self, target: Target, *, language: Language, now: datetime) -> Chat:
        """The chat as it is known, made known now where it was not; one that was gone is back."""

    def set_language(self, target: Target, language: Language) -> None: ...
    def chat_gone(self, target: Target, reason: str, *, now: datetime) -> None: ...
    def intern_query(self, text: str) -> QueryId: ...


class InboxTx(Protocol):
    """What people wrote, until it is answered."""

    def hear(self, bot: BotId, updates: Sequence[tuple[int, ChatId | None, str]], *, now: datetime) -> int:
        """Stores updates (number, chat, JSON); returns how many were new."""

    def next_heard(self, bot: BotId) -> Heard | None:
        """The oldest unanswered update, counted as tried once more."""

    def answered(self, heard: Heard, *, now: datetime) -> None: ...
    def set_aside(self, heard: Heard, reason: str, *, now: datetime) -> None: ...


class OutboxTx(Protocol):
    """What is on its way to people."""

    def say(self, target: Target, payload: str, *, edits: MessageId | None, now: datetime) -> None:
        """Puts an answer on its way: a rendered screen, as a new message or in place of one."""

    def claim_deliveries(self, bot: BotId, *, now: datetime, until: datetime, limit: int) -> list[Due]:
        """At most one per chat, answers first, as many as the bot's pace lets leave now."""

    def settle_delivery(self, due: Due, settlement: Settlement, *, now: datetime) -> bool:
        """Writes down what came of a try; false, and nothing changed, where the claim is no longer ours."""

    def alert_view(self, alert: AlertId) -> AlertView | None: ...

    def next_due(self, bot: BotId) -> datetime | None:
        """When the next delivery may leave."""


class UpkeepTx(Protocol):
    """What keeps the store in order."""

    def release_leases(self, *, now: datetime) -> None:
        """After a start as the only process: nobody holds anything; what was being sent is unknown.

        What was given up as unknown is tried again.
        """

    def expire_leases(self, *, now: datetime) -> int:
        """What was being sent by a worker that is no more is unknown; returns how many."""

    def forget_old(self, *, now: datetime, limit: int) -> int:
        """Deletes what is kept no longer, at most `limit` rows of each kind; returns how many."""

    def move_chat(self, bot: BotId, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup."""


class Tx(IngestTx, LookBackTx, PeopleTx, SourcesTx, ChatsTx, InboxTx, OutboxTx, UpkeepTx, ConceptsTx, Protocol):
    """Everything a transaction can do."""


class Store(Protocol):
    """Where everything is kept. A transaction is a plain function: it cannot wait, and may run twice."""

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Runs `work` in a transaction: all of it is kept, durably, or, where it raises, none."""

    @property
    def trouble(self) -> str | None:
        """What every write waits for, such as a full disk, in a sentence with what to do; `None` where none waits."""

    async def read(self, look: Callable[[Tx], T]) -> T:
        """Runs `look` on a consistent view; it must not write."""
