"""Is a story known when another language tells it? `python -m bench.stories.tongues STREAM [--set development]`.

STREAM is a file of Ukrainian headlines, as `bench.stories` reads them. Some of its articles are told again in Russian,
Belarusian, Polish and English by the lines of `tongues.tsv`, which were written for this bench and are no outlet's.
Each language is a run of its own through the filter that `chatovyi stories --jsonl` is: the stream, and each retelling
an hour after its article. A link is false where a retelling joins any story of a stream that its own was left out of.
The lines marked `development` were read when the thresholds were set, those marked `scored` were not.
"""

import argparse
import asyncio
import csv
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from bench.stories.streams import Item, read, time_of
from chatovyi.dictionaries import linguist
from chatovyi.filters import Line, story_lines

_RETELLINGS = Path(__file__).with_name("tongues.tsv")
_LANGUAGES = ("ru", "be", "pl", "en")
Retelling = dict[str, str]


def main() -> None:
    """Prints a row per language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stream", type=Path)
    parser.add_argument("--set", choices=("development", "scored"), default="scored")
    parser.add_argument("--told", action="store_true", help="the retellings that went wrong, too")
    asked = parser.parse_args()
    items = read(asked.stream)
    known = {str(item["id"]) for item in items}
    with _RETELLINGS.open(encoding="utf-8", newline="") as file:
        retellings = [
            row for row in csv.DictReader(file, delimiter="\t") if row["set"] == asked.set and row["id"] in known
        ]
    packages = ", ".join(f"{name} {version(name)}" for name in ("rapidfuzz", "pymorphy3", "apsw"))
    print(f"Python {platform.python_version()}, {packages}")
    print(f"{len(items)} articles, {len(retellings)} of them told again")
    print(f"{'language':8} {'right':>6} {'linked':>7} {'wrong':>6} {'false links':>12}")
    for language in _LANGUAGES:
        _print(language, items, retellings, told=asked.told)


def _print(language: str, items: Sequence[Item], retellings: Sequence[Retelling], *, told: bool) -> None:
    times = {str(item["id"]): time_of(item) + timedelta(hours=1) for item in items}
    whole = _run(items, retellings, times, language)
    right = [row for row in retellings if _joined(whole, row) and _story(whole, row) in _stories_of(items, row, whole)]
    wrong = [row for row in retellings if _joined(whole, row) and row not in right]
    linked = [row for row in retellings if row in right or _follows(whole, row) in _stories_of(items, row, whole)]
    gone = {event for row in retellings for event in _event_of(items, row["id"])}
    rest = [item for item in items if _name(item) not in gone]
    apart = _run(rest, retellings, times, language)
    false = [row for row in retellings if _joined(apart, row)]
    shares = (len(found) / len(retellings) for found in (right, linked, wrong, false))
    print("{:8} {:6.3f} {:7.3f} {:6.3f} {:12.3f}".format(language, *shares), flush=True)
    if told:
        for row in retellings:
            if row not in right:
                print(f"  not found: {row[language]} ({whole[_of(row)]['reason']})")
        for row in false:
            print(f"  false: {row[language]} ({apart[_of(row)]['reason']})")


def _run(
    items: Sequence[Item], retellings: Iterable[Retelling], times: Mapping[str, datetime], language: str
) -> dict[str, Line]:
    """What became of every article and retelling, by its id."""
    keys = ("id", "time", "source", "title", "text")
    lines = [{key: item[key] for key in keys} | {"lang": item["language"]} for item in items]
    told = {"source": "abroad", "lang": language, "text": ""}
    lines += [told | {"id": _of(row), "time": str(times[row["id"]]), "title": row[language]} for row in retellings]
    lines.sort(key=lambda line: datetime.fromisoformat(line["time"]))

    async def answered() -> dict[str, Line]:
        return {line["id"]: line async for line in story_lines(map(json.dumps, lines), linguist())}

    return asyncio.run(answered())


def _of(row: Retelling) -> str:
    return f"retelling of {row['id']}"


def _story(lines: dict[str, Line], row: Retelling) -> str:
    return str(lines[_of(row)]["story"])


def _joined(lines: dict[str, Line], row: Retelling) -> bool:
    return bool(lines[_of(row)]["decision"] == "joined")


def _follows(lines: dict[str, Line], row: Retelling) -> str:
    _, _, after = str(lines[_of(row)]["reason"]).partition("follows story ")
    return f"s{after.partition(':')[0]}"


def _name(item: Item) -> str:
    return item.get("event") or str(item["id"])


def _event_of(items: Sequence[Item], number: str) -> set[str]:
    return {_name(item) for item in items if item["id"] == number}


def _stories_of(items: Sequence[Item], row: Retelling, lines: dict[str, Line]) -> set[str]:
    """The stories that tell the event of a retelling."""
    event = _event_of(items, row["id"])
    return {str(lines[str(item["id"])]["story"]) for item in items if _name(item) in event}


if __name__ == "__main__":
    main()
