"""A subscription of the bench in the product's query language, as a meaning with all forms, and as kept in a file."""

from collections.abc import Mapping
from typing import Any

from core.lexicon import Language
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Sense, Some, Term, Tier, Titled, Written
from core.query.tree import AllOf, AnyOf, FromSource, InLanguage, InTitle, Near, Node, Phrase, Query, Without, Word

Kept = list[Any]
"""A tree as JSON: its kind, then what it is made of."""
Forms = Mapping[str, Mapping[str, Tier]]
"""The forms of every lemma."""


def said(node: Node, *, inner: bool = False) -> str:
    """The query as a person would type it."""
    match node:
        case Word(key=key, how=how):
            return f"{key}*" if how == "prefix" else key
        case Phrase(words=words):
            return '"' + " ".join(word.key for word in words) + '"'
        case Near(left=left, right=right, within=within):
            near = f"{said(left)} NEAR/{within} {said(right)}"
            return f"({near})" if inner else near
        case AllOf(parts=parts):
            every = " ".join(said(part, inner=True) for part in parts)
            return f"({every})" if inner else every
        case AnyOf(parts=parts):
            some = " OR ".join(said(part, inner=True) for part in parts)
            return f"({some})" if inner else some
        case Without(part=part):
            return f"-{said(part, inner=True)}"
        case InTitle(part=part):
            return f"title:{said(part, inner=True)}"
        case FromSource(name=name):
            return f"source:{name}"
        case InLanguage(language=language):
            return f"lang:{language}"


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
            return Word(key)
        case ["prefix", key]:
            return Word(key, how="prefix")
        case ["phrase", *keys]:
            return Phrase(tuple(map(Word, keys)))
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


def in_order(node: Node) -> Node:
    """The same tree for the same question: the parts of AND and OR sorted as text, doubles dropped."""
    match node:
        case AllOf(parts=parts):
            every = _sorted(parts)
            return AllOf(every) if len(every) > 1 else every[0]
        case AnyOf(parts=parts):
            some = _sorted(parts)
            return AnyOf(some) if len(some) > 1 else some[0]
        case Without(part=part):
            return Without(in_order(part))
        case InTitle(part=part):
            return InTitle(in_order(part))
        case _:
            return node


def _sorted(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    told = {said(part, inner=True): part for part in map(in_order, parts)}
    # What is refused comes last: a query does not begin with a minus.
    return tuple(told[text] for text in sorted(told, key=lambda text: (text.startswith("-"), text)))


def has_prefix(node: Node) -> bool:
    """Whether a wildcard is in it; Lucene and PostgreSQL hold lemmas and are not asked these."""
    return "*" in said(node)


def has_near(node: Node) -> bool:
    """Whether it asks for words near one another; Lucene counts punctuation between them, we do not."""
    return " NEAR/" in said(node)
