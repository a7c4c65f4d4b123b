"""What a person typed, cut into the words and signs of the query language."""

import re
from dataclasses import dataclass
from typing import Literal

from core.query.keywords import FIELDS, OPERATORS, SETTINGS, Operator
from core.query.mistakes import QueryMistake
from core.query.quotes import MISTYPED, QUOTES, SOFT, closed, closing, is_glued, opens
from core.text.fold import INVISIBLE, fold
from core.text.words import words

Kind = Literal["word", "phrase", "open", "close", "field", "setting", "and", "or", "not", "near"]

DEFAULT_NEAR = 5
"""Words between the sides of an operator that names no number."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `typed[start:end]`."""

    kind: Kind
    start: int
    end: int
    text: str
    """As it stands; of a phrase what is in the quotation marks."""
    at: int
    """Where `text` begins."""
    mark: str = ""
    """`=` or `~` before a phrase."""
    number: int = 0
    """Of `NEAR/n` and `"…"~n`."""


def tokens(typed: str) -> list[Token]:
    """All tokens in order; what is neither word nor sign is left out. Brackets are balanced and hold something.

    Raises `QueryMistake` for brackets and quotation marks that are open, stray or empty.
    """
    return _letters_alone(_Lexer(typed).tokens())


_QUOTED = re.escape(QUOTES)
_CHUNK = re.compile(rf"(?:[^\s()|&{_QUOTED}]|&(?!&)|{MISTYPED.pattern})+")
_SIGN = re.compile(
    r"""
    (?P<space>\s+)
    |(?P<smile>(?<!\S)[:;]['-]?[()]+(?!\S))
    |(?P<open>\()
    |(?P<close>\))
    |(?P<or>\|+)
    |(?P<and>&&+)
    # A dash excludes where it touches a word, an opening bracket or quotation mark, and nothing before it.
    # «-5°» is frost.
    |(?P<not>(?<![^\s(|&])(?:[-\u2212\u2013](?![\s\-\u2212\u2013]|[\d.,]+\s?[°%])|!(?!!))(?=[^\s(]{0,9}[^\W_]|[=~]?[("«“„‟‹]))
    |(?P<label>[^\W\d_]+):
    """,
    re.VERBOSE,
)
_WITHIN = re.compile(r"~([0-9]+)(?!\w)")
_OPERATOR = re.compile(r"([^\W\d_]+)(/[0-9]*)?")
_VISIBLE = str.maketrans("", "", INVISIBLE)


class _Lexer:
    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._at = 0
        self._found: list[Token] = []
        self._opened: list[Token] = []
        self._stray: list[int] = []
        self._never_closed: set[str] = set()

    def tokens(self) -> list[Token]:
        while self._at < len(self._typed):
            if not self._phrase():
                self._sign()
        self._check_brackets()
        return self._found

    def _add(self, kind: Kind, start: int, end: int, number: int = 0) -> None:
        self._found.append(Token(kind, start, end, self._typed[start:end], start, number=number))
        self._at = end

    def _phrase(self) -> bool:
        """Takes a phrase, where one begins."""
        typed, start = self._typed, self._at
        opener = typed[start]
        if opener not in QUOTES + SOFT or opener in self._never_closed or not opens(typed, start):
            return False
        end = closing(typed, start)
        if end is None and opener in SOFT:
            self._never_closed.add(opener)
            return False
        if end is None and is_glued(typed, start):
            return False
        if end is None:
            raise QueryMistake("query_quote_open", place=(start, start + 1), corrected=closed(typed, start))
        content = typed[start + 1 : end]
        if not content.strip():
            rest = typed[:start] + typed[end + 1 :]
            raise QueryMistake("query_quotes_empty", place=(start, end + 1), corrected=rest)
        within = _WITHIN.match(typed, end + 1)
        self._at = within.end() if within else end + 1
        if words(content):
            number = _number(within[1]) if within else 0
            self._found.append(Token("phrase", start, self._at, content, start + 1, self._mark(start), number))
        return True

    def _mark(self, quote: int) -> str:
        """`=` or `~` right before a quotation mark, and after no word."""
        mark, before = self._typed[quote - 1 : quote], self._typed[max(0, quote - 2) : max(0, quote - 1)]
        return mark if mark in ("=", "~") and not before.isalnum() else ""

    def _sign(self) -> None:
        found = _SIGN.match(self._typed, self._at)
        start, end = found.span() if found else (self._at, self._at)
        match found and found.lastgroup:
            case "space" | "smile":
                self._at = end
            case "open":
                self._add("open", start, end)
                self._opened.append(self._found[-1])
            case "close":
                self._close(start, end)
            case ("or" | "and" | "not") as operator:
                self._add(operator, start, end)
            case "label" if self._label(start, end):
                pass
            case _:
                self._chunk(start)

    def _label(self, start: int, end: int) -> bool:
        """Takes a field or a setting, where the name is one and is meant as one."""
        name, following = self._typed[start : end - 1], self._typed[end : end + 1]
        key = fold(name)
        if key in SETTINGS and following.isalnum():
            self._add("setting", start, end)
            return True
        # «Джерело: УНІАН» is how a pasted text speaks.
        if key in FIELDS and (name.islower() or (following and not following.isspace())):
            self._add("field", start, end)
            return True
        return False

    def _chunk(self, start: int) -> None:
        found = _CHUNK.match(self._typed, start)
        if found is None:  # a quotation mark that opens nothing
            self._at = start + 1
            return
        operator, number = _operator(found.group().translate(_VISIBLE))
        if operator:
            self._add(operator, start, found.end(), number)
        elif words(found.group()):
            self._add("word", start, found.end())
        else:
            self._at = found.end()

    def _close(self, start: int, end: int) -> None:
        if not self._opened:
            self._stray.append(start)
            self._at = end
            return
        opened = self._opened.pop()
        if self._found[-1] is not opened:
            self._add("close", start, end)
            return
        # «(…)», «(!)» are no mistake, and nothing to look for.
        self._found.pop()
        self._at = end
        if not self._typed[opened.end : start].strip():
            rest = self._typed[: opened.start] + self._typed[end:]
            raise QueryMistake("query_brackets_empty", place=(opened.start, end), corrected=rest)

    def _check_brackets(self) -> None:
        missing = ")" * len(self._opened)
        if self._stray:
            stray = set(self._stray)
            kept = "".join(letter for at, letter in enumerate(self._typed) if at not in stray)
            place = (self._stray[0], self._stray[0] + 1)
            raise QueryMistake("query_bracket_stray", place=place, corrected=kept + missing)
        if self._opened:
            place = (self._opened[0].start, self._opened[0].end)
            raise QueryMistake("query_bracket_open", place=place, corrected=self._typed.rstrip() + missing)


def _operator(chunk: str) -> tuple[Operator | None, int]:
    """The operator that a word in capitals is, and the number after it."""
    found = _OPERATOR.fullmatch(chunk)
    if not found or not found[1].isupper():
        return None, 0
    operator = OPERATORS.get(fold(found[1]))
    if operator == "near":
        return operator, _number(found[2][1:]) if found[2] and len(found[2]) > 1 else DEFAULT_NEAR
    return (None if found[2] else operator), 0


def _number(digits: str) -> int:
    """Of many digits the first few: too many is too many."""
    return int(digits.lstrip("0")[:6] or 0)


def _letters_alone(found: list[Token]) -> list[Token]:
    """A one-letter `І` is an operator only between two operands: «І мертвим, і живим», «Карл І» are words."""
    kept: list[Token] = []
    for at, token in enumerate(found):
        if token.kind == "and" and len(token.text.translate(_VISIBLE)) == 1:
            before = kept[-1].kind if kept else None
            after = found[at + 1].kind if at + 1 < len(found) else None
            if before not in ("word", "phrase", "close") or after not in ("word", "phrase", "open", "not", "field"):
                token = Token("word", token.start, token.end, token.text, token.at)
        kept.append(token)
    return kept
