"""How frequent each lexeme is, by how frequent its forms are.

Expectation-maximisation (Dempster, Laird, Rubin 1977): a form's frequency is shared among its readings by how frequent
their lexemes and grammemes are, these are counted anew, and so on; unambiguous forms speak for the ambiguous ones.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from core.context.model import lexeme_key
from core.lexicon import Case, Gender, Lexicon, Number, Part, Reading
from core.text.fold import fold

Grammemes = tuple[Part, Case, Number, Gender, bool]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

ROUNDS = 12
INFLECTED: frozenset[Part] = frozenset({"NOUN", "ADJF"})
"""Parts of speech whose lexemes may lack numbers or genders («вибори» has no singular): what they lack is not expected
of them."""


def grammemes(reading: Reading) -> Grammemes:
    """What is counted of a reading beside its lexeme."""
    return reading.part, reading.case, reading.number, reading.gender, bool(reading.name)


def forms(path: Path) -> dict[str, float]:
    """Reads lines `word<TAB>share of running text`."""
    counted: dict[str, float] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, share = line.rstrip("\n").split("\t")
            key = fold(word)
            if key[:1].isalpha():
                counted[key] = counted.get(key, 0.0) + float(share)
    return counted


class _Counting:
    """The readings of all forms as flat arrays."""

    def __init__(self, counted: Mapping[str, float], lexicon: Lexicon) -> None:
        self.lexemes: dict[str, int] = {}
        self.grammemes: dict[Grammemes, int] = {}
        self.rivals: set[str] = set()
        lexeme: list[int] = []
        grammeme: list[int] = []
        form: list[int] = []
        share: list[float] = []
        gerunds: set[str] = set()
        for word, frequency in counted.items():
            if not lexicon.knows(word):
                continue
            readings = lexicon.readings(word)
            keys = [lexeme_key(reading.lemma, reading.part) for reading in readings]
            if len(set(keys)) > 1:
                self.rivals.update(keys)
            for reading, key in zip(readings, keys, strict=True):
                if _is_gerund(reading, lexicon):
                    gerunds.add(key)
                lexeme.append(self.lexemes.setdefault(key, len(self.lexemes)))
                grammeme.append(self.grammemes.setdefault(grammemes(reading), len(self.grammemes)))
                form.append(len(share))
            share.append(frequency)
        self.lexeme, self.grammeme, self.form = np.array(lexeme), np.array(grammeme), np.array(form)
        self.share = np.array(share, dtype=np.float64)
        self.start: Floats = np.array([_GERUND if key in gerunds else 1.0 for key in self.lexemes])
        self.begins = np.flatnonzero(np.r_[True, self.form[1:] != self.form[:-1]])
        parts: dict[str, int] = {}
        self.part = np.array([parts.setdefault(lexeme_key("", one[0]), len(parts)) for one in self.grammemes])
        self.expected, self.paradigm = self._paradigms()

    def _paradigms(self) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.int64]]]:
        """Which grammemes a lexeme may have, as rows of 0 and 1, and each lexeme's row."""
        listed = list(self.grammemes)
        seen: list[set[tuple[str, str]]] = [set() for _ in self.lexemes]
        for lexeme, grammeme in zip(self.lexeme.tolist(), self.grammeme.tolist(), strict=True):
            seen[lexeme].add(listed[grammeme][2:4])
        rows: dict[tuple[int, frozenset[tuple[str, str]]], int] = {}
        part_of = dict(zip(self.lexeme.tolist(), self.part[self.grammeme].tolist(), strict=True))
        inflected = {int(self.part[at]) for one, at in self.grammemes.items() if one[0] in INFLECTED}
        row_of = [
            rows.setdefault((part_of[at], frozenset(kinds) if part_of[at] in inflected else frozenset()), len(rows))
            for at, kinds in enumerate(seen)
        ]
        table = np.zeros((len(rows), len(listed)))
        for (part, kinds), row in rows.items():
            for at, one in enumerate(listed):
                table[row, at] = self.part[at] == part and (not kinds or one[2:4] in kinds)
        return table, np.array(row_of)


def frequencies(counted: Mapping[str, float], lexicon: Lexicon) -> dict[str, float]:
    """Shares of running text by `lexeme_key`, of the lexemes that share a form with another, by the shares of forms."""
    counting = _Counting(counted, lexicon)
    lexemes = counting.start / counting.start.sum()
    shares: Floats = np.ones(len(counting.grammemes))
    shares /= np.bincount(counting.part, shares)[counting.part]
    for _ in range(ROUNDS):
        expected = (counting.expected @ shares)[counting.paradigm]
        likely = (lexemes / expected)[counting.lexeme] * shares[counting.grammeme]
        likely *= (counting.share / np.add.reduceat(likely, counting.begins))[counting.form]
        lexemes = np.bincount(counting.lexeme, likely, len(lexemes)).astype(np.float64) + _NEVER_ZERO
        lexemes /= lexemes.sum()
        shares = np.bincount(counting.grammeme, likely, len(shares)).astype(np.float64) + _NEVER_ZERO
        shares /= np.bincount(counting.part, shares)[counting.part]
    expected = (counting.expected @ shares)[counting.paradigm]
    return {
        key: share
        for key, share in zip(counting.lexemes, (lexemes / expected).tolist(), strict=True)
        if key in counting.rivals
    }


_NEVER_ZERO = 1e-9
_GERUND = 0.1
"""Of a verbal noun against the noun proper, before anything is counted: where they have the same forms («pytanie»),
nothing that can be counted tells them apart."""


def _is_gerund(reading: Reading, lexicon: Lexicon) -> bool:
    return reading.part == "NOUN" and all(other.part == "INFN" for other in lexicon.readings(reading.lemma))
