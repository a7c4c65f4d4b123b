"""Story grouping on labelled streams: `python -m bench.stories FOLDER [--ablations]`.

Ours runs with the fixed settings of the program, one article at a time, through the filter that `chatovyi stories
--jsonl` is. Peers have their best threshold on the very streams that are scored. Printed are means over the streams.
"""

import argparse
import asyncio
import json
import platform
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.stories.ablations import ABLATIONS, without
from bench.stories.followups import followed
from bench.stories.peers import Measure, exact_title, grouped, measures
from bench.stories.streams import Item, Scores, Stories, mean, read_streams, score
from chatovyi.dictionaries import linguist
from chatovyi.filters import Line, story_lines

Streams = dict[str, list[Item]]
_THRESHOLDS = [number / 100 for number in range(20, 100, 5)]


def main() -> None:
    """Prints a table: a row per method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ablations", action="store_true", help="ours without each of its rules")
    asked = parser.parse_args()
    streams = read_streams(asked.folder)
    if not streams:
        sys.exit("No labelled stream in this folder.")
    packages = ", ".join(f"{name} {version(name)}" for name in ("rapidfuzz", "pymorphy3", "apsw", "numpy"))
    print(f"Python {platform.python_version()}, {packages}")
    print(", ".join(f"{name}: {len(items)} articles" for name, items in streams.items()))
    print(
        f"{'method':44} {'F1':>6} {'B3':>6} {'extra':>6} {'lost':>6} {'cost':>6} {'swallowed':>10} {'articles/s':>11}"
    )
    _ablated(streams) if asked.ablations else _compared(streams)


def _compared(streams: Streams) -> None:
    _print("exact title", *_run(exact_title, streams))
    for name, measure in measures():
        least, scores, speed = _best(measure, streams)
        _print(f"{name} >= {least:.2f}", scores, speed)
    for name, items in streams.items():
        _print(f"chatovyi, {name}", *_run(ours, {name: items}))
    _print("chatovyi", *_run(ours, streams))
    for name, items in streams.items():
        found = followed(items, _lines(items))
        print(
            f"{name}: {found.followups} follow-ups, linked {found.linked:.2f}, wrongly merged {found.merged:.2f}, "
            f"links right {found.right:.2f}"
        )


def _ablated(streams: Streams) -> None:
    _print("chatovyi", *_run(ours, streams))
    for name in ABLATIONS:
        with without(name):
            _print(f"without {name}", *_run(ours, streams))


def _run(method: Callable[[Sequence[Item]], Stories], streams: Streams) -> tuple[Scores, float]:
    begun = time.perf_counter()
    scores = [score(items, method(items)) for items in streams.values()]
    return mean(scores), sum(map(len, streams.values())) / (time.perf_counter() - begun)


def _best(measure: Measure, streams: Streams) -> tuple[float, Scores, float]:
    """The threshold with the least cost."""
    begun = time.perf_counter()
    likeness = {name: measure(items) for name, items in streams.items()}
    speed = sum(map(len, streams.values())) / (time.perf_counter() - begun)
    results = [
        (least, mean(score(items, grouped(items, likeness[name], least)) for name, items in streams.items()))
        for least in _THRESHOLDS
    ]
    least, scores = min(results, key=lambda result: result[1].cost)
    return least, scores, speed


def ours(items: Sequence[Item]) -> Stories:
    """The running bot's code over its store."""
    return [line["story"] for line in _lines(items)]


def _lines(items: Sequence[Item]) -> list[Line]:
    keys = ("time", "source", "title", "text")
    lines = [json.dumps({key: item[key] for key in keys} | {"id": str(number)}) for number, item in enumerate(items)]

    async def told() -> list[Line]:
        return [line async for line in story_lines(lines, linguist())]

    return asyncio.run(told())


def _print(name: str, scores: Scores, speed: float) -> None:
    values = (scores.f1, scores.b_cubed, scores.extra, scores.lost, scores.cost)
    print(
        f"{name:44} " + " ".join(f"{value:6.3f}" for value in values) + f" {scores.swallowed:10.4f} {speed:11.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
