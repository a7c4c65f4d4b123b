"""What the tests of the store speak in: people, sources, articles, and verbs in transactions of their own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.growth import GROWTH, Growth
from core.ingest import Prepared, Taken, ingest
from core.lookup import Look, after_look
from core.match.port import Hit, Match, Span
from core.meaning import Term, Tier
from core.model import BotId, ChatId, MessageId, QueryId, Source, SourceId, Target, Validators
from core.outbox import Due, Outcome, after_try
from core.ports import Store
from core.story import Gist
from core.subscribe import follow
from core.visits import Record, Sequel

BOT = BotId(100)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


class Verbs:
    """`await verbs.meet(…)` is that verb in a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, verb):
        async def run(*given, **named):
            return await self._store.write(lambda tx: getattr(tx, verb)(*given, **named))

        return run

    async def do(self, work, *given, **named):
        """A function of the core's in a transaction of its own."""
        return await self._store.write(lambda tx: work(tx, *given, **named))


def chat(number: int, thread: int = 0) -> Target:
    return Target(bot=BOT, chat=ChatId(number), thread=thread)


OKSANA, PETRO, GROUP = chat(1), chat(2), chat(-7)


async def meet(db: Verbs, *targets: Target) -> None:
    for target in targets:
        await db.meet(target, language="uk", now=NOON)


async def say(db: Verbs, target: Target, *words: str, at: datetime = NOON) -> None:
    for word in words:
        await db.say(target, word, edits=None, now=at)


async def claim(db: Verbs, clock: HandClock, *, limit: int = 30) -> list[Due]:
    return await db.claim_deliveries(BOT, now=clock(), until=clock() + MINUTE, limit=limit)


async def claimed(db: Verbs, clock: HandClock) -> list[str | None]:
    return [due.payload for due in await claim(db, clock)]


async def settle(db: Verbs, clock: HandClock, due: Due, outcome: Outcome | Look) -> bool:
    """What came of a send, or of a look-up."""
    after = after_try if due.search is None else after_look
    return await db.settle_delivery(due, after(due, outcome, now=clock()), now=clock())


async def wrote(db: Verbs, target: Target, *numbers: int) -> None:
    """People's messages are heard, under these numbers."""
    await db.account_for(BOT, [(target.chat, MessageId(number)) for number in numbers], now=NOON)


async def follows(db: Verbs, target: Target, word: str) -> QueryId:
    """The target follows the word as of noon; it is met where it was not."""
    await db.meet(target, language="uk", now=NOON)
    query = await db.intern_query(word)
    await db.do(follow, target, query, word, now=NOON)
    return query


async def opened(db: Verbs, url: str, *, name: str | None = None, outlet: str | None = None) -> Source:
    """A source watched since noon and visited before, as its visitor holds it."""
    number = await db.add_source(url, name=name, outlet=outlet or url, every=MINUTE, now=NOON)
    return source(number, url=url, outlet=outlet or url)


def source(number: SourceId, *, url: str = "https://a.test/feed", outlet: str = "a.test") -> Source:
    return Source(
        id=number,
        url=url,
        name=outlet,
        outlet=outlet,
        every=MINUTE,
        validators=Validators(),
        visited=True,
        failures=0,
        epoch=0,
    )


def sequel(by: Source, *, due_at: datetime, **changes) -> Sequel:
    """The source goes on as after a visit that found nothing new, but for what is said otherwise."""
    usual = {"url": by.url, "validators": by.validators, "visited": True, "failures": 0, "reason": "", "status": 304}
    return Sequel(**(usual | {"due_at": due_at, "memory": by.memory} | changes))


def failed(by: Source, *, due_at: datetime, reason: str = "HTTP 500", status: int | None = 500, **changes) -> Sequel:
    """The source goes on as after a visit that failed."""
    unchanged = {"visited": by.visited, "failures": by.failures + 1}
    return sequel(by, due_at=due_at, reason=reason, status=status, **(unchanged | changes))


def record(*, at: datetime = NOON, **changes) -> Record:
    usual = {"outcome": "unchanged", "status": 304, "reason": "", "took": SECOND, "wire": 0, "decoded": 0}
    return Record(**(usual | {"at": at, "entries": 0, "new": 0} | changes))


def article(
    key: str,
    title: str = "Мінськ відпустив",
    *,
    outlet: str = "",
    text: str = "",
    matches: tuple[Match, ...] = (),
    told: bool = True,
    page_missing: bool = False,
    published: datetime = NOON,
) -> Prepared:
    """An article whose lemmas are simply its words."""
    title_words, text_words = tuple(title.lower().split()), tuple(text.lower().split())
    return Prepared(
        key=key,
        url=f"https://{key}",
        outlet=outlet,
        title=title,
        text=text,
        published=published,
        gist=Gist(title=title_words, body=text_words, names=frozenset(), numbers=frozenset()),
        words=title_words + text_words,
        matches=matches,
        told=told,
        page_missing=page_missing,
    )


def match(query: QueryId, *places: tuple[int, int]) -> Match:
    return matched(query, *(Span(start, end, "title") for start, end in places))


def matched(query: QueryId, *spans: Span) -> Match:
    """The query answered with forms of its one word at these places."""
    term = Term((), "")
    return Match(query=query, hits=tuple(Hit(term=term, span=span, tier=Tier.FORM) for span in spans))


async def publish(db: Verbs, by: Source, *articles: Prepared, at: datetime = NOON, growth: Growth = GROWTH) -> Taken:
    """The articles are taken in, as one visit of the source brings them."""
    generation = await db.generation()
    return await db.do(
        ingest,
        source=by,
        prepared=[replace(one, outlet=one.outlet or by.outlet) for one in articles],
        generation=generation,
        growth=growth,
        now=at,
    )
