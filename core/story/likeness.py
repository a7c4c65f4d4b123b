"""How alike two articles are: the cosine of lemma weights (1 + ln tf) · idf; inside one outlet, other rules."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from core.story.gist import Gist

LEAD = 45
"""Lemmas of the text that count as its lead: about 60 words."""
LIKE = 0.36
"""Cosine of title and lead from which two articles tell one story."""
TOLD_AT_LENGTH = 60
"""Lemmas from which a text is long enough to be compared as a whole, beyond its lead."""
LIKE_AT_LENGTH = 0.27
"""The same for whole texts, which share less by chance."""
SAME_ENTRY_SORTED = 80.0
SAME_ENTRY_TITLE = 0.60
_PRIOR_ARTICLES = 50
"""Added to the count of articles, so that weights are sane while few were seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An earlier article of a story."""

    outlet: str
    gist: Gist


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How many articles were seen, and how many of them hold each lemma (absent: none)."""

    articles: int
    holding: Mapping[str, int]

    def weight(self, lemma: str) -> float:
        """Inverse document frequency, smoothed."""
        return math.log((self.articles + _PRIOR_ARTICLES) / (self.holding.get(lemma, 0) + 1))


class Comparison:
    """One article against earlier tellings; each is compared once. A likeness of 1 is just enough to be one story."""

    def __init__(self, gist: Gist, outlet: str, statistics: Statistics) -> None:
        self._gist = gist
        self._outlet = outlet
        self._statistics = statistics
        self._lemmas = gist.lemmas()
        self._known: dict[Telling, tuple[float, float]] = {}

    def likeness(self, telling: Telling) -> float:
        """By every rule: 0 where one of them forbids it."""
        return self._both(telling)[0]

    def nearness(self, telling: Telling) -> float:
        """By the words alone: what a follow-up shares with what it follows."""
        return self._both(telling)[1]

    def _both(self, telling: Telling) -> tuple[float, float]:
        known = self._known.get(telling)
        if known is None:
            known = self._known[telling] = self._measured(telling)
        return known

    def _measured(self, telling: Telling) -> tuple[float, float]:
        gist, other = self._gist, telling.gist
        near = self._cosine(_short(gist), _short(other)) / LIKE
        at_length = min(len(gist.body), len(other.body)) >= TOLD_AT_LENGTH
        if at_length:
            near = max(near, self._cosine(_long(gist), _long(other)) / LIKE_AT_LENGTH)
        if telling.outlet == self._outlet and not self._same_entry(other):
            return 0.0, near
        return (0.0 if at_length and self._of_others(other) else near), near

    def _same_entry(self, other: Gist) -> bool:
        """An outlet tells one event once: what is not the same entry retouched is news, a rising toll too."""
        if self._gist.numbers != other.numbers or self._swapped(other):
            return False
        if fuzz.token_sort_ratio(" ".join(self._gist.title), " ".join(other.title)) >= SAME_ENTRY_SORTED:
            return True
        return self._cosine(self._gist.title, other.title) >= SAME_ENTRY_TITLE

    def _swapped(self, other: Gist) -> bool:
        """A name of one headline stands where the other has another name: one template, two events."""
        for change in Levenshtein.opcodes(self._gist.title, other.title):
            if change.tag == "replace":
                mine = self._gist.names.intersection(self._gist.title[change.src_start : change.src_end])
                theirs = other.names.intersection(other.title[change.dest_start : change.dest_end])
                if mine and theirs and mine != theirs:
                    return True
        return False

    def _of_others(self, other: Gist) -> bool:
        """Each headline names somebody or some place that the other article never does: another event."""
        return bool(self._gist.names - other.lemmas()) and bool(other.names - self._lemmas)

    def _cosine(self, one: Sequence[str], other: Sequence[str]) -> float:
        mine, theirs = self._weigh(one), self._weigh(other)
        return sum(weight * theirs[lemma] for lemma, weight in mine.items() if lemma in theirs)

    def _weigh(self, lemmas: Sequence[str]) -> dict[str, float]:
        """Lemma weights scaled to length one."""
        counts = Counter(lemmas)
        weights = {lemma: (1 + math.log(n)) * self._statistics.weight(lemma) for lemma, n in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {lemma: weight / length for lemma, weight in weights.items()}


def _short(gist: Gist) -> tuple[str, ...]:
    return gist.title + gist.title + gist.body[:LEAD]


def _long(gist: Gist) -> tuple[str, ...]:
    return gist.title + gist.title + gist.body
