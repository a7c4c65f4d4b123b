"""Is this the same story, told by another outlet?

The measure is the cosine of lemma weights (term frequency times inverse document frequency) over the title, counted
twice, and the first words of the text; rapidfuzz decides inside one outlet. Why these rules and these figures:
docs/decisions/0009-same-story.md.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from rapidfuzz import fuzz

from core.model import StoryId
from core.text.words import Word, words

WINDOW = timedelta(hours=72)
"""A story not told for this long is over: a later article opens its own."""

LEAD = 45
"""Lemmas of the text that count as its lead: about 60 words."""
BODY_WORDS = 150
"""Words of the text that are read."""
LIKE = 0.40
"""Cosine of title and lead from which two articles tell one story."""
TOLD_AT_LENGTH = 60
"""Lemmas from which a text is long enough to be compared as a whole, beyond its lead."""
LIKE_AT_LENGTH = 0.27
"""The same for whole texts, which share less by chance."""
AGREES = 0.875
"""Mean likeness to a story's first and newest tellings, so that a chain of look-alikes does not drift away."""
SAME_ENTRY_SORTED = 80.0
SAME_ENTRY_TITLE = 0.60
_PRIOR_ARTICLES = 50
"""Added to the count of articles, so that weights are sane while few were seen."""


class Lemmas(Protocol):
    """The part of a language that comparing texts needs."""

    def lemma(self, word: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What an article is compared by: lemmas in the order of the text, without empty words."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    names: frozenset[str]
    """Of the title: lemmas of words with a capital that no sentence begins with."""
    numbers: frozenset[str]
    """Of the title, in digits."""

    def lemmas(self) -> frozenset[str]:
        """Everything it holds: what similar articles are looked for by."""
        return frozenset(self.title) | frozenset(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An earlier article of a story."""

    outlet: str
    gist: Gist


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that may be the one: its first telling, then its newest ones, then any others found likely."""

    story: StoryId
    checked: tuple[Telling, ...]
    """The first and the newest tellings, which the article must agree with on the whole."""
    tellings: tuple[Telling, ...]
    """All that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How many articles were seen, and how many of them hold each lemma (absent: none)."""

    articles: int
    holding: Mapping[str, int]

    def weight(self, lemma: str) -> float:
        """Inverse document frequency, smoothed."""
        return math.log((self.articles + _PRIOR_ARTICLES) / (self.holding.get(lemma, 0) + 1))


@dataclass(frozen=True, slots=True)
class Joins:
    """The article tells a story that is open already; the reason is in figures."""

    story: StoryId
    reason: str


@dataclass(frozen=True, slots=True)
class Opens:
    """The article opens a story of its own; the reason is in figures."""

    reason: str


Verdict = Joins | Opens

_NUMBER = re.compile(r"\d+")
_SENTENCE_BREAK = re.compile(r"[.!?:\n\u2026«\u201c\"]")
# Words that say nothing of the event.
_EMPTY = frozenset(
    "і й та а але у в на з із зі до від для про за по не що як це цей той він вона вони воно який свій її їх "
    "його також вже уже під при після через щодо над між бути або чи ж б би то якщо коли де там тут так ще "
    "лише тільки a an the of in on to for and or by with from at as is are was were be has have had it its "
    "that this".split()
)


def gist_of(title: str, text: str, lemmas: Lemmas) -> Gist:
    """The lemmas of the title and of the first 150 words of the text."""
    body_text = text[: BODY_WORDS * 20]
    title_words = words(title)
    body_words = words(body_text)[:BODY_WORDS]
    known_names = {word.key for at, word in _inner(body_text, body_words)}
    names = {word.key for at, word in _inner(title, title_words)}
    names |= {word.key for word in title_words[:1] if word.key in known_names}
    return Gist(
        title=_lemmas((word.key for word in title_words), lemmas),
        body=_lemmas((word.key for word in body_words), lemmas),
        names=frozenset(_lemmas(names, lemmas)),
        numbers=frozenset(_NUMBER.findall(title)),
    )


def _inner(text: str, found: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """Words with a capital that is not a sentence's."""
    for at, word in enumerate(found):
        before = text[found[at - 1].end : word.start] if at else "."
        if text[word.start].isupper() and not _SENTENCE_BREAK.search(before):
            yield at, word


def _lemmas(keys: Iterable[str], lemmas: Lemmas) -> tuple[str, ...]:
    return tuple(lemma for lemma in map(lemmas.lemma, keys) if lemma not in _EMPTY)


def same_story(gist: Gist, outlet: str, candidates: Sequence[Candidate], statistics: Statistics) -> Verdict:
    """Joins the likest story that it is like enough to; a pure function of its arguments."""
    compare = _Comparison(gist, outlet, statistics)
    nearest = max((compare.nearest(candidate) for candidate in candidates), default=0.0)
    fitting = [
        (compare.nearest(candidate), agreement, candidate.story)
        for candidate in candidates
        if compare.nearest(candidate) >= 1 and (agreement := compare.agreement(candidate)) >= AGREES
    ]
    if not fitting:
        return Opens(f"nearest story {nearest:.2f} of 1")
    likeness, agreement, story = max(fitting, key=lambda fit: (fit[0], -fit[2]))
    return Joins(story, f"like {likeness:.2f} of 1, story {agreement:.2f} of {AGREES:.2f}")


class _Comparison:
    """One article against earlier tellings; each is compared once. A likeness of 1 is just enough."""

    def __init__(self, gist: Gist, outlet: str, statistics: Statistics) -> None:
        self._gist = gist
        self._outlet = outlet
        self._statistics = statistics
        self._lemmas = gist.lemmas()
        self._known: dict[Telling, float] = {}

    def nearest(self, candidate: Candidate) -> float:
        return max(map(self._likeness, candidate.tellings), default=0.0)

    def agreement(self, candidate: Candidate) -> float:
        return sum(map(self._likeness, candidate.checked)) / max(1, len(candidate.checked))

    def _likeness(self, telling: Telling) -> float:
        known = self._known.get(telling)
        if known is None:
            known = self._known[telling] = self._measured(telling)
        return known

    def _measured(self, telling: Telling) -> float:
        gist, other = self._gist, telling.gist
        if telling.outlet == self._outlet and not self._same_entry(other):
            return 0.0
        short = self._cosine(_short(gist), _short(other)) / LIKE
        if min(len(gist.body), len(other.body)) < TOLD_AT_LENGTH:
            return short
        if self._of_others(other):
            return 0.0
        return max(short, self._cosine(_long(gist), _long(other)) / LIKE_AT_LENGTH)

    def _same_entry(self, other: Gist) -> bool:
        """An outlet tells one event once: what is not the same entry retouched is news, a rising toll too."""
        if self._gist.numbers != other.numbers:
            return False
        if fuzz.token_sort_ratio(" ".join(self._gist.title), " ".join(other.title)) >= SAME_ENTRY_SORTED:
            return True
        return self._cosine(self._gist.title, other.title) >= SAME_ENTRY_TITLE

    def _of_others(self, other: Gist) -> bool:
        """Each headline names somebody or some place that the other article never does: another event."""
        return bool(self._gist.names - other.lemmas()) and bool(other.names - self._lemmas)

    def _cosine(self, one: Sequence[str], other: Sequence[str]) -> float:
        mine, theirs = self._weigh(one), self._weigh(other)
        return sum(weight * theirs[lemma] for lemma, weight in mine.items() if lemma in theirs)

    def _weigh(self, lemmas: Sequence[str]) -> dict[str, float]:
        """Lemma weights, (1 + ln tf) · idf, scaled to length one."""
        counts = Counter(lemmas)
        weights = {lemma: (1 + math.log(n)) * self._statistics.weight(lemma) for lemma, n in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {lemma: weight / length for lemma, weight in weights.items()}


def _short(gist: Gist) -> tuple[str, ...]:
    return gist.title + gist.title + gist.body[:LEAD]


def _long(gist: Gist) -> tuple[str, ...]:
    return gist.title + gist.title + gist.body
