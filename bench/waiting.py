"""Alerts that wait for many chats: put there by the store's own verbs, and told apart by what was sent."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw

from chatovyi.clock import system_clock
from core.growth import GROWTH
from core.ingest import Prepared, ingest
from core.match.port import Hit, Match, Span
from core.meaning import Term, Tier
from core.model import BotId, ChatId, MessageId, QueryId, Source, Target
from core.ports import Tx
from core.story import Gist
from core.subscribe import follow
from store.sqlite import sqlite_store

WORD = "подія"
_FEED = "https://dzvin.example/rss"
_NUMBER = re.compile(rf"{WORD} №(\d+)")
_NEVER = 1 << 60
"""A due time beyond this does not come: the delivery is not tried again."""

Told = tuple[int, int]
"""A chat, and the number of the story it heard of."""


async def fill(database: Path, *, bot: BotId, begun: Mapping[int, int], stories: int) -> set[Told]:
    """Every chat follows one word, and so many stories with it are taken in; returns all that must be told.

    `begun`: by chat, the number of the message with which its person began.
    """
    async with sqlite_store(database) as store:
        await store.write(lambda tx: _fill(tx, bot, begun, stories))
    return {(chat, story) for chat in begun for story in range(stories)}


def _fill(tx: Tx, bot: BotId, begun: Mapping[int, int], stories: int) -> None:
    now = system_clock()
    tx.add_source(_FEED, name="Дзвін", outlet="dzvin.example", every=timedelta(minutes=5), now=now)
    query = tx.intern_query(WORD)
    for chat in begun:
        target = Target(bot=bot, chat=ChatId(chat))
        tx.meet(target, language="uk", now=now)
        follow(tx, target, query, WORD, now=now)
    tx.account_for(bot, [(ChatId(chat), MessageId(message)) for chat, message in begun.items()], now=now)
    source = tx.sources()[0].source
    pieces = [_piece(number, source, query) for number in range(stories)]
    ingest(tx, source=source, prepared=pieces, generation=tx.generation(), growth=GROWTH, now=now)


def _piece(number: int, source: Source, query: QueryId) -> Prepared:
    """An article that shares no word with another, and so is a story of its own."""
    title = f"{WORD} №{number}"
    hit = Hit(term=Term((), ""), span=Span(0, len(WORD), "title"), tier=Tier.FORM)
    return Prepared(
        key=f"dzvin.example/{number}",
        url=f"https://dzvin.example/{number}",
        outlet=source.outlet,
        title=title,
        text=f"Стаття {number}.",
        published=system_clock(),
        gist=Gist(title=(f"{WORD}-{number}",), body=(), names=frozenset(), numbers=frozenset()),
        words=(WORD,),
        matches=(Match(query=query, hits=(hit,)),),
        told=True,
    )


def stories_in(text: str) -> list[int]:
    """The numbers of the stories that a message tells: one, or as many as a digest holds."""
    return [int(number) for number in _NUMBER.findall(text)]


def lost(expected: set[Told], told: Iterable[Told]) -> int:
    """How many were never told."""
    return len(expected - set(told))


def repeats(told: Iterable[Told]) -> int:
    """How often something was told once more than needed."""
    return sum(times - 1 for times in Counter(told).values())


def outbox(database: Path) -> Counter[str]:
    """Deliveries by state, looked at from outside; `given up` is an unknown one that is not tried again."""
    with closing(apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        connection.set_busy_timeout(5000)
        rows = connection.execute(
            """SELECT CASE WHEN state = 'unknown' AND due_at > :never THEN 'given up' ELSE state END, count(*)
               FROM delivery GROUP BY 1""",
            {"never": _NEVER},
        )
        return Counter({str(state): int(str(count)) for state, count in rows})


def under_way(states: Counter[str]) -> int:
    """Deliveries that something is still to be done about."""
    return states["pending"] + states["sending"] + states["unknown"]
