"""The words that subscriptions of the bench are made of: lemmas of the texts, their forms, and how common they are."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pymorphy3

from bench.scale.texts import TONGUES, Tongue
from core.text.fold import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`\-][^\W\d_]+)*")
_ALPHABET = {"uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщюя", "ru": "абвгдеёжзийклмнопрстуфхцчшщэюя"}
_SMALL = {"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "ADVB"}
_WINDOW = 400
RARE_WORDS = 40_000
"""How many words that the texts lack are taken from each dictionary: rare names and things."""


@dataclass(kw_only=True)
class Vocabulary:
    """What the texts of one language hold."""

    counts: Counter[str] = field(default_factory=Counter)
    """Of nouns and adjectives, by lemma."""
    capitals: Counter[str] = field(default_factory=Counter)
    """How often with a capital inside a sentence."""
    windows_with: Counter[str] = field(default_factory=Counter)
    """In how many windows of 400 words."""
    windows: int = 0
    phrases: Counter[tuple[str, str]] = field(default_factory=Counter)
    """An adjective or noun and the noun after it."""
    rare: list[str] = field(default_factory=list)
    """Nouns of the dictionary that the texts do not hold."""

    def frequency(self, lemma: str) -> float:
        """In which share of the windows it is."""
        return self.windows_with[lemma] / max(1, self.windows)


@dataclass(frozen=True, slots=True)
class _Read:
    """A word of a text, read as its likeliest lemma."""

    lemma: str
    part: str


class Reader:
    """Reads words and gathers the forms of every noun and adjective met."""

    def __init__(self, tongue: Tongue, forms: dict[str, list[str]]) -> None:
        self._tongue = tongue
        self._analyzer = pymorphy3.MorphAnalyzer(lang=tongue)
        self._forms = forms
        self._seen: dict[str, _Read | None] = {}

    def vocabulary(self, texts: Sequence[str], chance: random.Random) -> Vocabulary:
        """All of it, rare words included."""
        found = Vocabulary()
        window: set[str] = set()
        number = 0
        for text in texts:
            before: _Read | None = None
            for match in _WORD.finditer(text):
                read = self._read(match.group())
                number += 1
                if read:
                    _count(found, read, text, match)
                    window.add(read.lemma)
                    if before and read.part == "NOUN" and text[match.start() - 1] == " ":
                        found.phrases[before.lemma, read.lemma] += 1
                before = read
                if number % _WINDOW == 0:
                    found.windows_with.update(window)
                    found.windows += 1
                    window = set()
        found.rare = list(self._rare(found.counts, chance))
        return found

    def _read(self, word: str) -> _Read | None:
        """As a noun or an adjective, else not at all."""
        lowered = re.sub("['’ʼ`]", "'", word.lower())
        if lowered not in self._seen:
            readings = self._analyzer.parse(lowered)
            part = str(readings[0].tag.POS)
            wanted = part in ("NOUN", "ADJF") and len(lowered) > 2 and "-" not in lowered
            # «про», «як», «його» are nouns to the dictionary too; nobody asks for them.
            wanted = wanted and not any(reading.tag.POS in _SMALL for reading in readings)
            self._seen[lowered] = _Read(self._learnt(readings[0]), part) if wanted else None
        return self._seen[lowered]

    def _learnt(self, reading: pymorphy3.analyzer.Parse) -> str:
        lemma = fold(reading.normal_form)
        if lemma not in self._forms:
            self._forms[lemma] = sorted({lemma} | {fold(form.word) for form in reading.lexeme})
        return lemma

    def _rare(self, known: Counter[str], chance: random.Random) -> Iterator[str]:
        """Nouns of the dictionary by random beginnings: to walk all of it takes a minute."""
        letters = _ALPHABET[self._tongue]
        beginnings = [one + other for one in letters for other in letters]
        chance.shuffle(beginnings)
        dictionary = self._analyzer.dictionary
        given: set[str] = set()
        for beginning in beginnings:
            for word, (paradigm, form) in dictionary.words.iteritems(beginning):
                if form or len(word) < 4 or "-" in word or "NOUN" not in str(dictionary.build_tag_info(paradigm, 0)):
                    continue
                reading = next(parse for parse in self._analyzer.parse(word) if parse.tag.POS == "NOUN")
                lemma = self._learnt(reading)
                if lemma not in known and lemma not in given:
                    given.add(lemma)
                    yield lemma
                if len(given) >= RARE_WORDS:
                    return


def _count(found: Vocabulary, read: _Read, text: str, match: re.Match[str]) -> None:
    found.counts[read.lemma] += 1
    inside = match.start() > 2 and text[match.start() - 2] not in ".!?:\n—-"
    if match.group()[0].isupper() and inside:
        found.capitals[read.lemma] += 1


def vocabularies(
    texts: dict[Tongue, list[str]], *, seed: int, cache: Path
) -> tuple[dict[Tongue, Vocabulary], dict[str, list[str]]]:
    """By language, and the forms of every lemma, which are kept in the file."""
    forms: dict[str, list[str]] = {}
    found = {
        tongue: Reader(tongue, forms).vocabulary(texts[tongue], random.Random(f"{seed} {tongue}"))
        for tongue in TONGUES
        if texts[tongue]
    }
    cache.write_text(json.dumps(forms, ensure_ascii=False), encoding="utf-8")
    return found, forms
