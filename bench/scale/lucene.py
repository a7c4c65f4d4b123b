"""Lucene Monitor 8.8.1 (Debian bookworm) over the same subscriptions and articles, in lemmas."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.scale.data import Work
from bench.scale.lemmatised import write_for_lucene
from bench.scale.missing import Missing

VERSION = "Lucene Monitor 8.8.1 (liblucene8-java and its source, Debian bookworm)"
_SCRIPT = Path(__file__).with_name("lucene.sh")


@dataclass(frozen=True, slots=True, kw_only=True)
class LuceneFigures:
    """What Bench.java measured: microseconds per article, and the rest by its names."""

    named: dict[str, float]
    matched: list[set[int]]
    """Per article, the numbers of what matched: subscriptions, or queries where only distinct ones were given."""

    @property
    def cpu(self) -> float:
        """CPU time of the matching thread, in microseconds per article; collecting garbage is not counted."""
        return self.named["cpu_us"]


def prepare(work: Work) -> None:
    """Fetches and compiles it, once per work folder."""
    done = subprocess.run([_SCRIPT, work.folder], capture_output=True, text=True)
    if done.returncode:
        raise Missing(_last_line(done.stderr))


def measure(work: Work, size: int) -> Iterator[LuceneFigures]:
    """As it comes: every subscription a query, filed under its longest term. Then tuned: every distinct query once,
    filed under its rarest term by true frequencies."""
    folder = (work.folder / "lucene" / str(size)).resolve()
    write_for_lucene(work, size, folder)
    documents, frequencies = folder / "documents.txt", folder / "frequencies.txt"
    yield _run(work, folder / "queries.txt", documents, folder / "matches.txt")
    yield _run(work, folder / "distinct.txt", documents, folder / "matches.txt", frequencies)


def _run(work: Work, queries: Path, documents: Path, matches: Path, *frequencies: Path) -> LuceneFigures:
    command = [str(_SCRIPT), str(work.folder), *map(str, (queries, documents, matches, *frequencies))]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Missing(_last_line(done.stderr))
    named = {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}
    matched = [set(map(int, line.split())) for line in matches.read_text(encoding="utf-8").splitlines()]
    return LuceneFigures(named=named, matched=matched)


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")
