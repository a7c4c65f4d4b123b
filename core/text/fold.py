"""One spelling for every way a word is typed.

`fold` gives the *key* of a raw word: what two spellings of one word have in common. Keys are compared, stored and
indexed; they are never shown. Rules and their sources: docs/decisions/0007-one-spelling.md.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHE = "\u02bc"
"""The one apostrophe of keys: MODIFIER LETTER APOSTROPHE, a letter to Unicode and so never a word's edge."""

APOSTROPHES = "'\u2019\u02bc\u2018\u201b\u2032\u02b9\u02bb\u02c8`\u00b4\u055a\uff07\u05f3\u201a"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""Dashes that join a word when they stand inside one; the em dash never does."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)
"""Soft hyphen, zero widths, joiners, direction marks, byte order mark, variation selectors."""

MARKS = "\u0300-\u036f"
"""Combining marks, as a range for a character class: decomposed letters and stress."""

_ONE_SPELLING = str.maketrans(
    {mark: APOSTROPHE for mark in APOSTROPHES} | {dash: "-" for dash in HYPHENS} | dict.fromkeys(INVISIBLE, "")
)
# Stress is dropped after Cyrillic letters only: Polish \u00f3 and \u0144 are letters of their own. In decomposed text
# the dots of \u0457 or the breve of \u0439 may stand between a letter and its stress.
_STRESS = re.compile("(?<=[\u0400-\u052f])([\u0306\u0308]?)[\u0300\u0301\u0341]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LATIN_LOOK_ALIKES = "aceiopxyABCEHIKMOPTXY"
_CYRILLIC_LOOK_ALIKES = "асеіорхуАВСЕНІКМОРТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN_LOOK_ALIKES, _CYRILLIC_LOOK_ALIKES)
_TO_LATIN = str.maketrans(_CYRILLIC_LOOK_ALIKES, _LATIN_LOOK_ALIKES)


@lru_cache(maxsize=1 << 17)
def fold(raw: str) -> str:
    """The key of one raw word; empty when nothing but apostrophes and hyphens is left.

    `fold(fold(x)) == fold(x)`: what one step uncovers (a folded letter that is a look-alike, a mark behind an
    invisible character) the next pass sees.
    """
    word = raw
    while (again := _folded(word)) != word:
        word = again
    return word


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower().translate(_ONE_SPELLING).strip(APOSTROPHE + "-")
    word = _one_script(unicodedata.normalize("NFD", word).translate(_ONE_SPELLING))
    word = _STRESS.sub(r"\1", unicodedata.normalize("NFD", word.casefold()))
    return unicodedata.normalize("NFC", word).strip(APOSTROPHE + "-")


def _one_script(word: str) -> str:
    """A decomposed word of mixed letters becomes Cyrillic where look-alikes allow it, else Latin, else stays."""
    if not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    cyrillic = word.translate(_TO_CYRILLIC)
    if not _LATIN.search(cyrillic):
        return cyrillic
    latin = word.translate(_TO_LATIN)
    return word if _CYRILLIC.search(latin) else latin


def alphabets(word: str) -> tuple[bool, bool]:
    """Whether it has Latin letters, and whether it has Cyrillic ones."""
    decomposed = unicodedata.normalize("NFD", word)
    return _LATIN.search(decomposed) is not None, _CYRILLIC.search(decomposed) is not None
