"""The desk where entries become articles, matched against everything that is followed at that moment."""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from core.errors import UserError
from core.expand import expand
from core.ingest import PageWish, Prepared, Stale, Taken, amend, ingest, prepare
from core.match import Matcher
from core.model import Entry, QueryId, Source
from core.ports import Clock, Store, Tx
from core.query import parse
from core.text.forms import Lexicon

log = logging.getLogger(__name__)


class Desk:
    """Holds the matcher. All of its reading and matching is done on one thread, so the loop never waits for it."""

    def __init__(self, *, store: Store, lexicon: Lexicon, clock: Clock, growth_gap: timedelta) -> None:
        self._store = store
        self._lexicon = lexicon
        self._clock = clock
        self._growth_gap = growth_gap
        self._matcher = Matcher()
        self._generation = -1
        self._thread = ThreadPoolExecutor(1, "desk")

    async def take_in(self, source: Source, entries: Sequence[Entry]) -> Taken:
        """Takes entries in, in this order; matched anew where somebody subscribed in the meantime."""
        while True:
            prepared, generation = await self._prepared(source, entries)
            work = partial(
                ingest,
                source=source,
                prepared=prepared,
                generation=generation,
                growth_gap=self._growth_gap,
                now=self._clock(),
            )
            taken = await self._store.write(work)
            if not isinstance(taken, Stale):
                return taken

    async def amend(self, wish: PageWish, entry: Entry) -> Taken:
        """Gives an article the text of its page, in place of the summary it was taken in with."""
        while True:
            (prepared,), generation = await self._prepared(wish.source, [entry])
            work = partial(amend, wish=wish, prepared=prepared, generation=generation, now=self._clock())
            taken = await self._store.write(work)
            if not isinstance(taken, Stale):
                return taken

    def close(self) -> None:
        """Ends the thread once it is done."""
        self._thread.shutdown(wait=True)

    async def _prepared(self, source: Source, entries: Sequence[Entry]) -> tuple[list[Prepared], int]:
        generation, changes = await self._store.read(self._news_of_queries)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._prepare, source, entries, generation, changes)

    def _news_of_queries(self, tx: Tx) -> tuple[int, list[tuple[QueryId, str, bool]]]:
        return tx.generation(), tx.query_changes(self._generation)

    def _prepare(
        self,
        source: Source,
        entries: Sequence[Entry],
        generation: int,
        changes: Sequence[tuple[QueryId, str, bool]],
    ) -> tuple[list[Prepared], int]:
        if generation > self._generation:
            self._follow(changes)
            self._generation = generation
        now = self._clock()
        prepared = [prepare(entry, source, matcher=self._matcher, lexicon=self._lexicon, now=now) for entry in entries]
        return prepared, self._generation

    def _follow(self, changes: Sequence[tuple[QueryId, str, bool]]) -> None:
        for query, text, followed in changes:
            if followed:
                self._learn(query, text)
            else:
                self._matcher.remove(query)

    def _learn(self, query: QueryId, text: str) -> None:
        """A query that can no longer be read stops no other."""
        try:
            self._matcher.add(query, expand(parse(text), self._lexicon))
        except UserError:
            log.error("query left out", extra={"query": query})
