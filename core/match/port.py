"""What an engine takes and gives, whichever of the two it is: queries in, an article read once, reasons out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from core.lexicon import Language
from core.meaning import Meaning, Sense, Term, Tier
from core.model import Field, QueryId
from core.text.words import Word, in_one_phrase, parts, words


@dataclass(frozen=True, slots=True)
class Span:
    """Where a term stands, as printed: `[start, end)` in code points of the original title or text."""

    start: int
    end: int
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where a term of the query stands, and why it counts."""

    term: Term
    span: Span
    tier: Tier
    """Of its least trusted word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Why an article concerns a query."""

    query: QueryId
    hits: tuple[Hit, ...]
    """Of all terms that hold, in reading order, title first; none where only filters were asked for."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places alone, each once."""
        return tuple(dict.fromkeys(hit.span for hit in self.hits))


class Passage:
    """A title or a text, read once and only when asked: its words, and the keys that stand at each of them."""

    def __init__(self, field: Field, text: str, language: Language | None = None) -> None:
        self.field = field
        self.text = text
        self.language = language

    @cached_property
    def words(self) -> list[Word]:
        """Its words in order; a hyphenated one is one word here."""
        return words(self.text)

    @cached_property
    def places(self) -> Mapping[str, Sequence[tuple[int, Word]]]:
        """Where each key stands: (place, word), or a part of the hyphenated word at that place."""
        found: dict[str, list[tuple[int, Word]]] = defaultdict(list)
        for place in range(len(self.words)):
            for word in self.at(place):
                found[word.key].append((place, word))
        return found

    @cached_property
    def _parts(self) -> dict[int, list[Word]]:
        return {at: list(parts(self.text, word)) for at, word in enumerate(self.words) if "-" in word.key}

    def at(self, place: int) -> Sequence[Word]:
        """The word at this place, and the parts of it where it is hyphenated."""
        opened = self._parts.get(place)
        return [self.words[place], *opened] if opened else (self.words[place],)

    def joined(self, place: int) -> bool:
        """Whether this word and the next stand in one phrase: nothing but space and quotation marks between."""
        return in_one_phrase(self.text[self.words[place].end : self.words[place + 1].start])


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as an engine reads it."""

    passages: tuple[Passage, ...]
    """Title, then text."""
    language: Language | None = None
    """Where it is known, or told by its letters."""
    sources: frozenset[str] = frozenset()
    """What `джерело:` may call it: outlet, source's name and site, folded."""


class Judge(Protocol):
    """Decides on a hit that may be of another word."""

    def tier(self, sense: Sense, passage: Passage, place: int, word: Word) -> Tier | None:
        """How far the hit of a form of `sense` at `passage.words[place]` (or `word`, a part of it) is to be trusted;
        `None` where it is another word, or not in the letters asked for. Pure, and the same whenever it is asked."""

    def unknown(self, key: str) -> bool:
        """Whether no dictionary has the word: only such a word may be a slip of the hand. Pure, of the key alone."""

    def doubts(self, sense: Sense) -> bool:
        """Whether a hit of the sense must be asked about at all; where not, `tier` never answers `None`."""


class Sure:
    """A judge without doubts: every form counts, and every word but a form may be a slip."""

    def tier(self, sense: Sense, passage: Passage, place: int, word: Word) -> Tier:
        return Tier.FORM

    def unknown(self, key: str) -> bool:
        return True

    def doubts(self, sense: Sense) -> bool:
        return False


class Engine(Protocol):
    """All queries, and which of them an article answers. Owned by one thread."""

    def add(self, query: QueryId, meaning: Meaning) -> None:
        """From now on articles are matched against this query too; a query of the same id is replaced."""

    def remove(self, query: QueryId) -> None:
        """Forgets a query; an unknown one is no error."""

    def match(self, article: Article) -> list[Match]:
        """Every query that the article answers, in the order of their numbers."""
