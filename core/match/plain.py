"""The plain engine: queries filed under words that an article must hold to answer them.

For reading, and as the reference that the fast engine must agree with.
"""

from collections import defaultdict

from core.match.evaluate import answer
from core.match.port import Article, Judge, Match
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Some, Term, Titled, Written
from core.model import QueryId


class PlainEngine:
    """An engine (`core.match.port.Engine`) of dictionaries: a look-up per word, then a check of what was found."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._meanings: dict[QueryId, Meaning] = {}
        self._by_key: dict[str, set[QueryId]] = defaultdict(set)
        self._always: set[QueryId] = set()

    def add(self, query: QueryId, meaning: Meaning) -> None:
        """From now on articles are matched against this query too; a query of the same id is replaced."""
        self.remove(query)
        self._meanings[query] = meaning
        keys = one_of(meaning.root)
        if keys is None:
            self._always.add(query)
            return
        for key in keys:
            self._by_key[key].add(query)

    def remove(self, query: QueryId) -> None:
        """Forgets a query; an unknown one is no error."""
        meaning = self._meanings.pop(query, None)
        if meaning is None:
            return
        self._always.discard(query)
        for key in one_of(meaning.root) or ():
            self._by_key[key].discard(query)
            if not self._by_key[key]:
                del self._by_key[key]

    def match(self, article: Article) -> list[Match]:
        """Every query that the article answers, in the order of their numbers."""
        asked = set(self._always)
        for passage in article.passages:
            for key in passage.places.keys() & self._by_key.keys():
                asked |= self._by_key[key]
        answers = ((query, answer(self._meanings[query], article, self._judge)) for query in sorted(asked))
        return [Match(query=query, hits=hits) for query, hits in answers if hits is not None]


def one_of(clause: Clause) -> frozenset[str] | None:
    """Keys of which an article must hold at least one for the part to hold; `None` where no such set is known."""
    match clause:
        case Term(senses=senses):
            return _fewest([None if sense.prefix or sense.fuzzy else frozenset(sense.forms) for sense in senses])
        case Close(left=left, right=right):
            return _fewest([_any([one_of(term) for term in side]) for side in (left, right)])
        case Every(parts=parts):
            return _fewest([one_of(part) for part in parts])
        case Some(parts=parts):
            return _any([one_of(part) for part in parts])
        case Titled(part=part):
            return one_of(part)
        case Never() | Of() | Written():
            return None


def _fewest(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    return min((keys for keys in sets if keys is not None), key=len, default=None)


def _any(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [keys for keys in sets if keys is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None
