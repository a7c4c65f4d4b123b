"""Quotation marks of every shape: which one opens a phrase, and which closes it."""

import re

from core.query.keywords import OPERATORS
from core.text.words import FOLLOWS_APOSTROPHE, TAKES_APOSTROPHE

_CLOSERS = {
    '"': '"',
    "«": "»",
    "“": "”“",
    "„": "“”",
    "‟": "”‟",
    "”": "”",
    "‹": "›",
    "\u2033": "\u2033",
    "\uff02": "\uff02",
}
QUOTES = "".join(dict.fromkeys("".join(_CLOSERS) + "".join(_CLOSERS.values())))
"""All that are never part of a word, but for a straight one typed for an apostrophe."""

_SOFT_CLOSERS = {"'": "'\u2019", "\u2018": "\u2019'", "\u2019": "\u2019", "\u201a": "\u2018\u2019", "`": "`'", "»": "«"}
SOFT = "".join(_SOFT_CLOSERS)
"""Apostrophes, and marks turned about: they open a phrase only where something closes it."""

MISTYPED = re.compile(f'(?<=[{TAKES_APOSTROPHE}])"(?=[{FOLLOWS_APOSTROPHE}])')
"""«сім"я»: a quotation mark typed for it."""

_ANY = re.compile(f"[{re.escape(QUOTES)}]")
_SOFT_END = {mark: re.compile(rf"(?<=\S)[{ends}](?!\w)") for mark, ends in _SOFT_CLOSERS.items()}
_ALWAYS_OPEN = "«„‹"
_BEFORE = "([=~:!|&+-\u2212\u2013"


def opens(text: str, at: int) -> bool:
    """Whether the mark there begins a phrase, rather than end one that nobody began, or stand in a word."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _ALWAYS_OPEN:
        return True
    apart = not before or before.isspace() or before in _BEFORE
    if mark in _SOFT_CLOSERS:
        return apart and after.isalnum()
    return mark in _CLOSERS and (apart or (after.isalnum() and not before.isalnum()) or is_glued(text, at))


def is_glued(text: str, at: int) -> bool:
    """Whether a straight mark stands between two letters, as in «АБО"Білий дім"»: it may or may not open."""
    between = text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()
    return text[at] == '"' and between and not _in_word(text, at)


def closing(text: str, at: int) -> int | None:
    """Where the phrase that the mark there opens is closed; `None` where nothing closes it.

    Phrases in phrases («Газета «День» пише») belong to the outer one, of which the last mark may be missing
    («Газета «День»), as typographers allow.
    """
    opener = text[at]
    if opener in _SOFT_CLOSERS:
        found = _SOFT_END[opener].search(text, at + 2)
        return found.start() if found else None
    depth, last = 0, None
    for mark in _ANY.finditer(text, at + 1):
        here = mark.start()
        if mark.group() == opener and (opener in _ALWAYS_OPEN or _begins(text, here)):
            depth += 1
        elif mark.group() in _CLOSERS[opener] and not _in_word(text, here):
            if depth == 0:
                return here
            depth -= 1
            last = here
    return last if opener == "«" and last else _closing_of_another_shape(text, at)


def _closing_of_another_shape(text: str, at: int) -> int | None:
    """«обмін полоненими" is a slip of the keyboard."""
    for mark in _ANY.finditer(text, at + 1):
        here = mark.start()
        if mark.group() in _ALWAYS_OPEN or _begins(text, here):
            return None
        if not _in_word(text, here):
            return here
    return None


def _begins(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isspace() or before in _BEFORE) and after.isalnum()


def _in_word(text: str, at: int) -> bool:
    """Whether it was typed for an apostrophe."""
    return MISTYPED.match(text, at) is not None


def closed(text: str, at: int) -> str:
    """The text with its open phrase closed: before the next sign of the query language, else at the end."""
    opener = text[at]
    found = _PHRASE_END.search(text, at + 2)
    end = found.start() if found else len(text.rstrip())
    if not text[at + 1 : end].strip():
        return text[:at] + text[at + 1 :]
    return text[:end] + _CLOSERS[opener][0] + text[end:]


_OPERATORS = "|".join(word.upper() for word in OPERATORS if len(word) > 1)
_PHRASE_END = re.compile(rf"\s*[()\n|]|\s+(?=(?:{_OPERATORS})(?:/\d*)?(?:\s|$)|[-\u2212\u2013!][^\W_]|[^\W\d_]+:\S)")
