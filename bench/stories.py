"""Story grouping against simpler measures, on labelled streams: `python -m bench.stories FOLDER`.

A stream is a file of JSON lines in order of arrival: `id, time, source, title, text, event` (the same string is the
same news fact; empty: alone). Every method sees one article at a time, with a window of 72 hours and fixed settings.
Printed are strict pair F1, B-cubed F, *extra* (alerts beyond the first per event), *lost* (events that never opened a
story) and *cost* = extra + 2 · lost, as means over the streams.
"""

import argparse
import asyncio
import itertools
import json
import platform
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from chatovyi.dictionaries import linguist
from chatovyi.filters import story_lines
from core.text.words import words

Item = dict[str, Any]
Method = Callable[[Sequence[Item]], list[object]]


def main() -> None:
    """Prints a table: a row per method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    streams = {file.stem: _read(file) for file in sorted(parser.parse_args().folder.glob("*.jsonl"))}
    streams = {name: items for name, items in streams.items() if any(item.get("event") for item in items)}
    if not streams:
        sys.exit("No labelled stream in this folder.")
    packages = ", ".join(f"{name} {version(name)}" for name in ("rapidfuzz", "pymorphy3", "apsw"))
    print(f"Python {platform.python_version()}, {packages}")
    print(", ".join(f"{name}: {len(items)} articles" for name, items in streams.items()))
    print(f"{'method':34} {'F1':>6} {'B3':>6} {'extra':>6} {'lost':>6} {'cost':>6} {'articles/s':>11}")
    for name, method in _methods().items():
        print(_row(name, method, streams), flush=True)


def _methods() -> dict[str, Method]:
    methods: dict[str, Method] = {"exact title": _exact}
    for scorer in ("ratio", "token_sort_ratio", "token_set_ratio", "WRatio"):
        methods[f"rapidfuzz {scorer} >= 75"] = partial(_fuzzy, scorer=scorer)
    methods["chatovyi"] = _ours
    return methods


def _row(name: str, method: Method, streams: dict[str, list[Item]]) -> str:
    begun, scores = time.perf_counter(), []
    for items in streams.values():
        scores.append(_score(items, method(items)))
    seconds = time.perf_counter() - begun
    mean = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    speed = sum(map(len, streams.values())) / seconds
    return f"{name:34} " + " ".join(f"{value:6.3f}" for value in mean) + f" {speed:11.0f}"


def _exact(items: Sequence[Item]) -> list[object]:
    return [" ".join(word.key for word in words(item["title"])) for item in items]


def _fuzzy(items: Sequence[Item], scorer: str) -> list[object]:
    """The likest title of the last 72 hours, if it is like enough."""
    stories: list[object] = []
    titles: dict[int, str] = {}
    for number, item in enumerate(items):
        title, now = " ".join(word.key for word in words(item["title"])), _time(item)
        titles = {at: known for at, known in titles.items() if _time(items[at]) > now - timedelta(hours=72)}
        found = process.extractOne(title, titles, scorer=getattr(fuzz, scorer), score_cutoff=75)
        stories.append(stories[found[2]] if found else number)
        titles[number] = title
    return stories


def _ours(items: Sequence[Item]) -> list[object]:
    """The filter that `chatovyi stories --jsonl` is: the running bot's code over its store."""
    keys = ("time", "source", "title", "text")
    lines = [json.dumps({key: item[key] for key in keys} | {"id": str(number)}) for number, item in enumerate(items)]

    async def told() -> list[object]:
        return [line["story"] async for line in story_lines(lines, linguist())]

    return asyncio.run(told())


def _score(items: Sequence[Item], stories: Sequence[object]) -> tuple[float, float, float, float, float]:
    events = [item.get("event") or f"alone {number}" for number, item in enumerate(items)]
    by_story, by_event = _groups(stories), _groups(events)
    pairs = sum(_pairs(group) for group in by_event.values())
    told = sum(_pairs(group) for group in by_story.values())
    both = sum(map(_pairs, _groups(list(zip(stories, events, strict=True))).values()))
    f1 = 2 * both / (pairs + told) if pairs + told else 1.0
    openers = Counter(events[group[0]] for group in by_story.values())
    extra = sum(count - 1 for count in openers.values()) / len(by_event)
    lost = sum(event not in openers for event in by_event) / len(by_event)
    return f1, _b_cubed(stories, events), extra, lost, extra + 2 * lost


def _b_cubed(stories: Sequence[object], events: Sequence[object]) -> float:
    """B-cubed F (Bagga & Baldwin 1998): precision and recall of each article's own group."""
    both, by_story, by_event = (Counter(zip(stories, events, strict=True)), Counter(stories), Counter(events))
    share = [(both[story, event], story, event) for story, event in zip(stories, events, strict=True)]
    precision = sum(n / by_story[story] for n, story, _ in share) / len(share)
    recall = sum(n / by_event[event] for n, _, event in share) / len(share)
    return 2 * precision * recall / (precision + recall)


def _groups(labels: Sequence[object]) -> dict[object, list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        groups[label].append(number)
    return groups


def _pairs(group: Sequence[int]) -> int:
    return sum(1 for _ in itertools.combinations(group, 2))


def _time(item: Item) -> datetime:
    return datetime.fromisoformat(item["time"])


def _read(file: Path) -> list[Item]:
    items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return sorted(items, key=lambda item: str(item["time"]))


if __name__ == "__main__":
    main()
