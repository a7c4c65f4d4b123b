"""Belarusian by its compiled dictionary: stems and paradigms (hunspell-be, bench/compile_belarusian.py)."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from core.lexicon import Case, Gender, Language, Lexeme, Name, Number, Part, Reading
from core.lexicon.belarusian_guess import MODELS, endings_of, likely_readings
from core.lexicon.belarusian_spelling import skeleton
from core.lexicon.guess import by_model, by_tail
from core.text.fold import APOSTROPHE

_PARTS: dict[str, Part] = {
    "N": "NOUN", "A": "ADJF", "P": "PRTF", "V": "VERB", "I": "INFN", "G": "GRND", "D": "ADVB", "R": "PREP",
    "C": "CONJ", "Q": "PRCL", "M": "NPRO", "U": "NUMR", "X": "UNKN",
}  # fmt: skip
_CASES: dict[str, Case] = {"n": "nom", "g": "gen", "d": "dat", "a": "acc", "i": "ins", "l": "loc", "v": "voc", "-": ""}
_NUMBERS: dict[str, Number] = {"s": "s", "p": "p", "-": ""}
_GENDERS: dict[str, Gender] = {"m": "m", "f": "f", "n": "n", "-": ""}
_NAMES: dict[str, Name] = {"f": "first", "s": "surname", "p": "patronymic", "g": "place", "o": "other"}


class _Word(NamedTuple):
    """A lexeme as it is filed: what its forms begin with, how they end (the lemma first), what name it is."""

    stem: str
    paradigm: int
    name: Name


class BelarusianLexicon:
    """Belarusian; knows a word in the official orthography and in the classical one."""

    language: Language = "be"

    def __init__(self, text: str) -> None:
        """Takes the compiled file's text: lines of paradigms, an empty line, lines of stems."""
        head, _, body = text.partition("\n\n")
        self._paradigms = head.split("\n")
        self._stems: dict[str, str] = {}
        for line in body.splitlines():
            stem, _, words = line.partition("\t")
            self._stems[stem] = words
        self._endings = lru_cache(maxsize=REMEMBERED)(self._parsed)
        self._tails = lru_cache(maxsize=REMEMBERED)(self._tailed)
        self.knows = lru_cache(maxsize=REMEMBERED)(self._knows)
        self.lexemes = lru_cache(maxsize=EXPANDED)(self._lexemes)
        self.readings = lru_cache(maxsize=REMEMBERED)(self._readings)

    def _knows(self, word: str) -> bool:
        return _ALPHABET.fullmatch(word) is not None and bool(self._filed_under(word) or self._official(word))

    def _lexemes(self, word: str) -> Sequence[Lexeme]:
        """For a word in classical spelling the lexeme has its forms in both spellings."""
        if not _ALPHABET.fullmatch(word):
            return ()
        if found := self._filed_under(word):
            return tuple(dict.fromkeys(self._lexeme(filed) for filed in found))
        return tuple(
            dict.fromkeys(
                _respelled(self._lexeme(filed), official, word)
                for official in self._official(word)
                for filed in self._filed_under(official)
            )
        )

    def _readings(self, word: str) -> Sequence[Reading]:
        if not _ALPHABET.fullmatch(word):
            return (Reading(lemma=word, part="UNKN"),)
        found = [
            reading
            for spelled in ([word] if self._filed_under(word) else self._official(word))
            for filed in self._filed_under(spelled)
            for reading in self._read(filed, spelled)
        ]
        return tuple(dict.fromkeys(found)) or likely_readings(word)

    def guesses(self, word: str) -> frozenset[str]:
        """By the longest known word it ends with, by well-known words that end alike, by ending series."""
        if not _ALPHABET.fullmatch(word):
            return frozenset({word})
        forms = endings_of(word).union(by_tail(word, self), by_model(word, MODELS, self))
        return frozenset(form for form in forms if form == word or len(form) > 2)

    def _parsed(self, paradigm: int) -> dict[str, tuple[str, ...]]:
        """Ending → tags."""
        pairs = (part.partition(":") for part in self._paradigms[paradigm].split("|"))
        return {ending: tuple(tags.split(",")) for ending, _, tags in pairs}

    def _filed(self, stem: str) -> Iterator[_Word]:
        codes = self._stems.get(stem)
        if codes is not None:
            for paradigm, name in _decoded(codes):
                yield _Word(stem, paradigm, name)

    def _filed_under(self, word: str) -> list[_Word]:
        """The lexemes of which it is a form in the official spelling, the longest stem first."""
        word = _full_u(word)
        return [
            filed
            for at in range(len(word), -1, -1)
            if word[:at] in self._stems
            for filed in self._filed(word[:at])
            if word[at:] in self._endings(filed.paradigm)
        ]

    def _lexeme(self, filed: _Word) -> Lexeme:
        endings = self._endings(filed.paradigm)
        first, tags = next(iter(endings.items()))
        return Lexeme(
            lemma=filed.stem + first,
            part=_PARTS[tags[0][0]],
            name=filed.name,
            forms=frozenset(filed.stem + ending for ending in endings),
        )

    def _read(self, filed: _Word, word: str) -> Iterator[Reading]:
        endings = self._endings(filed.paradigm)
        lemma = filed.stem + next(iter(endings))
        for tag in endings[_full_u(word)[len(filed.stem) :]]:
            yield Reading(
                lemma=lemma,
                part=_PARTS[tag[0]],
                case=_CASES[tag[1]],
                number=_NUMBERS[tag[2]],
                gender=_GENDERS.get(tag[3], ""),
                name=filed.name,
            )

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        """Stems by what the two orthographies have in common; made when first a word is not known as it stands."""
        found: dict[str, list[str]] = {}
        for stem in self._stems:
            found.setdefault(skeleton(stem), []).append(stem)
        return found

    def _official(self, word: str) -> list[str]:
        """The word as the dictionary spells it: шэсьце → шэсце, плян → план; nothing for an unknown one."""
        bones = skeleton(word)
        found: dict[str, None] = {}
        for at in range(len(bones), -1, -1):
            for stem in self._skeletons.get(bones[:at], ()):
                for filed in self._filed(stem):
                    for ending in self._tails(filed.paradigm).get(bones[at + 1 :], ()):
                        if skeleton(stem + ending) == bones:
                            found[stem + ending] = None
        return list(found)

    def _tailed(self, paradigm: int) -> dict[str, list[str]]:
        """Endings by their skeletons but for the first letter, which the stem before it may change."""
        found: dict[str, list[str]] = {}
        for ending in self._endings(paradigm):
            found.setdefault(skeleton(ending)[1:], []).append(ending)
            if ending[:1] == "ь":
                found.setdefault(skeleton(ending[1:])[1:], []).append(ending)
        return found


REMEMBERED = 1 << 14
"""Words that are kept at hand with what was found for them."""
EXPANDED = 1 << 10
"""Words whose lexemes are, for those are large and asked for once a subscription."""
_ALPHABET = re.compile(f"[абвгдеёжзійклмнопрстуўфхцчшыьэюя{APOSTROPHE}-]+")


@lru_cache(maxsize=REMEMBERED)
def _decoded(codes: str) -> tuple[tuple[int, Name], ...]:
    """`12 7s`: paradigm 12, and paradigm 7 as a surname."""
    numbers = [(code.rstrip("".join(_NAMES)), code) for code in codes.split()]
    return tuple((int(number), _NAMES.get(code[len(number) :], "")) for number, code in numbers)


def _full_u(word: str) -> str:
    """ў stands for an initial у after a vowel."""
    return "у" + word[1:] if word[:1] == "ў" else word


def _respelled(lexeme: Lexeme, official: str, typed: str) -> Lexeme:
    """The lexeme with its forms spelled as the typed one too."""
    same = 0
    while same < min(len(official), len(typed)) - 1 and official[-1 - same] == typed[-1 - same]:
        same += 1
    there, here = official[: len(official) - same], typed[: len(typed) - same]
    more = {here + form[len(there) :] for form in lexeme.forms if form.startswith(there)}
    return Lexeme(lemma=lexeme.lemma, part=lexeme.part, name=lexeme.name, forms=lexeme.forms | more)
