"""What a query means: every form of every word, and which words belong together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.query import Query, Term
from core.text.forms import Lexicon, Reading


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term with all its forms: one set of keys for each word of it, in order."""

    lemma: str
    """The base form, as shown to a person: «політичний вʼязень»."""
    forms: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """A query with all its forms."""

    query: Query
    wanted: tuple[Meaning, ...]
    unwanted: tuple[Meaning, ...]


def expand(query: Query, lexicon: Lexicon) -> Expanded:
    """Words typed side by side that agree («політичні вʼязні», «Олександр Лукашенко») are one phrase."""
    return Expanded(
        query=query,
        wanted=tuple(_meaning(term, lexicon) for term in _phrases(query.wanted, lexicon)),
        unwanted=tuple(_meaning(term, lexicon) for term in query.unwanted),
    )


def _phrases(terms: Sequence[Term], lexicon: Lexicon) -> Iterator[Term]:
    """Joins neighbours that agree; the rest stays as it is."""
    waiting: Term | None = None
    for term in terms:
        if waiting and not waiting.quoted and not term.quoted and _agree(waiting.words[-1], term.words[0], lexicon):
            waiting = Term(waiting.words + term.words, False, waiting.typed + term.typed)
            continue
        if waiting:
            yield waiting
        waiting = term
    if waiting:
        yield waiting


_PAIRS = {("adjective", "noun"), ("adjective", "adjective"), ("name", "surname")}


def _agree(left: str, right: str, lexicon: Lexicon) -> bool:
    """An adjective with its noun, a first name with its surname: the same case, and gender or number."""
    return any(_fits(one, other) for one in lexicon.readings(left) for other in lexicon.readings(right))


def _meaning(term: Term, lexicon: Lexicon) -> Meaning:
    readings = [lexicon.readings(word) for word in term.words]
    # In a phrase the neighbours tell homonyms apart, so there every reading of every word counts.
    if len(readings) == 1:
        readings = [_meant(term.words[0], readings[0])]
    typed = term.typed or term.words
    # A quoted phrase is shown as it stands: base forms of its words side by side would be no phrase.
    lemma = " ".join(typed if term.quoted else map(_cased, _lemmas(readings), typed))
    return Meaning(lemma, tuple(map(_all_forms, readings)))


def _meant(word: str, readings: Sequence[Reading]) -> list[Reading]:
    """A citation form means itself («мати», not «мата»); any other form means whatever it is a form of.

    Of names every reading counts: «Лукашенка» is a surname too, and the genitive of the common one.
    """
    cited = [reading for reading in readings if reading.lemma == word]
    if cited and all(reading.role in _NAMES for reading in cited):
        return cited + [reading for reading in readings if reading.lemma != word and reading.role in _NAMES]
    return cited or sorted(readings, key=lambda reading: reading.role == "adjective")


_NAMES = frozenset({"name", "surname"})


def _all_forms(readings: Iterable[Reading]) -> frozenset[str]:
    return frozenset(form for reading in readings for form in reading.forms)


def _lemmas(readings_by_word: Sequence[Sequence[Reading]]) -> Iterator[str]:
    """Each word's base form, in the reading that its neighbours agree with."""
    last = len(readings_by_word) - 1
    for at, readings in enumerate(readings_by_word):
        after = [(one, other) for one in readings for other in _slice(readings_by_word, at + 1)]
        before = [(other, one) for one in readings for other in _slice(readings_by_word, at - 1)]
        agreeing = [one for one, other in after if _fits(one, other)]
        agreeing += [one for other, one in before if _fits(other, one)]
        # «в'язні» after «політичні» is the noun at the phrase's end, not one more adjective.
        agreeing.sort(key=lambda reading: (reading.role == "adjective") == (at == last))
        yield (agreeing or readings)[0].lemma


def _slice(readings_by_word: Sequence[Sequence[Reading]], at: int) -> Sequence[Reading]:
    return readings_by_word[at] if 0 <= at < len(readings_by_word) else ()


def _fits(one: Reading, other: Reading) -> bool:
    return (one.role, other.role) in _PAIRS and bool(one.places & other.places)


def _cased(lemma: str, typed: str) -> str:
    """The base form with the capitals of what was typed: «США», «Білорусь»."""
    if typed.isupper() and len(typed) > 1:
        return lemma.upper()
    return lemma[:1].upper() + lemma[1:] if typed[:1].isupper() else lemma
