"""How long a file of 5,000 names takes to become a watch list, with its warnings, over an archive of articles.

python -m bench.watchlist_import [rows] [articles]
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chatovyi.dictionaries import linguist
from chatovyi.watchlists import diff_list, import_list
from core.model import Entry, Source, Validators
from core.ports import Store
from store.sqlite import sqlite_store
from watchers.desk import Desk

SYLLABLES = "ба ве гор ди жо ко лан ми нов оль пет ро ста ту фед хар чи шев ю як зін луц".split()
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _name(dice: random.Random) -> str:
    return " ".join("".join(dice.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))


async def main(rows: int, articles: int) -> None:
    """Prints the seconds of a comparison, of an import, and of the same import again."""
    dice = random.Random(1)
    names = [_name(dice) for _ in range(rows)]
    text = "name,context\n" + "".join(f"{name},{dice.choice(['', 'суд', 'колонія'])}\n" for name in names)
    with tempfile.TemporaryDirectory() as folder:
        async with sqlite_store(Path(folder) / "bench.db") as store:
            await _fill(store, names, articles, dice)
            for what, act in (("compared", diff_list), ("imported", import_list), ("again", import_list)):
                began = time.perf_counter()
                told = await act(store, text, file="names.csv", slug=None, now=NOW)
                print(f"{what}: {time.perf_counter() - began:.1f} s ({told.splitlines()[0]})", flush=True)


async def _fill(store: Store, names: Sequence[str], articles: int, dice: random.Random) -> None:
    await store.write(lambda tx: tx.add_source("https://a.test/f", name="А", outlet="a.test", every=None, now=NOW))
    (state,) = await store.read(lambda tx: tx.sources())
    source = Source(
        id=state.source.id,
        url=state.source.url,
        name="А",
        outlet="a.test",
        every=None,
        validators=Validators(),
        visited=True,
        failures=0,
        epoch=0,
    )
    desk = Desk(store=store, linguist=linguist(), clock=lambda: NOW)
    for begin in range(0, articles, 200):
        entries = [
            Entry(
                url=f"https://a.test/{number}",
                guid=None,
                title=f"{dice.choice(names)} і суд номер {number}",
                summary="",
                text=" ".join(_name(dice) for _ in range(60)),
                published=NOW - timedelta(days=dice.random() * 6),
            )
            for number in range(begin, min(begin + 200, articles))
        ]
        await desk.take_in(source, entries)
    desk.close()


if __name__ == "__main__":
    given = [int(value) for value in sys.argv[1:]]
    asyncio.run(main(*(given + [5000, 3000][len(given) :])))
