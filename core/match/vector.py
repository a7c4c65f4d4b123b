"""An article looked up in the tables by a few numpy steps over all its words at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.match.filing import ASK, NEAR, NONE_OF, ONE_OF, OWNER, REQUIRED, REST, Filing
from core.match.leaves import BEGINS, ENDS, Leaves, pair_hash
from core.match.sheet import Sheet, article_leaves, look_at_new
from core.match.tables import Numbers, Slots, grown
from core.text.scan import Scanned, scan

PASSAGES_APART = 1 << 16
"""Places between the last word of one passage and the first of the next: farther than anything is near."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """The leaves that an article holds."""

    leaves: Numbers
    """Each once."""
    leaf_at: Numbers
    """Words and phrases, as often as they stand."""
    places: Numbers
    """Which word each of `leaf_at` is, or ends with."""
    breaks: Slots
    """How many words there are before each passage but the first."""

    def places_of(self, leaf: int) -> list[int]:
        """Where a leaf stands, passages far apart."""
        places = self.places[self.leaf_at == leaf]
        apart: list[int] = (places + np.searchsorted(self.breaks, places, "right") * PASSAGES_APART).tolist()
        return apart


class Vectorised:
    """Looks articles up in the tables, and has room of its own for it."""

    def __init__(self, leaves: Leaves, filing: Filing) -> None:
        self._leaves = leaves
        self._filing = filing
        self._present: NDArray[np.bool_] = np.zeros(64, np.bool_)
        self._last_seen: Numbers = np.zeros(64, np.int32)

    def fulfilled(self, sheet: Sheet) -> tuple[Numbers, Numbers]:
        """The owners of all conjunctions that the article fulfils, and whether each must be asked."""
        held = self._read(sheet, scan(sheet.text))
        self._present = grown(self._present, self._leaves.count)
        self._present[held.leaves] = True
        rows = self._rows(held)
        self._present[held.leaves] = False
        return rows[:, OWNER], rows[:, ASK]

    def _read(self, sheet: Sheet, scanned: Scanned) -> Held:
        leaves = self._leaves
        numbers, places = self._known(sheet, scanned)
        leaf_at, places = self._each(numbers, places)
        roles = leaves.roles[leaf_at]
        ends = (roles & ENDS).nonzero()[0]
        begins = (roles & BEGINS).nonzero()[0]
        if len(ends) and len(begins):
            found = [(leaf_at, places)]
            last = (leaf_at[ends], places[ends])
            while len(begins):
                found.append(self._pairs(found[-1][0][begins], found[-1][1][begins], *last, scanned.joined))
                begins = (leaves.roles[found[-1][0]] & BEGINS).nonzero()[0]
            leaf_at, places = (np.concatenate([each[column] for each in found]) for column in (0, 1))
        breaks, titles = sheet.breaks(scanned)
        titled = leaves.titled[leaf_at[places < titles]]
        others = np.array(article_leaves(leaves, sheet.article), np.int32)
        held = self._once(np.concatenate((leaf_at, titled[titled != 0], others)))
        return Held(held, leaf_at, places, breaks)

    def _known(self, sheet: Sheet, scanned: Scanned) -> tuple[Numbers, Numbers]:
        """What the words and parts that any leaf asks for hold, and their places, in order."""
        table, hashes = self._leaves.by_word, scanned.hashes
        if len(scanned.part_hashes):
            hashes = np.concatenate((hashes, scanned.part_hashes))
        slots = table.find(hashes)
        if self._leaves.by_letters:
            new = (table.marks[slots] == 0).nonzero()[0]
            if len(new):
                look_at_new(self._leaves, sheet, scanned, new.tolist())
                slots = table.find(hashes)
        numbers = table.values[slots]
        places = numbers.nonzero()[0].astype(np.int32)
        numbers = numbers[places]
        whole = len(scanned.hashes)
        if len(places) and places[-1] >= whole:
            of_parts = places >= whole
            places[of_parts] = scanned.part_places[places[of_parts] - whole]
            order = places.argsort(kind="stable")
            places, numbers = places[order], numbers[order]
        return numbers, places

    def _each(self, numbers: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
        """The leaves of words, those of one word with several one after the other."""
        several = (numbers < 0).nonzero()[0]
        if not len(several):
            return numbers, places
        listed, lengths = self._leaves.several.gather(-numbers[several])
        counts = np.ones(len(numbers), np.intp)
        counts[several] = lengths
        leaf_at, places = numbers.repeat(counts), places.repeat(counts)
        leaf_at[leaf_at < 0] = listed
        return leaf_at, places

    def _pairs(
        self, first: Numbers, first_places: Numbers, second: Numbers, second_places: Numbers, joined: NDArray[np.bool_]
    ) -> tuple[Numbers, Numbers]:
        """Phrases of one of the first leaves and one of the second right after it; `second_places` ascend."""
        joins = joined[first_places].nonzero()[0]
        first, after = first[joins], first_places[joins] + 1
        low = second_places.searchsorted(after, "left")
        counts = second_places.searchsorted(after, "right") - low
        ends = counts.cumsum()
        at = (low - (ends - counts)).repeat(counts)
        at += np.arange(len(at))
        rows = self._leaves.by_pair.get(pair_hash(first.repeat(counts), second[at]))
        known = rows.nonzero()[0]
        return rows[known], second_places[at[known]]

    def _once(self, leaves: Numbers) -> Numbers:
        """Each leaf once, without sorting: the last to sign for it stays."""
        self._last_seen = grown(self._last_seen, self._leaves.count)
        order = np.arange(len(leaves), dtype=np.int32)
        self._last_seen[leaves] = order
        once: Numbers = leaves[self._last_seen[leaves] == order]
        return once

    def _rows(self, held: Held) -> Numbers:
        """The rows that an article fulfils, by what it holds."""
        present = self._present
        postings = self._filing.postings
        postings.heads = grown(postings.heads, self._leaves.count)
        filed = postings.gather(held.leaves)
        rows = self._filing.rows.take(filed[:, 0][present.take(filed[:, 1])], axis=0)
        asked = present.take(rows[:, REQUIRED:REST])
        fulfilled = asked[:, 0] & asked[:, 1] & ~(asked[:, 2] | asked[:, 3] | asked[:, 4])
        fulfilled &= asked[:, 5] | asked[:, 6] | asked[:, 7] | asked[:, 8]
        rows = rows[fulfilled]
        further = rows[:, REST].nonzero()[0]
        if len(further):
            failed = [at for at in further.tolist() if not self._further(int(rows[at, REST]), held)]
            rows = np.delete(rows, failed, axis=0)
        return rows

    def _further(self, begin: int, held: Held) -> bool:
        for code, numbers in self._filing.conditions(begin):
            if code == ONE_OF and not self._present[numbers].any():
                return False
            if code == NONE_OF and self._present[numbers].any():
                return False
            if code == NEAR and not _is_near(numbers.tolist(), held):
                return False
        return True


def _is_near(numbers: list[int], held: Held) -> bool:
    within, left = numbers[0], numbers[1]
    pairs = list(zip(numbers[2::2], numbers[3::2], strict=True))
    ones = [(place - size + 1, place) for leaf, size in pairs[:left] for place in held.places_of(leaf)]
    others = [(place - size + 1, place) for leaf, size in pairs[left:] for place in held.places_of(leaf)]
    return any(
        0 <= max(first, other_first) - min(last, other_last) - 1 <= within
        for first, last in ones
        for other_first, other_last in others
    )
