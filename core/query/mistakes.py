"""What is wrong with a query, where, and what was most likely meant."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from core.errors import UserError
from core.text.fold import INVISIBLE


class QueryMistake(UserError):
    """A text that is no query; `hint` names the sentence, `values` are put into it."""

    def __init__(self, hint: str, *, place: tuple[int, int], corrected: str | None = None, **values: object) -> None:
        super().__init__(hint, **values)
        self.place = place
        """`[start, end)` in code points of the text as typed."""
        self.corrected = corrected
        """A query that was most likely meant, and parses."""


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The known word that a person most likely meant, where one is near enough."""
    found = process.extractOne(typed, list(known), scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else None


def caret(typed: str, place: tuple[int, int], *, columns: int = 40) -> str:
    """Two lines in a monospaced type: the text, and marks under the place.

    Letters that take two columns or none are counted so; of a longer text only what stands around the place is shown.
    """
    start, end = place
    letters = [" " if letter.isspace() else letter for letter in typed]
    widths = [_columns(letter) for letter in letters]
    first, last = _window(widths, start, columns)
    head, tail = "\u2026" if first else "", "\u2026" if last < len(letters) else ""
    text = "".join(letter for letter in letters[first:last] if not _hidden(letter))
    before = sum(widths[first:start]) + len(head)
    under = max(1, sum(widths[start : min(end, last)]))
    return f"{head}{text}{tail}\n{' ' * before}{'^' * under}"


def _window(widths: list[int], start: int, columns: int) -> tuple[int, int]:
    """What to show of a long text: from half a line before the place."""
    if sum(widths) <= columns:
        return 0, len(widths)
    first, room = min(start, len(widths)), columns // 2
    while first > 0 and room - widths[first - 1] >= 0:
        first -= 1
        room -= widths[first]
    last, room = first, columns
    while last < len(widths) and room - widths[last] >= 0:
        room -= widths[last]
        last += 1
    return first, last


def _hidden(letter: str) -> bool:
    return letter in INVISIBLE or unicodedata.category(letter) in ("Cf", "Cc")


def _columns(letter: str) -> int:
    if _hidden(letter) or unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
