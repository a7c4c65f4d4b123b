"""How likely each lexeme is behind a form that several share.

A form's weight under a lexeme is how often the lexeme is written, times how often its kind stands in that slot (a
noun in the genitive plural, a verb in the imperative): «lub» is the conjunction, hardly «lubić» commanded. Both are
counted from frequencies of forms by `bench.compile_likelihood`.
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST_SHARE = 0.02
"""A lexeme that has less of a form than this is not read there."""
LEAST_TYPED = 0.1
"""Nor meant, with less than this, by who types the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """Shares of running text, in decibels below all of it: 30 is a thousandth."""

    lexemes: Mapping[str, int]
    """By the lexicon's key of a lexeme."""
    slots: Mapping[str, int]
    """By the lexicon's name of a slot: of the forms of its part of speech."""

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Likelihood":
        """Reads a file of `chatovyi/language`, as `bench.compile_likelihood` packs it."""
        content = json.loads(gzip.decompress(packed))
        return cls(lexemes=content["lexemes"], slots=content["slots"])

    def weight(self, lexeme: str, slot: str) -> float:
        """How often the lexeme is written in this slot; a low one where it is not listed."""
        decibels = self.lexemes.get(lexeme, RAREST_LEXEME) + self.slots.get(slot, RAREST_SLOT)
        return float(10.0 ** (-decibels / 10))

    def shares(self, read: Iterable[tuple[str, str]]) -> Mapping[str, float]:
        """How much of a form each lexeme has that it may be of, by all lexemes and slots that it may be read as."""
        weights: dict[str, float] = {}
        for lexeme, slot in read:
            weights[lexeme] = weights.get(lexeme, 0.0) + self.weight(lexeme, slot)
        whole = sum(weights.values())
        return {lexeme: weight / whole for lexeme, weight in weights.items()}


RAREST_LEXEME = 75
RAREST_SLOT = 50
"""Of what is not listed, in decibels."""
