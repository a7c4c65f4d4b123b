"""A query as a tree of what must be there: the nouns of the query language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from core.lexicon import Language

How = Literal["forms", "exact", "fuzzy", "prefix"]
"""How a word is looked for: in every form, `=слово` as it stands, `~слово` with a slip, `слово*` from its beginning."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word."""

    key: str
    how: How = "forms"
    typed: str = field(default="", compare=False)
    """As the person wrote it, for showing, and for its capitals («США»)."""
    language: Language | None = None
    """Whose forms it takes, where a concept says so; `None`: as the query says."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, as typed in quotation marks."""

    words: tuple[Word, ...]
    within: int = 0
    """`"…"~n`: how many other words may stand among them, then in any order; 0: none, and in this order."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two parts with at most so many words between them (`NEAR/n`), in any order, in the same title or text."""

    left: "Word | Phrase | AnyOf"
    right: "Word | Phrase | AnyOf"
    within: int
    """At most 50. An `AnyOf` here holds only words and phrases."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part must not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class InTitle:
    """The part must hold in the headline alone (`заголовок:`)."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class FromSource:
    """The article is of this outlet, source or site (`джерело:`)."""

    name: str
    """Folded: a site as `glavcom.ua`, an outlet's name in small letters."""


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The article is in this language (`мова:`)."""

    language: Language


Node = Word | Phrase | Near | AllOf | AnyOf | Without | InTitle | FromSource | InLanguage

Switch = Literal["adjectives", "people", "languages", "transliterations", "strict", "wide"]
"""What a query asks for beyond its words' own forms (`також:прикметники,люди`), and how homonyms are judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for, parsed."""

    root: Node
    switches: frozenset[Switch] = frozenset()
    languages: tuple[Language, ...] = ()
    """Whose forms the words take (`форми:uk,ru`); empty: every language that knows them."""


def words_of(node: Node) -> Iterator[Word]:
    """Every word of it, in order."""
    match node:
        case Word():
            yield node
        case Phrase(words=words):
            yield from words
        case Near(left=left, right=right):
            yield from words_of(left)
            yield from words_of(right)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from words_of(part)
        case Without(part=part) | InTitle(part=part):
            yield from words_of(part)
        case FromSource() | InLanguage():
            return


def fuzzy(node: Node) -> Node:
    """The same with every word's slip forgiven (`~слово`), where the word is long enough to be told from others."""
    match node:
        case Word(key=key, how="forms", typed=typed) if len(key) >= FEWEST_FUZZY:
            return Word(key, "fuzzy", typed)
        case Phrase(words=words, within=within):
            return Phrase(tuple(word for part in words if isinstance(word := fuzzy(part), Word)), within)
        case AllOf(parts=parts):
            return AllOf(tuple(map(fuzzy, parts)))
        case AnyOf(parts=parts):
            return AnyOf(tuple(map(fuzzy, parts)))
        case InTitle(part=part):
            return InTitle(fuzzy(part))
        case _:
            return node


FEWEST_FUZZY = 4
"""A shorter word has no form long enough for a slip to be told from another word: of six letters, as matching asks."""
