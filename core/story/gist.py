"""What an article is compared by: its lemmas, names and numbers, and for other languages its echoes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from core.lexicon import LANGUAGES, Language
from core.story.numbers import grouped, numbers_in, value_of
from core.story.origin import without_origin
from core.text.words import Word, words

BODY_WORDS = 150
"""Words of the text that are read."""


class Lemmas(Protocol):
    """The part of a language that comparing texts needs."""

    def lemma(self, word: str, language: Language | None) -> str: ...
    def named(self, word: str, language: Language | None) -> bool: ...
    def echo(self, lemma: str, language: Language) -> str | None: ...


LEAD = 45
"""Lemmas of the text that count as its lead: about 60 words."""


@dataclass(frozen=True, slots=True)
class Echoing:
    """What an article of a known language is compared by with those of other languages."""

    echoes: tuple[str, ...] = ()
    """Of the title, twice, and of the lead."""
    names: frozenset[str] = frozenset()
    """Those of the names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What an article is compared by: lemmas in the order of the text."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    names: frozenset[str]
    """Of the title: lemmas of words with a capital that no sentence asks for, or that can only be names."""
    numbers: frozenset[str]
    """Of the title, in digits."""
    language: Language | None = None
    """As far as it is known."""
    echoing: Echoing = Echoing()

    def lemmas(self) -> frozenset[str]:
        """Everything it holds: what similar articles are looked for by."""
        return frozenset(self.title) | frozenset(self.body)

    def kept(self) -> frozenset[str]:
        """What it is counted and found by: its lemmas, and its echoes with the mark of its language."""
        return self.lemmas() | {f"{self.language}{echo}" for echo in self.echoing.echoes}

    def abroad(self) -> frozenset[str]:
        """The echoes that articles of other languages are found by, with the marks of those."""
        others = [language for language in LANGUAGES if language != self.language]
        return frozenset(f"{language}{echo}" for language in others for echo in set(self.echoing.echoes))


def gist_of(title: str, text: str, lemmas: Lemmas, language: Language | None = None) -> Gist:
    """The lemmas of the title and of the first 150 words of the text; who said it is left out of the title."""
    title, text = grouped(without_origin(title)), grouped(text[: BODY_WORDS * 20])
    title_words, body_words = words(title), words(text)[:BODY_WORDS]
    in_body = {word.key for _, word in _inner(text, body_words)}
    names = {word.key for _, word in _inner(title, title_words)}
    names |= {
        word.key for word in _outer(title, title_words) if word.key in in_body or lemmas.named(word.key, language)
    }
    gist = Gist(
        title=_lemmas((word.key for word in title_words), lemmas, language),
        body=_lemmas((word.key for word in body_words), lemmas, language),
        names=frozenset(_lemmas(sorted(names), lemmas, language)),
        numbers=frozenset(numbers_in(title)) | {value for word in title_words if (value := value_of(word.key))},
        language=language,
    )
    return replace(gist, echoing=_echoing(gist, lemmas, language)) if language else gist


def short(gist: Gist) -> tuple[str, ...]:
    """Title, twice, and lead: what the frequencies are needed of."""
    return gist.title + gist.title + gist.body[:LEAD]


def _echoing(gist: Gist, lemmas: Lemmas, language: Language) -> Echoing:
    heard = {lemma: lemmas.echo(lemma, language) for lemma in dict.fromkeys(short(gist))}
    return Echoing(
        tuple(echo for lemma in short(gist) if (echo := heard[lemma])),
        frozenset(echo for name in gist.names if (echo := heard.get(name))),
    )


_SENTENCE_BREAK = re.compile(r"[.!?:\n\u2026«\u201c\"]")


def _inner(text: str, found: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """Words with a capital that is not a sentence's, with their numbers."""
    for at, word in enumerate(found):
        before = text[found[at - 1].end : word.start] if at else "."
        if text[word.start].isupper() and not _SENTENCE_BREAK.search(before):
            yield at, word


def _outer(text: str, found: Sequence[Word]) -> Iterator[Word]:
    """Words whose capital may be a sentence's."""
    inner = {at for at, _ in _inner(text, found)}
    return (word for at, word in enumerate(found) if at not in inner and text[word.start].isupper())


def _lemmas(keys: Iterable[str], lemmas: Lemmas, language: Language | None) -> tuple[str, ...]:
    return tuple(value_of(key) or lemmas.lemma(key, language) for key in keys)
