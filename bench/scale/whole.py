"""The product as it runs: queries parsed and given their forms by its dictionaries, doubtful hits judged.

`python -m bench.scale.whole FOLDER SIZE` prints its figures as JSON. The peers know one lemma of each form and no
homonyms, so that this is no comparison, but what an installation pays.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

from bench.scale.data import Work
from bench.scale.ours import Figures, least, resident, tidy
from bench.scale.texts import Document
from chatovyi.dictionaries import linguist
from core.linguist import Linguist
from core.match.followed import Changes, Followed
from core.match.port import Article
from core.model import QueryId
from core.query import parse


def main() -> None:
    """Measures and prints."""
    folder, size = sys.argv[1:]
    print(json.dumps(measure(Work(Path(folder)), int(size))))


def measure(work: Work, size: int) -> Figures:
    """What a query costs once, and what an article costs."""
    languages = linguist()
    followed = Followed(languages, left_out=_left_out)
    # The dictionaries are opened by the first word in their letters.
    for word in ("слово", "слова", "word"):
        languages.meaning(parse(word))
    queries = [(QueryId(number), text, True) for number, (text, _) in enumerate(work.queries(size))]
    tidy()
    before, begun = resident(), time.thread_time()
    followed.follow(Changes(1, queries, None))
    spent = time.thread_time() - begun
    tidy()
    taken = resident() - before
    documents = work.documents(400)
    found = sum(len(followed.match(read(document, languages))) for document in documents)
    matching = least(lambda document: followed.match(read(document, languages)), documents)
    return {
        "follow_us_per_query": spent / len(queries) * 1e6,
        "bytes_per_query": taken / len(queries),
        "cpu_us": matching.cpu.mean() * 1e6,
        "wall_p50_us": float(np.percentile(matching.wall, 50)) * 1e6,
        "wall_p99_us": float(np.percentile(matching.wall, 99)) * 1e6,
        "found": found / len(documents),
    }


def _left_out(query: QueryId) -> None:
    raise ValueError(f"the product does not read query {query}")


def read(document: Document, languages: Linguist) -> Article:
    """As the product reads it; the language by its letters."""
    return languages.read(document.title, document.text, sources=frozenset((document.source,)))


if __name__ == "__main__":
    main()
