"""The dictionaries of word forms, each opened when the first word in its letters is looked up."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.util import find_spec

import lemminflect
import pymorphy3

from core.judge import DictionaryJudge
from core.lexicon import Language, Lexicon
from core.lexicon.english import EnglishLexicon
from core.lexicon.lemma import Lemmatizer
from core.lexicon.polish import PolishLexicon
from core.lexicon.pymorphy import PymorphyLexicon
from core.linguist import Linguist
from core.senses import Dictionaries


@cache
def linguist() -> Linguist:
    """One for the whole process."""
    shelf = Shelf(_OPENERS)
    dictionaries = Dictionaries(lexicons=shelf)
    return Linguist(
        dictionaries=dictionaries,
        judge=DictionaryJudge(dictionaries=dictionaries),
        lemmatizer=Lemmatizer(shelf["uk"]),
    )


class Shelf(Mapping[Language, Lexicon]):
    """Dictionaries that are read when they are first taken: a quarter of a second and some 30 MB each."""

    def __init__(self, openers: Mapping[Language, Callable[[], Lexicon]]) -> None:
        self._openers = openers
        self._taken: dict[Language, Lexicon] = {}

    def __getitem__(self, language: Language) -> Lexicon:
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
    names = gzip.decompress(_file("names-uk.txt.gz")).decode().split("\n")
    return PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="uk"), "uk", names=frozenset(names))


def _russian() -> Lexicon:
    return PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="ru"), "ru")


def _polish() -> Lexicon:
    import morfeusz2

    return PolishLexicon(morfeusz2.Morfeusz(generate=True))


def _english() -> Lexicon:
    return EnglishLexicon(lemminflect)


def _file(name: str) -> bytes:
    return (resources.files("chatovyi") / "language" / name).read_bytes()


_OPENERS: dict[Language, Callable[[], Lexicon]] = {
    "uk": _ukrainian,
    "ru": _russian,
    "en": _english,
}
if find_spec("morfeusz2"):
    _OPENERS["pl"] = _polish
