"""What speaks for each reading of a word: named features of it and of its neighbours.

A feature is a short string; what it weighs is learned (`bench.train_context`). Its first letter names its family:
`t` the reading's grammemes, `l` `q` `c` its lemma, also with part of speech and with capitals, `k` capitals and part,
`m` the readings to choose from, `s` the word's ending, `a` a neighbour that agrees with it, `x` and `y` what stands
beside it, with the reading's case or with its part of speech alone.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.context.window import Window, is_word
from core.lexicon import Lexicon, Part, Reading

_CLOSED: frozenset[Part] = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "PRED"})
"""Parts of speech of few, frequent words, which are features by themselves."""

Grammemes = tuple[str, str, str]


class Neighbour(NamedTuple):
    """What a neighbour's readings say, whichever is right."""

    closed: bool
    parts: Sequence[str]
    cases: Sequence[str]
    """Parts of speech with their cases."""
    agreeing: dict[Grammemes, Sequence[str]]
    """Which parts of speech it may be of in this case, number and gender."""
    finite: bool
    """Nothing but a finite verb."""


def neighbour(word: str, lexicon: Lexicon) -> Neighbour:
    """What a word says as a neighbour."""
    readings = lexicon.readings(word)
    agreeing: dict[Grammemes, set[str]] = {}
    for reading in readings:
        agreeing.setdefault(_grammemes(reading), set()).add(reading.part)
    return Neighbour(
        closed=any(reading.part in _CLOSED for reading in readings),
        parts=sorted({reading.part for reading in readings}),
        cases=sorted({reading.part + reading.case for reading in readings}),
        agreeing={grammemes: sorted(parts) for grammemes, parts in agreeing.items()},
        finite=all(reading.part == "VERB" for reading in readings),
    )


def _grammemes(reading: Reading) -> Grammemes:
    return reading.case, reading.number, reading.gender


class Around(NamedTuple):
    """What the neighbours of one word say, the same for all its readings."""

    general: Sequence[str]
    lexical: Sequence[str]
    """Single words."""
    near: Sequence[tuple[str, Neighbour]]
    """The words on either side up to the next mark, with side and distance."""


def around(window: Window, known: dict[str, Neighbour], lexicon: Lexicon) -> Around:
    """What stands around; `known` keeps what was once asked of the lexicon."""
    general: list[str] = []
    lexical: list[str] = []
    near: list[tuple[str, Neighbour]] = []
    for side, seen in (("-", window.left), ("+", window.right)):
        for distance, word in enumerate(seen):
            if is_word(word) and word not in known:
                known[word] = neighbour(word, lexicon)
            if distance < 2:
                _beside(f"{side}{distance + 1}", word, known, general, lexical)
        if len(seen) < 2:
            general.append(side + "2#")
        clause = [(f"{side}{min(at, 2)}", known[word]) for at, word in enumerate(_clause(seen), 1)]
        general.append(f"{side}v{int(any(other.finite for _, other in clause))}")
        near += clause
    return Around(general, lexical, near)


def _beside(place: str, word: str, known: dict[str, Neighbour], general: list[str], lexical: list[str]) -> None:
    if not is_word(word):
        general.append(place + word)
        return
    other = known[word]
    first = place.endswith("1")
    if first or other.closed:
        lexical.append(f"{place}={word}")
    general += [f"{place}:{name}" for name in (other.cases if first else other.parts)]


def _clause(seen: Sequence[str]) -> Iterator[str]:
    """The words up to the next mark; quotation marks are none."""
    for word in seen:
        if is_word(word):
            yield word
        elif word != '"':
            return


class Evidence(NamedTuple):
    """What speaks for one reading or against it."""

    own: Sequence[str]
    case: str
    """Begins the name of a feature that ends with what stands beside the word."""
    part: str
    """The same, where it ends with a single word."""

    def names(self, surroundings: Around) -> list[str]:
        """All features of the reading."""
        return [
            *self.own,
            *[self.case + seen for seen in surroundings.general],
            *[self.case + seen for seen in surroundings.lexical],
            *[self.part + seen for seen in surroundings.lexical],
        ]


def beside(name: str) -> tuple[str, str] | None:
    """A feature's name as its beginning and what stands beside the word; `None` where it says nothing of that."""
    if name[0] not in "xy":
        return None
    at = _PART_END if name[_PART_END] in "-+" else _CASE_END
    return name[:at], name[at:]


_PART_END = len("xNOUN")
_CASE_END = len("xNOUNnom")


def features(readings: Sequence[Reading], window: Window, surroundings: Around) -> Iterator[Evidence]:
    """For each reading of the window's word what speaks for it or against it."""
    capital = "S" if window.capital == "first" and window.opens else window.capital[0]
    rivals = "".join(sorted({reading.part[:2] + reading.name[:1] for reading in readings}))
    for reading in readings:
        case = reading.part + reading.case
        grammemes = f"{case}{reading.number}{reading.gender}{reading.name[:1]}"
        named = "N" if reading.name else ""
        own = [
            "t" + grammemes,
            "l" + reading.lemma,
            f"q{reading.lemma}|{reading.part}",
            f"c{capital}{reading.lemma}",
            f"k{capital}{reading.part}{named}",
            f"m{rivals}|{case}{named}",
            f"m{rivals}|{grammemes}",
            f"s{window.word[-3:]}|{case}",
            f"s{window.word[-2:]}|{case}",
        ]
        _agreement(reading, case, surroundings, own)
        yield Evidence(own, "x" + case, "y" + reading.part)


def _agreement(reading: Reading, case: str, surroundings: Around, own: list[str]) -> None:
    grammemes = _grammemes(reading)
    if not any(grammemes):
        return
    sides = ""
    for place, other in surroundings.near:
        agreeing = other.agreeing.get(grammemes, ())
        for part in agreeing:
            own.append(f"a{place}{reading.part}{part}")
        if "NOUN" in agreeing and place[0] not in sides:
            sides += place[0]
    own.append(f"a{case}{sides}")
