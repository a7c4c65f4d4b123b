"""The words of a text with their places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.text.fold import APOSTROPHES, HYPHENS, INVISIBLE, MARKS, fold


class Word(NamedTuple):
    """One word: `text[start:end]` as printed (offsets in code points), and its key."""

    start: int
    end: int
    key: str


# One class, so that the scan stays fast; what is no word in it folds to an empty key.
_RUN = re.compile(rf"[^\W_{MARKS}][\w{re.escape(APOSTROPHES + HYPHENS + INVISIBLE)}{MARKS}]*")
_HYPHEN = re.compile(f"[{re.escape(HYPHENS)}]")
# «сім"я», «сім*я»: a quotation mark or a star typed for the apostrophe.
MISTYPED_APOSTROPHES = '"*'
TAKES_APOSTROPHE = "бпвмфкрґгзсдтлнБПВМФКРҐГЗСДТЛН"
FOLLOWS_APOSTROPHE = "яюєїЯЮЄЇ"
_MISTYPED = re.compile(f"(?<=[{TAKES_APOSTROPHE}])[{MISTYPED_APOSTROPHES}](?=[{FOLLOWS_APOSTROPHE}])")
# A line may break inside a phrase; two line breaks end a paragraph.
_PHRASE_GAP = re.compile(r"(?!.*\n.*\n)[\s«»„“”\"'\u2019()\[\]\u200b\ufeff]*", re.DOTALL)


def words(text: str) -> list[Word]:
    """All words in order. A hyphenated word is one word here; `parts` opens it."""
    if '"' in text or "*" in text:
        text = _MISTYPED.sub("'", text)
    text = text.replace("_", " ")
    found = []
    for run in _RUN.finditer(text):
        raw = run.group()
        key = fold(raw)
        if key:
            start = run.start() + len(raw) - len(raw.lstrip(_EDGE))
            found.append(Word(start, run.start() + len(raw.rstrip(_EDGE)), key))
    return found


_EDGE = APOSTROPHES + HYPHENS + INVISIBLE


_PARTICLES_BEFORE = frozenset("по па будь хтозна казна бозна кое абы".split())
_PARTICLES_AFTER = frozenset("небудь нибудь небудзь либо то таки от би б же ж".split())


def parts(text: str, word: Word) -> Iterator[Word]:
    """The parts of a hyphenated word («прес-секретар»: «прес», «секретар»); nothing for any other, nor for one that a
    particle makes («по-перше», «будь-який», «хто-небудь»)."""
    first, hyphen, rest = word.key.partition("-")
    if not hyphen or first in _PARTICLES_BEFORE or rest.rpartition("-")[2] in _PARTICLES_AFTER:
        return
    start = word.start
    for part in _HYPHEN.split(text[word.start : word.end]):
        key = fold(part)
        if key:
            yield Word(start, start + len(part), key)
        start += len(part) + 1


def in_one_phrase(between: str) -> bool:
    """Whether two words with this between them stand in one phrase: nothing but space and quotation marks."""
    return _PHRASE_GAP.fullmatch(between) is not None
