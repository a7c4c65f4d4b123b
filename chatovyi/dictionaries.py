"""The dictionaries of word forms, each opened when the first word in its letters is looked up."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import TypeVar

import lemminflect
import pymorphy3

from core.context import ContextModel
from core.judge import DictionaryJudge
from core.lexicon import LANGUAGES, Language, Lexicon, Part
from core.lexicon.belarusian import BelarusianLexicon
from core.lexicon.english import EnglishLexicon
from core.lexicon.lemma import Lemmatizer
from core.lexicon.polish import PolishLexicon
from core.lexicon.pymorphy import PymorphyLexicon
from core.linguist import Linguist
from core.senses import Dictionaries


_FILES = resources.files("chatovyi") / "language"
Book = TypeVar("Book")


@cache
def linguist() -> Linguist:
    """One for the whole process."""
    dictionaries = Dictionaries(lexicons=Shelf(_LEXICONS), weight=_weight)
    return Linguist(
        dictionaries=dictionaries,
        judge=DictionaryJudge(dictionaries=dictionaries, models=_models()),
        lemmatizer=Lemmatizer(dictionaries.lexicons["uk"]),
    )


def _weight(language: Language, lemma: str, part: Part) -> float:
    model = _models().get(language)
    return model.weight(lemma, part) if model else 0.0


@cache
def _models() -> Mapping[Language, ContextModel]:
    """What tells homonyms apart, for the languages that have weights."""
    return Shelf({language: partial(_model, language) for language in LANGUAGES if _weights(language).is_file()})


def _model(language: Language) -> ContextModel:
    return ContextModel.from_bytes(_weights(language).read_bytes())


def _weights(language: Language) -> Traversable:
    return _FILES / f"context-{language}.json.gz"


class Shelf(Mapping[Language, Book]):
    """What is read when they are first taken: a quarter of a second and some 30 MB a dictionary."""

    def __init__(self, openers: Mapping[Language, Callable[[], Book]]) -> None:
        self._openers = openers
        self._taken: dict[Language, Book] = {}

    def __getitem__(self, language: Language) -> Book:
        if language not in self._taken:
            self._taken[language] = self._openers[language]()
        return self._taken[language]

    def __contains__(self, language: object) -> bool:
        return language in self._openers

    def __iter__(self) -> Iterator[Language]:
        return iter(self._openers)

    def __len__(self) -> int:
        return len(self._openers)


def _ukrainian() -> Lexicon:
    names = gzip.decompress((_FILES / "names-uk.txt.gz").read_bytes()).decode().split("\n")
    return PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="uk"), "uk", names=frozenset(names))


def _russian() -> Lexicon:
    return PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="ru"), "ru")


def _belarusian() -> Lexicon:
    return BelarusianLexicon(gzip.decompress((_FILES / "belarusian.gz").read_bytes()).decode())


def _polish() -> Lexicon:
    import morfeusz2

    return PolishLexicon(morfeusz2.Morfeusz(generate=True))


def _english() -> Lexicon:
    return EnglishLexicon(lemminflect)


_LEXICONS: dict[Language, Callable[[], Lexicon]] = {
    "uk": _ukrainian,
    "be": _belarusian,
    "ru": _russian,
    "en": _english,
}
if find_spec("morfeusz2"):
    _LEXICONS["pl"] = _polish
