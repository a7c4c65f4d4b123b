"""Which spellings may be the same name: a key that languages and scripts share, and how alike two names are.

A key *proposes*: it is shown to a person, who decides; nothing is ever matched by it. It keeps what spellings of one
name have in common in Ukrainian, Belarusian, Russian and Polish letters, in the Belarusian Latin script and in the
English press, and drops what they disagree on: softness, glides, double letters, the colour of a/o/e, of i/y, of s/sh.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import permutations

from rapidfuzz.fuzz import ratio

from core.concept.given_names import GIVEN_NAMES
from core.text.fold import APOSTROPHE, fold

LIKELY = 0.84
"""From here on two spellings are worth showing to a person; measured by `python -m bench.names`."""


@lru_cache(maxsize=1 << 16)
def name_key(word: str) -> str:
    """The key of one raw word of a name: consonants b v g d z k l m n p r s t f h c and vowels a i u."""
    return _key(word, polish=is_polish(word))


def proposed(names: Sequence[str], heard: str, *, least: float = LIKELY) -> list[tuple[str, float]]:
    """Those of the names that `heard` may be a spelling of, with a likeness from 0 to 1, the likeliest first.

    A name may have its words in any order, initials for words, and words more than the other (a patronymic).
    """
    found = [(name, likeness(name, heard)) for name in names]
    return sorted((pair for pair in found if pair[1] >= least), key=lambda pair: (-pair[1], pair[0]))


def likeness(one: str, other: str) -> float:
    """How likely two raw names are spellings of one, from 0 to 1: as their least alike words are, surnames apart.

    Where one is a surname alone, it is compared with the other's surname, and the answer is kept below 1.
    """
    left, right = sorted((_words(one), _words(other)), key=len)
    if not left:
        return 0.0
    if len(left) == 1 and len(right) > 1:
        return _ALONE * max(_alike(left[0], word) for word in _surnames(right))
    return max(_aligned(left, order) for order in permutations(right, len(left)))


_ALONE = 0.97
"""A surname alone may be a brother's or a namesake's."""


class _Word:
    """One word of a name, with its keys."""

    __slots__ = ("bones", "given", "initial", "key", "woman")

    def __init__(self, raw: str, *, polish: bool) -> None:
        self.key = _key(raw, polish=polish)
        self.bones = re.sub("[aiu]", "", self.key)
        """Consonants: vowels are what languages disagree on most."""
        self.given = _given().get(self.key, frozenset())
        self.initial = len(fold(raw)) == 1
        self.woman = self.key.endswith("a")


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> tuple[_Word, ...]:
    polish = is_polish(name)
    words = [_Word(raw, polish=polish) for raw in re.split(r"[\s.,]+", name) if fold(raw)]
    return tuple(word for word in words if word.key)[:_MOST_WORDS]


_MOST_WORDS = 4
"""First name, patronymic, two surnames; more is a title, and permutations grow fast."""


def _surnames(words: Sequence[_Word]) -> Sequence[_Word]:
    return [word for word in words if not word.given and not word.initial] or words


def _aligned(left: Iterable[_Word], right: Iterable[_Word]) -> float:
    return min(_alike(one, other) for one, other in zip(left, right, strict=True))


def _alike(one: _Word, other: _Word) -> float:
    if one.initial or other.initial:
        return _INITIAL if one.key[:1] == other.key[:1] else 0.0
    if one.given and other.given:
        return 1.0 if one.given & other.given else 0.5
    if one.key == other.key:
        return 1.0
    apart = _OTHER_GENDER if one.woman != other.woman else 1.0
    return apart * (ratio(one.key, other.key) + ratio(one.bones, other.bones)) / 200


_INITIAL = 0.95
_OTHER_GENDER = 0.8
"""A wife's or sister's surname ends in -a where his does not: Тихановская is not Тихановский."""


@cache
def _given() -> Mapping[str, frozenset[int]]:
    """Keys of first names as each language has them, to the names they may be forms of («Анна», «Яна»: one key)."""
    names: dict[str, frozenset[int]] = {}
    for number, row in enumerate(GIVEN_NAMES):
        for key in map(name_key, row.split()):
            names[key] = names.get(key, frozenset()) | {number}
    return names


# What only a Polish or Belarusian Latin spelling has; an English or passport one has none of it.
_POLISH = re.compile("[łńśźćżšžčŭąęě]|sz|cz|[wj]|c(?=[ieyk])", re.IGNORECASE)


def is_polish(name: str) -> bool:
    """Whether Latin letters are used as in Polish or in Belarusian, not as in English or in passports."""
    return bool(_POLISH.search(unicodedata.normalize("NFC", name)))


def _key(raw: str, *, polish: bool) -> str:
    word = fold(raw).replace(APOSTROPHE, "").replace("-", "")
    word = _TWO_CYRILLIC.sub(lambda found: _CYRILLIC_PAIRS[found.group()], word)
    word = "".join(_CYRILLIC.get(letter, letter) for letter in word)
    table, pattern = (_POLISH_PAIRS, _PAIRS_OF_POLISH) if polish else (_ENGLISH_PAIRS, _PAIRS_OF_ENGLISH)
    word = pattern.sub(lambda found: table[found.group()], word)
    word = unicodedata.normalize("NFD", word.translate(_PLAIN)).translate(_LETTERS)
    word = re.sub("[^a-z]", "", word)
    word = _GLIDE.sub("", re.sub(r"(.)\1+", r"\1", word))
    word = re.sub(r"(.)\1+", r"\1", word)
    return _SHORT_U.sub("v", word)


_GLIDE = re.compile("i(?=[au])")
"""A glide, or softness before a vowel: «ія», «ья», «ia», «ya» are all «a»."""
_SHORT_U = re.compile("(?<=[ai])u(?=[^aiu]|$)|^u(?=[^aiu])")
"""Belarusian ў, written ў, ŭ, u, w; «Уладзімір» is «Владимир»."""

# Soft т and д are ць and дзь in Belarusian, so ц is т, and дз is д; capitals stay what a later table must not touch.
_CYRILLIC_PAIRS = {"дз": "D", "дж": "DZ", "тс": "T", "дс": "T", "тц": "T", "сх": "SH", "зг": "ZG"}
_TWO_CYRILLIC = re.compile("|".join(_CYRILLIC_PAIRS))
_CYRILLIC = {
    **dict(zip("абвгґдежзиійклмнопрстуўфхцчшьъыэ", "ABVGGDAZZIIIKLMNAPRSTUVFHTCS  IA", strict=True)),
    **{"ё": "IA", "є": "IA", "ї": "I", "ю": "IU", "я": "IA", "щ": "SC"},
}
_POLISH_PAIRS = {
    **{"szcz": "SC", "šč": "SC", "śč": "SC", "ść": "ST", "tsch": "C", "sch": "SH"},
    **{"ch": "H", "cz": "C", "sz": "S", "rz": "R", "dz": "D", "dź": "D", "dż": "DZ", "dž": "DZ", "ts": "T"},
    **{"č": "C", "š": "S", "ž": "Z", "ż": "Z", "ź": "Z", "ś": "S", "ć": "T", "c": "T", "ą": "AN", "ę": "AN"},
    **{"sh": "S", "zh": "Z", "kh": "H", "h": "G"},
}
_ENGLISH_PAIRS = {
    **{"shch": "SC", "schtsch": "SC", "tsch": "C", "tch": "C", "sch": "S", "dzh": "DZ", "zgh": "ZG"},
    **{"sh": "S", "zh": "Z", "kh": "H", "gh": "G", "ch": "C", "ts": "T", "tz": "T", "dz": "D", "th": "T", "ph": "F"},
    **{"ck": "K", "h": "G", "c": "K", "chr": "HR", "chl": "HL", "chm": "HM", "chn": "HN", "chv": "HV"},
}
_PAIRS_OF_POLISH = re.compile("|".join(sorted(_POLISH_PAIRS, key=len, reverse=True)))
_PAIRS_OF_ENGLISH = re.compile("|".join(sorted(_ENGLISH_PAIRS, key=len, reverse=True)))
_PLAIN = str.maketrans(
    {**{"ł": "l", "ß": "s", "đ": "d"}, **{chr(capital): chr(capital + 32) for capital in range(65, 91)}}
)
_LETTERS = str.maketrans({"x": "ks", "q": "k", "w": "v", "y": "i", "j": "i", "o": "a", "e": "a"})
