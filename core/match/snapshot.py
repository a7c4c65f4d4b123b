"""An engine's tables as named arrays, so that a restart reads them instead of adding every query again.

A snapshot is a cache: the store is the truth, and what changed in it after its generation is added or removed
again by whoever restores.
"""

import json
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from core.match.filing import Filing
from core.match.leaves import Leaves
from core.match.tables import HashTable

Arrays = Mapping[str, NDArray[np.generic]]

FORM = 1
"""Of the tables; a snapshot of another form is refused."""


def generation_of(arrays: Arrays) -> int:
    """The generation at which a snapshot was taken; `ValueError` where its form is not ours."""
    form, generation = np.asarray(arrays["form"]).tolist()
    if form != FORM:
        raise ValueError(f"a snapshot of form {form}, not {FORM}")
    return int(generation)


def taken(leaves: Leaves, filing: Filing, *, generation: int) -> dict[str, NDArray[np.generic]]:
    """Copies of all tables, by name."""
    arrays: dict[str, NDArray[np.generic]] = {"form": np.array([FORM, generation], np.int64)}
    for name, table in _tables(leaves):
        arrays[name] = table.slots.copy()
    for name, owner, column, used in _columns(leaves, filing):
        arrays[name] = getattr(owner, column)[:used].copy()
    arrays["counts"] = np.array(
        [leaves.count, leaves.several.end, leaves.idle_words, filing.count, filing.rest_end, filing.postings.end]
    )
    names = {
        "sources": leaves.sources,
        "languages": leaves.languages,
        "prefixes": {prefix: sorted(of) for prefix, of in leaves.prefixes.items()},
        "slips": list(leaves.slips.items()),
    }
    arrays["names"] = np.frombuffer(json.dumps(names).encode(), np.uint8)
    return arrays


def restore(arrays: Arrays, leaves: Leaves, filing: Filing) -> None:
    """Fills empty tables with copies of a snapshot's."""
    counts = np.asarray(arrays["counts"]).tolist()
    leaves.count, leaves.several.end, leaves.idle_words, filing.count, filing.rest_end, filing.postings.end = counts
    for name, table in _tables(leaves):
        table.fill(np.array(arrays[name]))
    for name, owner, column, _ in _columns(leaves, filing):
        setattr(owner, column, np.array(arrays[name]))
    names = json.loads(np.asarray(arrays["names"]).tobytes())
    leaves.sources.update(names["sources"])
    leaves.languages.update(names["languages"])
    for prefix, of in names["prefixes"].items():
        leaves.prefixes[prefix].update(of)
    for form, leaf in names["slips"]:
        leaves.slips.add(form, leaf)


def _tables(leaves: Leaves) -> Iterator[tuple[str, HashTable]]:
    yield "by_content", leaves.by_content
    yield "by_word", leaves.by_word
    yield "by_several", leaves.by_several
    yield "by_pair", leaves.by_pair


def _columns(leaves: Leaves, filing: Filing) -> Iterator[tuple[str, object, str, int]]:
    """Name, whose it is, under what name there, how much of it is used."""
    for column in ("shares", "titled", "roles"):
        yield column, leaves, column, leaves.count
    yield "several", leaves.several, "arena", leaves.several.end
    yield "rows", filing, "rows", filing.count
    yield "rest", filing, "rest", filing.rest_end
    yield "postings", filing.postings, "arena", filing.postings.end
    yield "posting_heads", filing.postings, "heads", len(filing.postings.heads)
