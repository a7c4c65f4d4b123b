"""Everything that is followed, in an engine that is brought from one generation of the store to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.concept import Concept
from core.errors import UserError
from core.linguist import Linguist
from core.match.fast import FastEngine
from core.match.port import Article, Match
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

    def __init__(self, linguist: Linguist, *, left_out: LeftOut) -> None:
        """`left_out` hears of a query that can no longer be read; it stops no other."""
        self.linguist = linguist
        self.generation = -1
        self._left_out = left_out
        self._texts: dict[QueryId, str] = {}
        self._meaning_of = lru_cache(maxsize=REMEMBERED)(self._meaning)
        self._engine = FastEngine(linguist.judge, meaning_of=self._meaning_of)

    def follow(self, changes: Changes) -> None:
        """Brings everything to a generation; changes read before a newer one came in are passed over."""
        if changes.generation <= self.generation:
            return
        if changes.concepts is not None:
            self.linguist = self.linguist.knowing(changes.concepts)
        self._meaning_of.cache_clear()
        for query, text, followed in changes.queries:
            self._engine.remove(query)
            self._texts.pop(query, None)
            if followed:
                self._learn(query, text)
        self.generation = changes.generation

    def match(self, article: Article) -> list[Match]:
        """Every followed query that the article answers."""
        return self._engine.match(article)

    def _learn(self, query: QueryId, text: str) -> None:
        try:
            meaning = self.linguist.meaning(parse(text))
        except UserError:
            self._left_out(query)
            return
        self._texts[query] = text
        self._engine.add(query, meaning)

    def _meaning(self, query: QueryId) -> Meaning:
        return self.linguist.meaning(parse(self._texts[query]))
