"""How well words are found in inflected text, against peers: `python -m bench.language FOLDER --peers`.

FOLDER holds corpora with lemmas (`bench.gold` says in which form, and what counts); those whose names end in `-dev` are
taken. Every content word, adjective with noun, and name is a subscription, typed as a plain person types it; a hit is a
subscription and a sentence. Ours goes the way of `chatovyi match --jsonl`; a query that it refuses finds nothing.

Printed in per cent: precision, recall and F1 over all hits, the *mean* of F1 over subscriptions, the share of
subscriptions that are answered *whole*, with not one hit too many or too few; for mistyped words how many are found all
the same. Peers are installed by the person (`bench/peers.txt` says how), and left out by name where they are not.
"""

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from bench.gold import VARIANTS, Gold, Subscriptions, Variant, read, subscriptions
from bench.peers import Hits, Peer, peers
from chatovyi.dictionaries import linguist
from chatovyi.filters import match_lines
from core.errors import ConfigError
from core.lexicon import LANGUAGES, Language

BIG = ("uk-brukpress",)
"""Corpora that take minutes each, left out unless asked for."""
LEARNT_FROM = ("uk-parla",)
"""Corpora that our own model of context is made from: they would flatter it."""


def main() -> None:
    """Prints a table for every corpus: a row per variant and method."""
    asked = _arguments()
    files = sorted({*asked.folder.glob("*-dev.jsonl"), *asked.folder.glob("*-dev.jsonl.gz")})
    files = [file for file in files if file.name.partition("-")[0] in asked.languages]
    files = [file for file in files if not file.name.startswith(LEARNT_FROM if asked.all else LEARNT_FROM + BIG)]
    if not files:
        sys.exit("No corpus of these languages in this folder.")
    packages = ("pymorphy3", "pymorphy3-dicts-uk", "pymorphy3-dicts-ru", "morfeusz2", "lemminflect", "rapidfuzz")
    print(f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in packages)}")
    for file in files:
        gold = read(file)
        print(f"\n{gold.name}: {len(gold.sentences)} sentences")
        print(f"{'variant':8} {'method':40} {'queries':>7} {'P':>6} {'R':>6} {'F1':>6} {'mean':>6} {'whole':>6}")
        for variant in asked.variants:
            for row in _rows(gold, variant, asked):
                print(row, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", type=partial(_listed, LANGUAGES), default=LANGUAGES)
    parser.add_argument("--variants", type=partial(_listed, VARIANTS), default=VARIANTS)
    parser.add_argument("--limit", type=int, default=0, help="at most so many subscriptions of a variant")
    parser.add_argument("--peers", action="store_true", help="the peers too")
    parser.add_argument("--hunspell", type=Path, help="the folder of hunspell dictionaries")
    parser.add_argument("--intervals", action="store_true", help="95 %% intervals of F1, drawing documents")
    parser.add_argument("--all", action="store_true", help="the big corpora too")
    parser.add_argument("--misses", type=Path, help="a file for every hit of ours too many or too few")
    return parser.parse_args()


def _listed(known: Sequence[str], text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(known):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not among {', '.join(known)}")
    return names


def _rows(gold: Gold, variant: Variant, asked: argparse.Namespace) -> Iterator[str]:
    known = linguist().dictionaries.lexicons
    questions = subscriptions(
        gold, variant, known=lambda key: gold.language in known and known[gold.language].knows(key), most=asked.limit
    )
    if not questions.queries:
        return
    for peer in _methods(gold.language, variant, asked):
        if isinstance(peer, str):
            print(f"{'':8} ({peer})")
            continue
        put = questions
        if peer.most and len(questions.queries) > peer.most:
            put = subscriptions(gold, variant, most=min(peer.most, asked.limit or peer.most))
        hits = peer.answers(put.queries, put.texts)
        yield f"{variant:8} {peer.name:40} {_shown(put, hits, intervals=asked.intervals)}"
        if asked.misses and peer.name == "chatovyi":
            _write_misses(asked.misses, gold, variant, put, hits)


def _methods(language: Language, variant: Variant, asked: argparse.Namespace) -> Iterator[Peer | str]:
    yield from _ours(language, variant)
    if asked.peers:
        yield from peers(language, asked.hunspell)


def _ours(language: Language, variant: Variant) -> Iterator[Peer]:
    """Chatovyi as it stands, and with one thing changed."""
    yield Peer(name="chatovyi", answers=partial(_answers, options={}))
    yield Peer(name="chatovyi, context not asked", answers=partial(_answers, options={}, context=False))
    if variant == "cit":
        yield Peer(name=f"chatovyi, {language} alone", answers=partial(_answers, options={"languages": [language]}))
    if variant == "typo":
        yield Peer(name="chatovyi, a slip forgiven", answers=partial(_answers, options={"fuzzy": True}))
    if variant in ("bigram", "name"):
        yield Peer(name="chatovyi, in quotation marks", answers=partial(_answers, options={}, mark='"'))


def _answers(
    queries: Sequence[str], texts: Sequence[str], *, options: dict[str, Any], context: bool = True, mark: str = ""
) -> Hits:
    knows = linguist()
    if not context:
        knows = replace(knows, judge=replace(knows.judge, models={}))
    put = [
        json.dumps({"op": "query", "id": str(number), "query": f"{mark}{query}{mark}", "options": options})
        for number, query in enumerate(queries)
    ]
    asked = [json.dumps({"op": "text", "id": str(number), "text": text}) for number, text in enumerate(texts)]
    try:
        answers = list(match_lines([*put, *asked], knows))
    except ConfigError:
        answers = list(match_lines([*filter(_is_taken, put), *asked], knows))
    return [{int(match["query"]) for match in line["matches"]} for line in answers]


def _is_taken(line: str) -> bool:
    """Whether the query is one."""
    try:
        list(match_lines([line], linguist()))
    except ConfigError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Count:
    """Hits that are right, too many and too few."""

    right: int
    extra: int
    missed: int

    @property
    def f1(self) -> float:
        """Their harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.extra + self.missed, 1)


def _found(questions: Subscriptions, hits: Hits) -> list[set[int]]:
    """By query, the texts found, without those that count neither way."""
    found: list[set[int]] = [set() for _ in questions.queries]
    for text, queries in enumerate(hits):
        for query in queries:
            if text not in questions.neutral[query]:
                found[query].add(text)
    return found


def _shown(questions: Subscriptions, hits: Hits, *, intervals: bool) -> str:
    found = _found(questions, hits)
    pairs = list(zip(found, questions.wanted, strict=True))
    counts = [Count(len(got & want), len(got - want), len(want - got)) for got, want in pairs]
    total = Count(*(sum(getattr(count, name) for count in counts) for name in ("right", "extra", "missed")))
    precision = total.right / max(total.right + total.extra, 1)
    recall = total.right / max(total.right + total.missed, 1)
    mean = sum(count.f1 for count in counts) / len(counts)
    perfect = sum(got == want for got, want in pairs) / len(pairs)
    shown = f"{len(counts):7} {precision:6.2%} {recall:6.2%} {total.f1:6.2%} {mean:7.2%} {perfect:7.2%}".replace(
        "%", " "
    )
    if intervals:
        low, high = _interval(questions, found)
        shown += f"  [{low:.1%}, {high:.1%}]".replace("%", "")
    if questions.slips:
        share = sum(text in found[query] for query, text in questions.slips) / len(questions.slips)
        shown += f"  {share:.1%} of {len(questions.slips)} mistyped words found".replace("%", " %")
    return shown


_DRAWS = 1000


def _interval(questions: Subscriptions, found: Sequence[set[int]]) -> tuple[float, float]:
    """95 % of F1 where documents are drawn with replacement (a bootstrap of percentiles)."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(questions.documents))}
    counts = np.zeros((len(numbers), 3))
    for got, want in zip(found, questions.wanted, strict=True):
        for column, texts in enumerate((got & want, got - want, want - got)):
            for text in texts:
                counts[numbers[questions.documents[text]], column] += 1
    chance = np.random.default_rng(1)
    drawn = chance.multinomial(len(numbers), np.full(len(numbers), 1 / len(numbers)), size=_DRAWS) @ counts
    scores = 2 * drawn[:, 0] / np.maximum(2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2], 1)
    low, high = np.quantile(scores, (0.025, 0.975))
    return float(low), float(high)


def _write_misses(file: Path, gold: Gold, variant: Variant, questions: Subscriptions, hits: Hits) -> None:
    with file.open("a", encoding="utf-8") as lines:
        for query, got, want in zip(questions.queries, _found(questions, hits), questions.wanted, strict=True):
            for kind, texts in (("extra", got - want), ("missed", want - got)):
                for text in sorted(texts):
                    print(gold.name, variant, kind, query, text, questions.texts[text], sep="\t", file=lines)


if __name__ == "__main__":
    main()
