"""The dictionaries of word forms, each opened when the first word in its letters is looked up."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import TypeVar
from zlib import crc32

import lemminflect
import pymorphy3

from chatovyi import __version__
from core.concept.echo import Echoes
from core.context import ContextModel
from core.lexicon import LANGUAGES, Language, Lexicon, Part
from core.lexicon.belarusian import BelarusianLexicon
from core.lexicon.english import EnglishLexicon
from core.lexicon.lemma import Lemmatizer
from core.lexicon.likelihood import Likelihood
from core.lexicon.polish import PolishLexicon
from core.lexicon.pymorphy import PymorphyLexicon
from core.linguist import Linguist
from core.meaning.judge import DictionaryJudge
from core.meaning.senses import Dictionaries

_FILES = resources.files("chatovyi") / "language"
Book = TypeVar("Book")


@cache
def linguist() -> Linguist:
    """One for the whole process."""
    dictionaries = Dictionaries(lexicons=Shelf(_LEXICONS), weight=_weight)
    lemmatizer = Lemmatizer(dictionaries.lexicons)
    return Linguist(
        dictionaries=dictionaries,
        judge=DictionaryJudge(dictionaries=dictionaries, models=_models()),
        lemmatizer=lemmatizer,
        echoes=Echoes(lemmatizer.lemma, glossary()),
    )


def glossary() -> str:
    """The words of news, a concept a line."""
    return (_FILES / "glossary.txt").read_text(encoding="utf-8")


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


def made_by() -> str:
    """What the forms of a query depend on: our version, the dictionaries' versions, our own language files."""
    packages = ("pymorphy3-dicts-uk", "pymorphy3-dicts-ru", "morfeusz2", "lemminflect")
    versions = [f"{name} {version(name)}" for name in packages if name != "morfeusz2" or find_spec(name)]
    files = sorted((file.name, file.read_bytes()) for file in _FILES.iterdir() if file.is_file())
    contents = [f"{name} {crc32(content)}" for name, content in files]
    return "; ".join([f"chatovyi {__version__}", *versions, *contents])


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

    analyser = morfeusz2.Morfeusz(generate=True, praet="composite", case_handling=morfeusz2.IGNORE_CASE)
    likelihood = Likelihood.from_bytes((_FILES / "likelihood-pl.json.gz").read_bytes())
    return PolishLexicon(analyser, likelihood)


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
