"""What a word has in common with the same word of another language: its concept, its number, or its sound.

«санкцій», «sankcje» and «sanctions» are one concept of the glossary; «Łukaszenka» and «Lukashenko» sound alike. Echoes
serve comparing articles; a single one proves nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from core.concept.countries import countries
from core.concept.names import name_key
from core.lexicon import LANGUAGES, Language
from core.text.fold import fold

REMEMBERED = 1 << 16
CONCEPT, NUMBER, SOUND = "§", "№", "≈"
"""What an echo begins with; the index takes them for letters."""
_CONSONANTS = 3
"""Of a word's sound that are kept: later ones inflect, and are heard differently."""


Words = Mapping[Language, tuple[str, ...]]
_SMALL = "-"
"""The row of words that tell nothing."""


class Echoes:
    """The echoes of lemmas.

    `lemma` is the dictionaries' word for one of the glossary's; `glossary` has a concept a line, a language a column.
    """

    def __init__(self, lemma: Callable[[str, Language | None], str], glossary: str) -> None:
        self._lemma = lemma
        self._concepts = concepts(glossary)
        self._books: dict[Language, Mapping[str, str | None]] = {}
        self.echo = lru_cache(maxsize=REMEMBERED)(self._echo)

    def _echo(self, lemma: str, language: Language) -> str | None:
        """`None` for a small word, and for one that has no sound."""
        if lemma[0].isdigit():
            return NUMBER + lemma
        book = self._book(language)
        return book[lemma] if lemma in book else _sound(lemma)

    def _book(self, language: Language) -> Mapping[str, str | None]:
        """Concepts by lemma, small words with none; made when the first article of the language comes."""
        if language not in self._books:
            book: dict[str, str | None] = {}
            for concept, words in self._concepts:
                for word in words[language]:
                    book.setdefault(word, None if concept == _SMALL else CONCEPT + concept)
                    book.setdefault(self._lemma(word, language), book[word])
            self._books[language] = book
        return self._books[language]


def concepts(glossary: str) -> list[tuple[str, Words]]:
    """Small words, countries, then the rows of a glossary; a row with words of a country is the country.

    Raises `ValueError` for a row that has not a column for each language.
    """
    of_countries = list(_of_countries())
    known = {(language, word): concept for concept, words in of_countries for language, word in _all(words)}
    small, found = [], []
    for row in glossary.splitlines():
        if not row or row.startswith("#"):
            continue
        name, *cells = ([_SMALL] if row.startswith(_SMALL) else [""]) + row.removeprefix(f"{_SMALL} |").split("|")
        words = dict(zip(LANGUAGES, (tuple(map(fold, cell.split())) for cell in cells), strict=True))
        called = Counter(known[pair] for pair in _all(words) if pair in known)
        if name:
            small.append((name, words))
        else:
            found.append((called.most_common(1)[0][0] if called else words["uk"][0], words))
    return [*small, *of_countries, *found]


def _all(words: Words) -> Iterator[tuple[Language, str]]:
    return ((language, word) for language in LANGUAGES for word in words[language])


def _of_countries() -> Iterator[tuple[str, Words]]:
    for country in countries():
        words = {
            language: tuple(
                fold(word)
                for word in (*country[language].names, *country[language].adjectives, *country[language].people)
                if " " not in word
            )
            for language in LANGUAGES
        }
        yield fold(country["uk"].names[0]).replace(" ", "-"), words


def _sound(lemma: str) -> str | None:
    """The first consonants, and whether a vowel begins; a short word with its vowels, or it would be any."""
    key = name_key(lemma)
    if not key:
        return None
    key = re.sub(r"(.)\1+", r"\1", re.sub("^u(?=[aiu])", "v", key).translate(_HEARD_AS_ONE))
    bones = ("a" if key[0] in "aiu" else "") + re.sub("[aiu]", "", key)
    return SOUND + (bones[:_CONSONANTS] if len(bones) >= _CONSONANTS < len(lemma) else key[: _CONSONANTS + 1])


_HEARD_AS_ONE = str.maketrans("hz", "gs")
