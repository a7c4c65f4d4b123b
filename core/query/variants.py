"""Queries beside the one that was typed: narrower or wider by one step."""

from collections.abc import Callable
from dataclasses import replace

from core.query import build
from core.query.canonical import canonical
from core.query.parse import parse_query
from core.query.tree import AllOf, AnyOf, How, InTitle, Near, Node, Phrase, Query, Switch, Without, Word

FOREIGN: frozenset[Switch] = frozenset(("languages", "transliterations"))
"""The same words in other languages, names in other alphabets."""


def exactly(query: Query) -> Query:
    """Only as typed: every word that is looked for in all its forms stands as it is."""
    return replace(query, root=_words(query.root, _as("forms", "exact")))


def in_all_forms(query: Query) -> Query:
    """The other way round."""
    return replace(query, root=_words(query.root, _as("exact", "forms")))


def everywhere(query: Query) -> Query:
    """In other languages and alphabets too."""
    return replace(query, switches=query.switches | FOREIGN)


def here_alone(query: Query) -> Query:
    """The other way round."""
    return replace(query, switches=query.switches - FOREIGN)


def with_word(query: Query, key: str) -> Query:
    """A second thing that must be there. Raises `QueryMistake` where the query is too large for it."""
    return _read(replace(query, root=build.all_of((query.root, Word(key, typed=key)))))


def without(query: Query, part: Node) -> Query:
    """What must not be there. Raises `QueryMistake` where the query is too large for it."""
    return _read(replace(query, root=build.all_of((query.root, Without(part)))))


def left_out(query: Query) -> tuple[Node, ...]:
    """What must not be there, of the whole query."""
    parts = query.root.parts if isinstance(query.root, AllOf) else ()
    return tuple(part.part for part in parts if isinstance(part, Without))


def taken_back(query: Query, part: Node) -> Query:
    """The same where that may be there again."""
    parts = query.root.parts if isinstance(query.root, AllOf) else ()
    return replace(query, root=build.all_of(other for other in parts if other != Without(part)))


def _read(query: Query) -> Query:
    """As it would be, had it been typed."""
    return parse_query(canonical(query))


def _as(before: How, after: How) -> Callable[[Word], Word]:
    return lambda word: replace(word, how=after) if word.how == before else word


def _words(node: Node, change: Callable[[Word], Word]) -> Node:
    match node:
        case Word():
            return change(node)
        case Phrase(words=words):
            return replace(node, words=tuple(map(change, words)))
        case Near(left=left, right=right):
            return replace(node, left=_side(left, change), right=_side(right, change))
        case AllOf(parts=parts):
            return build.all_of(_words(part, change) for part in parts)
        case AnyOf(parts=parts):
            return build.any_of(_words(part, change) for part in parts)
        case Without(part=part):
            return Without(_words(part, change))
        case InTitle(part=part):
            return InTitle(_words(part, change))
        case _:
            return node


def _side(node: Word | Phrase | AnyOf, change: Callable[[Word], Word]) -> Word | Phrase | AnyOf:
    changed = _words(node, change)
    assert isinstance(changed, Word | Phrase | AnyOf)
    return changed
