"""What finding candidates and deciding costs against the stories in the window: `python -m bench.stories.window FILE`.

FILE is a stream of JSON lines with `title`s; articles are mixtures of its headlines, each with one new rare word, as if
each told a story of its own. One article in two is a retelling of a stored one: half of its words, and its rare word.
Printed, in milliseconds of processor time: the look-up, the whole transaction with the decision, and the share of
retellings whose partner was among the candidates.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.stories.streams import read
from chatovyi.dictionaries import linguist
from core.ingest import Prepared, place
from core.model import Source, StoryId
from core.ports import Tx
from core.story import WINDOW, Candidate, Gist, gist_of
from store.sqlite import sqlite_store

ASKED = 400
_BATCH = 500
_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def main() -> None:
    """Prints a row per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sizes", default="1000,10000,100000")
    asked = parser.parse_args()
    gists = [gist_of(item["title"], "", linguist(), "uk") for item in read(asked.file)]
    columns = ("look-up p50", 12), ("p95", 7), ("decision p50", 13), ("p95", 7), ("documents/s", 12), ("recall", 7)
    print(f"{'stories':>8} " + " ".join(f"{name:>{width}}" for name, width in columns))
    for size in map(int, asked.sizes.split(",")):
        print(asyncio.run(_measured([gist.title for gist in gists], size)), flush=True)


async def _measured(titles: Sequence[tuple[str, ...]], size: int) -> str:
    chance = random.Random(size)
    with tempfile.TemporaryDirectory() as folder:
        async with sqlite_store(Path(folder) / "window.db") as store:
            source = await store.write(_source)
            stored: list[tuple[StoryId, Gist]] = []
            for begin in range(0, size, _BATCH):
                batch = [_mixed(titles, f"рідкісне{begin + n}", chance) for n in range(_BATCH)]
                stored += await store.write(partial(_open_all, source=source, gists=batch))
            found, looked, decided = 0, [], []
            for number in range(ASKED):
                partner, gist = chance.choice(stored)
                gist = _retold(gist, chance)
                begun = time.process_time()
                candidates = await store.read(partial(_look_up, gist=gist))
                looked.append(time.process_time() - begun)
                found += partner in {candidate.story for candidate in candidates}
                begun = time.process_time()
                await store.write(partial(_place, source=source, number=number, gist=gist))
                decided.append(time.process_time() - begun)
    rate = len(decided) / sum(decided)
    return (
        f"{size:8} {_ms(looked, 50):12.2f} {_ms(looked, 95):7.2f} {_ms(decided, 50):13.2f} {_ms(decided, 95):7.2f} "
        f"{rate:12.0f} {found / ASKED:7.3f}"
    )


def _ms(seconds: Sequence[float], percent: int) -> float:
    return 1000 * statistics.quantiles(seconds, n=100)[percent - 1]


def _mixed(titles: Sequence[tuple[str, ...]], rare: str, chance: random.Random) -> Gist:
    one, other, *rest = chance.choices(titles, k=14)
    title = (*one[: len(one) // 2], *other[len(other) // 2 :], rare)
    return Gist(
        title=title, body=tuple(lemma for part in rest for lemma in part), names=frozenset(), numbers=frozenset()
    )


def _retold(gist: Gist, chance: random.Random) -> Gist:
    body = tuple(lemma for lemma in gist.body if chance.random() < 0.5)
    title = tuple(lemma for lemma in gist.title[:-1] if chance.random() < 0.5)
    return replace(gist, title=(*title, gist.title[-1]), body=body)


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
        article = tx.add_article(source, _prepared(gist.title[-1], gist), now=_NOW)
        assert article is not None
        tx.count_lemmas(gist.lemmas())
        opened.append((tx.open_story(article, reason="", now=_NOW), gist))
    return opened


def _place(tx: Tx, *, source: Source, number: int, gist: Gist) -> None:
    prepared = _prepared(f"asked {number}", gist)
    article = tx.add_article(source, prepared, now=_NOW)
    assert article is not None
    place(tx, source, article, prepared, now=_NOW)


if __name__ == "__main__":
    main()
