"""What an article costs against very many subscriptions, ours and its peers in one run: `python -m bench.scale`.

    --sizes 1000,10000,100000,1000000   how many subscriptions
    --uk PATH... --ru PATH...           texts: .txt or .jsonl files (`text`, `doc`), or folders of them; without any,
                                        the articles of the seed world
    --work FOLDER                       where everything is put and, next time, found; a temporary folder by default
    --profile real | hot                who is popular (see generate.py)
    --only NAME...                      of: ours plain whole loops lucene postgres; the figures of the others are those
                                        that an earlier run left in the folder

Peers that are not installed are skipped, with a line that says so. Method, recipe and limits: bench/scale/README.md.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.scale import loops, lucene, postgres, table
from bench.scale.asked import has_near, has_prefix
from bench.scale.data import Work
from bench.scale.generate import generate
from bench.scale.missing import Missing
from bench.scale.table import ENGINES, TOKENISING, Results
from bench.scale.texts import Tongue, read, seed_texts

PARTS = ("ours", "plain", "whole", "loops", "lucene", "postgres")
PLAIN_MOST = WHOLE_MOST = 10_000
POSTGRES_DOCUMENTS = 100
TUNED_MOST = 100_000


def main() -> None:
    """Prints versions, then the tables."""
    arguments = _arguments()
    folder = arguments.work or Path(tempfile.mkdtemp(prefix="chatovyi-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    sizes = sorted({int(size) for size in arguments.sizes.split(",")})
    texts: dict[Tongue, list[str]] = {"uk": read(arguments.uk) or seed_texts(), "ru": read(arguments.ru)}
    generate(folder, texts, count=sizes[-1], profile=arguments.profile)
    work, results = Work(folder), Results.of(sizes, folder / "results.json")
    counts = ", ".join(f"{sum(len(text.split()) for text in some):,} {tongue}" for tongue, some in texts.items())
    print(f"{_versions()}; words of text: {counts}; profile {arguments.profile}; {folder}", flush=True)
    for part, measured in _parts(work, results).items():
        if part in arguments.only:
            measured()
            results.keep(folder / "results.json")
    _compared(work, results)
    _print(results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--uk", nargs="*", type=Path, default=[])
    parser.add_argument("--ru", nargs="*", type=Path, default=[])
    parser.add_argument("--work", type=Path)
    parser.add_argument("--profile", choices=("real", "hot"), default="real")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    return parser.parse_args()


def _versions() -> str:
    told = [f"Python {platform.python_version()}"]
    for package in (
        "numpy",
        "numba",
        "pymorphy3",
        *filter(None, (package for package, _, _ in loops.METHODS.values())),
    ):
        try:
            told.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            told.append(f"no {package}")
    return ", ".join(told)


def _parts(work: Work, results: Results) -> dict[str, Callable[[], None]]:
    return {
        "ours": lambda: _ours(work, results),
        "plain": lambda: _plain(work, results),
        "whole": lambda: _whole(work, results),
        "loops": lambda: _loops(work, results),
        "lucene": lambda: _lucene(work, results),
        "postgres": lambda: _postgres(work, results),
    }


def _ours(work: Work, results: Results) -> None:
    for size in results.sizes:
        for engine in ENGINES:
            try:
                figures = _measured("ours", work, size, engine)
                figures |= _measured("ours", work, size, f"{engine}-restart")
            except Missing as missing:
                _note(results, f"ours, {engine}", str(missing))
                continue
            results.ours[f"ours, {engine}", size] = figures
            results.cpu[f"ours, {engine}", size] = figures["400_words_cpu_us"]
            results.cpu[TOKENISING, size] = min(
                figures["tokenising, lower().split()"], results.cpu.get((TOKENISING, size), float("inf"))
            )
            _say(f"{engine} {size:,}: {figures['400_words_cpu_us']:,.0f} us, {figures['400_words_found']:.1f} queries")


def _plain(work: Work, results: Results) -> None:
    for size in results.sizes:
        if size <= PLAIN_MOST:
            results.cpu["ours, plain", size] = _measured("ours", work, size, "plain")["400_words_cpu_us"]


def _whole(work: Work, results: Results) -> None:
    for size in results.sizes:
        if size <= WHOLE_MOST:
            figures = _measured("whole", work, size)
            results.cpu["ours, the whole product", size] = figures["cpu_us"]
            _note(results, f"the whole product {size:,}", _listed(figures))


def _measured(program: str, work: Work, size: int, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", f"bench.scale.{program}", str(work.folder), str(size), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Missing(next(reversed(done.stderr.splitlines()), "no reason given"))
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _loops(work: Work, results: Results) -> None:
    documents = work.documents()
    for size in results.sizes:
        asked = loops.Asked(work, size) if size <= loops.MOST else None
        for name, (_, build, most) in loops.METHODS.items():
            if asked is None or size > most:
                continue
            try:
                results.cpu[name, size] = loops.least_cpu(build(asked), documents, seconds=8, passes=3)
                _say(f"{name} {size:,}: {results.cpu[name, size]:,.0f} us")
            except Missing as missing:
                _note(results, name, str(missing))


def _lucene(work: Work, results: Results) -> None:
    try:
        lucene.prepare(work)
        _note(results, "Lucene Monitor", lucene.VERSION)
        for size in results.sizes:
            runs = lucene.measure(work, size)
            _told(results, size, "Lucene Monitor", next(runs))
            if size <= TUNED_MOST:
                _told(results, size, "Lucene Monitor, tuned", next(runs))
    except Missing as missing:
        _note(results, "Lucene Monitor", str(missing))


def _told(results: Results, size: int, name: str, figures: dict[str, float]) -> None:
    results.cpu[name, size] = figures["cpu_us"]
    _note(results, f"{name} {size:,}", _listed(figures))


def _listed(figures: dict[str, float]) -> str:
    return ", ".join(f"{what} {value:,.1f}" for what, value in figures.items())


def _compared(work: Work, results: Results) -> None:
    """Whose answers differ from Lucene's."""
    for size in results.sizes:
        for engine in ("plain", *ENGINES):
            file = work.folder / "ours" / f"{size}-{engine}.txt"
            if file.exists() and lucene.matches(work, size).exists():
                _note(results, f"answers, {engine} {size:,}", _differences(work, size, file))


def _differences(work: Work, size: int, file: Path) -> str:
    """Ours against Lucene's, but for wildcards, which it is not asked, and NEAR, where it counts punctuation."""
    compared = {n for n, (_, node) in enumerate(work.queries(size)) if not has_prefix(node) and not has_near(node)}
    follows = work.follows(size).tolist()
    ours = [found & compared for found in _numbers(file)]
    theirs = [{follows[number] for number in found} & compared for found in _numbers(lucene.matches(work, size))]
    more = sum(len(one - other) for one, other in zip(ours, theirs, strict=True))
    less = sum(len(other - one) for one, other in zip(ours, theirs, strict=True))
    return f"{sum(map(len, ours)):,}, Lucene's {sum(map(len, theirs)):,}; ours alone {more}, Lucene's alone {less}"


def _numbers(file: Path) -> list[set[int]]:
    return [set(map(int, line.split())) for line in file.read_text(encoding="utf-8").splitlines()]


def _postgres(work: Work, results: Results) -> None:
    try:
        cluster = postgres.Cluster(work.folder / "postgres")
        with cluster.running() as session:
            for size in results.sizes:
                figures = postgres.measure(work, size, session, documents=POSTGRES_DOCUMENTS, passes=2)
                results.cpu["PostgreSQL", size] = figures.cpu
                _note(results, f"PostgreSQL {size:,}", f"{cluster.version}, {_listed(asdict(figures))}")
    except Missing as missing:
        _note(results, "PostgreSQL", str(missing))


def _note(results: Results, subject: str, note: str) -> None:
    results.notes[subject] = note
    _say(f"{subject}: {note}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print(results: Results) -> None:
    notes = (f"{subject}: {note}" for subject, note in sorted(results.notes.items()))
    for lines in (table.peers(results), table.own(results), notes, table.wanted(results)):
        print()
        for line in lines:
            print(line)


if __name__ == "__main__":
    main()
