"""What the outside must offer: a clock, and a store whose transactions speak the language of news."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypeVar

from core.ailment import AilmentsTx
from core.concept import ConceptsTx
from core.effect import EffectTx
from core.ingest import IngestTx, PageWish, Revised, Wording
from core.match.port import Span
from core.model import (
    AlertId,
    Article,
    ArticleId,
    BotId,
    ChatId,
    DeliveryId,
    Listing,
    MessageId,
    QueryId,
    Source,
    SourceId,
    StoryId,
    Target,
)
from core.outbox import Due, Settlement
from core.role import RolesTx
from core.sighting import Sighting
from core.standing import Standing
from core.story import Change
from core.subscribe import Chat, Language, PeopleTx
from core.trouble import Trouble, Waiting
from core.visits import Record, Sequel

Clock = Callable[[], datetime]
"""The time now: aware, UTC."""

T = TypeVar("T")

Retired = Literal["gone", "stopped"]
"""A source is visited no more: it said that it is gone for good, or a person wanted it so."""


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
    retired: Retired | None = None
    """Why it is not visited any more; `None` where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDay:
    """The visits of a source on one day, UTC, in sum."""

    day: date
    visits: int
    failed: int
    new: int
    wire: int
    """Bytes that came."""
    took: timedelta


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
    muted_until: datetime | None
    """Its reader wants to hear nothing new of it before; `None` where they never muted it."""
    zone: str | None = None
    """The reader's own, of the IANA database; `None` where they told none."""
    answers: bool = False
    """Whether it is a follow-up of what an earlier message told."""
    change: Change | None = None
    """What is new in the story against the one that it follows."""
    told_in: str | None = None
    """The headline of another message of the target, where its story and this one's turned out to be one."""

    def muted(self, *, now: datetime) -> bool:
        """Whether its reader wants to hear nothing new of it now."""
        return self.muted_until is not None and self.muted_until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why an alert was sent, as far as the store knows."""

    view: AlertView
    queries: tuple[tuple[str, str], ...]
    """Of the target's subscriptions that the story answers: name, and text."""
    reason: str
    """Of the article's place in its story, in figures."""
    articles: int
    """In the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An article that an editor's word concerned: a label for whoever measures how stories are told apart."""

    key: str
    seen: datetime
    outlet: str
    title: str
    text: str
    story: StoryId
    thread: StoryId | None
    """The first story of its thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An update as Telegram sent it, waiting to be answered."""

    bot: BotId
    update: int
    payload: str
    """JSON."""
    attempts: int
    """Tries so far, this one included, also those that ended the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """An update that could not be answered, as an admin sees it: nothing of what was written."""

    update: int
    heard: datetime
    reason: str


class SourcesTx(Protocol):
    """Where news comes from."""

    def add_source(
        self,
        url: str,
        *,
        name: str | None,
        outlet: str,
        every: timedelta | None,
        now: datetime,
        listing: Listing | None = None,
    ) -> SourceId | None:
        """The new source's number, or `None` where the address is watched already.

        Without an interval it is visited at the pace of what it publishes. A `listing` says how a page is read.
        """

    def read_by(self, url: str, listing: Listing, *, now: datetime) -> None:
        """Has a page that is watched be read by other selectors, and visited now."""

    def name_source(self, source: SourceId, name: str) -> None:
        """Gives a source the name its feed carries, where no person named it."""

    def sources(self) -> list[SourceState]: ...
    def source_state(self, source: SourceId) -> SourceState | None: ...

    def claim_sources(self, *, now: datetime, until: datetime, limit: int, busy: Sequence[str] = ()) -> list[Source]:
        """Those due the longest, one of a site at most, in any order; each is nobody else's until its lease ends.

        Sites that are busy are left out.
        """

    def unseen(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the article keys that were not taken in yet."""

    def numbered(self, source: SourceId, numbers: Mapping[str, datetime]) -> dict[str, str]:
        """Keys of the source's articles by its own numbers, of those that appeared at these very moments."""

    def settle_visit(self, source: Source, sequel: Sequel, record: Record, *, now: datetime) -> bool:
        """Ends a visit, and keeps its record; false, and nothing changed, where the claim is no longer ours."""

    def spread_due(self, *, now: datetime, each: timedelta) -> int:
        """Has what is overdue come due one after the other, so far apart, the longest due first; returns how many."""

    def stop_source(self, source: SourceId) -> None:
        """It is visited no more; what it gave is kept."""

    def retry_source(self, source: SourceId, *, now: datetime) -> None:
        """Due at once, however it failed, also if it was visited no more."""

    def move_source(self, source: SourceId, url: str, *, now: datetime) -> bool:
        """Goes over to another address, due at once; false where that is watched already."""

    def repeated(self, source: SourceId, marks: Collection[int]) -> frozenset[int]:
        """Those of the paragraphs that so many articles of the source have that they are the source's own."""

    def keep_listed(self, keys: Sequence[str], *, now: datetime) -> None:
        """Articles with these keys are still listed by their source, and are not forgotten while they are."""

    def records(self, source: SourceId, *, limit: int) -> list[Record]:
        """The last visits, the newest first."""

    def source_days(self, source: SourceId, *, limit: int) -> list[SourceDay]:
        """The last days on which it was visited, the newest first."""

    def claim_pages(self, *, now: datetime, until: datetime, limit: int) -> list[PageWish]:
        """Articles whose page is to be tried again, the longest due first; tried again at `until` at the latest."""

    def revised(self, source: SourceId, wordings: Mapping[str, Wording], *, since: datetime) -> list[Revised]:
        """Articles of this source, seen since then, that it words otherwise now, by key.

        A headline that the article had before changes nothing.
        """

    def earlier_titles(self, article: ArticleId) -> list[str]:
        """The headlines that it had before, the first one first."""

    def put_off_page(self, article: ArticleId, *, due_at: datetime | None) -> None:
        """The page could not be read this time either; `None` leaves it at its summary."""

    def query_changes(self, since: int) -> list[tuple[QueryId, str, bool]]:
        """Queries whose followers changed after this generation: number, canonical text, whether followed now."""


class CorrectionsTx(Protocol):
    """What editors say of stories."""

    def article_of(self, key: str) -> ArticleId | None: ...

    def join_corrected(self, story: StoryId, other: StoryId, *, by: Target | None, now: datetime) -> bool:
        """Two stories are one: messages are edited, nothing is deleted. False where they are, or one is not known."""

    def split_corrected(self, article: ArticleId, *, by: Target | None, now: datetime) -> StoryId | None:
        """An article tells another event: it opens a story of its own, and is told. `None` where it is alone."""

    def stories_beside(self, target: Target, story: StoryId, *, limit: int) -> list[tuple[StoryId, str]]:
        """Of its thread, or told to the target of late: each with its first headline, the newest first."""

    def corrections(self) -> list[Corrected]:
        """Every article that these words concerned, with the story that it is in now, in order of time."""


class ChatsTx(Protocol):
    """Who is spoken to."""

    def meet(self, target: Target, *, language: Language, now: datetime) -> Chat:
        """The chat as it is known, made known now where it was not; one that was gone is back."""

    def set_language(self, target: Target, language: Language) -> None: ...
    def known_chat(self, target: Target) -> Chat | None:
        """The chat as it is known; `None` where it was never met, or is gone."""

    def await_text(self, target: Target, about: str | None) -> None:
        """What the chat's next text is about; `None`: a query like any other."""

    def manage(self, target: Target, chat: ChatId | None) -> None:
        """What is said in this private chat is about that group or channel from now on; `None`: about itself."""

    def chats_of(self, owner: Target) -> list[tuple[ChatId, str]]:
        """Groups and channels, with their titles, to which this person added the bot."""

    def intern_query(self, text: str) -> QueryId: ...
    def share(self, target: Target, query: QueryId, token: str) -> str:
        """A word for a link that leads to the query: the new token, or the one that this chat had made before."""

    def shared(self, token: str) -> str | None:
        """The text of the query that the word leads to."""


class StandingTx(Protocol):
    """Which chats and topics can be written to."""

    def standing(self, target: Target) -> Standing | None:
        """How it stands; `None` where the chat was never met."""

    def introduce_chat(self, target: Target, *, owner: ChatId | None, title: str) -> None:
        """What a group or channel is called, and who added the bot, where that is known."""

    def chat_gone(self, target: Target, reason: str, *, final: bool, now: datetime) -> None:
        """Nothing is sent to a chat that is gone; unless for good, what waits for it is kept for a while."""

    def chat_back(self, target: Target, *, now: datetime) -> None:
        """A chat that was gone is there again: what waits for it leaves, but what is too old is refused."""

    def chat_shut(self, target: Target, reason: str, *, now: datetime) -> None:
        """The right to write there is lost: what waits is kept, and tried again in a while."""

    def chat_open(self, target: Target, *, now: datetime) -> None:
        """The right to write there is back: what waits leaves now."""


class InboxTx(Protocol):
    """What people wrote, until it is answered."""

    def hear(self, bot: BotId, updates: Sequence[tuple[int, ChatId | None, str]], *, now: datetime) -> int:
        """Stores updates (number, chat, JSON); returns how many were new."""

    def next_heard(self, bot: BotId) -> Heard | None:
        """The oldest unanswered update, counted as tried once more; what broke a handler waits behind the others."""

    def answered(self, heard: Heard, *, now: datetime) -> None: ...

    def set_aside(self, heard: Heard, reason: str, *, now: datetime) -> bool:
        """Not tried again; whether it is the only one that was set aside for this reason."""

    def asides(self) -> list[Aside]:
        """What was set aside, the earliest first."""

    def retry_aside(self, update: int) -> bool:
        """Heard as if anew; false where no such update was set aside."""


class OutboxTx(Protocol):
    """What is on its way to people."""

    def say(
        self,
        target: Target,
        payload: str,
        *,
        edits: MessageId | None,
        now: datetime,
        replies_to: MessageId | None = None,
    ) -> DeliveryId:
        """Puts an answer on its way: a rendered screen, as a new message, perhaps under another, or in place of one."""

    def account_for(self, bot: BotId, numbers: Sequence[tuple[ChatId, MessageId]], *, now: datetime) -> None:
        """Other people's messages: a look-up will not take them for ours."""

    def claim_deliveries(self, bot: BotId, *, now: datetime, until: datetime, limit: int) -> list[Due]:
        """At most one per chat: what is to be looked up, then, as many as the bot's pace lets leave now, answers
        before alerts, and of these each story's in turn."""

    def settle_delivery(self, due: Due, settlement: Settlement, *, now: datetime) -> bool:
        """Writes down what came of a try or a look-up; false, and nothing changed, where the claim is not ours now."""

    def alert_view(self, alert: AlertId) -> AlertView | None: ...
    def alert_grounds(self, target: Target, alert: AlertId) -> Grounds | None:
        """`None` where it is no alert of this target's."""

    def bundled(self, digest: DeliveryId) -> list[AlertId]:
        """The alerts that go with a digest, the oldest first."""

    def pack_bundle(
        self, due: Due, payload: str, *, told: Sequence[AlertId], void: Sequence[AlertId], now: datetime
    ) -> bool:
        """A digest as it is about to leave: `told` go with it, `void` have nothing left to tell, others wait on.

        False, and nothing changed, where the claim is no longer ours.
        """

    def alert_delays(self, target: Target, *, limit: int) -> list[timedelta]:
        """From publication to message, of the last alerts that were sent to the target at once."""

    def next_due(self, bot: BotId) -> datetime | None:
        """When the next delivery may leave."""


class ArchiveTx(Protocol):
    """What was taken in and told, for people who ask; and the sites that they ask for."""

    def sighting(self, target: Target, key: str) -> Sighting | None:
        """The article of that key, and what the target was told of its story; `None` where it was never taken in."""

    def alert_story(self, target: Target, alert: AlertId) -> StoryId | None:
        """`None` where it is no alert of this target's."""

    def story_articles(self, story: StoryId) -> list[Article]:
        """All that tell it, in order of time."""

    def suggest_site(self, target: Target, site: str, *, most: int, now: datetime) -> bool | None:
        """Whether nobody asked for that site before; `None` where the target asked for so many within a day."""


class UpkeepTx(Protocol):
    """What keeps the store in order."""

    def release_leases(self, *, now: datetime) -> None:
        """After a start as the only process: nobody holds anything; what was being sent is unknown."""

    def expire_leases(self, *, now: datetime) -> int:
        """What was being sent by a worker that is no more is unknown; returns how many."""

    def forget_old(self, *, now: datetime, limit: int) -> int:
        """Deletes what is kept no longer, at most `limit` rows of each kind; returns how many."""

    def move_chat(self, bot: BotId, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup."""


class TroublesTx(Protocol):
    """What goes wrong around the program, and what waits."""

    def troubles(self) -> list[Trouble]:
        """The last of each kind."""

    def put_trouble(self, trouble: Trouble) -> None:
        """In place of the one of its kind."""

    def waiting(self, *, now: datetime) -> Waiting:
        """Everything whose turn has come and that was not dealt with yet."""

    def alive(self, *, now: datetime) -> datetime | None:
        """The program lives now; returns when it last said so, `None` where it never did."""

    def clock_went_back(self, by: timedelta, *, now: datetime) -> None:
        """The clock was set back to `now`: what was to happen a while from then happens as long a while from now."""

    def gather_stragglers(self, *, now: datetime) -> None:
        """Soon after `clock_went_back`: holds and leases that were written by the old clock since then go back too."""


class Tx(
    IngestTx,
    EffectTx,
    AilmentsTx,
    PeopleTx,
    SourcesTx,
    ChatsTx,
    StandingTx,
    InboxTx,
    OutboxTx,
    UpkeepTx,
    TroublesTx,
    ConceptsTx,
    RolesTx,
    ArchiveTx,
    CorrectionsTx,
    Protocol,
):
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
