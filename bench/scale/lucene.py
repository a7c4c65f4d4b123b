"""Lucene Monitor 8.8.1 (Debian bookworm) over the same subscriptions and articles, in lemmas."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.scale.data import Work
from bench.scale.lemmatised import write_for_lucene
from bench.scale.missing import Missing

VERSION = "8.8.1, of liblucene8-java and its source package, Debian bookworm"
_SCRIPT = Path(__file__).with_name("lucene.sh")


def prepare(work: Work) -> None:
    """Fetches and compiles it, once per work folder."""
    done = subprocess.run([_SCRIPT, work.folder], capture_output=True, text=True)
    if done.returncode:
        raise Missing(_last_line(done.stderr))


def measure(work: Work, size: int) -> Iterator[dict[str, float]]:
    """What Bench.java measured, by its names (`cpu_us` per article).

    First as it comes: every subscription a query, filed under its longest term. Then tuned: every distinct query once,
    filed under its rarest term by true frequencies.
    """
    folder = matches(work, size).parent.resolve()
    write_for_lucene(work, size, folder)
    documents, frequencies = folder / "documents.txt", folder / "frequencies.txt"
    yield _run(work, folder / "queries.txt", documents, matches(work, size).resolve())
    yield _run(work, folder / "distinct.txt", documents, folder / "tuned.txt", frequencies)


def matches(work: Work, size: int) -> Path:
    """The file with the numbers of the subscriptions that each article answers, a line each."""
    return work.folder / "lucene" / str(size) / "matches.txt"


def _run(work: Work, *files: Path) -> dict[str, float]:
    done = subprocess.run([_SCRIPT, work.folder, *files], capture_output=True, text=True)
    if done.returncode:
        raise Missing(_last_line(done.stderr))
    return {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")
