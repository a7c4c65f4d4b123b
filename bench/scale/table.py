"""The figures of all methods as text: a row per method, a column per number of subscriptions, ratios to ours beside."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.scale.ours import Figures

Cell = tuple[str, int]
"""A method's name and a number of subscriptions."""


@dataclass(kw_only=True)
class Results:
    """What has been measured so far."""

    sizes: Sequence[int]
    cpu: dict[Cell, float] = field(default_factory=dict)
    """Microseconds of CPU per article of 400 words."""
    ours: dict[Cell, Figures] = field(default_factory=dict)
    """All figures of our engines."""
    notes: dict[str, str] = field(default_factory=dict)
    """What is to be said beside, by its subject: why a peer is missing, what it costs otherwise."""

    @classmethod
    def of(cls, sizes: Sequence[int], file: Path) -> "Results":
        """With the figures that were kept in the file, if any were."""
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return cls(
            sizes=sizes,
            cpu={(name, size): figure for name, size, figure in kept.get("cpu", ())},
            ours={(name, size): figures for name, size, figures in kept.get("ours", ())},
            notes=kept.get("notes", {}),
        )

    def keep(self, file: Path) -> None:
        """Writes the figures to the file."""
        cpu = [[*cell, figure] for cell, figure in self.cpu.items()]
        ours = [[*cell, figures] for cell, figures in self.ours.items()]
        kept = {"cpu": cpu, "ours": ours, "notes": self.notes}
        file.write_text(json.dumps(kept, indent=1), encoding="utf-8")


ENGINES = ("numpy", "compiled")
TOKENISING = "lower().split() alone"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many times less CPU than a peer we want to need."""

    peer: str
    size: int
    times: Mapping[str, float]
    """By engine."""


WANTED = (
    Wanted("Lucene Monitor", 100_000, {"numpy": 17, "compiled": 45}),
    Wanted("Lucene Monitor", 1_000_000, {"numpy": 60, "compiled": 180}),
    Wanted("Lucene Monitor, tuned", 100_000, {"numpy": 8, "compiled": 22}),
    Wanted("PostgreSQL", 100_000, {"numpy": 45, "compiled": 130}),
    Wanted("PostgreSQL", 1_000_000, {"numpy": 300, "compiled": 900}),
    Wanted("substring loop", 100_000, {"numpy": 600, "compiled": 600}),
    Wanted("rapidfuzz extract, partial_ratio 90", 10_000, {"numpy": 900}),
)


def peers(results: Results) -> Iterator[str]:
    """A row per method: CPU per article, and how many times ours that is (numpy's, compiled's)."""
    names = list(dict.fromkeys(name for name, _ in results.cpu))
    width = max(map(len, names), default=0)
    yield f"{'CPU us per article of 400 words':{width}}" + "".join(f"{size:>28,}" for size in results.sizes)
    for name in names:
        cells = (_cell(results, name, size) for size in results.sizes)
        yield f"{name:{width}}" + "".join(f"{cell:>28}" for cell in cells)


def _cell(results: Results, name: str, size: int) -> str:
    cpu = results.cpu.get((name, size))
    if cpu is None:
        return f"-{'':18}"
    if name.startswith("ours") or name == TOKENISING:
        return f"{cpu:,.0f}{'':18}"
    times = ", ".join(_times(results, cpu, engine, size) for engine in ENGINES)
    return f"{cpu:,.0f}{f' ({times})':18}"


def _times(results: Results, cpu: float, engine: str, size: int) -> str:
    ours = results.cpu.get((f"ours, {engine}", size))
    return f"{cpu / ours:,.1f}x" if ours else "-"


def own(results: Results) -> Iterator[str]:
    """Our engines by themselves: a row per figure."""
    rows = [name for name in dict.fromkeys(name for figures in results.ours.values() for name in figures)]
    columns = [(name, size) for size in results.sizes for name in ENGINES if (f"ours, {name}", size) in results.ours]
    yield f"{'our engine':28}" + "".join(f"{f'{name} {size:,}':>20}" for name, size in columns)
    for row in rows:
        figures = (results.ours[f"ours, {name}", size].get(row) for name, size in columns)
        yield f"{row:28}" + "".join(f"{'-' if figure is None else _short(figure):>20}" for figure in figures)


def wanted(results: Results) -> Iterator[str]:
    """Every goal beside what was measured; nothing is asserted."""
    for goal in WANTED:
        for engine, times in goal.times.items():
            peer, ours = results.cpu.get((goal.peer, goal.size)), results.cpu.get((f"ours, {engine}", goal.size))
            if peer and ours:
                yield _line(f"{goal.peer} / {engine}, {goal.size:,}", f">= {times:g}x", f"{peer / ours:,.1f}x")
    for engine, times in (("numpy", 11.0), ("compiled", 2.5)):
        ours, alone = (results.cpu.get((name, 100_000)) for name in (f"ours, {engine}", TOKENISING))
        if ours and alone:
            yield _line(f"{engine} / {TOKENISING}, 100,000", f"<= {times:g}x", f"{ours / alone:,.2f}x")
    for engine in ENGINES:
        yield from _limits(results, engine)


def _limits(results: Results, engine: str) -> Iterator[str]:
    for figure, size, most in (
        ("add_p99_us", 100_000, 250),
        ("add_new_words_p99_us", 100_000, 250),
        ("restart_to_first_match_s", 1_000_000, 3),
        ("bytes_per_subscription", 1_000_000, 250),
        ("restart_bytes_per_subscription", 1_000_000, 250),
    ):
        measured = results.ours.get((f"ours, {engine}", size), {}).get(figure)
        if measured is not None:
            yield _line(f"{engine}, {figure}, {size:,}", f"<= {most}", f"{measured:,.1f}")


def _line(what: str, goal: str, measured: str) -> str:
    return f"{what:66} wanted {goal:>9}   measured {measured:>9}"


def _short(figure: float) -> str:
    return f"{figure:,.1f}" if figure >= 10 else f"{figure:.2f}"
