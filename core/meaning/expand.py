"""What a query means: every form of every word, and which words belong together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.concept.given_names import GIVEN_NAMES
from core.lexicon import LANGUAGES, Language, Lexicon, Reading
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Sense, Some, Term, Titled, Written
from core.meaning.senses import STRICT, USUAL, WIDE, Dictionaries, sense_of
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
)
from core.text.fold import fold


def expand(query: Query, dictionaries: Dictionaries) -> Meaning:
    """Words typed side by side that agree («політичні вʼязні», «Олександр Лукашенко») are one phrase."""
    return Meaning(query=query, root=_Expanding(query, dictionaries).clause(query.root))


def joined(parts: Sequence[Node], query: Query, dictionaries: Dictionaries) -> Iterator[Node]:
    """Parts that must all hold, neighbours that agree put into one phrase."""
    return _Expanding(query, dictionaries).joined(parts)


@dataclass(frozen=True, slots=True)
class _Expanding:
    query: Query
    dictionaries: Dictionaries

    def clause(self, node: Node) -> Clause:
        match node:
            case Word() | Phrase():
                return self._term(node)
            case AllOf(parts=parts):
                clauses = tuple(self.clause(part) for part in self.joined(parts))
                return clauses[0] if len(clauses) == 1 else Every(clauses)
            case AnyOf(parts=parts):
                return Some(tuple(self.clause(part) for part in parts))
            case Near(left=left, right=right, within=within):
                return Close(self._alternatives(left), self._alternatives(right), within)
            case Without(part=part):
                return Never(self.clause(part))
            case InTitle(part=part):
                return Titled(self.clause(part))
            case FromSource(name=name):
                return Of(name)
            case InLanguage(language=language):
                return Written(language)

    def _alternatives(self, side: Word | Phrase | AnyOf) -> tuple[Term, ...]:
        nodes = side.parts if isinstance(side, AnyOf) else (side,)
        return tuple(self._term(node) for node in nodes if isinstance(node, Word | Phrase))

    def _term(self, node: Word | Phrase) -> Term:
        if isinstance(node, Word):
            sense = self._sense(node, in_phrase=False)
            return Term((sense,), sense.base)
        among = self._shared_languages(node.words) if len(node.words) > 1 else ()
        senses = tuple(self._sense(word, in_phrase=len(node.words) > 1, among=among) for word in node.words)
        # A quoted phrase is shown as it stands: base forms of its words side by side would be no phrase.
        shown = " ".join(word.typed or word.key for word in node.words)
        if isinstance(node, _Agreeing):
            shown = " ".join(self._bases(node.words, senses))
        return Term(senses, shown, node.within)

    def _shared_languages(self, words: Sequence[Word]) -> tuple[Language, ...]:
        """Those that know every word of a phrase: «в'язні» after «політичні» is no form of a Belarusian verb."""
        keys = [self.dictionaries.spelled(word.key) for word in words if word.how == "forms"]
        return tuple(
            language
            for language in self.query.languages or LANGUAGES
            if (lexicon := self.dictionaries.lexicons.get(language)) and all(map(lexicon.knows, keys))
        )

    def _sense(self, word: Word, *, in_phrase: bool, among: Sequence[Language] = ()) -> Sense:
        switches = self.query.switches
        least = STRICT if "strict" in switches else WIDE if "wide" in switches else USUAL
        among = (word.language,) if word.language else among or self.query.languages
        return sense_of(word, self.dictionaries, among=among, in_phrase=in_phrase, least=least)

    def joined(self, parts: Sequence[Node]) -> Iterator[Node]:
        """Neighbours that agree as one phrase; the rest as it is."""
        waiting: list[Word] = []
        for part in parts:
            if waiting and isinstance(part, Word) and self._agree(waiting[-1], part):
                waiting.append(part)
                continue
            yield from _together(waiting)
            waiting = [part] if isinstance(part, Word) else []
            if not isinstance(part, Word):
                yield part
        yield from _together(waiting)

    def _agree(self, left: Word, right: Word) -> bool:
        """An adjective with its noun, a first name with its surname: the same case, and gender or number."""
        if left.how != "forms" or right.how != "forms":
            return False
        if self._is_full_name(left, right):
            return True
        return any(
            fits(one, other) or (lexicon.language == "en" and (one.part, other.part) in _ENGLISH_PAIRS)
            for lexicon in self.dictionaries.writing(left.key, self.query.languages)
            for one in self._read_by(lexicon, left)
            for other in self._read_by(lexicon, right)
        )

    def _read_by(self, lexicon: Lexicon, word: Word) -> Sequence[Reading]:
        """The word's readings, an unknown name's guessed ones among them."""
        key = self.dictionaries.spelled(word.key)
        return lexicon.readings(key) if lexicon.knows(key) or word.typed[:1].isupper() else ()

    def _is_full_name(self, left: Word, right: Word) -> bool:
        """A first name and what may be a surname, both with a capital: a place is none («Іван Київ»)."""
        if not (left.typed[:1].isupper() and right.typed[:1].isupper()):
            return False
        first = left.key in FIRST_NAMES or any(reading.name == "first" for reading in self._known_readings(left))
        after = self._known_readings(right)
        return first and not (after and all(reading.name in ("place", "other") for reading in after))

    def _known_readings(self, word: Word) -> list[Reading]:
        return [
            reading
            for lexicon in self.dictionaries.writing(word.key)
            if lexicon.knows(word.key)
            for reading in lexicon.readings(word.key)
        ]

    def _bases(self, words: Sequence[Word], senses: Sequence[Sense]) -> Iterator[str]:
        """Each word's base form, in the reading that its neighbours agree with."""
        for at, (word, sense) in enumerate(zip(words, senses, strict=True)):
            readings = self._readings(word)
            beside = [(readings, self._readings(words[at + 1]))] if at + 1 < len(words) else []
            before = [(self._readings(words[at - 1]), readings)] if at else []
            agreeing = [one for mine, theirs in beside for one in mine for other in theirs if fits(one, other)]
            agreeing += [one for theirs, mine in before for one in mine for other in theirs if fits(other, one)]
            # «в'язні» after «політичні» is the noun at the phrase's end, not one more adjective.
            agreeing.sort(key=lambda reading: (reading.part == "ADJF") == (at == len(words) - 1))
            yield _as_typed(agreeing[0].lemma, word.typed) if agreeing else sense.base

    def _readings(self, word: Word) -> list[Reading]:
        return [
            reading
            for lexicon in self.dictionaries.writing(word.key, self.query.languages)
            for reading in lexicon.readings(self.dictionaries.spelled(word.key))
        ]


class _Agreeing(Phrase):
    """A phrase that was not quoted: its words were found to agree."""


def _together(words: Sequence[Word]) -> Iterator[Node]:
    if len(words) > 1:
        yield _Agreeing(tuple(words))
    else:
        yield from words


FIRST_NAMES = frozenset(fold(name) for row in GIVEN_NAMES for name in row.split())


def fits(one: Reading, other: Reading) -> bool:
    """Whether two readings stand in one phrase: kinds that go together, in one case, and gender or number."""
    if not one.case or one.case != other.case:
        return False
    if (one.number == "p") != (other.number == "p") or (one.number != "p" and one.gender != other.gender):
        return False
    if one.part in _ATTRIBUTES:
        return other.part in ("NOUN", *_ATTRIBUTES)
    return one.name == "first" and other.name in ("surname", "patronymic")


_ATTRIBUTES = ("ADJF", "PRTF")
_ENGLISH_PAIRS = frozenset({("ADJF", "NOUN"), ("ADJF", "ADJF")})
"""English has no cases to agree in: «political prisoners»."""


def _as_typed(lemma: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return lemma.upper()
    return lemma[:1].upper() + lemma[1:] if typed[:1].isupper() else lemma
