"""The desk where entries become articles, matched against everything that is followed at that moment."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from core.concept import concepts_since
from core.growth import GROWTH, Growth
from core.ingest import PageWish, Prepared, Revised, Stale, Taken, amend, ingest, is_learnt, prepare, rematch, revise
from core.linguist import Linguist
from core.match.followed import Changes, Followed
from core.match.snapshot import Arrays
from core.model import Entry, QueryId, Source
from core.plain import marks
from core.ports import Clock, Store

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


MOST_WASTE = 0.5
"""Share of a snapshot that may be of queries followed no more."""


class Keep(Protocol):
    """Where a snapshot of what is followed is kept from one run to the next; it may be lost at any time."""

    def load(self) -> Arrays | None: ...
    def save(self, arrays: Arrays) -> None: ...


class Desk:
    """Holds what is followed. All of its reading and matching is done on one thread, so the loop never waits for it."""

    def __init__(
        self, *, store: Store, linguist: Linguist, clock: Clock, growth: Growth = GROWTH, keep: Keep | None = None
    ) -> None:
        """With a `keep` it begins where it was left, and need not read every query again."""
        self._store = store
        self._clock = clock
        self._growth = growth
        self._linguist = linguist
        self._keep = keep
        self._followed = self._begun()
        self._checked = False
        self._thread = ThreadPoolExecutor(1, "desk")

    async def take_in(self, source: Source, entries: Sequence[Entry]) -> Taken:
        """Takes entries in, in this order; where somebody subscribed in the meantime, that query is matched too."""
        prepared, generation = await self._prepared(source, entries)
        while True:
            work = partial(
                ingest,
                source=source,
                prepared=prepared,
                generation=generation,
                growth=self._growth,
                now=self._clock(),
            )
            taken = await self._store.write(work)
            if not isinstance(taken, Stale):
                return taken
            prepared, generation = await self._caught_up(source, prepared, generation)

    async def amend(self, wish: PageWish, entry: Entry) -> Taken:
        """Gives an article the text of its page, in place of the summary it was taken in with."""
        prepared, generation = await self._prepared(wish.source, [entry])
        while True:
            work = partial(amend, wish=wish, prepared=prepared[0], generation=generation, now=self._clock())
            taken = await self._store.write(work)
            if not isinstance(taken, Stale):
                return taken
            prepared, generation = await self._caught_up(wish.source, prepared, generation)

    async def revise(self, source: Source, known: Revised, entry: Entry) -> Taken:
        """Gives an article the words that its source has for it now."""
        entry = entry if known.text is None else replace(entry, text=known.text, summary="")
        prepared, generation = await self._prepared(source, [entry])
        while True:
            work = partial(
                revise,
                known=known,
                prepared=prepared[0],
                generation=generation,
                growth=self._growth,
                now=self._clock(),
            )
            taken = await self._store.write(work)
            if not isinstance(taken, Stale):
                return taken
            prepared, generation = await self._caught_up(source, prepared, generation)

    def close(self) -> None:
        """Ends the thread once it is done, and keeps what it holds."""
        self._thread.shutdown(wait=True)
        if self._keep and self._followed.generation >= 0:
            self._keep.save(self._followed.snapshot())

    def _begun(self) -> Followed:
        """From the snapshot, where there is one of use; else from the store, query by query."""
        anew = Followed(self._linguist, left_out=_left_out)
        if not (self._keep and (snapshot := self._keep.load())):
            return anew
        try:
            kept = Followed(self._linguist, left_out=_left_out, snapshot=snapshot)
        except (KeyError, ValueError):
            log.warning("snapshot passed over", extra={"reason": "of another form"})
            return anew
        return kept if kept.waste <= MOST_WASTE else anew

    async def _prepared(self, source: Source, entries: Sequence[Entry]) -> tuple[list[Prepared], int]:
        await self._check()
        printed = (
            {mark for entry in entries for mark in marks(entry.text or entry.summary)} if is_learnt(source) else ()
        )
        repeated = await self._store.read(lambda tx: tx.repeated(source.id, printed)) if printed else frozenset()
        changes = await self._changes(self._followed.generation)
        return await self._on_thread(self._prepare, source, entries, repeated, changes)

    async def _caught_up(self, source: Source, prepared: Sequence[Prepared], since: int) -> tuple[list[Prepared], int]:
        """What was prepared at an older generation, brought to now: only the queries that changed are matched."""
        return await self._on_thread(self._rematch, source, prepared, await self._changes(since))

    async def _changes(self, since: int) -> Changes:
        """All of one moment."""
        known = since if self._followed.knows_concepts else -1
        return await self._store.read(
            lambda tx: Changes(tx.generation(), tx.query_changes(since), concepts_since(tx, known))
        )

    async def _check(self) -> None:
        """A snapshot newer than the store is of another store, or the store was put back from a backup."""
        if not self._checked and await self._store.read(lambda tx: tx.generation()) < self._followed.generation:
            self._followed = Followed(self._linguist, left_out=_left_out)
        self._checked = True

    async def _on_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args, **kwargs))

    def _prepare(
        self, source: Source, entries: Sequence[Entry], repeated: Collection[int], changes: Changes
    ) -> tuple[list[Prepared], int]:
        self._followed.follow(changes)
        ready = partial(prepare, source=source, followed=self._followed, now=self._clock(), repeated=repeated)
        return [ready(entry) for entry in entries], self._followed.generation

    def _rematch(self, source: Source, prepared: Sequence[Prepared], changes: Changes) -> tuple[list[Prepared], int]:
        self._followed.follow(changes)
        queries = frozenset(query for query, _, _ in changes.queries)
        again = partial(rematch, source=source, followed=self._followed, queries=queries)
        return list(map(again, prepared)), changes.generation


def _left_out(query: QueryId) -> None:
    log.error("query left out", extra={"query": query})
