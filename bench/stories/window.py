"""What candidates and decisions cost against the stories in the window: `python -m bench.stories.window FOLDER`.

The window is filled with mixtures of the headlines of the streams without labels, each with one new rare word, as if
each told a story of its own, in one of five languages. Asked are retellings: half of the words of a stored one, and its
rare word. Printed, in milliseconds of processor time: the look-up, and the whole transaction with the decision. Recall
is of real articles: the labelled ones of the folder are in the window too, and the share is printed of later tellings
of an event for which an earlier telling of it was among the candidates.
"""

import argparse
import asyncio
import itertools
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.stories.streams import Item, read, read_streams
from chatovyi.dictionaries import linguist
from core.ingest import Prepared, place
from core.lexicon import LANGUAGES
from core.model import Source, StoryId
from core.ports import Store, Tx
from core.story import WINDOW, Candidate, Echoing, Gist, gist_of, length_of, short
from core.text.language import language_of
from store.sqlite import sqlite_store

ASKED = 400
_BATCH = 500
_NUMBERS = itertools.count()
_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def main() -> None:
    """Prints a row per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default="1000,10000,100000")
    asked = parser.parse_args()
    labelled = read_streams(asked.folder)
    plain = [file for file in sorted(asked.folder.glob("*.jsonl")) if file.stem not in labelled]
    titles = [_gist(item).title for file in plain for item in read(file)]
    events = [event for items in labelled.values() for event in _told_again(items)]
    columns = ("look-up p50", 12), ("p95", 7), ("decision p50", 13), ("p95", 7), ("documents/s", 12), ("recall", 7)
    print(f"{'stories':>8} " + " ".join(f"{name:>{width}}" for name, width in columns))
    for size in map(int, asked.sizes.split(",")):
        print(asyncio.run(_measured(titles, events, size)), flush=True)


def _gist(item: Item) -> Gist:
    return gist_of(item["title"], item["text"], linguist(), language_of(f"{item['title']}\n{item['text']}"))


def _told_again(items: Sequence[Item]) -> list[list[Gist]]:
    """The tellings of every labelled event that has more than one."""
    events: dict[str, list[Gist]] = defaultdict(list)
    for item in items:
        if item.get("event"):
            events[item["event"]].append(_gist(item))
    return [told for told in events.values() if len(told) > 1]


async def _measured(titles: Sequence[tuple[str, ...]], events: Sequence[Sequence[Gist]], size: int) -> str:
    chance = random.Random(size)
    with tempfile.TemporaryDirectory() as folder:
        async with sqlite_store(Path(folder) / "window.db") as store:
            source = await store.write(_source)
            stored: list[tuple[StoryId, Gist]] = []
            for begin in range(0, size, _BATCH):
                batch = [_mixed(titles, f"рідкісне{begin + n}", chance) for n in range(_BATCH)]
                stored += await store.write(partial(_open_all, source=source, gists=batch))
            recall = await _recall(store, source, events)
            looked, decided = [], []
            for number in range(ASKED):
                gist = _retold(chance.choice(stored)[1], chance)
                begun = time.process_time()
                await store.read(partial(_look_up, gist=gist))
                looked.append(time.process_time() - begun)
                begun = time.process_time()
                await store.write(partial(_place, source=source, key=f"asked {number}", gist=gist))
                decided.append(time.process_time() - begun)
    rate = len(decided) / sum(decided)
    return (
        f"{size:8} {_ms(looked, 50):12.2f} {_ms(looked, 95):7.2f} {_ms(decided, 50):13.2f} {_ms(decided, 95):7.2f} "
        f"{rate:12.0f} {recall:7.3f}"
    )


async def _recall(store: Store, source: Source, events: Sequence[Sequence[Gist]]) -> float:
    """Each event is told in turn; every telling opens a story of its own, so that each can be found by itself."""
    asked = found = 0
    for told in events:
        mine: set[StoryId] = set()
        for gist in told:
            candidates = await store.read(partial(_look_up, gist=gist))
            asked += bool(mine)
            found += bool(mine & {candidate.story for candidate in candidates})
            [(story, _)] = await store.write(partial(_open_all, source=source, gists=[gist]))
            mine.add(story)
    return found / asked


def _ms(seconds: Sequence[float], percent: int) -> float:
    return 1000 * statistics.quantiles(seconds, n=100)[percent - 1]


def _mixed(titles: Sequence[tuple[str, ...]], rare: str, chance: random.Random) -> Gist:
    one, other, *rest = chance.choices(titles, k=14)
    title = (*one[: len(one) // 2], *other[len(other) // 2 :], rare)
    body = tuple(lemma for part in rest for lemma in part)
    gist = Gist(title=title, body=body, names=frozenset(), numbers=frozenset(), language=chance.choice(LANGUAGES))
    return replace(gist, echoing=_echoing(gist))


def _echoing(gist: Gist) -> Echoing:
    """As Ukrainian words echo, whatever language the article is said to be of."""
    return Echoing(tuple(echo for lemma in short(gist) if (echo := linguist().echo(lemma, "uk"))))


def _retold(gist: Gist, chance: random.Random) -> Gist:
    body = tuple(lemma for lemma in gist.body if chance.random() < 0.5)
    title = tuple(lemma for lemma in gist.title[:-1] if chance.random() < 0.5)
    gist = replace(gist, title=(*title, gist.title[-1]), body=body)
    return replace(gist, echoing=_echoing(gist))


def _source(tx: Tx) -> Source:
    tx.add_source("https://news.example/", name="news", outlet="news", every=timedelta(hours=1), now=_NOW)
    return tx.sources()[0].source


def _look_up(tx: Tx, *, gist: Gist) -> Sequence[Candidate]:
    return tx.story_candidates(gist, since=_NOW - WINDOW)[0]


def _prepared(key: str, gist: Gist) -> Prepared:
    return Prepared(
        key=key,
        url=None,
        outlet=key,
        title=" ".join(gist.title),
        text=" ".join(gist.body),
        published=_NOW,
        gist=gist,
        words=(),
        matches=(),
        told=True,
    )


def _open_all(tx: Tx, *, source: Source, gists: Sequence[Gist]) -> list[tuple[StoryId, Gist]]:
    opened = []
    for gist in gists:
        article = tx.add_article(source, _prepared(f"stored {next(_NUMBERS)}", gist), now=_NOW)
        assert article is not None
        tx.keep_length(article, length_of(gist, tx.statistics(gist)))
        tx.count_lemmas(gist.kept())
        opened.append((tx.open_story(article, reason="", now=_NOW), gist))
    return opened


def _place(tx: Tx, *, source: Source, key: str, gist: Gist) -> None:
    prepared = _prepared(key, gist)
    article = tx.add_article(source, prepared, now=_NOW)
    assert article is not None
    place(tx, source, article, prepared, now=_NOW)


if __name__ == "__main__":
    main()
