"""Trains the weights of `core.context` for one language: `python -m bench.train_context uk OUT --gold FILE…`.

Says what it read and how well it does on documents it did not learn from; the file is the same for the same input.
Gold is JSON lines (`bench.context.gold`); frequencies are lines `word<TAB>share`, as
`python -c "import wordfreq; [print(w, s, sep='\\t') for w, s in wordfreq.get_frequency_dict('uk', 'best').items()]"`
prints them.
"""

import argparse
import gzip
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

import numpy as np

from bench.context.fit import Choice, fitted
from bench.context.frequencies import forms, frequencies
from bench.context.gold import Example, examples, sentences
from chatovyi.dictionaries import linguist
from core.context import ContextModel
from core.context.model import FREQUENCY
from core.lexicon import Language, Lexicon

HELD_BACK = 0.7
"""How much weights are held back (`bench.context.fit`); found on documents left out."""
GRAMMAR = 0.1
"""What an example counts whose readings are all of one lemma."""
RAREST = 1e-6
"""The share of a lexeme that no list has."""
FOLDS = 3
STEP = 0.05
"""Weights are kept as multiples of this."""


def main() -> None:
    """Reads, trains, reports, writes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("language", choices=get_args(Language))
    ask.add_argument("out", type=Path)
    ask.add_argument("--gold", type=Path, nargs="+", required=True)
    ask.add_argument("--frequencies", type=Path)
    asked = ask.parse_args()
    for path in [*asked.gold, *([asked.frequencies] if asked.frequencies else [])]:
        print(f"{path.name}: sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}")
    lexicon = linguist().dictionaries.lexicons[asked.language]
    shares = frequencies(forms(asked.frequencies), lexicon) if asked.frequencies else {}
    lexemes = {key: math.log(share) for key, share in sorted(shares.items()) if share > RAREST}
    known = [one for path in asked.gold for sentence in sentences(path) for one in examples(sentence, lexicon)]
    print(f"{len(known)} examples, {sum(one.of_lemma for one in known)} of several lemmas, {len(lexemes)} lexemes")
    print(f"right on documents left out: {_right_when_left_out(known, lexicon, lexemes):.4f}")
    packed = pack(trained(known, lexicon, lexemes), lexemes)
    asked.out.write_bytes(packed)
    print(f"{asked.out}: {len(packed):,} bytes")


def trained(known: Sequence[Example], lexicon: Lexicon, lexemes: Mapping[str, float]) -> dict[str, float]:
    """The weight of every feature that the examples show."""
    plain = ContextModel({}, lexemes, math.log(RAREST))
    numbers: dict[str, int] = {FREQUENCY: 0}
    choices = []
    for one in known:
        readings = lexicon.readings(one.window.word)
        frequent = [(0, plain.weight(reading.lemma, reading.part)) for reading in readings]
        named = plain.evidence(one.window, lexicon)
        choices.append(
            Choice(
                readings=[
                    [weight, *((numbers.setdefault(name, len(numbers)), 1.0) for name in names)]
                    for weight, names in zip(frequent, named, strict=True)
                ],
                right=one.right,
                counts=1.0 if one.of_lemma else GRAMMAR,
            )
        )
    hold = np.full(len(numbers), HELD_BACK)
    hold[0] = 0.0
    return dict(zip(numbers, fitted(choices, hold).tolist(), strict=True))


def _right_when_left_out(known: Sequence[Example], lexicon: Lexicon, lexemes: Mapping[str, float]) -> float:
    """The share of words between lemmas whose likeliest reading is right, each judged by a model that has not seen its
    document."""
    right = asked = 0
    for fold in range(FOLDS):
        model = ContextModel(
            trained([one for one in known if _fold(one) != fold], lexicon, lexemes), lexemes, math.log(RAREST)
        )
        for one in known:
            if one.of_lemma and _fold(one) == fold:
                chances = [chance for _, chance in model.chances(one.window, lexicon)]
                right += one.right[chances.index(max(chances))]
                asked += 1
    return right / asked


def _fold(example: Example) -> int:
    return hashlib.sha256(example.document.encode()).digest()[0] % FOLDS


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
