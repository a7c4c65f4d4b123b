"""Hand-annotated sentences, and which of a dictionary's readings they call right."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.context import Window, window_of
from core.lexicon import Lexicon, Part, Reading
from core.lexicon.spelling import plain
from core.match.port import Passage
from core.text.fold import fold


@dataclass(frozen=True, slots=True)
class Token:
    """One word as Universal Dependencies annotates it."""

    form: str
    lemma: str
    part: str
    features: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the name of its document."""

    document: str
    text: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An ambiguous word in its place, and which of its readings are right."""

    document: str
    window: Window
    right: tuple[bool, ...]
    of_lemma: bool
    """Whether the readings are of several lemmas; else it teaches grammar alone."""


def sentences(path: Path) -> list[Sentence]:
    """Reads JSON lines: `{"doc", "text", "toks": [[form, lemma, part, features], …]}`."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Sentence(row["doc"], row["text"], tuple(Token(*token) for token in row["toks"])) for row in rows]


def examples(sentence: Sentence, lexicon: Lexicon) -> Iterator[Example]:
    """Every word of it that the dictionary reads in several ways, some of which are wrong."""
    passage = Passage("text", sentence.text)
    for place, token in placed(sentence, passage):
        readings = lexicon.readings(passage.words[place].key)
        ours = [plain(reading.lemma, lexicon.language) == _lemma(token, lexicon) for reading in readings]
        right = _narrowed(ours, readings, token)
        if any(right) and not all(right):
            yield Example(sentence.document, window_of(passage, place), tuple(right), not all(ours))


def placed(sentence: Sentence, passage: Passage) -> Iterator[tuple[int, Token]]:
    """Tokens that are one word of the passage each, with its place."""
    begins = {word.start: place for place, word in enumerate(passage.words)}
    at = 0
    for token in sentence.tokens:
        start = sentence.text.find(token.form, at)
        if start < 0:
            continue
        at = start + len(token.form)
        place = begins.get(start)
        if place is not None and passage.words[place].key == fold(token.form):
            yield place, token


def _lemma(token: Token, lexicon: Lexicon) -> str:
    return plain(fold(token.lemma), lexicon.language)


def _narrowed(right: list[bool], readings: Sequence[Reading], token: Token) -> list[bool]:
    """Of the readings with the right lemma those with the right grammemes, as far as any has them."""
    for test in _tests(token):
        narrower = [old and test(reading) for old, reading in zip(right, readings, strict=True)]
        right = narrower if any(narrower) else right
    return right


def _tests(token: Token) -> Iterator[Callable[[Reading], bool]]:
    features = dict(part.split("=", 1) for part in token.features.split("|") if "=" in part)
    case = _CASES.get(features.get("Case", "")) if token.part != "ADP" else None
    number = "p" if features.get("Number") in ("Plur", "Ptan") else "s" if "Number" in features else None
    gender = features["Gender"][0].lower() if "Gender" in features and number == "s" else None
    parts = _PARTS.get(token.part, frozenset())
    yield lambda reading: reading.part in parts
    if token.part in ("NOUN", "PROPN"):
        yield lambda reading: bool(reading.name) == (token.part == "PROPN")
    if case:
        yield lambda reading: reading.case == case
    if number:
        yield lambda reading: reading.number in (number, "")
    if gender:
        yield lambda reading: reading.gender in (gender, "")


_CASES = {"Nom": "nom", "Gen": "gen", "Dat": "dat", "Acc": "acc", "Ins": "ins", "Loc": "loc", "Voc": "voc"}
_PARTS: Mapping[str, frozenset[Part]] = {
    "NOUN": frozenset({"NOUN"}),
    "PROPN": frozenset({"NOUN"}),
    "ADJ": frozenset({"ADJF", "PRTF"}),
    "VERB": frozenset({"VERB", "INFN", "GRND", "PRTF", "PRED"}),
    "AUX": frozenset({"VERB", "INFN"}),
    "ADV": frozenset({"ADVB", "PRED"}),
    "ADP": frozenset({"PREP"}),
    "CCONJ": frozenset({"CONJ"}),
    "SCONJ": frozenset({"CONJ"}),
    "PART": frozenset({"PRCL"}),
    "PRON": frozenset({"NPRO"}),
    "DET": frozenset({"NPRO", "ADJF"}),
    "NUM": frozenset({"NUMR", "ADJF"}),
    "INTJ": frozenset({"INTJ"}),
}
