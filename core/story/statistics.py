"""How much a lemma or an echo tells: the rarer, the more."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.lexicon import LANGUAGES

MOST_WEIGHT = 5.0
"""Of an echo, however rare: a concept that was not told of for days is no name."""
_PRIOR_ARTICLES = 50
"""Added to the count of articles, so that weights are sane while few were seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How many articles were seen, and how many of them hold each lemma, or each echo with the mark of their language
    (absent: none).
    """

    articles: int
    holding: Mapping[str, int]
    _weights: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def weight(self, lemma: str) -> float:
        """Inverse document frequency, smoothed."""
        weight = self._weights.get(lemma)
        if weight is None:
            weight = self._weights[lemma] = self._weight(self.holding.get(lemma, 0))
        return weight

    def echo_weight(self, echo: str) -> float:
        """The same of an echo, over all languages, and never beyond the most."""
        weight = self._weights.get(echo)
        if weight is None:
            holding = sum(self.holding.get(f"{language}{echo}", 0) for language in LANGUAGES)
            weight = self._weights[echo] = min(MOST_WEIGHT, self._weight(holding))
        return weight

    def most(self) -> float:
        """What an echo weighs that was never heard."""
        return min(MOST_WEIGHT, self._weight(0))

    def _weight(self, holding: int) -> float:
        return math.log((self.articles + _PRIOR_ARTICLES) / (holding + 1))

    def growth(self, since: int) -> float:
        """By how much the weight of a lemma never seen has grown since so many articles had been seen."""
        return math.log(self.articles + _PRIOR_ARTICLES) / math.log(since + _PRIOR_ARTICLES)
