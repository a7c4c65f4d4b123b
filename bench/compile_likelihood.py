"""Counts which lexeme a Polish form is likely of: `python -m bench.compile_likelihood FREQUENCIES OUT`.

FREQUENCIES are lines `word<TAB>share of running text`, as `bench.train_context` takes them. Expectation-maximisation
(Dempster, Laird, Rubin 1977): a form's share is divided among all that it may be read as, by how common the lexeme is
and how commonly its kind stands in that slot; both are counted anew, and so on. Unambiguous forms speak for the
ambiguous ones. The same input gives the same bytes.
"""

import argparse
import gzip
import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import morfeusz2
import numpy as np

from bench.context.frequencies import forms
from core.lexicon.likelihood import RAREST_LEXEME, RAREST_SLOT
from core.lexicon.polish import PolishLexicon

Reader = Callable[[str], Iterable[tuple[str, str]]]
"""What a form may be read as: lexeme and slot."""
ROUNDS = 30


def main() -> None:
    """Reads, counts, writes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("frequencies", type=Path)
    ask.add_argument("out", type=Path)
    asked = ask.parse_args()
    print(f"{asked.frequencies.name}: sha256 {hashlib.sha256(asked.frequencies.read_bytes()).hexdigest()[:16]}")
    analyser = morfeusz2.Morfeusz(generate=True, praet="composite", case_handling=morfeusz2.IGNORE_CASE)
    packed = pack(*counted(forms(asked.frequencies), PolishLexicon(analyser).slots))
    asked.out.write_bytes(packed)
    print(f"{asked.out}: {len(packed):,} bytes")


def counted(shares: Mapping[str, float], reader: Reader) -> tuple[dict[str, float], dict[str, float]]:
    """The shares of lexemes in running text, of those that share a form with another; and of slots in their kind."""
    lexemes: dict[str, int] = {}
    slots: dict[str, int] = {}
    read: list[tuple[int, int, int]] = []
    text: list[float] = []
    rivals: set[str] = set()
    for form, share in shares.items():
        found = sorted(set(reader(form)))
        if not found:
            continue
        mine = {lexeme for lexeme, _ in found}
        rivals |= mine if len(mine) > 1 else set()
        read += [
            (len(text), lexemes.setdefault(lexeme, len(lexemes)), slots.setdefault(slot, len(slots)))
            for lexeme, slot in found
        ]
        text.append(share)
    kinds: dict[str, int] = {}
    kind_of = np.array([kinds.setdefault(_kind(slot), len(kinds)) for slot in slots])
    form_at, lexeme_at, slot_at = np.array(read).T
    common = np.full(len(lexemes), 1 / len(lexemes))
    nouns = np.array([kind.startswith(_NOUN) for kind in kinds])
    usual = 1 / np.bincount(kind_of)[kind_of]
    for _ in range(ROUNDS):
        likely = common[lexeme_at] * usual[slot_at]
        likely *= (np.array(text) / np.bincount(form_at, likely))[form_at]
        common = np.bincount(lexeme_at, likely, len(lexemes)) + _NEVER_ZERO
        common /= common.sum()
        usual = np.bincount(slot_at, likely, len(slots)) + _NEVER_ZERO
        whole = np.bincount(kind_of, usual)
        if _NOUN in kinds:  # abbreviations are few among all nouns
            whole[kinds[_NOUN]] = whole[nouns].sum()
        usual /= whole[kind_of]
    found_lexemes = dict(zip(lexemes, common.tolist(), strict=True))
    return {key: found_lexemes[key] for key in rivals}, dict(zip(slots, usual.tolist(), strict=True))


_NEVER_ZERO = 1e-9


_NOUN = "NOUN"


def _kind(slot: str) -> str:
    """What a slot is counted among: a part of speech; of nouns, those of the same gender, and those without a singular,
    lest forms be expected of a word that it cannot have."""
    part, _, tag = slot.partition("|")
    fields = tag.split(":")
    if part != _NOUN or len(fields) < 4:
        return part
    gender = "m1" if fields[0] == "depr" else fields[3]
    return ":".join([part, gender, *fields[4:]])


def pack(lexemes: Mapping[str, float], slots: Mapping[str, float]) -> bytes:
    """What `core.lexicon.likelihood` reads; no time of making in it."""
    content = {"lexemes": _decibels(lexemes, RAREST_LEXEME), "slots": _decibels(slots, RAREST_SLOT)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def _decibels(shares: Mapping[str, float], rarest: int) -> dict[str, int]:
    found = {key: round(-10 * math.log10(share)) for key, share in sorted(shares.items())}
    return {key: decibels for key, decibels in found.items() if decibels < rarest}


if __name__ == "__main__":
    main()
