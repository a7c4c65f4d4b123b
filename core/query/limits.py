"""How much a query may hold, and that it looks for something."""

from collections.abc import Iterator

from core.query.build import depth, positive
from core.query.lexer import tokens
from core.query.mistakes import QueryMistake
from core.query.tree import (
    AllOf,
    AnyOf,
    FromSource,
    InLanguage,
    InTitle,
    Near,
    Node,
    Phrase,
    Without,
    Word,
    words_of,
)

LONGEST = 200
"""Characters that words joined by "and" may have together: more is a pasted article, not a query."""
MOST_TERMS = 16
"""Words and phrases joined by "and"."""
LONGEST_WITH_ALTERNATIVES = 1000
MOST_WITH_ALTERNATIVES = 64
"""The same with all that is joined by "or": lists of names and their spellings."""
LONGEST_TYPED = 4000
"""Characters with all that stands between the words; a message of Telegram's has 4096."""
MOST_LEVELS = 12
"""Of operators in operators."""
MOST_BRACKETS = 50
"""Of brackets in brackets, most of them needless."""
MOST_NEAR = 50
"""Words between what is near."""


def check_length(typed: str) -> None:
    """Raises `QueryMistake` for a text that need not be read."""
    if len(typed.strip()) > LONGEST_TYPED:
        raise _long(typed)


def check_size(root: Node, typed: str) -> None:
    """Raises `QueryMistake` for a query that holds too much. What the canonical form keeps is counted, so that it
    parses too."""
    if depth(root) > MOST_LEVELS:
        raise too_deep((0, len(typed)))
    sure, all_ = list(_leaves(root, alternatives=False)), list(_leaves(root, alternatives=True))
    if len(sure) > MOST_TERMS or sum(map(_length, sure)) > LONGEST:
        raise _long(typed)
    if len(all_) > MOST_WITH_ALTERNATIVES or sum(map(_length, all_)) > LONGEST_WITH_ALTERNATIVES:
        raise QueryMistake("query_many", place=(0, len(typed)), most=MOST_WITH_ALTERNATIVES)


def check_sense(root: Node, typed: str) -> None:
    """Raises `QueryMistake` for a query that looks for nothing, but only rules out."""
    if positive(root):
        return
    place = (0, len(typed))
    if _asks(root):
        raise QueryMistake("query_only_without_in_or", place=place, corrected=_and_for_or(typed))
    filters = any(isinstance(leaf, FromSource | InLanguage) for leaf in _leaves(root, alternatives=True))
    raise QueryMistake("query_only_filters" if filters else "query_only_without", place=place)


def too_deep(place: tuple[int, int]) -> QueryMistake:
    """More brackets in brackets than anyone reads."""
    return QueryMistake("query_deep", place=place)


def _long(typed: str) -> QueryMistake:
    return QueryMistake("query_long", place=(0, len(typed)), most=LONGEST, terms=MOST_TERMS)


_Leaf = Word | Phrase | FromSource | InLanguage


def _leaves(node: Node, *, alternatives: bool) -> Iterator[_Leaf]:
    """Words, phrases and filters; without those of alternatives where they are not asked for."""
    match node:
        case Word() | Phrase() | FromSource() | InLanguage():
            yield node
        case AnyOf(parts=parts):
            for part in parts if alternatives else ():
                yield from _leaves(part, alternatives=alternatives)
        case AllOf(parts=parts):
            for part in parts:
                yield from _leaves(part, alternatives=alternatives)
        case Near(left=left, right=right):
            yield from _leaves(left, alternatives=alternatives)
            yield from _leaves(right, alternatives=alternatives)
        case Without(part=part) | InTitle(part=part):
            yield from _leaves(part, alternatives=alternatives)


def _length(leaf: _Leaf) -> int:
    match leaf:
        case FromSource(name=name):
            return len(name)
        case InLanguage():
            return 0
        case _:
            return sum(max(len(word.key), len(word.typed)) for word in words_of(leaf))


def _asks(node: Node) -> bool:
    """Whether some word is looked for, though not in every branch."""
    match node:
        case AnyOf(parts=parts) | AllOf(parts=parts):
            return any(map(_asks, parts))
        case InTitle(part=part):
            return _asks(part)
        case _:
            return positive(node)


def _and_for_or(typed: str) -> str:
    """«а АБО -б» most likely means «а -б»."""
    for token in reversed(tokens(typed)):
        if token.kind == "or":
            typed = f"{typed[: token.start]} {typed[token.end :]}"
    return typed
