"""The likeliest lemma of a word in a text, for comparing texts with one another."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from core.lexicon import LANGUAGES, Language, Lexicon, Reading

REMEMBERED = 1 << 17
STEM = 5
"""Letters kept of a word that no dictionary knows; a stem of five was as good as a lemma on the streams measured."""


_LATIN: tuple[Language, ...] = tuple(one for one in LANGUAGES if one in ("pl", "en"))
_CYRILLIC: tuple[Language, ...] = tuple(one for one in LANGUAGES if one not in _LATIN)


class Lemmatizer:
    """Lemmas by the dictionary of the text's language, else by any that knows the word, else a stem."""

    def __init__(self, lexicons: Mapping[Language, Lexicon]) -> None:
        self._lexicons = lexicons
        self.lemma = lru_cache(maxsize=REMEMBERED)(self._lemma)

    def _lemma(self, word: str, language: Language | None) -> str:
        """`word` is a key; `language` is that of the text it stands in, where it is known."""
        for lexicon in self._asked(word, language):
            if lexicon.knows(word):
                return max(lexicon.readings(word), key=_rank).lemma
        return stem(word)

    def language(self, words: Sequence[str], letters: Language | None) -> Language | None:
        """Whose dictionary knows most of the words, where their letters leave a choice; if none knows half of them,
        what the letters say.
        """
        if letters not in (None, "en") or not words:
            return letters
        asked = _LATIN if letters or words[0][0] < "\u0250" else _CYRILLIC
        known = {one: sum(map(self._lexicons[one].knows, words)) for one in asked if one in self._lexicons}
        best = max(known, key=lambda one: known[one], default=None)
        return best if best and 2 * known[best] > len(words) else letters

    def named(self, word: str, language: Language | None) -> bool:
        """Whether it can only be a name: for the dictionaries, or because none knows it."""
        known = next((lexicon for lexicon in self._asked(word, language) if lexicon.knows(word)), None)
        return known is None or all(reading.name for reading in known.readings(word))

    def _asked(self, word: str, language: Language | None) -> list[Lexicon]:
        first = [language] if language else []
        latin = word[0] < "\u0250"
        others = [one for one in (_LATIN if latin else _CYRILLIC) if one != language]
        return [self._lexicons[one] for one in (*first, *others) if one in self._lexicons]


def stem(word: str) -> str:
    """What inflection hardly touches: numbers whole, short words whole, of others the first letters."""
    return word if word[0].isdigit() or len(word) < STEM else word[: max(STEM - 1, min(STEM, len(word) - 2))]


def _rank(reading: Reading) -> tuple[bool, int, str]:
    """The dictionary rates all readings alike. Nouns tell most of an event; of them the longest lemma is the same for
    every case of a name: «Києві» may be of «кий», «Київ» may not.
    """
    noun = reading.part == "NOUN" and reading.name not in ("first", "surname")
    return noun, len(reading.lemma), reading.lemma
