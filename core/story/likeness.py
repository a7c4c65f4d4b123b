"""How alike two articles are: the cosine of lemma weights (1 + ln tf) · idf; inside one outlet, other rules."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from core.story.abroad import LINKED_ABROAD, Abroad, echoing_length, strangers
from core.story.gist import Gist, short
from core.story.statistics import Statistics

LIKE = 0.36
"""Cosine of title and lead from which two articles tell one story."""
TOLD_AT_LENGTH = 60
"""Lemmas from which a text is long enough to be compared as a whole, beyond its lead."""
LIKE_AT_LENGTH = 0.27
"""The same for whole texts, which share less by chance."""
SAME_ENTRY_SORTED = 80.0
SAME_ENTRY_TITLE = 0.60
_WORTH_A_LOOK = 0.5
"""Likeness below which the rules are not asked: they only lower it."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long the vector of a whole text is, by the frequencies of the time it was taken in.

    Kept with the article, so that comparing asks for the frequencies of titles and leads alone.
    """

    whole: float
    articles: int
    """How many had been seen by then: as more are seen, all weights grow."""
    echoing: float = 0.0
    """How long that of the echoes is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An earlier article of a story."""

    outlet: str
    gist: Gist
    length: Length


def length_of(gist: Gist, statistics: Statistics) -> Length:
    """The lengths of its vectors; `statistics` must hold all its lemmas and echoes."""
    return Length(_length(_weigh(_whole(gist), statistics)), statistics.articles, echoing_length(gist, statistics))


class Comparison:
    """One article against earlier tellings; each is compared once. A likeness of 1 is just enough to be one story."""

    def __init__(self, gist: Gist, outlet: str, statistics: Statistics) -> None:
        self._gist = gist
        self._outlet = outlet
        self._lemmas = gist.lemmas()
        self._statistics = statistics
        self._title = _Vector(gist.title, statistics)
        self._short = _Vector(short(gist), statistics)
        self._whole = _Vector(_whole(gist), statistics)
        self._abroad = Abroad(gist, statistics)
        self._known: dict[int, tuple[float, float]] = {}

    def likeness(self, telling: Telling) -> float:
        """By every rule: 0 where one of them forbids what the words suggest."""
        return self._both(telling)[0]

    def nearness(self, telling: Telling) -> float:
        """By the words alone: what a follow-up shares with what it follows."""
        return self._both(telling)[1]

    def _both(self, telling: Telling) -> tuple[float, float]:
        known = self._known.get(id(telling))
        if known is None:
            known = self._known[id(telling)] = self._measured(telling)
        return known

    def _measured(self, telling: Telling) -> tuple[float, float]:
        gist, other = self._gist, telling.gist
        if strangers(gist, other):
            like = self._abroad.likeness(other, telling.length.echoing, telling.length.articles)
            retold = telling.outlet != self._outlet or gist.numbers == other.numbers
            return (like if retold else 0.0), (like if like >= LINKED_ABROAD else 0.0)
        near = self._short.cosine(short(other)) / LIKE
        at_length = _at_length(gist, other)
        if at_length:
            length = telling.length.whole * self._statistics.growth(telling.length.articles)
            near = max(near, self._whole.cosine(_whole(other), length) / LIKE_AT_LENGTH)
        if near < _WORTH_A_LOOK:
            return near, near
        if telling.outlet == self._outlet and not self._same_entry(other):
            return 0.0, near
        return (0.0 if at_length and self._of_others(other) else near), near

    def _same_entry(self, other: Gist) -> bool:
        """An outlet tells one event once: what is not the same entry retouched is news, a rising toll too."""
        if self._gist.numbers != other.numbers or self._swapped(other):
            return False
        if fuzz.token_sort_ratio(" ".join(self._gist.title), " ".join(other.title)) >= SAME_ENTRY_SORTED:
            return True
        return self._title.cosine(other.title) >= SAME_ENTRY_TITLE

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


def promises(gist: Gist, statistics: Statistics) -> Callable[[Telling], float]:
    """What the nearness of an article to a telling is at most, or nearly: by the frequencies of its own lemmas alone.

    How long the vector of the other's lead is now is not known then; that of its whole text, when it came, is.
    """
    lead, whole = _Vector(short(gist), statistics), _Vector(_whole(gist), statistics)
    abroad = Abroad(gist, statistics)

    def promise(telling: Telling) -> float:
        if strangers(gist, telling.gist):
            return abroad.likeness(telling.gist, telling.length.echoing, telling.length.articles)
        theirs, length = short(telling.gist), telling.length
        of_lead = _SHORTEST * length.whole * math.sqrt(len(theirs) / max(1, len(_whole(telling.gist))))
        of_whole = length.whole * statistics.growth(length.articles)
        return max(
            lead.cosine(theirs, of_lead) / LIKE,
            whole.cosine(_whole(telling.gist), of_whole) / LIKE_AT_LENGTH if _at_length(gist, telling.gist) else 0.0,
        )

    return promise


_SHORTEST = 0.7
"""By how much shorter a lead may be than its share of the whole text says."""


def short_cosine(one: Gist, other: Gist, statistics: Statistics) -> float:
    """How alike two articles are by title and lead."""
    return _Vector(short(one), statistics).cosine(short(other))


class _Vector:
    """The weights of one list of lemmas."""

    def __init__(self, lemmas: Sequence[str], statistics: Statistics) -> None:
        weights = _weigh(lemmas, statistics)
        self._statistics = statistics
        self._length = _length(weights)
        self._products = {lemma: weight * statistics.weight(lemma) for lemma, weight in weights.items()}
        """With a vector that holds the lemma once."""

    def cosine(self, other: Sequence[str], length: float | None = None) -> float:
        """With the vector of another list, whose length may be known."""
        shared = Counter(filter(self._products.__contains__, other))
        if not shared:
            return 0.0
        product = sum(self._products[lemma] * _repeated(n) for lemma, n in shared.items())
        return product / (self._length * (length or _length(_weigh(other, self._statistics))))


def _weigh(lemmas: Sequence[str], statistics: Statistics) -> dict[str, float]:
    return {lemma: _repeated(n) * statistics.weight(lemma) for lemma, n in Counter(lemmas).items()}


@cache
def _repeated(n: int) -> float:
    """By how much more a lemma counts that stands there so many times."""
    return 1 + math.log(n)


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def _at_length(gist: Gist, other: Gist) -> bool:
    """Whether both have a text that is long enough to be compared as a whole."""
    return min(len(gist.body), len(other.body)) >= TOLD_AT_LENGTH


def _whole(gist: Gist) -> tuple[str, ...]:
    return gist.title + gist.title + gist.body
