"""How fast alerts leave while one story floods the outbox: the cost of a claim, fairness, and the pace kept.

    python -m bench.pace            20,000 chats hear of one story; ten seconds later another story comes, for 100

Time is simulated, the store is real. The control is plain first-come order.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from core.ingest import Prepared
from core.model import ArticleId, BotId, ChatId, MessageId, QueryId, Source, StoryId, Target, Validators
from core.outbox import Due, Sent, after_try
from core.ports import Tx
from core.story import Gist
from store.sqlite import SqliteStore, sqlite_store
from store.tx import SqlTx

BOT = BotId(1)
START = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)
OTHERS = 100
"""Chats that hear of the other story."""
AFTER = timedelta(seconds=10)
"""When the other story comes."""
LENGTH = timedelta(seconds=60)


def main() -> None:
    """Prints the figures for fair order and for the control."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--chats", type=int, default=20_000)
    chats = parser.parse_args().chats
    for name, first_come in (("fair between stories", False), ("control: first come, first served", True)):
        asyncio.run(_measure(name, chats, first_come=first_come))


async def _measure(name: str, chats: int, *, first_come: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with sqlite_store(Path(folder) / "pace.db") as store:
            flood, other = await store.write(lambda tx: _world(tx, chats))
            begun = time.perf_counter()
            await store.write(_put(flood, first_come=first_come, now=START))
            put = time.perf_counter() - begun
            left, claims = await _sixty_seconds(store, other, first_come=first_come)
    times = [moment for moment, _ in left]
    late = [(moment - START - AFTER).total_seconds() for moment, chat in left if chat > chats]
    print(f"{name}:")
    print(f"  {chats} alerts put on their way in {put * 1000:.0f} ms")
    usual, longest = statistics.median(claims) * 1000, max(claims) * 1000
    print(f"  a claim among them, before its commit: median {usual:.2f} ms, longest {longest:.1f} ms")
    shown = [f"{late[count - 1]:.2f} s" if len(late) >= count else "never" for count in (1, 10, OTHERS)]
    print(f"  of the other story the 1st alert left after {shown[0]}, the 10th {shown[1]}, the {OTHERS}th {shown[2]}")
    print(f"  {len(left)} messages in {LENGTH.seconds} s, at most {_peak(times)} in any second")


Story = tuple[StoryId, ArticleId, list[QueryId]]


def _world(tx: Tx, chats: int) -> tuple[Story, Story]:
    """Two stories, and who follows which."""
    watched = tx.add_source("https://a.test/", name="a", outlet="a", every=LEASE, now=START)
    assert watched is not None
    source = Source(
        id=watched,
        url="https://a.test/",
        name="a",
        outlet="a",
        every=LEASE,
        validators=Validators(),
        visited=True,
        failures=0,
        epoch=0,
    )
    stories = []
    for word, numbers in (("flood", range(1, chats + 1)), ("other", range(chats + 1, chats + OTHERS + 1))):
        query = tx.intern_query(word)
        for number in numbers:
            target = Target(bot=BOT, chat=ChatId(number))
            tx.meet(target, language="uk", now=START)
            tx.add_subscription(target, query, word, now=START)
        stories.append(_story(tx, source, word, query))
    return stories[0], stories[1]


def _story(tx: Tx, source: Source, word: str, query: QueryId) -> Story:
    gist = Gist(title=(word,), body=(), names=frozenset(), numbers=frozenset())
    prepared = Prepared(
        key=word,
        url=None,
        outlet="a",
        title=word,
        text="",
        published=START,
        gist=gist,
        words=(word,),
        matches=(),
        told=True,
        page_missing=False,
    )
    article = tx.add_article(source, prepared, now=START)
    assert article is not None
    return tx.open_story(article, reason="bench", now=START), article, [query]


def _put(story: Story, *, first_come: bool, now: datetime) -> Callable[[Tx], None]:
    """Puts the alerts of a story on their way."""

    def work(tx: Tx) -> None:
        tx.add_alerts(*story, now=now)
        if first_come:
            assert isinstance(tx, SqlTx)
            tx._run("UPDATE delivery SET rank = 0")

    return work


async def _sixty_seconds(
    store: SqliteStore, other: Story, *, first_come: bool
) -> tuple[list[tuple[datetime, int]], list[float]]:
    """What leaves and when, each as soon as it may and arriving at once; and how long each claim took."""
    now, left, claims, told = START, list[tuple[datetime, int]](), list[float](), False
    while now < START + LENGTH:
        if now >= START + AFTER and not told:
            told = True
            await store.write(_put(other, first_come=first_come, now=now))
        dues, took = await store.write(partial(_claim, now=now))
        claims.append(took)
        for due in dues:
            left.append((now, due.target.chat))
            await store.write(_arrives(due, MessageId(len(left)), now))
        soon = await store.read(_next_due)
        now = soon or now + LENGTH
    return left, claims


def _next_due(tx: Tx) -> datetime | None:
    return tx.next_due(BOT)


def _claim(tx: Tx, *, now: datetime) -> tuple[list[Due], float]:
    begun = time.perf_counter()
    return tx.claim_deliveries(BOT, now=now, until=now + LEASE, limit=30), time.perf_counter() - begun


def _arrives(due: Due, message: MessageId, now: datetime) -> Callable[[Tx], bool]:
    return lambda tx: tx.settle_delivery(due, after_try(due, Sent(message), now=now), now=now)


def _peak(times: list[datetime]) -> int:
    """The most in any window of a second."""
    second = timedelta(seconds=1)
    return max(bisect_left(times, start + second) - index for index, start in enumerate(times))


if __name__ == "__main__":
    main()
