"""A day of many readers in many zones, by a clock that is moved: who is rung when, and what each is told.

    python -m bench.day [PEOPLE] [STORIES]

Each person follows one of twenty words, in one of five manners, most with quiet hours of their own zone; the stories
come through a day and a night, a third of them told by a second outlet too. Everything but Telegram is the program's
own: the store, the times at which alerts leave, the courier, the messages.
"""

import asyncio
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.courier import Courier, Loads
from bot.messenger import Messenger
from bot.screen import Screen
from core.growth import GROWTH
from core.ingest import Prepared, ingest
from core.match.port import Hit, Match, Span
from core.meaning import Term, Tier
from core.model import BotId, ChatId, MessageId, QueryId, Source, Target
from core.outbox import Outcome, Sent
from core.ports import Store, Tx
from core.story import Gist
from core.subscribe import arrange, follow, set_clock
from core.timing import Manner, Quiet
from store.sqlite import sqlite_store

BOT = BotId(1)
BEGIN = datetime(2026, 3, 28, 6, 0, tzinfo=UTC)
"""The night that follows is the one in which Europe's clocks go forward."""
DAY = timedelta(days=1)
STEP = timedelta(minutes=1)
AFTER = timedelta(days=8)
"""Until then every digest, weekly ones too, has left."""
WORDS = 20
ZONES = ("Europe/Kyiv", "Europe/Warsaw", "America/New_York", "Asia/Tbilisi")
QUIET = Quiet(23 * 60, 7 * 60)
MANNERS = (
    Manner(),
    Manner(urgent=True),
    Manner(rhythm="hourly"),
    Manner(rhythm="daily", at=8 * 60),
    Manner(rhythm="weekly", at=19 * 60, weekday=4),
)
PUNCTUAL = timedelta(minutes=5)
"""A digest leaves within this of its hour: beside it leave all others of that hour, at Telegram's pace."""
_NUMBER = re.compile(r"№(\d+)")


@dataclass(frozen=True, slots=True)
class Person:
    """A reader: what they follow, how, and by which clock."""

    chat: ChatId
    word: int
    manner: Manner
    zone: ZoneInfo
    quiet: Quiet | None

    def minute(self, at: datetime) -> int:
        """Of their day."""
        there = at.astimezone(self.zone)
        return there.hour * 60 + there.minute


@dataclass(frozen=True, slots=True)
class Ring:
    """A new message to a person, and the stories that it tells."""

    chat: ChatId
    at: datetime
    stories: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the day came to; everything from `lost` on should be 0."""

    people: int
    stories: int
    alerts: int
    messages: int
    edits: int
    lost: int
    repeated: int
    woken: int
    """Messages within quiet hours to somebody whose subscription is not urgent."""
    late_digests: int
    latest: timedelta
    """Of a digest, after its hour."""

    @property
    def faults(self) -> int:
        return self.lost + self.repeated + self.woken + self.late_digests


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now


class Crowd(Messenger):
    """In place of Telegram: everything arrives at once, and is written down."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._number = 0
        self.rings: list[Ring] = []
        self.edits = 0

    async def send(
        self, target: Target, screen: Screen, *, edits: MessageId | None, replies_to: MessageId | None = None
    ) -> Outcome:
        if edits is not None:
            self.edits += 1
            return Sent(edits)
        self._number += 1
        stories = tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(screen.text)))
        self.rings.append(Ring(target.chat, self._clock(), stories))
        return Sent(MessageId(self._number))


def people(count: int, dice: random.Random) -> list[Person]:
    """All zones, manners and words in turn; three of four have quiet hours."""
    return [
        Person(
            chat=ChatId(1000 + number),
            word=dice.randrange(WORDS),
            manner=MANNERS[number % len(MANNERS)],
            zone=ZoneInfo(ZONES[number // len(MANNERS) % len(ZONES)]),
            quiet=QUIET if dice.random() < 0.75 else None,
        )
        for number in range(count)
    ]


async def a_day(database: Path, *, readers: Sequence[Person], stories: int, dice: random.Random) -> Figures:
    """The stories come, and everything leaves in its time."""
    clock = Clock()
    crowd = Crowd(clock)
    words = [dice.randrange(WORDS) for _ in range(stories)]
    times = sorted(BEGIN + DAY * dice.random() for _ in range(stories))
    async with sqlite_store(database) as store:
        sources, queries = await store.write(lambda tx: _settle_in(tx, readers))
        courier = Courier(
            store=store,
            messenger=crowd,
            bot=BOT,
            clock=clock,
            zone=UTC,
            loads=Loads(),
            on_room=lambda: None,
            alarm=_break,
        )
        waiting = list(_tellings(words, times, dice))[::-1]
        while clock.now < BEGIN + DAY + timedelta(hours=4):
            while waiting and waiting[-1][0] <= clock.now:
                at, number, outlet = waiting.pop()
                piece = _piece(number, sources[outlet], queries[words[number]], at)
                await store.write(lambda tx, s=sources[outlet], p=piece: _take_in(tx, s, p, clock.now))  # type: ignore[misc]
            await _carry(store, courier, clock, until=clock.now + STEP)
        await _carry(store, courier, clock, until=BEGIN + AFTER)
    return figures(readers, words, crowd)


def _settle_in(tx: Tx, readers: Sequence[Person]) -> tuple[list[Source], list[QueryId]]:
    for outlet in ("a.example", "b.example"):
        tx.add_source(f"https://{outlet}/rss", name=outlet, outlet=outlet, every=STEP, now=BEGIN)
    queries = [tx.intern_query(f"слово{word}") for word in range(WORDS)]
    for person in readers:
        target = Target(bot=BOT, chat=person.chat)
        tx.meet(target, language="uk", now=BEGIN)
        set_clock(tx, target, zone=str(person.zone), quiet=person.quiet, now=BEGIN)
        follow(tx, target, queries[person.word], f"слово{person.word}", now=BEGIN)
        arrange(tx, target, tx.subscriptions(target)[0].id, person.manner, now=BEGIN)
    return [state.source for state in tx.sources()], queries


def _tellings(
    words: Sequence[int], times: Sequence[datetime], dice: random.Random
) -> Iterator[tuple[datetime, int, int]]:
    """Every story by its first outlet, and a third of them by another one minutes later, in order of time."""
    told = [(at, number, 0) for number, at in enumerate(times)]
    told += [(at + timedelta(minutes=20 * dice.random()), number, 1) for at, number, _ in told if number % 3 == 0]
    yield from sorted(told)


def _piece(number: int, source: Source, query: QueryId, at: datetime) -> Prepared:
    """An article that shares words with the other telling of its story alone."""
    lemmas = tuple(f"лема{number}{letter}" for letter in "абвгде")
    hit = Hit(term=Term((), ""), span=Span(0, 5, "title"), tier=Tier.FORM)
    return Prepared(
        key=f"{source.outlet}/{number}",
        url=f"https://{source.outlet}/{number}",
        outlet=source.outlet,
        title=f"Подія №{number}",
        text="Подробиці згодом.",
        published=at,
        gist=Gist(title=lemmas, body=(), names=frozenset(), numbers=frozenset()),
        words=("подія",),
        matches=(Match(query=query, hits=(hit,)),),
        told=True,
    )


def _take_in(tx: Tx, source: Source, piece: Prepared, now: datetime) -> None:
    ingest(tx, source=source, prepared=[piece], generation=tx.generation(), growth=GROWTH, now=now)


async def _carry(store: Store, courier: Courier, clock: Clock, *, until: datetime) -> None:
    """Everything that is due by then leaves, each as soon as it may; then it is that time."""
    while True:
        await courier.round()
        await courier.rest()
        soon = await store.read(lambda tx: tx.next_due(BOT))
        if soon is None or soon > until:
            clock.now = until
            return
        clock.now = max(clock.now, soon)


def _break(error: BaseException) -> None:
    raise error


def figures(readers: Sequence[Person], words: Sequence[int], crowd: Crowd) -> Figures:
    """The day, counted from what was written down."""
    by_chat = {person.chat: person for person in readers}
    wanted = {(person.chat, number) for person in readers for number, word in enumerate(words) if word == person.word}
    told = Counter((ring.chat, number) for ring in crowd.rings for number in ring.stories)
    lateness = [late for ring in crowd.rings if (late := _late(by_chat[ring.chat], ring.at)) is not None]
    return Figures(
        people=len(readers),
        stories=len(words),
        alerts=len(wanted),
        messages=len(crowd.rings),
        edits=crowd.edits,
        lost=len(wanted - told.keys()),
        repeated=sum(times - 1 for times in told.values()) + len(told.keys() - wanted),
        woken=sum(_wakes(by_chat[ring.chat], ring.at) for ring in crowd.rings),
        late_digests=sum(late > PUNCTUAL for late in lateness),
        latest=max(lateness, default=timedelta(0)),
    )


def _wakes(person: Person, at: datetime) -> bool:
    return person.quiet is not None and person.quiet.holds(person.minute(at)) and not person.manner.urgent


def _late(person: Person, at: datetime) -> timedelta | None:
    """How long after the hour that they chose; `None` where they chose none."""
    if person.manner.rhythm not in ("daily", "weekly"):
        return None
    there = at.astimezone(person.zone)
    days_off = (there.weekday() - person.manner.weekday) % 7 if person.manner.rhythm == "weekly" else 0
    return timedelta(days=days_off, minutes=(person.minute(at) - person.manner.at) % (24 * 60))


def main() -> None:
    count, stories = (int(given) for given in (*sys.argv[1:], *("200", "1500")[len(sys.argv) - 1 :]))
    dice = random.Random(7)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(a_day(Path(folder) / "day.db", readers=people(count, dice), stories=stories, dice=dice))
    print(f"{found.people} people in {len(ZONES)} zones, {found.stories} stories in a day and a night")
    print(f"{found.alerts} alerts wanted: {found.messages} messages, {found.edits} silent edits")
    print(f"lost {found.lost}, told twice {found.repeated}, woken in quiet hours {found.woken}")
    print(f"digests late {found.late_digests}, the latest {found.latest.total_seconds():.0f} s after its hour")
    print(f"{time.monotonic() - begun:.0f} s")
    raise SystemExit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
