"""All forms of a word, by a dictionary that is passed in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from core.text.fold import APOSTROPHE, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a word: of which lemma it is a form, and how it stands in a sentence."""

    lemma: str
    forms: frozenset[str]
    """Keys of all forms of the lemma."""
    role: str
    """`adjective`, `noun`, `name`, `surname` or `other`."""
    places: frozenset[tuple[str, str]]
    """(case, gender or `plur`) of this form: what an adjective shares with its noun."""


class Lexicon(Protocol):
    """What a language must offer. Words go in and come out as keys (`core.text.fold`)."""

    def readings(self, word: str) -> Sequence[Reading]:
        """Every reading, the citation form's first; at least one, for an unknown word a guess."""

    def lemma(self, word: str) -> str:
        """The likeliest lemma, for comparing texts."""


class Tag(Protocol):
    """A reading's grammemes as pymorphy3 gives them."""

    grammemes: frozenset[str]


class Parse(Protocol):
    """One parse as pymorphy3 gives it."""

    word: str
    normal_form: str
    tag: Tag
    is_known: bool

    @property
    def lexeme(self) -> Iterable["Parse"]: ...


class Analyzer(Protocol):
    """The part of `pymorphy3.MorphAnalyzer` that is used."""

    def parse(self, word: str) -> Sequence[Parse]: ...
    def word_is_known(self, word: str) -> bool: ...


_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct"})
_GENDERS = ("plur", "masc", "femn", "neut")
_UKRAINIAN = re.compile(f"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя{APOSTROPHE}-]+")
_NO_APOSTROPHE = re.compile("(?<=[бпвмфкргґдтзсн])(?=[яюєї])")


class UkrainianLexicon:
    """Ukrainian by pymorphy3 and its dictionary (VESUM); other scripts and alphabets are left as typed."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.lemma = lru_cache(maxsize=1 << 17)(self._lemma)

    def readings(self, word: str) -> Sequence[Reading]:
        """The citation form's readings where the word is one («білорусь»), else all («людей» is of «люди»)."""
        if not _UKRAINIAN.fullmatch(word):
            return [Reading(lemma=word, forms=frozenset({word}), role="other", places=frozenset())]
        word = self._with_apostrophe(word)
        parses = self._analyzer.parse(_spelled(word))
        known = [parse for parse in parses if parse.is_known]
        if not known:
            return [self._guess(word, parses)]
        readings = _merged(known)
        return sorted(readings, key=lambda reading: reading.lemma != word)

    def _lemma(self, word: str) -> str:
        if not _UKRAINIAN.fullmatch(word):
            return word
        parses = self._analyzer.parse(_spelled(word))
        return fold(max((parse for parse in parses if parse.is_known), key=_rank, default=parses[0]).normal_form)

    def _with_apostrophe(self, word: str) -> str:
        """«політвязень» is read as «політвʼязень» when only the latter is a word."""
        if APOSTROPHE in word or self._analyzer.word_is_known(word):
            return word
        for gap in _NO_APOSTROPHE.finditer(word):
            candidate = word[: gap.start()] + APOSTROPHE + word[gap.start() :]
            if self._analyzer.word_is_known(_spelled(candidate)):
                return candidate
        return word

    def _guess(self, word: str, parses: Sequence[Parse]) -> Reading:
        """An unknown word declines like words that end alike, but never into a word that means something else."""
        forms = {form.word for parse in parses for form in parse.lexeme}
        free = {fold(form) for form in forms if not self._analyzer.word_is_known(form)}
        places = frozenset(place for parse in parses if (place := _place(parse)))
        role = _role(parses[0]) if parses else "other"
        return Reading(lemma=word, forms=frozenset(free | {word}), role=role, places=places)


def _merged(parses: Iterable[Parse]) -> list[Reading]:
    """Parses that differ only in case are one reading; surnames of both genders are one name."""
    groups: dict[tuple[str, str], list[Parse]] = {}
    for parse in parses:
        groups.setdefault((parse.normal_form, _role(parse)), []).append(parse)
    return [
        Reading(
            lemma=fold(lemma),
            forms=frozenset(fold(form.word) for parse in group for form in parse.lexeme),
            role=role,
            places=frozenset(place for parse in group if (place := _place(parse))),
        )
        for (lemma, role), group in groups.items()
    ]


def _role(parse: Parse) -> str:
    grammemes = parse.tag.grammemes
    for grammeme, role in _ROLES:
        if grammeme in grammemes:
            return role
    return "other"


_ROLES = (("Surn", "surname"), ("Name", "name"), ("ADJF", "adjective"), ("NOUN", "noun"))


def _rank(parse: Parse) -> tuple[bool, int, str]:
    """The dictionary rates all readings alike. Nouns tell most of an event; of them the longest lemma is the same for
    every case of a name: «Києві» may be of «кий», «Київ» may not.
    """
    return _role(parse) == "noun", len(parse.normal_form), parse.normal_form


def _place(parse: Parse) -> tuple[str, str] | None:
    grammemes = parse.tag.grammemes
    case = next((case for case in _CASES if case in grammemes), None)
    gender = next((gender for gender in _GENDERS if gender in grammemes), None)
    return (case, gender) if case and gender else None


def _spelled(key: str) -> str:
    """The dictionary writes the apostrophe as U+0027."""
    return key.replace(APOSTROPHE, "'")
