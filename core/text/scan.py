"""The words of a text as 64-bit numbers, in one pass over tables instead of a string for each.

The same words at the same places as `core.text.words` finds, each as the hash of its key. The letters of the common
alphabets are looked up; a word with anything uncommon in it (a hyphen, a combining mark, mixed alphabets) is given to
`core.text.words` and hashed alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.text.fold import APOSTROPHE, APOSTROPHES, HYPHENS, INVISIBLE, alphabets, fold
from core.text.words import FOLLOWS_APOSTROPHE, MISTYPED_APOSTROPHES, TAKES_APOSTROPHE, in_one_phrase, parts, words

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]

# What a character is, as bits. The first four stand inside words.
LETTER, APOSTROPHE_SIGN, HYPHEN_SIGN, ODD = 1, 2, 4, 8
INSIDE = LETTER | APOSTROPHE_SIGN | HYPHEN_SIGN | ODD
LATIN, CYRILLIC = 16, 32
BOTH_SCRIPTS = LATIN | CYRILLIC
PARTING = 64
"""Between two words it ends a phrase."""
PARTING_AT_EDGE = 128
"""An apostrophe or hyphen that ends a phrase where it turns out to stand outside a word."""
NEW_LINE = 256
MISTYPED = 512
"""A quotation mark or star that is an apostrophe between certain letters."""
BEFORE_APOSTROPHE, AFTER_APOSTROPHE = 1024, 2048
LOOKED_AT = APOSTROPHE_SIGN | HYPHEN_SIGN | MISTYPED | NEW_LINE

_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"
# Latin, Greek and Cyrillic letters lie below it; those beyond are left to `fold`.
_COMMON_ALPHABETS = "\u0530"
_ODD_STAND_IN, _SIGN_STAND_IN = ord("ß"), ord("•")


@dataclass(frozen=True, slots=True, eq=False)
class Scanned:
    """The words of a text in order, and the parts of hyphenated ones."""

    hashes: Hashes
    """Of the words' keys."""
    starts: Places
    ends: Places
    joined: Flags
    """Whether this word and the next stand in one phrase; of the last it says nothing."""
    part_hashes: Hashes
    part_places: Places
    """Of which word each is a part; ascending."""
    part_keys: tuple[str, ...] = ()


def scan(text: str) -> Scanned:
    """All words in order, offsets in code points."""
    return opened(text, find_runs(code_units(text)))


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs of characters that stand inside words: nearly always a word each."""

    hashes: Hashes
    starts: Places
    ends: Places
    joined: Flags
    odd: Flags
    """Those that only `core.text.words` can read; their hash means nothing."""


def code_units(text: str) -> NDArray[np.uint16]:
    """A number for each character; one beyond 65,535 is stood in for by a sign, or by an odd letter if it is one."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) == len(text):
        return units
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    units = points.astype(np.uint16)
    for place in np.flatnonzero(points > 0xFFFF).tolist():
        units[place] = _ODD_STAND_IN if text[place].isalnum() else _SIGN_STAND_IN
    return units


def find_runs(units: NDArray[np.uint16]) -> Runs:
    """The runs of a text, hashed."""
    kinds_of, values_of = tables()
    padded = np.full(len(units) + 2, ord(" "), np.intp)
    padded[1:-1] = units
    kinds = kinds_of.take(padded)
    values = values_of.take(padded)
    new_lines = _settle_signs(kinds, values)
    inside = (kinds & INSIDE) != 0
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    if not len(edges):
        none = np.zeros(0, np.int32)
        return Runs(np.zeros(0, np.uint64), none, none, np.zeros(0, np.bool_), np.zeros(0, np.bool_))
    first = edges[0::2] + 1
    powers, inverses = _powers(_room(len(padded)))
    values *= powers[: len(values)]
    hashes = mixed(np.add.reduceat(values, first) * inverses[first])
    seen = np.bitwise_or.reduceat(kinds, first)
    joined = (seen & PARTING) == 0
    if len(new_lines) > 1:
        run = np.searchsorted(first, new_lines, "right") - 1
        joined[run[1:][run[1:] == run[:-1]]] = False
    odd = ((seen & ODD) != 0) | ((seen & BOTH_SCRIPTS) == BOTH_SCRIPTS)
    return Runs(hashes, edges[0::2].astype(np.int32), edges[1::2].astype(np.int32), joined, odd)


def _settle_signs(kinds: NDArray[np.uint16], values: Hashes) -> list[int]:
    """Decides by its neighbours what each apostrophe, hyphen and quotation mark is; the places of line breaks."""
    signs = ((kinds & LOOKED_AT) != 0).nonzero()[0]
    new_lines = []
    rows = zip(*(kinds[signs + step].tolist() for step in (0, -1, 1)), signs.tolist(), strict=True)
    for own, before, after, place in rows:
        if own & NEW_LINE:
            new_lines.append(place)
        elif own & MISTYPED:
            if before & BEFORE_APOSTROPHE and after & AFTER_APOSTROPHE:
                kinds[place], values[place] = APOSTROPHE_SIGN, _apostrophe_value()
        elif before & after & LETTER:
            kinds[place] |= ODD if own & HYPHEN_SIGN else 0
        elif at_edge(before, after):
            kinds[place], values[place] = PARTING if own & PARTING_AT_EDGE else 0, 0
        else:
            kinds[place] |= ODD
    return new_lines


def at_edge(before: int, after: int) -> bool:
    """Whether a sign between these, one of them no letter, is no part of any word."""
    if not before & INSIDE:
        return not after & INSIDE or bool(after & LETTER)
    return bool(before & LETTER) and not after & INSIDE


def opened(text: str, runs: Runs) -> Scanned:
    """The words of a text by its runs; the odd ones are read one by one, with the parts of hyphenated ones."""
    hashes, starts, ends, joined = runs.hashes, runs.starts, runs.ends, runs.joined
    odd = runs.odd.nonzero()[0]
    if not len(odd):
        return Scanned(hashes, starts, ends, joined, hashes[:0], starts[:0])
    part_hashes: list[int] = []
    part_places: list[int] = []
    part_keys: list[str] = []
    unsure: list[int] = []
    empty: list[int] = []
    for run, first, last in zip(odd.tolist(), starts[odd].tolist(), ends[odd].tolist(), strict=True):
        value, start, end, of_parts, keys = _read(text[first:last])
        if not value:
            empty.append(run)
            continue
        hashes[run] = value
        if end - start < last - first:
            starts[run], ends[run] = first + start, first + end
            unsure += (run - 1, run)
        part_hashes += of_parts
        part_keys += keys
        part_places += [run] * len(keys)
    places = np.array(part_places, np.int32)
    if empty:
        kept = np.ones(len(hashes), np.bool_)
        kept[empty] = False
        word_of = (np.cumsum(kept) - 1).astype(np.int32)
        hashes, starts, ends, joined = hashes[kept], starts[kept], ends[kept], joined[kept]
        places, unsure = word_of[places], word_of[unsure + empty].tolist()
    for word in set(unsure):
        if 0 <= word < len(hashes) - 1:
            joined[word] = in_one_phrase(text[ends[word] : starts[word + 1]])
    return Scanned(hashes, starts, ends, joined, np.array(part_hashes, np.uint64), places, tuple(part_keys))


@lru_cache(maxsize=1 << 14)
def _read(raw: str) -> tuple[int, int, int, tuple[int, ...], tuple[str, ...]]:
    """An odd run's word: hash (0 where it has no letters), start and end in the run; its parts' hashes and keys."""
    found = words(raw)
    if not found:
        return 0, 0, 0, (), ()
    (word,) = found
    keys = tuple(part.key for part in parts(raw, word))
    value, *of_parts = hashes_of([word.key, *keys]).tolist()
    return value, word.start, word.end, tuple(of_parts), keys


def hashes_of(keys: Sequence[str]) -> Hashes:
    """The hashes of keys, none of them empty."""
    if not keys:
        return np.zeros(0, np.uint64)
    points = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter(map(len, keys), np.intp, len(keys))
    ends = lengths.cumsum()
    starts = ends - lengths
    powers, inverses = _powers(_room(len(points)))
    common = _common_values()
    values = common.take(points) if points.max() < len(common) else _values(points)
    return mixed(np.add.reduceat(values * powers[: len(points)], starts) * inverses[starts])


def mixed(sums: Hashes) -> Hashes:
    """Sums whose every bit depends on all of theirs; never 0."""
    sums = sums ^ (sums >> np.uint64(32))
    sums *= MULTIPLIER
    return (sums ^ (sums >> np.uint64(29))) | np.uint64(1)


def mixed_one(number: int) -> int:
    """As `mixed`, of one number below 2 ** 64."""
    number ^= number >> 32
    number = number * _MULTIPLIER % _WORD
    return (number ^ (number >> 29)) | 1


BASE = 0x5D6F_2C4B_93A1_E08D
_MULTIPLIER = 0x9E3779B97F4A7C15
MULTIPLIER = np.uint64(_MULTIPLIER)
_WORD = 1 << 64


@lru_cache(maxsize=1)
def tables() -> tuple[NDArray[np.uint16], Hashes]:
    """For each of 65,536 characters: what it is, and the value of the letter that it folds to (0 outside words)."""
    kinds = np.array([_kind(chr(point)) for point in range(1 << 16)], np.uint16)
    points = np.arange(1 << 16, dtype=np.uint32)
    for point in np.flatnonzero(kinds & LETTER).tolist():
        points[point] = ord(_folded(chr(point)))
    points[(kinds & APOSTROPHE_SIGN) != 0] = ord(APOSTROPHE)
    return kinds, np.where(kinds & INSIDE, _common_values()[points], np.uint64(0))


def _kind(character: str) -> int:
    kind = 0 if in_one_phrase(character) else PARTING
    if character in APOSTROPHES or character in HYPHENS:
        sign = APOSTROPHE_SIGN if character in APOSTROPHES else HYPHEN_SIGN
        return sign | (PARTING_AT_EDGE if kind else 0)
    if character in INVISIBLE or _FIRST_MARK <= character <= _LAST_MARK:
        return ODD
    if character in MISTYPED_APOSTROPHES:
        return kind | MISTYPED
    if character == "\n":
        return NEW_LINE
    if not character.isalnum():
        return kind
    folded = _folded(character)
    if character >= _COMMON_ALPHABETS or len(folded) != 1 or not folded.isalnum() or folded == APOSTROPHE:
        return ODD
    latin, cyrillic = alphabets(character + folded)
    before = BEFORE_APOSTROPHE if character in TAKES_APOSTROPHE else 0
    after = AFTER_APOSTROPHE if character in FOLLOWS_APOSTROPHE else 0
    return LETTER | (LATIN if latin else 0) | (CYRILLIC if cyrillic else 0) | before | after


def _folded(character: str) -> str:
    """What becomes of a letter inside a word: at its edge \u0149 would lose the apostrophe that it folds to."""
    return fold(f"0{character}0")[1:-1]


@lru_cache(maxsize=1)
def _common_values() -> Hashes:
    return _values(np.arange(1 << 16, dtype=np.uint32))


def _values(points: NDArray[np.uint32]) -> Hashes:
    """A number for each code point, as good as chance (SplitMix64, Steele et al. 2014)."""
    values = (points.astype(np.uint64) + np.uint64(1)) * MULTIPLIER
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=1)
def _apostrophe_value() -> int:
    return int(_values(np.array([ord(APOSTROPHE)], np.uint32))[0])


def _room(length: int) -> int:
    """How many powers a text of this length needs, rounded up so that few tables are made."""
    return max(1 << 14, 1 << (length - 1).bit_length())


@lru_cache(maxsize=8)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of the base, and of its inverse, modulo 2 ** 64."""
    return _powers_of(BASE, count), _powers_of(pow(BASE, -1, _WORD), count)


def _powers_of(base: int, count: int) -> Hashes:
    powers = np.ones(count, np.uint64)
    done = 1
    while done < count:
        powers[done : 2 * done] = powers[:done] * np.uint64(pow(base, done, _WORD))
        done *= 2
    return powers
