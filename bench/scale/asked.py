"""A subscription of the bench as a meaning with all forms, and as kept in a file."""

from collections.abc import Mapping
from typing import Any

from core.lexicon import Language
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Sense, Some, Term, Tier, Titled, Written
from core.query.tree import (
    AllOf,
    AnyOf,
    FromSource,
    InLanguage,
    InTitle,
    Near,
    Node,
    Phrase,
    Query,
    Without,
    Word,
    words_of,
)

Kept = list[Any]
"""A tree as JSON: its kind, then what it is made of."""
Forms = Mapping[str, Mapping[str, Tier]]
"""The forms of every lemma."""


def meant(node: Node, forms: Forms) -> Meaning:
    """The query with all its forms; a lemma without any stands for itself."""
    return Meaning(query=Query(root=node), root=_clause(node, forms))


def _clause(node: Node, forms: Forms) -> Clause:
    match node:
        case Word() | Phrase():
            return _term(node, forms)
        case Near(left=left, right=right, within=within):
            return Close((_side(left, forms),), (_side(right, forms),), within)
        case AllOf(parts=parts):
            return Every(tuple(_clause(part, forms) for part in parts))
        case AnyOf(parts=parts):
            return Some(tuple(_clause(part, forms) for part in parts))
        case Without(part=part):
            return Never(_clause(part, forms))
        case InTitle(part=part):
            return Titled(_clause(part, forms))
        case FromSource(name=name):
            return Of(name)
        case InLanguage(language=language):
            return Written(language)


def _side(node: Word | Phrase | AnyOf, forms: Forms) -> Term:
    if isinstance(node, AnyOf):
        raise TypeError("the bench puts no alternatives near one another")
    return _term(node, forms)


def _term(node: Word | Phrase, forms: Forms) -> Term:
    words = node.words if isinstance(node, Phrase) else (node,)
    return Term(tuple(_sense(word, forms) for word in words), " ".join(word.key for word in words))


def _sense(word: Word, forms: Forms) -> Sense:
    if word.how == "prefix":
        return Sense(base=word.key, forms={}, prefix=word.key)
    return Sense(base=word.key, forms=forms.get(word.key) or {word.key: Tier.FORM})


def kept(node: Node) -> Kept:
    """The tree as JSON."""
    match node:
        case Word(key=key, how=how):
            return ["prefix" if how == "prefix" else "word", key]
        case Phrase(words=words):
            return ["phrase", *(word.key for word in words)]
        case Near(left=left, right=right, within=within):
            return ["near", within, kept(left), kept(right)]
        case AllOf(parts=parts):
            return ["all", *map(kept, parts)]
        case AnyOf(parts=parts):
            return ["any", *map(kept, parts)]
        case Without(part=part):
            return ["not", kept(part)]
        case InTitle(part=part):
            return ["title", kept(part)]
        case FromSource(name=name):
            return ["source", name]
        case InLanguage(language=language):
            return ["language", language]


def tree(line: Kept) -> Node:
    """The tree that was kept."""
    match line:
        case ["word", key]:
            return Word(key, typed=key)
        case ["prefix", key]:
            return Word(key, how="prefix", typed=key)
        case ["phrase", *keys]:
            return Phrase(tuple(Word(key, typed=key) for key in keys))
        case ["near", within, left, right]:
            return Near(_near(left), _near(right), within)
        case ["all", *parts]:
            return AllOf(tuple(map(tree, parts)))
        case ["any", *parts]:
            return AnyOf(tuple(map(tree, parts)))
        case ["not", part]:
            return Without(tree(part))
        case ["title", part]:
            return InTitle(tree(part))
        case ["source", name]:
            return FromSource(name)
        case ["language", language]:
            return InLanguage(_language(language))
    raise ValueError(f"not a kept tree: {line!r}")


def _near(line: Kept) -> Word | Phrase:
    side = tree(line)
    if not isinstance(side, Word | Phrase):
        raise ValueError(f"not a word or a phrase: {line!r}")
    return side


def _language(name: str) -> Language:
    return "ru" if name == "ru" else "uk"


def has_prefix(node: Node) -> bool:
    """Whether a wildcard is in it; Lucene and PostgreSQL hold lemmas and are not asked these."""
    return any(word.how == "prefix" for word in words_of(node))


def has_near(node: Node) -> bool:
    """Whether it asks for words near one another; Lucene counts punctuation between them, we do not."""
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return any(map(has_near, parts))
        case Without(part=part):
            return has_near(part)
        case _:
            return isinstance(node, Near)
