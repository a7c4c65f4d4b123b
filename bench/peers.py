"""What exists, and what people do by hand, to find a word in texts.

All share one way to split words and one light spelling (`light`), so that they differ in morphology alone.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from core.lexicon import Language
from core.text.fold import APOSTROPHES

Hits = Sequence[set[int]]
"""By text, the numbers of the queries that it answers."""
Answers = Callable[[Sequence[str], Sequence[str]], Hits]
"""Of queries and texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One of them."""

    name: str
    """With its version."""
    answers: Answers
    most: int = 0
    """How many queries it can be asked in reasonable time; 0: any number."""


def peers(language: Language, hunspell: Path | None) -> Iterator[Peer | str]:
    """Those that know the language, or why one is left out. `hunspell` is the folder of Debian's dictionaries."""
    yield Peer(name="exact word", answers=keyed(_itself, _itself))
    yield Peer(name="substring", answers=_substring)
    yield Peer(name="prefix, last vowels cut", answers=keyed(_stem_by_hand, _beginnings))
    for package, offer in _OFFERS:
        try:
            of_query, of_text = offer(language, hunspell)
            yield Peer(name=f"{package} {version(package)}", answers=keyed(of_query, of_text))
        except _DoesNotKnow:
            continue
        except (ImportError, PackageNotFoundError):
            yield f"{package} is not installed"
        except FileNotFoundError as error:
            yield f"{package}: {error}"
    yield from _fuzzy()


class _DoesNotKnow(Exception):
    """The package is not made for this language."""


_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("\u0300\u0301\u00ad\u200b", ""))
_WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")


def light(text: str) -> str:
    """One apostrophe, no stress, small letters: what every method is given for free."""
    return unicodedata.normalize("NFC", text.translate(_APOSTROPHE)).casefold()


def split(text: str) -> list[str]:
    """The words of a text, lightly spelt."""
    return _WORD.findall(light(text))


Keys = Callable[[str], Iterable[str]]


def keyed(of_query: Keys, of_text: Keys) -> Answers:
    """Words of query and text are the same where they share a key; words of a query stand side by side."""

    def answers(queries: Sequence[str], texts: Sequence[str]) -> Hits:
        wanted = [split(query) for query in queries]
        parts: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for number, words in enumerate(wanted):
            for place, word in enumerate(words):
                for key in of_query(word):
                    parts[key].add((number, place))

        @cache
        def found(word: str) -> frozenset[tuple[int, int]]:
            return frozenset(part for key in of_text(word) for part in parts.get(key, ()))

        return [_side_by_side(map(found, split(text)), wanted) for text in texts]

    return answers


def _side_by_side(found: Iterable[Iterable[tuple[int, int]]], wanted: Sequence[Sequence[str]]) -> set[int]:
    hits: set[int] = set()
    begun: set[tuple[int, int]] = set()
    for parts in found:
        begun = {(number, place) for number, place in parts if not place or (number, place - 1) in begun}
        hits.update(number for number, place in begun if place == len(wanted[number]) - 1)
    return hits


def _itself(word: str) -> set[str]:
    return {word}


def _substring(queries: Sequence[str], texts: Sequence[str]) -> Hits:
    wanted = [light(query) for query in queries]
    return [{number for number, query in enumerate(wanted) if query in text} for text in map(light, texts)]


_ENDING = re.compile("(?:[аеєиіїоуюяьйыэёўaeiouyąęó]|ий|ій|ый|ой|ти|ть|ся|сь)+$")
_SHORTEST = 3


def _stem_by_hand(word: str) -> set[str]:
    stem = _ENDING.sub("", word)
    return {stem if len(stem) >= _SHORTEST else word[: max(_SHORTEST, len(word) - 1)]}


def _beginnings(word: str) -> set[str]:
    return {word[:length] for length in range(_SHORTEST, len(word) + 1)} | {word}


def _cited_first(lemmas: Keys) -> tuple[Keys, Keys]:
    """A query that is a lemma means itself alone; any other form means every lemma it may be of."""

    def of_query(word: str) -> set[str]:
        found = set(lemmas(word))
        return {word} if word in found else found

    return of_query, lemmas


def _pymorphy(language: Language, _: Path | None) -> tuple[Keys, Keys]:
    if language not in ("uk", "ru"):
        raise _DoesNotKnow
    analyzer = import_module("pymorphy3").MorphAnalyzer(lang=language)

    def lemmas(word: str) -> set[str]:
        plain = word.replace("ё", "е")
        return {parse.normal_form.replace("ё", "е") for parse in analyzer.parse(plain)} or {plain}

    return _cited_first(lemmas)


def _simplemma(language: Language, _: Path | None) -> tuple[Keys, Keys]:
    if language == "be":
        raise _DoesNotKnow
    lemmatize = import_module("simplemma").lemmatize

    def lemma(word: str) -> set[str]:
        return {lemmatize(word, lang=language).lower()}

    return lambda word: {word} | lemma(word), lemma


def _snowball(language: Language, _: Path | None) -> tuple[Keys, Keys]:
    name = {"ru": "russian", "en": "english", "pl": "polish"}.get(language)
    if name is None:
        raise _DoesNotKnow
    stemmer = import_module("snowballstemmer").stemmer(name)

    def stem(word: str) -> set[str]:
        return {stemmer.stemWord(word)}

    return stem, stem


_HUNSPELL: dict[Language, str] = {"uk": "uk_UA", "be": "be_BY", "ru": "ru_RU", "pl": "pl_PL", "en": "en_US"}


def _hunspell(language: Language, folder: Path | None) -> tuple[Keys, Keys]:
    module = import_module("hunspell")
    own = Path(str(module.__file__)).parent / "dictionaries"
    home = next((one for one in (folder, own) if one and (one / f"{_HUNSPELL[language]}.dic").exists()), None)
    if home is None:
        raise FileNotFoundError(f"no {_HUNSPELL[language]}.dic; give its folder with --hunspell")
    speller = module.Hunspell(_HUNSPELL[language], hunspell_data_dir=str(home))

    def stems(word: str) -> set[str]:
        return {light(stem) for one in {word, word.capitalize(), word.upper()} for stem in speller.stem(one)} or {word}

    return _cited_first(stems)


def _morfeusz(language: Language, _: Path | None) -> tuple[Keys, Keys]:
    if language != "pl":
        raise _DoesNotKnow
    analyzer = import_module("morfeusz2").Morfeusz()

    def lemmas(word: str) -> set[str]:
        read: list[tuple[Any, ...]] = [
            found for one in (word, word.capitalize()) for _, _, found in analyzer.analyse(one)
        ]
        return {
            light(lemma.split(":")[0]) for form, lemma, tag, *_ in read if light(form) == word and tag != "ign"
        } or {word}

    return _cited_first(lemmas)


def _lemminflect(language: Language, _: Path | None) -> tuple[Keys, Keys]:
    if language != "en":
        raise _DoesNotKnow
    lemmas_of = import_module("lemminflect").getAllLemmas

    def lemmas(word: str) -> set[str]:
        return {light(lemma) for found in lemmas_of(word).values() for lemma in found} or {word}

    return _cited_first(lemmas)


_OFFERS: Sequence[tuple[str, Callable[[Language, Path | None], tuple[Keys, Keys]]]] = (
    ("pymorphy3", _pymorphy),
    ("morfeusz2", _morfeusz),
    ("lemminflect", _lemminflect),
    ("simplemma", _simplemma),
    ("snowballstemmer", _snowball),
    ("chunspell", _hunspell),
)
_OF_A_WHOLE_TEXT = 400


def _fuzzy() -> Iterator[Peer]:
    """rapidfuzz, which Chatovyi itself needs, at its best settings."""
    fuzz, winkler = import_module("rapidfuzz.fuzz"), import_module("rapidfuzz.distance").JaroWinkler
    name = f"rapidfuzz {version('rapidfuzz')}"
    for scorer, title, least in (
        (fuzz.ratio, "ratio >= 80", 80.0),
        (fuzz.ratio, "ratio >= 85", 85.0),
        (winkler.normalized_similarity, "Jaro-Winkler >= 93", 0.93),
    ):
        yield Peer(name=f"{name} {title}", answers=_near_words(scorer, least))
    yield Peer(name=f"{name} partial_ratio >= 85", answers=_near_texts(fuzz.partial_ratio, 85.0), most=_OF_A_WHOLE_TEXT)


_BATCH = 500


def _near_words(scorer: Any, least: float) -> Answers:
    """Words of query and text are the same where the scorer says so."""
    cdist = import_module("rapidfuzz.process").cdist

    def answers(queries: Sequence[str], texts: Sequence[str]) -> Hits:
        asked = sorted({word for query in queries for word in split(query)})
        words = sorted({word for text in texts for word in split(text)})
        near: dict[str, set[str]] = defaultdict(set)
        for begin in range(0, len(words), _BATCH):
            batch = words[begin : begin + _BATCH]
            scores = cdist(batch, asked, scorer=scorer, score_cutoff=least)
            for row, column in zip(*(scores >= least).nonzero(), strict=True):
                near[batch[row]].add(asked[column])
        return keyed(_itself, lambda word: near.get(word, ()))(queries, texts)

    return answers


def _near_texts(scorer: Any, least: float) -> Answers:
    """The whole query against the whole text."""
    cdist = import_module("rapidfuzz.process").cdist

    def answers(queries: Sequence[str], texts: Sequence[str]) -> Hits:
        asked, hits = [light(query) for query in queries], []
        for begin in range(0, len(texts), _BATCH):
            batch = [light(text) for text in texts[begin : begin + _BATCH]]
            scores = cdist(batch, asked, scorer=scorer, score_cutoff=least)
            hits += [set(map(int, row.nonzero()[0])) for row in scores >= least]
        return hits

    return answers
