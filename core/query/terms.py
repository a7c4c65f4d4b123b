"""The words of a typed piece, and how each is looked for: `=слово`, `~слово`, `слово*`."""

import re
from collections.abc import Iterator

from core.query.mistakes import QueryMistake
from core.query.tree import FEWEST_FUZZY, How, Word
from core.text import words as reading
from core.text.fold import APOSTROPHES, HYPHENS, INVISIBLE

FEWEST_BEFORE_STAR = 4
"""Letters."""

_CHUNK = re.compile(r"\S+")
_EDGE = APOSTROPHES + HYPHENS + INVISIBLE
_STAR = re.compile(rf"[{re.escape(_EDGE)}]*\*(?!\*)")
_NOT_LETTERS_AT_END = re.compile(r"[\W_]*$")
_VISIBLE = str.maketrans("", "", INVISIBLE)


def terms(typed: str, start: int, end: int, *, mark: str = "", loud: bool = False) -> tuple[Word, ...]:
    """The words of `typed[start:end]` in order; `mark`, of a whole phrase, stands before its quotation mark. Where the
    query is `loud`, capitals mean nothing.

    Raises `QueryMistake` for a star that stands elsewhere than after four letters at a word's end, and for a fuzzy
    word of fewer than six.
    """
    chunks = _CHUNK.finditer(typed, start, end)
    return tuple(word for chunk in chunks for word in _words(typed, *chunk.span(), mark, start - 2, loud))


def _words(typed: str, start: int, end: int, mark: str, marked_at: int, loud: bool) -> Iterator[Word]:
    chunk = typed[start:end]
    if chunk[0] in "=~" and chunk[1:2].isalnum():
        mark, marked_at = chunk[0], start
    for found in reading.words(chunk):
        first, last = start + found.start, start + found.end
        how = _how(typed, (first, last), (start, end), found.key, mark, marked_at)
        raw = typed[first:last].translate(_VISIBLE)
        yield Word(found.key, how, _quiet(raw) if loud else raw)


def _how(typed: str, word: tuple[int, int], chunk: tuple[int, int], key: str, mark: str, marked_at: int) -> How:
    first, last = word
    letters = sum(letter.isalnum() for letter in key)
    if key.isdecimal():  # «2*2», «~100» are arithmetic
        return "exact" if mark == "=" else "forms"
    star = _STAR.match(typed, last, chunk[1])
    if star and typed[star.end() : star.end() + 1].isalnum() and star.end() < chunk[1]:
        raise _star_elsewhere(typed, star.end() - 1, chunk)
    if first > chunk[0] and typed[first - 1] == "*" and not _goes_on(typed, first - 2, chunk[0]):
        raise _star_elsewhere(typed, first - 1, chunk)
    if star and letters < FEWEST_BEFORE_STAR:
        raise QueryMistake(
            "query_star_early",
            place=(first, star.end()),
            corrected=typed[: star.end() - 1] + typed[star.end() :],
            least=FEWEST_BEFORE_STAR,
        )
    if mark == "~" and not star and letters < FEWEST_FUZZY:
        raise QueryMistake(
            "query_fuzzy_short",
            place=word,
            corrected=typed[:marked_at] + typed[marked_at + 1 :],
            word=typed[first:last],
            least=FEWEST_FUZZY,
        )
    return "prefix" if star else "exact" if mark == "=" else "fuzzy" if mark == "~" else "forms"


def _goes_on(typed: str, at: int, start: int) -> bool:
    """Whether a star there is one of an ornament («**слово»), or follows a word, which has told of it already."""
    return at >= start and (typed[at] == "*" or typed[at].isalnum())


def _star_elsewhere(typed: str, at: int, chunk: tuple[int, int]) -> QueryMistake:
    """Most likely a star at the end was meant."""
    start, end = chunk
    bare = typed[start:end].replace("*", "")
    tail = _NOT_LETTERS_AT_END.search(bare)
    cut = tail.start() if tail else len(bare)
    enough = sum(letter.isalnum() for letter in bare[:cut]) >= FEWEST_BEFORE_STAR
    corrected = typed[:start] + bare[:cut] + ("*" if enough else "") + bare[cut:] + typed[end:]
    return QueryMistake("query_star_elsewhere", place=(at, at + 1), corrected=corrected)


LONGEST_ABBREVIATION = 6
"""Letters that may be capitals on purpose (`США`, `ЮНЕСКО`)."""
_HYPHEN = re.compile(f"([{re.escape(HYPHENS)}])")


def is_loud(typed: str) -> bool:
    """Typed with the caps lock on: no small letter, and a word too long for an abbreviation."""
    if any(letter.islower() for letter in typed):
        return False
    return any(
        len(part) > LONGEST_ABBREVIATION and part.isupper() and part != part.lower()
        for part in re.findall(r"[^\W\d_]+", typed)
    )


def _quiet(raw: str) -> str:
    """Without the caps lock it would have been «Білорусь»."""
    return "".join(part[:1] + part[1:].lower() for part in _HYPHEN.split(raw))
