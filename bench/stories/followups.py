"""Follow-ups of the labelled storylines: are they linked to the thread of what they follow, and kept apart from it?"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bench.stories.streams import Item, events_of, labels_of
from chatovyi.filters import Line

_FOLLOWS = re.compile(r"follows story (\d+)")


@dataclass(frozen=True, slots=True)
class Followed:
    """Of one stream; shares of its follow-ups, links apart."""

    followups: int
    linked: float
    """In the thread of an earlier article of the same storyline."""
    merged: float
    """In the story of an earlier event of the same storyline: a new fact swallowed."""
    right: float
    """Links between labelled stories that stay in the storyline."""


def followed(items: Sequence[Item], lines: Sequence[Line]) -> Followed:
    """A follow-up is the first article of an event whose storyline was told of before."""
    events, threads = events_of(items), _threads(lines)
    told: dict[object, set[str]] = defaultdict(set)
    in_story: dict[object, set[str]] = defaultdict(set)
    seen: set[str] = set()
    storylines: set[str] = set()
    count = linked = merged = links = right = 0
    for item, line, event in zip(items, lines, events, strict=True):
        mine = set(item.get("storylines", ()))
        thread = threads[line["story"]]
        if event not in seen and mine & storylines:
            count += 1
            linked += bool(mine & told[thread])
            merged += bool(in_story[line["story"]] - {event}) and line["decision"] == "joined"
        if mine and line["decision"] != "joined" and _FOLLOWS.search(line["reason"]) and told[thread]:
            links += 1
            right += bool(labels_of(item) & told[thread])
        told[thread] |= labels_of(item)
        if mine:
            in_story[line["story"]].add(event)
        seen.add(event)
        storylines |= mine
    return Followed(count, linked / max(1, count), merged / max(1, count), right / max(1, links))


def _threads(lines: Sequence[Line]) -> dict[object, object]:
    threads: dict[object, object] = {}
    for line in lines:
        found = _FOLLOWS.search(line["reason"])
        before = f"s{found[1]}" if found else line["story"]
        threads.setdefault(line["story"], threads.get(before, before))
    return threads
