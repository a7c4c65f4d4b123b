"""Everything that is followed, in an engine that is brought from one generation of the store to the next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.concept import Concept
from core.errors import UserError
from core.linguist import Linguist
from core.match.fast import FastEngine
from core.match.port import Article, Match
from core.match.snapshot import Arrays, generation_of
from core.meaning import Meaning
from core.model import QueryId
from core.query import parse

REMEMBERED = 4096
"""Meanings kept at hand: of queries that were matched lately, to show where their words stand."""

LeftOut = Callable[[QueryId], None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in the store after a generation, up to another."""

    generation: int
    queries: Sequence[tuple[QueryId, str, bool]]
    """With their canonical texts, and whether they are followed now."""
    concepts: Sequence[Concept] | None
    """All of them, where any has changed."""


class Followed:
    """All followed queries; owned by one thread."""

    def __init__(self, linguist: Linguist, *, left_out: LeftOut, snapshot: Arrays | None = None) -> None:
        """`left_out` hears of a query that can no longer be read; it stops no other. From a `snapshot` everything is as
        it was when it was taken; `ValueError` where it is of another form.
        """
        self.linguist = linguist
        self.generation = -1
        self.knows_concepts = False
        """False until the store's concepts were given once; a snapshot holds none."""
        self._left_out = left_out
        self._texts = _Texts(snapshot)
        self._meaning_of = lru_cache(maxsize=REMEMBERED)(self._meaning)
        if snapshot is None:
            self._engine = FastEngine(linguist.judge, meaning_of=self._meaning_of)
        else:
            self.generation = generation_of(snapshot)
            self._engine = FastEngine.restored(linguist.judge, snapshot, meaning_of=self._meaning_of)

    @property
    def waste(self) -> float:
        """The share of its room that queries take which are followed no more; beginning without a snapshot frees it."""
        return self._engine.waste

    def follow(self, changes: Changes) -> None:
        """Brings everything to a generation; changes read before a newer one came in are passed over."""
        if changes.generation < self.generation:
            return
        if changes.concepts is not None:
            self.linguist = self.linguist.knowing(changes.concepts)
            self.knows_concepts = True
        if changes.generation == self.generation:
            return
        self._meaning_of.cache_clear()
        for query, text, followed in changes.queries:
            self._engine.remove(query)
            self._texts.drop(query)
            if followed:
                self._learn(query, text)
        self.generation = changes.generation

    def match(self, article: Article) -> list[Match]:
        """Every followed query that the article answers."""
        return self._engine.match(article)

    def snapshot(self) -> dict[str, NDArray[np.generic]]:
        """All of it as named arrays, to begin with after a restart."""
        return {**self._engine.snapshot(generation=self.generation), **self._texts.arrays()}

    def _learn(self, query: QueryId, text: str) -> None:
        try:
            meaning = self.linguist.meaning(parse(text))
        except UserError:
            self._left_out(query)
            return
        self._texts.put(query, text)
        self._engine.add(query, meaning)

    def _meaning(self, query: QueryId) -> Meaning:
        return self.linguist.meaning(parse(self._texts[query]))


class _Texts:
    """The text of every query: those of a snapshot in one piece, newer ones beside it."""

    def __init__(self, arrays: Arrays | None) -> None:
        self._newer: dict[QueryId, str | None] = {}
        """`None`: dropped."""
        self._queries = np.array(arrays["text_queries"] if arrays else [], np.int64)
        self._ends = np.array(arrays["text_ends"] if arrays else [], np.int64)
        self._letters = np.asarray(arrays["text_letters"]).tobytes() if arrays else b""

    def put(self, query: QueryId, text: str) -> None:
        self._newer[query] = text

    def drop(self, query: QueryId) -> None:
        self._newer[query] = None

    def __getitem__(self, query: QueryId) -> str:
        text = self._newer.get(query)
        return self._older(int(np.searchsorted(self._queries, query))) if text is None else text

    def _older(self, at: int) -> str:
        begin = int(self._ends[at - 1]) if at else 0
        return self._letters[begin : int(self._ends[at])].decode()

    def _all(self) -> Iterator[tuple[QueryId, str]]:
        for at, query in enumerate(map(QueryId, self._queries.tolist())):
            if query not in self._newer:
                yield query, self._older(at)
        yield from ((query, text) for query, text in self._newer.items() if text is not None)

    def arrays(self) -> Mapping[str, NDArray[np.generic]]:
        """In the order of the queries' numbers."""
        texts = sorted(self._all())
        letters = [text.encode() for _, text in texts]
        return {
            "text_queries": np.array([query for query, _ in texts], np.int64),
            "text_ends": np.cumsum([len(text) for text in letters], dtype=np.int64),
            "text_letters": np.frombuffer(b"".join(letters), np.uint8),
        }
