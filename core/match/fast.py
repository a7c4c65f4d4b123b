"""The fast engine: queries as plain numbers in tables, an article looked up in them as a whole."""

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.match import snapshot
from core.match.clauses import Compiler
from core.match.evaluate import answer
from core.match.filing import Filing
from core.match.leaves import Leaves
from core.match.port import Article, Judge, Match
from core.match.sheet import Sheet
from core.match.tables import HashTable, Numbers, grown
from core.match.vector import Vectorised
from core.meaning import Meaning
from core.model import QueryId
from core.text.scan import mixed_one

MeaningOf = Callable[[QueryId], Meaning]


class Looker(Protocol):
    """A way to look an article up in the tables."""

    def fulfilled(self, sheet: Sheet) -> tuple[Numbers, Numbers]:
        """The owners of all conjunctions that the article fulfils, and whether each must be asked."""


class FastEngine:
    """An engine (`core.match.port.Engine`) that answers as the plain one does, for a million queries.

    What tables cannot decide (words that the judge doubts, windows, too many brackets) they narrow down, and the
    query itself is asked by `core.match.evaluate`.
    """

    def __init__(
        self,
        judge: Judge,
        *,
        meaning_of: MeaningOf | None = None,
        shares: Mapping[str, float] | None = None,
        compiled: bool | None = None,
    ) -> None:
        """`meaning_of` gives a query's meaning again when it must be asked or shown (without it, all are kept in
        memory); `shares` tells of common words, by key, about which share of articles hold them; `compiled` says
        whether to look up by compiled loops (by default where numba is installed; `ImportError` where it must be and
        is not).
        """
        self._judge = judge
        self._kept: dict[QueryId, Meaning] | None = {} if meaning_of is None else None
        self._meaning_of = meaning_of or self._kept_meaning
        self.leaves = Leaves(judge, shares or {})
        self.filing = Filing()
        self._compiler = Compiler(self.leaves, judge)
        self._slot_of = HashTable()
        self._query_at: NDArray[np.int64] = np.zeros(64, np.int64)
        self._alive: NDArray[np.bool_] = np.zeros(64, np.bool_)
        self._slots = 1
        """Queries ever added; a removed or replaced one leaves its slot behind, dead."""
        self._looker = _looker(self.leaves, self.filing, compiled)

    @classmethod
    def restored(
        cls,
        judge: Judge,
        arrays: snapshot.Arrays,
        *,
        meaning_of: MeaningOf,
        shares: Mapping[str, float] | None = None,
        compiled: bool | None = None,
    ) -> "FastEngine":
        """The engine that a snapshot was taken of; `ValueError` where the snapshot's form is not ours. The judge must
        doubt the same senses.
        """
        snapshot.generation_of(arrays)
        engine = cls(judge, meaning_of=meaning_of, shares=shares, compiled=compiled)
        snapshot.restore(arrays, engine.leaves, engine.filing)
        engine._slot_of.fill(np.array(arrays["slot_of"]))
        engine._query_at = np.array(arrays["query_at"], np.int64)
        engine._alive = np.array(arrays["alive"], np.bool_)
        engine._slots = len(engine._alive)
        return engine

    def snapshot(self, *, generation: int) -> dict[str, NDArray[np.generic]]:
        """Copies of all tables, by name, to be restored from; `generation` says up to which change they are true.
        Meanings are not among them.
        """
        arrays = snapshot.taken(self.leaves, self.filing, generation=generation)
        arrays["slot_of"] = self._slot_of.slots.copy()
        arrays["query_at"] = self._query_at[: self._slots].copy()
        arrays["alive"] = self._alive[: self._slots].copy()
        return arrays

    def add(self, query: QueryId, meaning: Meaning) -> None:
        """From now on articles are matched against this query too; a query of the same id is replaced."""
        self.remove(query)
        if self._kept is not None:
            self._kept[query] = meaning
        slot = self._slots
        self._slots += 1
        self._query_at, self._alive = grown(self._query_at, self._slots), grown(self._alive, self._slots)
        for held in self._compiler.alternatives(meaning.root):
            self.filing.add(slot, held, self.leaves.shares)
        self._query_at[slot], self._alive[slot] = query, True
        self._slot_of.put_one(_id_hash(query), slot)

    def remove(self, query: QueryId) -> None:
        """Forgets a query; an unknown one is no error."""
        self._alive[self._slot_of.get_one(_id_hash(query))] = False
        if self._kept is not None:
            self._kept.pop(query, None)

    @property
    def waste(self) -> float:
        """The share of all queries ever added that are gone but still take room; adding all anew from the store to an
        empty engine frees it.
        """
        gone = self._slots - 1 - int(self._alive[: self._slots].sum())
        return gone / max(1, self._slots - 1)

    def match(self, article: Article) -> list[Match]:
        """Every query that the article answers, in the order of their numbers."""
        queries = [QueryId(query) for query in np.sort(np.concatenate(self._found(article))).tolist()]
        answers = ((query, answer(self._meaning_of(query), article, self._judge)) for query in queries)
        return [Match(query=query, hits=hits) for query, hits in answers if hits is not None]

    def matching(self, article: Article) -> NDArray[np.int64]:
        """The numbers alone of the queries that the article answers, in order."""
        sure, asked = self._found(article)
        if not len(asked):
            return sure
        answers = [answer(self._meaning_of(QueryId(query)), article, self._judge) for query in asked.tolist()]
        return np.sort(np.concatenate((sure, asked[[hits is not None for hits in answers]])))

    def _found(self, article: Article) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The queries that the article answers for sure, and those that must be asked."""
        owners, asks = self._looker.fulfilled(Sheet.of(article))
        alive = self._alive[owners]
        queries, ask = self._query_at[owners[alive]], asks[alive] != 0
        if not ask.any():
            return _distinct(queries), queries[:0]
        sure, asked = _distinct(queries[~ask]), _distinct(queries[ask])
        return sure, asked[~np.isin(asked, sure)]

    def _kept_meaning(self, query: QueryId) -> Meaning:
        assert self._kept is not None
        return self._kept[query]


def _looker(leaves: Leaves, filing: Filing, compiled: bool | None) -> Looker:
    if compiled is False:
        return Vectorised(leaves, filing)
    try:
        from core.match.compiled import Compiled  # here, for numba takes half a second to import
    except ImportError:
        if compiled:
            raise
        return Vectorised(leaves, filing)
    return Compiled(leaves, filing)


def _id_hash(query: QueryId) -> int:
    return mixed_one(query % (1 << 64))


def _distinct(queries: NDArray[np.int64]) -> NDArray[np.int64]:
    """In order, each once."""
    queries.sort()
    first = np.ones(len(queries), np.bool_)
    np.not_equal(queries[1:], queries[:-1], out=first[1:])
    return queries[first]
