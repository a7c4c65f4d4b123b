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

from rapidfuzz import fuzz

from core.model import StoryId
from core.text.forms import Lexicon
from core.text.words import words

WINDOW = timedelta(hours=72)
"""A story not told for this long is over: a later article opens its own."""

LEAD_WORDS = 60
LIKE = 0.40
"""Cosine from which two articles tell one story."""
AGREES = 0.35
"""Mean cosine to a story's first and newest tellings, so that a chain of look-alikes does not drift away."""
SAME_ENTRY_SORTED = 80.0
SAME_ENTRY_TITLE = 0.60
_PRIOR_ARTICLES = 50
"""Added to the count of articles, so that weights are sane while few were seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What an article is compared by: lemmas in the order of the text, and the numbers of the title."""

    title: tuple[str, ...]
    lead: tuple[str, ...]
    numbers: frozenset[str]

    def lemmas(self) -> frozenset[str]:
        """What similar articles are looked for by."""
        return frozenset(self.title) | frozenset(self.lead)


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
# Words that say nothing of the event.
_EMPTY = frozenset(
    [
        "і",
        "й",
        "та",
        "а",
        "але",
        "у",
        "в",
        "на",
        "з",
        "із",
        "зі",
        "до",
        "від",
        "для",
        "про",
        "за",
        "по",
        "не",
        "що",
        "як",
        "це",
        "цей",
        "той",
        "він",
        "вона",
        "вони",
        "воно",
        "який",
        "свій",
        "її",
        "їх",
        "його",
        "також",
        "вже",
        "уже",
        "під",
        "при",
        "після",
        "через",
        "щодо",
        "над",
        "між",
        "бути",
        "або",
        "чи",
        "ж",
        "б",
        "би",
        "то",
        "якщо",
        "коли",
        "де",
        "там",
        "тут",
        "так",
        "ще",
        "лише",
        "тільки",
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "to",
        "for",
        "and",
        "or",
        "by",
        "with",
        "from",
        "at",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "has",
        "have",
        "had",
        "it",
        "its",
        "that",
        "this",
    ]
)


def gist_of(title: str, text: str, lexicon: Lexicon) -> Gist:
    """The lemmas of the title and of the first 60 words of the text, without empty words."""
    lead = words(text[: LEAD_WORDS * 20])[:LEAD_WORDS]
    return Gist(
        title=tuple(_lemmas((word.key for word in words(title)), lexicon)),
        lead=tuple(_lemmas((word.key for word in lead), lexicon)),
        numbers=frozenset(_NUMBER.findall(title)),
    )


def _lemmas(keys: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    return (lemma for lemma in map(lexicon.lemma, keys) if lemma not in _EMPTY)


def same_story(gist: Gist, outlet: str, candidates: Sequence[Candidate], statistics: Statistics) -> Verdict:
    """Joins the likest story that it is like enough to; a pure function of its arguments."""
    compare = _Comparison(gist, outlet, statistics)
    nearest = max((compare.nearest(candidate) for candidate in candidates), default=0.0)
    fitting = [
        (compare.nearest(candidate), agreement, candidate.story)
        for candidate in candidates
        if compare.nearest(candidate) >= LIKE and (agreement := compare.agreement(candidate)) >= AGREES
    ]
    if not fitting:
        return Opens(f"nearest story {nearest:.2f} of {LIKE:.2f}")
    likeness, agreement, story = max(fitting, key=lambda fit: (fit[0], -fit[2]))
    return Joins(story, f"like {likeness:.2f} of {LIKE:.2f}, story {agreement:.2f} of {AGREES:.2f}")


class _Comparison:
    """One article against earlier tellings; each is compared once."""

    def __init__(self, gist: Gist, outlet: str, statistics: Statistics) -> None:
        self._gist = gist
        self._outlet = outlet
        self._statistics = statistics
        self._weights = self._weigh(gist.title, gist.title, gist.lead)
        self._known: dict[Telling, float] = {}

    def nearest(self, candidate: Candidate) -> float:
        return max((self._likeness(telling) for telling in candidate.tellings), default=0.0)

    def agreement(self, candidate: Candidate) -> float:
        return sum(map(self._likeness, candidate.checked)) / max(1, len(candidate.checked))

    def _likeness(self, telling: Telling) -> float:
        known = self._known.get(telling)
        if known is None:
            known = self._known[telling] = self._measured(telling)
        return known

    def _measured(self, telling: Telling) -> float:
        other = telling.gist
        if telling.outlet == self._outlet and not self._same_entry(other):
            return 0.0
        return _cosine(self._weights, self._weigh(other.title, other.title, other.lead))

    def _same_entry(self, other: Gist) -> bool:
        """An outlet tells one event once: what is not the same entry retouched is news, a rising toll too."""
        if self._gist.numbers != other.numbers:
            return False
        if fuzz.token_sort_ratio(" ".join(self._gist.title), " ".join(other.title)) >= SAME_ENTRY_SORTED:
            return True
        return _cosine(self._weigh(self._gist.title), self._weigh(other.title)) >= SAME_ENTRY_TITLE

    def _weigh(self, *texts: Sequence[str]) -> dict[str, float]:
        """Lemma weights, (1 + ln tf) · idf, scaled to length one."""
        counts = Counter(lemma for text in texts for lemma in text)
        weights = {lemma: (1 + math.log(n)) * self._statistics.weight(lemma) for lemma, n in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {lemma: weight / length for lemma, weight in weights.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[lemma] for lemma, weight in one.items() if lemma in other)
