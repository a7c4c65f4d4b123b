"""What a concept is, and which further words a query's switches bring in through it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, Protocol

from core.lexicon import Language
from core.query.tree import AllOf, AnyOf, InTitle, Near, Node, Phrase, Query, Switch, Word
from core.text.words import words

Kind = Literal["term", "adjective", "person", "alias"]
KINDS: tuple[Kind, ...] = ("term", "adjective", "person", "alias")
"""A term proper («Білорусь», «політичний вʼязень»); an adjective («білоруський»); people named after it («білорус»,
«білоруска»); another spelling that a person has decided on («Bialacki»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One word or phrase of a concept, in one language."""

    text: str
    """As written in a dictionary: the base form, with its capitals."""
    language: Language
    kind: Kind = "term"
    context: tuple[str, ...] = ()
    """Where given, it counts only in an article that has one of these words too: «Знак» beside «адвокат»."""

    def __post_init__(self) -> None:
        for text in (self.text, *self.context):
            if not words(text):
                raise ValueError(f"there is no word in {text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A named set of equivalent terms, over languages and spellings."""

    name: str
    members: tuple[Member, ...]


class ConceptsTx(Protocol):
    """What keeping concepts needs of the store."""

    def concepts(self) -> list[Concept]:
        """All of them, by name."""

    def concepts_changed(self) -> int:
        """The generation at which one was put or removed last."""

    def put_concept(self, concept: Concept) -> bool:
        """Stores it, in place of one of the same name; every query that may ask for it is followed anew.

        False, and nothing changed, where it is stored already just so.
        """

    def remove_concept(self, name: str) -> bool:
        """Forgets it; every query that may have asked for it is followed anew. False where there is none."""

    def lemmas(self) -> list[tuple[str, int]]:
        """Every lemma of the stored articles, and in how many it is."""


def concepts_since(tx: ConceptsTx, generation: int) -> list[Concept] | None:
    """All concepts, or `None` where none has changed after this generation."""
    return tx.concepts() if tx.concepts_changed() > generation else None


FormsOf = Callable[[str, Language], frozenset[str]]
"""Keys of all forms of one word, itself included, in one language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A term that a switch brought in."""

    term: str
    language: Language
    why: Switch


Derive = Callable[[Word | Phrase, Switch], Iterable[Added]]
"""What a switch adds to a word where no concept does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widened:
    """A query's tree with what its switches bring in, and a list of it for showing."""

    node: Node
    added: tuple[Added, ...]


class Concepts:
    """Concepts, found by any form of any term: made once for a set of them, for every form is worked out."""

    def __init__(self, concepts: Iterable[Concept], forms_of: FormsOf) -> None:
        self.all = tuple(concepts)
        self._forms_of = forms_of
        self._by_first: dict[str, list[_Entry]] = {}
        for concept in self.all:
            for member in concept.members:
                # What needs words beside it is too common a word to name a concept by itself.
                if not member.context:
                    self._enter(concept, member)

    def _enter(self, concept: Concept, member: Member) -> None:
        forms = tuple(self._forms_of(word.key, member.language) | {word.key} for word in words(member.text))
        entry = _Entry(concept, member, forms)
        for key in forms[0] if forms else ():
            self._by_first.setdefault(key, []).append(entry)

    def of(self, typed: Sequence[Word]) -> list[tuple[Concept, Member]]:
        """The concepts that these words, all of them, name in any form, each with a member that they are a form of."""
        if not typed or any(word.how != "forms" for word in typed):
            return []
        found: dict[str, tuple[Concept, Member]] = {}
        for entry in self._by_first.get(typed[0].key, ()):
            if entry.is_named_by(typed):
                found.setdefault(entry.concept.name, (entry.concept, entry.member))
        return list(found.values())

    def longest(self, typed: Sequence[Word]) -> int:
        """How many words from the first on name a concept together; at least 1."""
        lengths = {len(entry.forms) for entry in self._by_first.get(typed[0].key, ())}
        return next((some for some in sorted(lengths, reverse=True) if some > 1 and self.of(typed[:some])), 1)


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: Concept
    member: Member
    forms: tuple[frozenset[str], ...]

    def is_named_by(self, typed: Sequence[Word]) -> bool:
        return len(typed) == len(self.forms) and all(
            word.key in forms for word, forms in zip(typed, self.forms, strict=True)
        )


def nothing_derived(typed: Word | Phrase, switch: Switch) -> Iterable[Added]:
    """`Derive` of a house that has no dictionaries: concepts alone add words."""
    return ()


Join = Callable[[Sequence[Node]], Iterable[Node]]
"""Puts words that belong together («Олександр Лукашенко») into one phrase, and leaves the other parts as they are."""


def widen(query: Query, concepts: Concepts, derive: Derive = nothing_derived, join: Join = tuple) -> Widened:
    """The query with its switches turned into alternatives: each word or phrase that names a concept becomes any of its
    terms asked for.

    What must not be there is left as typed, and so are exact, fuzzy and half words. In a title a term's context is
    looked for in the title too; `NEAR` takes no term that needs a context.
    """
    asked = [switch for switch in WIDENING if switch in query.switches]
    if not asked:
        return Widened(node=query.root, added=())
    widening = _Widening(asked, concepts, derive, join)
    node = widening.node(query.root)
    return Widened(node=node, added=tuple(dict.fromkeys(widening.added)))


WIDENING: tuple[Switch, ...] = ("adjectives", "people", "languages", "transliterations")
"""The switches that add words; in the order in which they are shown."""


class _Widening:
    """One walk through one tree."""

    def __init__(self, asked: Sequence[Switch], concepts: Concepts, derive: Derive, join: Join) -> None:
        self._asked = asked
        self._concepts = concepts
        self._derive = derive
        self._join = join
        self.added: list[Added] = []

    def node(self, node: Node) -> Node:
        match node:
            case Word() | Phrase():
                return self._alternatives(node, node)
            case AllOf(parts=parts):
                found = tuple(self._in_a_row(tuple(self._join(parts))))
                return found[0] if len(found) == 1 else AllOf(found)
            case AnyOf(parts=parts):
                return AnyOf(tuple(map(self.node, parts)))
            case InTitle(part=part):
                return InTitle(self.node(part))
            case Near(left=left, right=right, within=within):
                return Near(self._side(left), self._side(right), within)
            case _:
                return node

    def _in_a_row(self, parts: Sequence[Node]) -> Iterator[Node]:
        """Words side by side («політичні вʼязні») may name a concept together."""
        at = 0
        while at < len(parts):
            row = tuple(_leading_words(parts[at:]))
            together = self._concepts.longest(row) if row else 1
            if together > 1:
                yield self._alternatives(AllOf(row[:together]), Phrase(row[:together]))
            else:
                yield self.node(parts[at])
            at += together

    def _side(self, side: Word | Phrase | AnyOf) -> Word | Phrase | AnyOf:
        """One side of a `Near`: a list of words and phrases."""
        typed = [part for part in _options(side) if isinstance(part, Word | Phrase)]
        wide = [option for part in typed for option in _options(self._alternatives(part, part, near=True))]
        found = tuple(option for option in dict.fromkeys(wide) if isinstance(option, Word | Phrase))
        return side if len(found) == len(typed) else AnyOf(found)

    def _alternatives(self, node: Node, typed: Word | Phrase, *, near: bool = False) -> Node:
        """`node`, or any of the terms that go with what was typed."""
        members = [member for member in self._members(typed) if not (near and member[0].context)]
        self.added += [Added(term=one.text, language=one.language, why=why) for one, why in members]
        return AnyOf((node, *(_node(member) for member, _ in members))) if members else node

    def _members(self, typed: Word | Phrase) -> list[tuple[Member, Switch]]:
        """What each switch adds: by the concepts named, and where none of them has such terms by derivation."""
        named = self._concepts.of(_words(typed))
        found: dict[tuple[str, Language], tuple[Member, Switch]] = {}
        for switch in self._asked:
            members = [member for concept, named_by in named for member in self._by(switch, concept, named_by)]
            for member in members or map(_derived, self._derive(typed, switch)):
                found.setdefault((member.text, member.language), (member, switch))
        return list(found.values())

    def _by(self, switch: Switch, concept: Concept, named_by: Member) -> Iterator[Member]:
        """What one switch adds to a word that is a form of `named_by`.

        Adjectives and people are of the word's own language, and of all with `languages`; a person who typed an
        adjective and asks for other languages means their adjectives.
        """
        everywhere = "languages" in self._asked
        base = "term" if named_by.kind == "alias" else named_by.kind
        for member in concept.members:
            here = everywhere or member.language == named_by.language
            wanted = {
                "adjectives": member.kind == "adjective" and here,
                "people": member.kind == "person" and here,
                "languages": member.kind == base,
                "transliterations": member.kind == "alias" and base == "term",
            }
            if member != named_by and wanted.get(switch):
                yield member


def _derived(added: Added) -> Member:
    return Member(text=added.term, language=added.language)


def _node(member: Member) -> Node:
    """What must be there for a member to count."""
    text = _as_typed(member.text, member.language)
    if not member.context:
        return text
    context = tuple(map(partial(_as_typed, language=member.language), member.context))
    return AllOf((text, context[0] if len(context) == 1 else AnyOf(context)))


def _as_typed(text: str, language: Language) -> Word | Phrase:
    found = [replace(word, language=language) for word in typed_words(text)]
    return found[0] if len(found) == 1 else Phrase(tuple(found))


def typed_words(text: str) -> list[Word]:
    """The words of a term as a query has them."""
    return [Word(word.key, typed=text[word.start : word.end]) for word in words(text)]


def _words(typed: Word | Phrase) -> tuple[Word, ...]:
    if isinstance(typed, Phrase):
        return () if typed.within else typed.words
    return (typed,)


def _options(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, AnyOf) else (node,)


def _leading_words(parts: Iterable[Node]) -> Iterator[Word]:
    for part in parts:
        if not isinstance(part, Word):
            return
        yield part
