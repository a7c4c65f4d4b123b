"""An article looked up in the tables by compiled loops, where numba is installed."""

import numpy as np
from numpy.typing import NDArray

from core.match import kernel
from core.match.filing import Filing
from core.match.leaves import Leaves
from core.match.sheet import Sheet, article_leaves, look_at_new
from core.match.tables import Numbers, Slots, grown
from core.text.scan import Runs, Scanned, code_units, opened, tables


def scan_compiled(text: str) -> Scanned:
    """As `core.text.scan.scan`, by the compiled loop."""
    kinds, values = tables()
    units = code_units(text)
    room = len(units) // 2 + 1
    hashes, starts, ends = np.empty(room, np.uint64), np.empty(room, np.int32), np.empty(room, np.int32)
    joined, odd = np.empty(room, np.bool_), np.empty(room, np.bool_)
    count = kernel.runs(units, kinds, values, hashes, starts, ends, joined, odd)
    return opened(text, Runs(hashes[:count], starts[:count], ends[:count], joined[:count], odd[:count]))


class Compiled:
    """Looks articles up in the tables, and has room of its own for it; see `core.match.vector.Vectorised`."""

    def __init__(self, leaves: Leaves, filing: Filing) -> None:
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
        numbers = self._look_up(sheet, scanned)
        self._present = grown(self._present, self._leaves.count)
        self._held = grown(self._held, self._leaves.count)
        breaks, titles = sheet.breaks(scanned)
        count, end = self._hold(article_leaves(self._leaves, sheet.article), titles, scanned, numbers)
        found = self._fulfil(count, end, breaks)
        return self._owners[:found].copy(), self._asks[:found].copy()

    def _look_up(self, sheet: Sheet, scanned: Scanned) -> Numbers:
        size = len(scanned.hashes) + len(scanned.part_hashes)
        numbers, new = np.empty(size, np.int32), np.empty(size, np.int32)
        while True:
            table = self._leaves.by_word
            count = kernel.look_up(
                scanned.hashes,
                scanned.part_hashes,
                table.keys,
                table.values,
                table.marks,
                np.uint64(table.shift),
                numbers,
                new,
            )
            if not count or not self._leaves.by_letters:
                return numbers
            look_at_new(self._leaves, sheet, scanned, new[:count].tolist())

    def _hold(self, others: list[int], titles: int, scanned: Scanned, numbers: Numbers) -> tuple[int, int]:
        leaves, pairs = self._leaves, self._leaves.by_pair
        while True:
            for at, leaf in enumerate(others):
                self._held[at] = leaf
                self._present[leaf] = True
            count, end = kernel.hold(
                numbers,
                scanned.joined,
                scanned.part_places,
                titles,
                leaves.several.arena,
                leaves.roles,
                leaves.titled,
                pairs.keys,
                pairs.values,
                np.uint64(pairs.shift),
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

    def _fulfil(self, count: int, end: int, breaks: Slots) -> int:
        postings = self._filing.postings
        postings.heads = grown(postings.heads, self._leaves.count)
        while True:
            found = kernel.fulfil(
                self._held,
                count,
                postings.heads,
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
