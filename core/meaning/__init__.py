"""What a query means once every word has all its forms: the nouns that matching works with.

The tree mirrors `core.query.tree`; its leaves are *terms*, a word or several words in a row, each with its forms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from core.lexicon import Language
from core.query.tree import Query


class Tier(IntEnum):
    """How far a hit is to be trusted, most first; a form's own tier is never `CONTEXT`, which a text decides."""

    FORM = 1
    """A form of the word, and of no other that was not meant."""
    CONTEXT = 2
    """A form of another word too; the words around it speak for ours."""
    VARIANT = 3
    """A form in another spelling, a part of a hyphenated word, a converb, a derived or foreign word asked for."""
    GUESS = 4
    """A likely form of a word that no dictionary knows."""
    TYPO = 5
    """One slip away from a form, and no word of its own."""


Shape = Literal["any", "capitals", "name"]
"""Letters that a word must be printed in: any; all capitals (`США`); a capital first, unless it is no other word."""


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One word of a query with everything that counts as it. Compared by identity: made once for one query."""

    base: str
    """The base form, as shown to a person: «вʼязень»."""
    forms: Mapping[str, Tier]
    """Keys that count, and how far each is trusted."""
    lemmas: frozenset[tuple[Language, str]] = frozenset()
    """The lexemes meant; empty where forms are guessed, exact or by beginning: then nothing is ambiguous."""
    shape: Shape = "any"
    fuzzy: bool = False
    """One slip is forgiven in a word that no dictionary knows."""
    prefix: str = ""
    """Every word that begins so counts, beside the forms."""
    least: float = 0.1
    """Chance from which an ambiguous hit counts: an alert lost is worse than one too many."""
    halves: frozenset[str] = frozenset()
    """Of the forms, those that count only as a half of a hyphenated word («військово-морський»)."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A word, or several words in a row with nothing but space and quotation marks between."""

    senses: tuple[Sense, ...]
    base: str
    """As shown to a person: «політичний вʼязень»."""
    within: int = 0
    """As of `core.query.tree.Phrase`."""


@dataclass(frozen=True, slots=True, eq=False)
class Close:
    """A hit of one side with at most `within` words between it and a hit of the other, in the same passage."""

    left: tuple[Term, ...]
    """Alternatives."""
    right: tuple[Term, ...]
    within: int


@dataclass(frozen=True, slots=True, eq=False)
class Every:
    """All parts hold."""

    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Some:
    """One part holds."""

    parts: tuple["Clause", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Never:
    """The part does not hold."""

    part: "Clause"


@dataclass(frozen=True, slots=True, eq=False)
class Titled:
    """The part holds in the title alone."""

    part: "Clause"


@dataclass(frozen=True, slots=True, eq=False)
class Of:
    """The article is of this source, outlet or site."""

    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """The article is in this language."""

    language: Language


Clause = Term | Close | Every | Some | Never | Titled | Of | Written


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Meaning:
    """A query with all its forms."""

    query: Query
    root: Clause


def terms_of(clause: Clause, *, negated: bool = False) -> Iterator[Term]:
    """Every term that must hold (or, `negated`, must not), in order."""
    match clause:
        case Term():
            if not negated:
                yield clause
        case Close(left=left, right=right):
            if not negated:
                yield from left
                yield from right
        case Every(parts=parts) | Some(parts=parts):
            for part in parts:
                yield from terms_of(part, negated=negated)
        case Never(part=part):
            if negated:
                yield from terms_of(part)
        case Titled(part=part):
            yield from terms_of(part, negated=negated)
        case Of() | Written():
            return
