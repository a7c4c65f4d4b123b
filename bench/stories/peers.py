"""Simpler measures, each with the threshold that is best for it on the very streams that are scored.

An article joins the story of the likest article of the last 72 hours, if that is like enough.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import distance, fuzz, process

from bench.stories.streams import Item, Stories, time_of
from core.text.words import words

WINDOW = timedelta(hours=72)
Likeness = NDArray[np.float64]
"""Of every article (row) to every other (column), from 0 to 1."""
Measure = Callable[[Sequence[Item]], Likeness]


def measures() -> Iterator[tuple[str, Measure]]:
    """All peers by name."""
    for name in (
        "ratio partial_ratio token_sort_ratio token_set_ratio token_ratio partial_token_sort_ratio "
        "partial_token_set_ratio partial_token_ratio WRatio QRatio"
    ).split():
        yield f"rapidfuzz {name}", partial(_scored, getattr(fuzz, name), 100)
    for name in "Jaro JaroWinkler Levenshtein DamerauLevenshtein Indel OSA LCSseq Prefix Postfix".split():
        yield f"rapidfuzz {name}", partial(_scored, getattr(distance, name).normalized_similarity, 1)
    yield "MinHash, shingles of 4", _minhash
    yield "SimHash of 64 bits", _simhash
    yield "TF-IDF, title", partial(_tf_idf, text=False)
    yield "TF-IDF, title and lead", partial(_tf_idf, text=True)


def grouped(items: Sequence[Item], likeness: Likeness, least: float) -> Stories:
    """The stories by one measure and one threshold."""
    stories: list[object] = []
    times = [time_of(item) for item in items]
    for at in range(len(items)):
        seen = [before for before in range(at) if times[before] > times[at] - WINDOW]
        best = max(seen, key=lambda before: (likeness[at, before], before), default=None)
        stories.append(stories[best] if best is not None and likeness[at, best] >= least else at)
    return stories


def exact_title(items: Sequence[Item]) -> Stories:
    """The same words in the same order."""
    return [_title(item) for item in items]


def _title(item: Item) -> str:
    return " ".join(word.key for word in words(item["title"]))


def _scored(scorer: Callable[..., float], top: float, items: Sequence[Item]) -> Likeness:
    titles = [_title(item) for item in items]
    return np.asarray(process.cdist(titles, titles, scorer=scorer, dtype=np.float64)) / top


def _shingles(title: str) -> set[int]:
    text = re.sub(r"\W+", " ", title)
    return {crc32(text[at : at + 4].encode()) for at in range(max(1, len(text) - 3))}


def _minhash(items: Sequence[Item]) -> Likeness:
    """128 multiply-shift hashes (Dietzfelbinger 1997); the share of equal minima estimates the Jaccard index."""
    chance = np.random.default_rng(7)
    by, plus = (chance.integers(1, 1 << 63, 128, dtype=np.uint64) | np.uint64(1) for _ in range(2))
    rows = []
    for item in items:
        shingles = np.fromiter(_shingles(_title(item)), dtype=np.uint64)
        rows.append(((shingles[:, None] * by + plus) >> np.uint64(32)).min(axis=0))
    minima = np.stack(rows)
    return np.stack([(minima == row).mean(axis=1) for row in minima])


def _simhash(items: Sequence[Item]) -> Likeness:
    """Charikar 2002, over words; one minus the share of bits that differ."""
    rows = []
    for item in items:
        hashes = [crc32(word.encode()) << 32 | crc32(word[::-1].encode()) for word in _title(item).split()] or [0]
        bits = np.array([[1 if one >> bit & 1 else -1 for bit in range(64)] for one in hashes])
        rows.append(bits.sum(axis=0) > 0)
    signs = np.stack(rows)
    return np.stack([(signs == row).mean(axis=1) for row in signs])


def _tf_idf(items: Sequence[Item], *, text: bool) -> Likeness:
    """Cosine over words as printed, weighted by the frequencies of the whole stream: a peer may look ahead."""
    counts = [Counter(_title(item).split() + (_lead(item) if text else [])) for item in items]
    holding = Counter(word for count in counts for word in count)
    column = {word: number for number, word in enumerate(holding)}
    table = np.zeros((len(items), len(column)))
    for row, count in enumerate(counts):
        for word, n in count.items():
            table[row, column[word]] = (1 + math.log(n)) * math.log((len(items) + 1) / (holding[word] + 0.5))
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return np.asarray(table @ table.T)


def _lead(item: Item) -> list[str]:
    return [word.key for word in words(item["text"])[:60]]
