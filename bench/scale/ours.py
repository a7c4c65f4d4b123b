"""Our engine in a process of its own: `python -m bench.scale.ours FOLDER SIZE ENGINE` prints its figures as JSON.

ENGINE is `plain`, `numpy` or `compiled`; `numpy-restart` and `compiled-restart` begin from the snapshot that the one
without left in the folder. Times are CPU times of the thread but for what is named wall: the least of some passes per
article, then the mean over the articles.
"""

import ctypes
import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.scale.asked import Forms, meant
from bench.scale.data import Work
from bench.scale.texts import WINDOWS, Document
from core.match.compiled import scan_compiled
from core.match.fast import FastEngine
from core.match.plain import PlainEngine
from core.match.port import Article, Engine, Passage, Sure
from core.model import QueryId
from core.query.tree import AllOf, Word, words_of
from core.text.scan import scan
from core.text.words import words

PASSES = 6
MOST_SECONDS = 20
LIVE = 2000
"""Queries added, and removed again, once all are there."""

Figures = dict[str, float]


def main() -> None:
    """Measures and prints."""
    folder, size, kind = sys.argv[1:]
    print(json.dumps(measure(Work(Path(folder)), int(size), kind)))


def measure(work: Work, size: int, kind: str) -> Figures:
    """All figures of one engine with so many subscriptions."""
    engine_name, _, restarts = kind.partition("-")
    snapshot = work.folder / "ours" / f"{size}-{engine_name}.npz"
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    if restarts:
        return restart(work, size, snapshot, compiled=engine_name == "compiled")
    forms = work.forms()
    documents = {length: work.documents(length) for length in WINDOWS}
    engine = made(work, size, kind, forms)
    figures = build(engine, work, size, forms)
    if isinstance(engine, FastEngine):
        figures |= kept(engine, snapshot)
    for length in WINDOWS if isinstance(engine, FastEngine) else (400,):
        figures |= matching(engine, documents[length], f"{length}_words")
    write_matches(engine, documents[400], snapshot.with_suffix(".txt"))
    figures |= live(engine, work, size, forms)
    figures |= tokenising(documents[400], compiled=kind == "compiled")
    return figures


def made(work: Work, size: int, kind: str, forms: Forms) -> Engine:
    """The engine, empty."""
    if kind == "plain":
        return PlainEngine(Sure())
    return FastEngine(Sure(), meaning_of=work.meanings(size, forms), shares=work.shares(), compiled=kind == "compiled")


def kept(engine: FastEngine, file: Path) -> Figures:
    """What it costs to write a snapshot."""
    begun = time.perf_counter()
    arrays = engine.snapshot(generation=1)
    taken = time.perf_counter() - begun
    np.savez(file, allow_pickle=False, **arrays)
    return {
        "snapshot_taken_s": taken,
        "snapshot_written_s": time.perf_counter() - begun,
        "snapshot_mb": file.stat().st_size / 1e6,
    }


def restart(work: Work, size: int, file: Path, *, compiled: bool) -> Figures:
    """From a snapshot in the file to the first answer; then once more, for the memory that the engine takes alone."""
    meaning_of = work.meanings(size, work.forms())
    first = article(work.documents(400)[0])

    def restored() -> FastEngine:
        with np.load(file) as arrays:
            return FastEngine.restored(Sure(), arrays, meaning_of=meaning_of, compiled=compiled)

    begun = time.perf_counter()
    engine = restored()
    ready = time.perf_counter() - begun
    engine.matching(first)
    matched = time.perf_counter() - begun
    del engine
    tidy()
    before = resident()
    engine = restored()
    tidy()
    figures = {
        "restart_s": ready,
        "restart_to_first_match_s": matched,
        "restart_bytes_per_subscription": (resident() - before) / size,
    }
    del engine
    return figures


def build(engine: Engine, work: Work, size: int, forms: Forms) -> Figures:
    """Every distinct query added, and the memory that it takes."""
    times = np.zeros(work.distinct(size))
    tidy()
    gc.freeze()
    before = resident()
    for number, (_, node) in enumerate(work.queries(size)):
        meaning = meant(node, forms)
        begun = time.thread_time()
        engine.add(QueryId(number), meaning)
        times[number] = time.thread_time() - begun
    tidy()
    return {
        "queries": len(times),
        "build_s": float(times.sum()),
        "build_worst_us": float(times.max()) * 1e6,
        "bytes_per_subscription": (resident() - before) / size,
    }


def article(document: Document) -> Article:
    """As an engine reads it."""
    return Article(
        passages=(Passage("title", document.title), Passage("text", document.text)),
        language=document.language,
        sources=frozenset((document.source,)),
    )


def matching(engine: Engine, documents: Sequence[Document], name: str) -> Figures:
    """What an article costs: read, and which queries it answers."""
    ask = numbers(engine)
    found = sum(len(ask(article(document))) for document in documents) / len(documents)
    timed = least(lambda document: ask(article(document)), documents)
    shown = least(lambda document: engine.match(article(document)), documents[:50])
    return {
        f"{name}_cpu_us": timed.cpu.mean() * 1e6,
        f"{name}_wall_p50_us": float(np.percentile(timed.wall, 50)) * 1e6,
        f"{name}_wall_p99_us": float(np.percentile(timed.wall, 99)) * 1e6,
        f"{name}_found": found,
        f"{name}_with_places_cpu_us": shown.cpu.mean() * 1e6,
    }


def numbers(engine: Engine) -> Callable[[Article], Sequence[int] | NDArray[np.int64]]:
    """Which queries an article answers, without saying why, as the peers do."""
    if isinstance(engine, FastEngine):
        return engine.matching
    return lambda asked: [match.query for match in engine.match(asked)]


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds per document."""

    cpu: NDArray[np.float64]
    wall: NDArray[np.float64]


def least(method: Callable[[Document], object], documents: Sequence[Document]) -> Timed:
    """The least of some passes, of each document; of two, where they take long."""
    cpu, wall = (np.full(len(documents), np.inf) for _ in range(2))
    begun_all = time.thread_time()
    for number in range(PASSES):
        if number >= 2 and time.thread_time() - begun_all > MOST_SECONDS:
            break
        for at, document in enumerate(documents):
            begun, spent = time.perf_counter(), time.thread_time()
            method(document)
            cpu[at] = min(cpu[at], time.thread_time() - spent)
            wall[at] = min(wall[at], time.perf_counter() - begun)
    return Timed(cpu, wall)


def live(engine: Engine, work: Work, size: int, forms: Forms) -> Figures:
    """Queries added while all others are there, of words that some of them ask for and of words that none does; and
    removed again. Forms are at hand: to find them is the dictionaries' cost."""
    known = {word.key for _, node in islice(work.queries(size), 4 * LIVE) for word in words_of(node)}
    asked = {word.key for _, node in work.queries(size) for word in words_of(node)}
    new = [lemma for lemma in forms if lemma not in asked]
    figures: Figures = {}
    taken = work.distinct(size)
    for name, lemmas in (("add", sorted(known & forms.keys())), ("add_new_words", new)):
        pairs = [AllOf((Word(one), Word(other))) for one, other in zip(lemmas, reversed(lemmas), strict=True)][:LIVE]
        times = []
        for number, pair in enumerate(pairs):
            meaning = meant(pair, forms)
            begun = time.thread_time()
            engine.add(QueryId(taken + number), meaning)
            times.append(time.thread_time() - begun)
        taken += len(pairs)
        figures |= {f"{name}_p{q}_us": float(np.percentile(times, q)) * 1e6 for q in (50, 99, 100) if times}
    times = []
    for number in range(work.distinct(size), taken):
        begun = time.thread_time()
        engine.remove(QueryId(number))
        times.append(time.thread_time() - begun)
    return figures | {"remove_p50_us": float(np.percentile(times, 50)) * 1e6}


def tokenising(documents: Sequence[Document], *, compiled: bool) -> Figures:
    """What it costs to split an article into words, alone."""
    ways: dict[str, Callable[[str], object]] = {
        "tokenising, as words": words,
        "tokenising, as hashes": scan_compiled if compiled else scan,
        "tokenising, lower().split()": lambda text: text.lower().split(),
    }
    return {name: least(_on_all(way), documents).cpu.mean() * 1e6 for name, way in ways.items()}


def _on_all(way: Callable[[str], object]) -> Callable[[Document], object]:
    return lambda document: way(f"{document.title}\n\n{document.text}")


def write_matches(engine: Engine, documents: Sequence[Document], file: Path) -> None:
    """The numbers of the queries that each article answers, a line each."""
    ask = numbers(engine)
    with file.open("w", encoding="utf-8") as lines:
        for document in documents:
            lines.write(" ".join(map(str, ask(article(document)))) + "\n")


def tidy() -> None:
    """Gives unused memory back, so that what is resident is in use."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def resident() -> int:
    """Bytes of memory that the process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
