"""The likeliest lemma of a word, for comparing texts with one another."""

from functools import lru_cache

from core.lexicon import Lexicon, Reading

REMEMBERED = 1 << 17


class Lemmatizer:
    """Lemmas by one language's dictionary; a word of another alphabet is its own."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.lemma = lru_cache(maxsize=REMEMBERED)(self._lemma)

    def _lemma(self, word: str) -> str:
        readings = self._lexicon.readings(word)
        return max(readings, key=_rank).lemma if self._lexicon.knows(word) else readings[0].lemma


def _rank(reading: Reading) -> tuple[bool, int, str]:
    """The dictionary rates all readings alike. Nouns tell most of an event; of them the longest lemma is the same for
    every case of a name: «Києві» may be of «кий», «Київ» may not.
    """
    noun = reading.part == "NOUN" and reading.name not in ("first", "surname")
    return noun, len(reading.lemma), reading.lemma
