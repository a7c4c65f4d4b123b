"""Weights of features, and what they make of a word's readings."""

import gzip
import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from core.context.features import Around, Neighbour, around, beside, features
from core.context.window import Window, window_of
from core.lexicon import Lexicon, Part, Reading
from core.lexicon.spelling import plain
from core.match.port import Passage

FREQUENCY = "frequency"
"""The feature whose value is a lexeme's `weight`."""

_REMEMBERED = 1 << 14
"""Neighbours kept at hand."""

VERBAL: frozenset[Part] = frozenset({"VERB", "GRND", "PRTF"})
"""Parts of speech whose lexeme is a verb, `INFN`."""


class ContextModel:
    """What the words around an ambiguous form say of its readings, in one language. Owned by one thread."""

    def __init__(self, weights: Mapping[str, float], lexemes: Mapping[str, float], rarest: float) -> None:
        """`weights` of features (`core.context.features`); `lexemes` by `lexeme_key`, as `weight` gives them, `rarest`
        for one not listed."""
        self._weights = weights
        self._beside: dict[str, dict[str, float]] = {}
        for name, weight in weights.items():
            if cut := beside(name):
                self._beside.setdefault(cut[1], {})[cut[0]] = weight
        self._lexemes = lexemes
        self._rarest = rarest
        self._known: dict[str, Neighbour] = {}

    @classmethod
    def from_bytes(cls, packed: bytes) -> "ContextModel":
        """Reads a file of `chatovyi/language`, as `bench.train_context` packs it."""
        content = json.loads(gzip.decompress(packed))
        step: float = content["step"]
        return cls(
            weights={name: steps * step for name, steps in content["weights"].items()},
            lexemes={name: steps * step for name, steps in content["lexemes"].items()},
            rarest=content["rarest"],
        )

    def weight(self, lemma: str, part: Part) -> float:
        """How frequent a lexeme is in running text: the natural logarithm of its share."""
        return self._lexemes.get(lexeme_key(lemma, part), self._rarest)

    def chance(self, lexicon: Lexicon, passage: Passage, place: int, lemmas: Collection[str]) -> float:
        """How likely the word at `passage.words[place]` is a form of one of the lemmas, from 0 to 1.

        1 where nothing speaks for another word: all its readings are of them, or none is (the form was found by other
        means), or all are names, for names share forms (Лукашенко, Лукашенка) and never veto one another.
        """
        language = lexicon.language
        readings = lexicon.readings(passage.words[place].key)
        wanted = {plain(lemma, language) for lemma in lemmas}
        ours = [plain(reading.lemma, language) in wanted for reading in readings]
        if all(ours) or not any(ours) or all(reading.name for reading in readings):
            return 1.0
        chances = self.chances(window_of(passage, place), lexicon)
        return sum(share for (_, share), mine in zip(chances, ours, strict=True) if mine)

    def chances(self, window: Window, lexicon: Lexicon) -> Sequence[tuple[Reading, float]]:
        """Every reading of the window's word with its probability; they add up to 1."""
        readings, surroundings = lexicon.readings(window.word), self._around(window, lexicon)
        weigh, tables = self._weights.get, self._beside
        general = [tables[seen] for seen in surroundings.general if seen in tables]
        lexical = [tables[seen] for seen in surroundings.lexical if seen in tables]
        frequency = weigh(FREQUENCY, 0.0)
        scores = [
            sum([weigh(name, 0.0) for name in one.own])
            + sum([table.get(one.case, 0.0) for table in general])
            + sum([table.get(one.case, 0.0) + table.get(one.part, 0.0) for table in lexical])
            + frequency * self.weight(reading.lemma, reading.part)
            for reading, one in zip(readings, features(readings, window, surroundings), strict=True)
        ]
        best = max(scores)
        shares = [math.exp(score - best) for score in scores]
        whole = sum(shares)
        return [(reading, share / whole) for reading, share in zip(readings, shares, strict=True)]

    def evidence(self, window: Window, lexicon: Lexicon) -> Iterator[list[str]]:
        """The names of the features of every reading of the window's word."""
        surroundings = self._around(window, lexicon)
        for one in features(lexicon.readings(window.word), window, surroundings):
            yield one.names(surroundings)

    def _around(self, window: Window, lexicon: Lexicon) -> Around:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        return around(window, self._known, lexicon)


def lexeme_key(lemma: str, part: Part) -> str:
    """What `ContextModel` knows a lexeme by, given the part of speech of any form of it."""
    return f"{lemma}|{'INFN' if part in VERBAL else part}"
