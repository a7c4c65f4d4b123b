"""Ukrainian and Russian by pymorphy3's dictionaries (VESUM, OpenCorpora)."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol, get_args

from core.lexicon import Case, Gender, Language, Lexeme, Name, Number, Part, Reading
from core.lexicon.guess import guessed
from core.text.fold import APOSTROPHE, fold

REMEMBERED = 1 << 16
"""Words whose readings are kept at hand."""


class Tag(Protocol):
    """A parse's grammemes as pymorphy3 gives them."""

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


class PymorphyLexicon:
    """A dictionary of `pymorphy3` behind the port."""

    def __init__(self, analyzer: Analyzer, language: Language, *, names: frozenset[str] = frozenset()) -> None:
        """`names` are lemmas written with a capital alone, for a dictionary that does not mark them all."""
        self._analyzer = analyzer
        self._names = names
        self._language = language
        self._alphabet = _ALPHABETS[language]
        self.readings = lru_cache(maxsize=REMEMBERED)(self._readings)
        self.lexemes = lru_cache(maxsize=REMEMBERED)(self._lexemes)
        self.knows = lru_cache(maxsize=REMEMBERED)(self._knows)

    @property
    def language(self) -> Language:
        return self._language

    def _knows(self, word: str) -> bool:
        return self._alphabet.fullmatch(word) is not None and self._analyzer.word_is_known(_spelled(word))

    def _lexemes(self, word: str) -> Sequence[Lexeme]:
        if not self._alphabet.fullmatch(word):
            return ()
        found: dict[Lexeme, None] = {}
        for parse in self._analyzer.parse(_spelled(word)):
            if parse.is_known:
                found[self._lexeme(parse)] = None
        return tuple(found)

    def _lexeme(self, parse: Parse) -> Lexeme:
        part = _part(parse.tag.grammemes)
        forms = frozenset(fold(form.word) for form in _of_its_degree(parse))
        aside: frozenset[str] = frozenset()
        if part in _VERBAL:
            part = "INFN"
            aside = converbs(forms) - forms if self._language == "uk" else aside
        return Lexeme(lemma=_lemma(parse), part=part, name=self._name(parse), forms=forms, aside=aside)

    def _readings(self, word: str) -> Sequence[Reading]:
        if not self._alphabet.fullmatch(word):
            return (Reading(lemma=word, part="UNKN"),)
        return tuple(dict.fromkeys(map(self._reading, self._analyzer.parse(_spelled(word)))))

    def _reading(self, parse: Parse) -> Reading:
        grammemes = parse.tag.grammemes
        gender: Gender = next((gender for name, gender in _GENDERS.items() if name in grammemes), "")
        # The Ukrainian dictionary marks the plural alone: what has a gender is one.
        one: Number = "s" if gender else ""
        return Reading(
            lemma=_lemma(parse),
            part=_part(grammemes),
            case=next((case for name, case in _CASES.items() if name in grammemes), ""),
            number=next((number for name, number in _NUMBERS.items() if name in grammemes), one),
            gender=gender,
            name=self._name(parse),
            abbreviation="Abbr" in grammemes,
        )

    def _name(self, parse: Parse) -> Name:
        return next((name for grammeme, name in _NAMES.items() if grammeme in parse.tag.grammemes), "") or (
            "other" if fold(parse.normal_form) in self._names else ""
        )

    def guesses(self, word: str) -> frozenset[str]:
        """By the analyser's own prediction, by words that end alike, by ending series."""
        if not self._alphabet.fullmatch(word):
            return frozenset({word})
        predicted = {fold(form.word) for parse in self._analyzer.parse(_spelled(word)) for form in parse.lexeme}
        return guessed(word, self) | predicted


_ALPHABETS: dict[Language, re.Pattern[str]] = {
    "uk": re.compile(f"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя{APOSTROPHE}-]+"),
    "ru": re.compile("[абвгдеёжзийклмнопрстуфхцчшщъыьэюя-]+"),
}
_VERBAL = frozenset({"VERB", "INFN", "GRND", "PRTF"})
_PARTS = frozenset(get_args(Part))
_OTHER_PARTS: dict[str, Part] = {"ADJS": "ADJF", "PRTS": "PRTF", "COMP": "ADJF"}
_CASES: dict[str, Case] = {
    "nomn": "nom",
    "gent": "gen",
    "gen2": "gen",
    "datv": "dat",
    "accs": "acc",
    "ablt": "ins",
    "loct": "loc",
    "loc2": "loc",
    "voct": "voc",
}
_NUMBERS: dict[str, Number] = {"sing": "s", "plur": "p"}
_GENDERS: dict[str, Gender] = {"masc": "m", "femn": "f", "neut": "n"}
_NAMES: dict[str, Name] = {
    "Name": "first",
    "Surn": "surname",
    "Patr": "patronymic",
    "Geox": "place",
    "Orgn": "other",
    "Trad": "other",
}


def _part(grammemes: frozenset[str]) -> Part:
    if "infn" in grammemes:  # the Ukrainian dictionary's infinitive is a VERB so marked
        return "INFN"
    for grammeme in grammemes:
        if grammeme in _PARTS:
            return grammeme  # type: ignore[return-value]
        if grammeme in _OTHER_PARTS:
            return _OTHER_PARTS[grammeme]
    return "UNKN"


def _spelled(key: str) -> str:
    """The dictionaries write the apostrophe as U+0027."""
    return key.replace(APOSTROPHE, "'")


def _of_its_degree(parse: Parse) -> list[Parse]:
    """The forms of the parse's word; an adjective and its superlatives («лучший», «наилучший») are words apart."""
    if _SUPERLATIVE not in parse.tag.grammemes:
        return [form for form in parse.lexeme if _SUPERLATIVE not in form.tag.grammemes]
    beginning = parse.word[:_TELLING_LETTERS]
    return [form for form in parse.lexeme if _SUPERLATIVE in form.tag.grammemes and form.word.startswith(beginning)]


_TELLING_LETTERS = 4
"""By which two superlatives of one adjective are told apart."""


def _lemma(parse: Parse) -> str:
    if _SUPERLATIVE not in parse.tag.grammemes:
        return fold(parse.normal_form)
    return fold(next(form.word for form in _of_its_degree(parse) if {"nomn", "masc"} <= form.tag.grammemes))


_SUPERLATIVE = "Supr"
_REFLEXIVE = ("ся", "сь")
_PRESENT_PLURAL = ("уть", "ють", "ать", "ять")


def converbs(forms: frozenset[str]) -> frozenset[str]:
    """The converbs of a Ukrainian verb by its forms («зробив» – «зробивши», «роблять» – «роблячи»), which the
    dictionary lists as words of their own."""
    made = set()
    for form in forms:
        base, tail = (form[:-2], "сь") if form.endswith(_REFLEXIVE) else (form, "")
        if base.endswith("в"):
            made.add(base + "ши" + tail)
        elif base.endswith(_PRESENT_PLURAL):
            made.add(base[:-2] + "чи" + tail)
        elif len(base) > 3 and base[-1] in "гкзсдтбпрлх" and base + "ла" + ("ся" if tail else "") in forms:
            made.add(base + "ши" + tail)
    return frozenset(made)
