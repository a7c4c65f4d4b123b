"""Labelled streams, and how well a grouping of one agrees with its labels.

A stream is a file of JSON lines in order of arrival: `id, time, source, title, text, event, storylines` (the same event
is the same news fact; empty: alone; articles that share a storyline but no event are follow-ups of one another).
"""

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

Item = dict[str, Any]
Stories = Sequence[object]
"""The story of every article, in order."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one grouping; shares of the stream's events."""

    f1: float
    """Of pairs: a follow-up that joined its forerunner is an error."""
    b_cubed: float
    """B-cubed F (Bagga & Baldwin 1998): precision and recall of each article's own group."""
    extra: float
    """Alerts beyond the first of an event."""
    lost: float
    """Events none of whose articles opened a story: nobody ever hears of them."""
    swallowed: float
    """Articles whose event was lost in a story of another storyline."""

    @property
    def cost(self) -> float:
        return self.extra + 2 * self.lost


def mean(scores: Iterable[Scores]) -> Scores:
    """Every stream counts the same."""
    columns = list(zip(*map(astuple, scores), strict=True))
    return Scores(*(sum(column) / len(column) for column in columns))


def read_streams(folder: Path) -> dict[str, list[Item]]:
    """The labelled files of a folder, by name."""
    streams = {file.stem: read(file) for file in sorted(folder.glob("*.jsonl"))}
    return {name: items for name, items in streams.items() if any(item.get("event") for item in items)}


def read(file: Path) -> list[Item]:
    """One file, in order of time."""
    items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return sorted(items, key=lambda item: str(item["time"]))


def time_of(item: Item) -> datetime:
    return datetime.fromisoformat(item["time"])


def score(items: Sequence[Item], stories: Stories) -> Scores:
    """How well the stories agree with the events."""
    events = events_of(items)
    by_story, by_event = _groups(stories), _groups(events)
    pairs, told = (sum(map(_pairs, groups.values())) for groups in (by_event, by_story))
    both = sum(map(_pairs, _groups(list(zip(stories, events, strict=True))).values()))
    openers = Counter(events[group[0]] for group in by_story.values())
    lost = [group for event, group in by_event.items() if event not in openers]
    unrelated = sum(_swallowed(items, stories, by_story, group) for group in lost)
    return Scores(
        f1=2 * both / (pairs + told) if pairs + told else 1.0,
        b_cubed=_b_cubed(stories, events),
        extra=sum(count - 1 for count in openers.values()) / len(by_event),
        lost=len(lost) / len(by_event),
        swallowed=unrelated / len(items),
    )


def events_of(items: Sequence[Item]) -> list[str]:
    """The event of every article; one that is alone has its own."""
    return [item.get("event") or f"alone {number}" for number, item in enumerate(items)]


def labels_of(item: Item) -> set[str]:
    """What an article shares with its follow-ups and forerunners."""
    return {*item.get("storylines", ()), *([f"event {item['event']}"] if item.get("event") else [])}


def _swallowed(items: Sequence[Item], stories: Stories, by_story: dict[object, list[int]], group: list[int]) -> int:
    """How many articles of a lost event lie in a story whose opener has nothing to do with it."""
    return sum(not labels_of(items[one]) & labels_of(items[by_story[stories[one]][0]]) for one in group)


def _b_cubed(stories: Stories, events: Sequence[str]) -> float:
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
