"""Trains the weights of `core.context` for one language: `python -m bench.train_context uk OUT --gold uk-FILE…`.

Says what it read and how well it does on documents it did not learn from; the file is the same for the same input.
Gold is JSON lines (`bench.context.gold`), its language the beginning of the file's name; from other languages grammar
alone is learned, not words. Frequencies are lines `word<TAB>share`, as
`python -c "import wordfreq; [print(w, s, sep='\\t') for w, s in wordfreq.get_frequency_dict('uk', 'best').items()]"`
prints them.
"""

import argparse
import gzip
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np

from bench.context.fit import Choice, fitted
from bench.context.frequencies import forms, frequencies
from bench.context.gold import Example, examples, sentences
from bench.context.government import Governing
from chatovyi.dictionaries import linguist
from core.context import ContextModel
from core.context.model import FREQUENCY
from core.lexicon import LANGUAGES, Language, Lexicon, Part

HELD_BACK = 0.7
HELD_BACK_ABROAD = 2.0
"""How much weights are held back (`bench.context.fit`), for the language itself and for one that learns from others;
found on documents left out."""
GRAMMAR = 0.1
"""What an example counts whose readings are all of one lemma."""
RAREST = 1e-6
"""The share of a lexeme that no list has."""
STEP = 0.05
"""Weights are kept as multiples of this."""
FOLDS = 2
MOST_ABROAD = 5
"""In another language all examples of one form count as so many at most: frequent words are ambiguous in ways of
their own."""

_SHARED = "tkmax"
"""Families of features that languages share, but for those that name a word."""
_CONTENT: frozenset[Part] = frozenset({"NOUN", "ADJF", "VERB", "INFN", "PRTF", "GRND"})


@dataclass(frozen=True, slots=True)
class Lesson:
    """An example as numbers are fitted to it."""

    document: str
    features: Sequence[Sequence[tuple[str, float]]]
    """Of each reading, with their values."""
    right: Sequence[bool]
    counts: float
    tells: bool
    """Whether it tells lemmas of the language itself apart."""


def main() -> None:
    """Reads, trains, reports, writes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("language", choices=get_args(Language))
    ask.add_argument("out", type=Path)
    ask.add_argument("--gold", type=Path, nargs="+", required=True)
    ask.add_argument("--frequencies", type=Path, nargs="*", default=[], help="files named after their languages, too")
    asked = ask.parse_args()
    for path in [*asked.gold, *asked.frequencies]:
        print(f"{path.name}: sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}")
    shares = {_language(path): _shares(path) for path in asked.frequencies}
    lessons = []
    for path in asked.gold:
        taught = _taught(path, asked.language, shares.get(_language(path), {}))
        lessons += taught
        print(f"{path.name}: {len(taught)} examples")
    if any(lesson.tells for lesson in lessons):
        print(f"right on documents left out: {_right_when_left_out(lessons):.4f}")
    hold = HELD_BACK if all(_language(path) == asked.language for path in asked.gold) else HELD_BACK_ABROAD
    packed = pack(trained(lessons, hold), shares.get(asked.language, {}))
    asked.out.write_bytes(packed)
    print(f"{asked.out}: {len(packed):,} bytes")


def _language(path: Path) -> Language:
    return next(language for language in LANGUAGES if path.name.startswith(language + "-"))


def _lexicon(language: Language) -> Lexicon:
    return linguist().dictionaries.lexicons[language]


def _shares(path: Path) -> dict[str, float]:
    """Logarithms of the shares of the lexemes that share forms with others."""
    counted = frequencies(forms(path), _lexicon(_language(path)))
    return {key: math.log(share) for key, share in sorted(counted.items()) if share > RAREST}


def _taught(path: Path, language: Language, shares: Mapping[str, float]) -> list[Lesson]:
    """What the language learns from a file."""
    of = _language(path)
    lexicon = _lexicon(of) if of == language else Governing(_lexicon(of))
    known = [one for sentence in sentences(path) for one in examples(sentence, lexicon)]
    if of != language:
        known = [one for one in known if not one.of_lemma or _has_content(one, lexicon)]
    model = ContextModel({}, shares, math.log(RAREST))
    seen = Counter(one.window.word for one in known)
    return [
        Lesson(
            document=one.document,
            features=list(_features(one, model, lexicon, abroad=of != language)),
            right=one.right,
            counts=(1.0 if one.of_lemma else GRAMMAR)
            * (1.0 if of == language else min(1.0, MOST_ABROAD / seen[one.window.word])),
            tells=one.of_lemma and of == language,
        )
        for one in known
    ]


def _has_content(example: Example, lexicon: Lexicon) -> bool:
    """Whether somebody may look for a word of these."""
    word = example.window.word
    return len(word) > 2 and any(
        reading.part in _CONTENT and len(reading.lemma) > 3 for reading in lexicon.readings(word)
    )


def _features(
    example: Example, model: ContextModel, lexicon: Lexicon, *, abroad: bool
) -> Iterator[list[tuple[str, float]]]:
    readings = lexicon.readings(example.window.word)
    for reading, names in zip(readings, model.evidence(example.window, lexicon), strict=True):
        kept = [name for name in names if name[0] in _SHARED and "=" not in name] if abroad else names
        yield [(FREQUENCY, model.weight(reading.lemma, reading.part)), *((name, 1.0) for name in kept)]


def trained(lessons: Sequence[Lesson], held_back: float) -> dict[str, float]:
    """The weight of every feature that the lessons show."""
    numbers: dict[str, int] = {FREQUENCY: 0}
    choices = [
        Choice(
            readings=[
                [(numbers.setdefault(name, len(numbers)), value) for name, value in reading]
                for reading in lesson.features
            ],
            right=lesson.right,
            counts=lesson.counts,
        )
        for lesson in lessons
    ]
    hold = np.full(len(numbers), held_back)
    hold[0] = 0.0
    return dict(zip(numbers, fitted(choices, hold).tolist(), strict=True))


def _right_when_left_out(lessons: Sequence[Lesson]) -> float:
    """The share of words between lemmas whose likeliest reading is right, each judged by weights that have not seen
    its document."""
    right = asked = 0
    for fold in range(FOLDS):
        weights = trained([lesson for lesson in lessons if _fold(lesson) != fold], HELD_BACK)
        for lesson in lessons:
            if lesson.tells and _fold(lesson) == fold:
                scores = [sum(weights.get(name, 0.0) * value for name, value in one) for one in lesson.features]
                right += lesson.right[scores.index(max(scores))]
                asked += 1
    return right / asked


def _fold(lesson: Lesson) -> int:
    return hashlib.sha256(lesson.document.encode()).digest()[0] % FOLDS


def pack(weights: Mapping[str, float], lexemes: Mapping[str, float]) -> bytes:
    """What `ContextModel.from_bytes` reads; no time of making in it."""
    content = {
        "step": STEP,
        "rarest": math.log(RAREST),
        "weights": dict(_in_steps(weights)),
        "lexemes": dict(_in_steps(lexemes)),
    }
    return gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def _in_steps(values: Mapping[str, float]) -> Iterator[tuple[str, int]]:
    for name, value in sorted(values.items()):
        if steps := round(value / STEP):
            yield name, steps


if __name__ == "__main__":
    main()
