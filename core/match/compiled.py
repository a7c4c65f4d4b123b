"""An article looked up in the tables by compiled loops, where numba is installed."""

import numpy as np
from numpy.typing import NDArray

from core.match import kernel
from core.match.filing import Filing
from core.match.leaves import Leaves
from core.match.sheet import Sheet, article_leaves, look_at_new
from core.match.tables import HashTable, Numbers, grown
from core.text.scan import Runs, Scanned, code_units, opened, tables


def scan_compiled(text: str) -> Scanned:
    """As `core.text.scan.scan`, by the compiled loop."""
    kinds, values = tables()
    return opened(text, Runs(*kernel.runs(code_units(text), kinds, values)))


class Compiled:
    """Looks articles up in the tables, and has room of its own for it; see `core.match.vector.Vectorised`."""

    def __init__(self, leaves: Leaves, filing: Filing) -> None:
        """Raises `ImportError` where numba is not installed."""
        if not kernel.AVAILABLE:
            raise ImportError("numba is not installed; it comes with the extra «fast»")
        self._leaves = leaves
        self._filing = filing
        self._present: NDArray[np.bool_] = np.zeros(64, np.bool_)
        self._held: Numbers = np.zeros(64, np.int32)
        self._leaf_at: Numbers = np.zeros(1 << 12, np.int32)
        self._places: Numbers = np.zeros(1 << 12, np.int32)
        self._owners: Numbers = np.zeros(1 << 12, np.int32)
        self._asks: Numbers = np.zeros(1 << 12, np.int32)

    def fulfilled(self, sheet: Sheet) -> tuple[Numbers, Numbers]:
        """The owners of all conjunctions that the article fulfils, and whether each must be asked."""
        scanned = scan_compiled(sheet.text)
        if self._leaves.by_letters:
            self._look_at_new(sheet, scanned)
        self._present = grown(self._present, self._leaves.count)
        self._held = grown(self._held, self._leaves.count)
        count, end = self._hold(sheet, scanned)
        breaks = np.searchsorted(scanned.starts, sheet.breaks).astype(np.int32)
        found = self._fulfil(count, end, breaks)
        return self._owners[:found].copy(), self._asks[:found].copy()

    def _look_at_new(self, sheet: Sheet, scanned: Scanned) -> None:
        table = self._leaves.by_word
        new = np.empty(len(scanned.hashes) + len(scanned.part_hashes), np.int32)
        shift = np.uint64(table.shift)
        count = kernel.unseen(scanned.hashes, scanned.part_hashes, table.keys, table.marks, shift, new)
        if count:
            look_at_new(self._leaves, sheet, scanned, new[:count].tolist())

    def _hold(self, sheet: Sheet, scanned: Scanned) -> tuple[int, int]:
        leaves = self._leaves
        others = article_leaves(leaves, sheet.article)
        titles = int(np.searchsorted(scanned.starts, sheet.title_end))
        while True:
            self._held[: len(others)] = others
            self._present[others] = True
            count, end = kernel.hold(
                scanned.hashes,
                scanned.joined,
                scanned.part_hashes,
                scanned.part_places,
                titles,
                *_searched(leaves.by_word),
                leaves.several.starts,
                leaves.several.lengths,
                leaves.several.arena,
                leaves.roles,
                leaves.titled,
                *_searched(leaves.by_pair),
                self._present,
                self._held,
                len(others),
                self._leaf_at,
                self._places,
            )
            if end >= 0:
                return count, end
            self._present[self._held[:count]] = False
            self._leaf_at, self._places = (np.zeros(2 * len(self._places), np.int32) for _ in range(2))

    def _fulfil(self, count: int, end: int, breaks: Numbers) -> int:
        postings = self._filing.postings
        while True:
            found = kernel.fulfil(
                self._held,
                count,
                postings.starts,
                postings.lengths,
                postings.arena,
                self._filing.rows,
                self._filing.rest,
                self._present,
                self._leaf_at,
                self._places,
                end,
                breaks,
                self._owners,
                self._asks,
            )
            if found <= len(self._owners):
                return found
            self._present[self._held[:count]] = True
            self._owners, self._asks = (np.zeros(2 * found, np.int32) for _ in range(2))


def _searched(table: HashTable) -> tuple[NDArray[np.uint64], Numbers, np.uint64]:
    return table.keys, table.values, np.uint64(table.shift)
