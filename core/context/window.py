"""What stands around one word of a passage."""

from dataclasses import dataclass
from typing import Literal

from core.match.port import Passage

REACH = 4
"""Words and marks looked at on either side."""

EDGE = "#"
"""Stands where the sentence ends."""

Capital = Literal["small", "first", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One word with what stands left and right of it in its sentence, the nearest first.

    A neighbour is a key (`core.text.fold`) or a mark: `#` the sentence's edge, `,` `:` `-` `(` `)`, `"` for quotation
    marks alone, `*` for any other sign.
    """

    word: str
    capital: Capital
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def opens(self) -> bool:
        """Whether the sentence begins here, so that its capital says nothing."""
        return EDGE in self.left[:2] and not is_word(self.left[0])


def is_word(neighbour: str) -> bool:
    """Whether it is a key, not a mark."""
    return neighbour[0].isalnum()


def window_of(passage: Passage, place: int) -> Window:
    """The window of `passage.words[place]`."""
    word = passage.words[place]
    printed = passage.text[word.start : word.end]
    return Window(
        word=word.key,
        capital="all" if len(printed) > 1 and printed.isupper() else "first" if printed[:1].isupper() else "small",
        left=_side(passage, place, -1),
        right=_side(passage, place, 1),
    )


def _side(passage: Passage, place: int, step: Literal[-1, 1]) -> tuple[str, ...]:
    seen: list[str] = []
    while len(seen) < REACH:
        mark = _mark(passage, place if step > 0 else place - 1)
        if mark:
            seen.append(mark)
        if mark == EDGE:
            break
        place += step
        seen.append(passage.words[place].key)
    return tuple(seen[:REACH])


def _mark(passage: Passage, place: int) -> str:
    """What stands between the word at `place` and the next; empty for space alone."""
    words, text = passage.words, passage.text
    begin = words[place].end if place >= 0 else 0
    between = text[begin : words[place + 1].start] if place + 1 < len(words) else ""
    if place < 0 or place + 1 == len(words):
        return EDGE
    between = between.strip(" \t\u00a0")
    if not between:
        return ""
    mark = next((_MARKS[sign] for sign in between if sign in _MARKS), '"' if between[0] in _QUOTES else "*")
    # «м. Київ»: an abbreviation ends no sentence.
    if mark == EDGE and between == "." and len(words[place].key) <= 2:
        return ""
    return mark


_MARKS = {
    **dict.fromkeys(".!?…\n", EDGE),
    **dict.fromkeys(",;", ","),
    **dict.fromkeys("-–—", "-"),
    **dict.fromkeys("([", "("),
    **dict.fromkeys(")]", ")"),
    ":": ":",
}
_QUOTES = "«»„“”\"'\u2019"
