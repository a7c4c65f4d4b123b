"""Tables of plain numbers that grow in place: hash to number, lists of numbers, columns.

They hold a million queries in a few bytes each, are searched a whole article at a time, and are saved as they are.
"""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.text.scan import Flags, Hashes

Numbers = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Slots = NDArray[np.intp]
T = TypeVar("T", bound=np.generic)

_SLOT = np.dtype([("key", np.uint64), ("value", np.int32), ("mark", np.uint8)], align=True)
"""What is asked together lies together: a look-up waits for memory once."""


def grown(column: NDArray[T], size: int) -> NDArray[T]:
    """The column with room for so many rows, half as many again as it had: copying stays rare."""
    if size <= len(column):
        return column
    wider = np.zeros((max(size, len(column) + len(column) // 2), *column.shape[1:]), column.dtype)
    wider[: len(column)] = column
    return wider


class HashTable:
    """Hashes (never 0) to numbers, by open addressing; many asked at once."""

    def __init__(self, *, full: float = 0.5) -> None:
        """`full` is the share of slots in use from which it doubles: the emptier, the fewer slots a search looks at."""
        self._full = full
        self.fill(np.zeros(1 << 10, _SLOT))

    def fill(self, slots: NDArray[np.void]) -> None:
        """Replaces all it holds by what these slots of another table hold."""
        self.slots = slots
        self.keys: Hashes = slots["key"]
        self.values: Numbers = slots["value"]
        self.marks: Bytes = slots["mark"]
        """A byte beside each number, for the table's owner."""
        self.count = int(np.count_nonzero(self.keys))
        self.shift = 65 - len(slots).bit_length()
        """The upper bits of a hash say where its search begins."""

    def find(self, hashes: Hashes) -> Slots:
        """The slot of each hash, or the free one where it would be put."""
        slots = (hashes >> np.uint64(self.shift)).astype(np.intp)
        keys = self.keys[slots]
        missed = ((keys != hashes) & (keys != 0)).nonzero()[0]
        sought, tried, last = hashes[missed], slots[missed], len(self.keys) - 1
        while len(missed):
            tried = (tried + 1) & last
            slots[missed] = tried
            keys = self.keys[tried]
            still = ((keys != sought) & (keys != 0)).nonzero()[0]
            missed, sought, tried = missed[still], sought[still], tried[still]
        return slots

    def get(self, hashes: Hashes) -> Numbers:
        """The number of each hash; 0 where there is none."""
        return self.values[self.find(hashes)]

    def find_one(self, value: int) -> int:
        """As `find`, of one."""
        slot = value >> self.shift
        key_at, last = self.keys.item, len(self.keys) - 1
        while (key := key_at(slot)) and key != value:
            slot = (slot + 1) & last
        return slot

    def get_one(self, value: int) -> int:
        """As `get`, of one."""
        return self.values.item(self.find_one(value))

    def put_one(self, value: int, number: int) -> int:
        """Remembers a number for a hash, instead of any before; the slot where it is."""
        slot = self.find_one(value)
        if not self.keys[slot]:
            if self.count + 1 > self._full * len(self.keys):
                self._refill(2 * len(self.keys), self.keys != 0)
                slot = self.find_one(value)
            self.keys[slot] = value
            self.count += 1
        self.values[slot] = number
        return slot

    def put_new(self, hashes: Hashes, number: int, slots: Slots) -> None:
        """Remembers the number for many hashes that differ and that it does not hold; `slots` as found for them."""
        size = len(self.keys)
        while self.count + len(hashes) > self._full * size:
            size *= 2
        if size > len(self.keys):
            self._refill(size, self.keys != 0)
            slots = self.find(hashes)
        entries = np.zeros(len(hashes), _SLOT)
        entries["key"], entries["value"] = hashes, number
        self._put(entries, slots)

    def keep(self, slots: Flags) -> None:
        """Forgets all but these."""
        self._refill(len(self.keys), slots)

    def _refill(self, size: int, kept: Flags) -> None:
        entries = self.slots[kept]
        self.fill(np.zeros(size, _SLOT))
        self._put(entries, self.find(entries["key"]))

    def _put(self, entries: NDArray[np.void], slots: Slots) -> None:
        self.count += len(entries)
        while len(entries):
            self.slots[slots] = entries
            entries = entries[self.keys[slots] != entries["key"]]
            slots = self.find(entries["key"]) if len(entries) else slots


class Pairs:
    """A growing list of pairs of numbers for each of many owners, all in one arena."""

    def __init__(self) -> None:
        self.arena: Numbers = np.zeros((64, 2), np.int32)
        self.end = 0
        self.heads: Numbers = np.zeros((64, 2), np.int32)
        """By owner: where its list begins in the arena, and how many pairs it has; it has room for the next power of
        two."""

    def append(self, owner: int, pair: tuple[int, int]) -> None:
        """Adds a pair to the owner's list; a list out of room moves to the end of the arena."""
        self.heads = grown(self.heads, owner + 1)
        start, length = self.heads[owner].tolist()
        if not length & (length - 1):
            room = max(1, 2 * length)
            self.arena = grown(self.arena, self.end + room)
            self.arena[self.end : self.end + length] = self.arena[start : start + length]
            start = self.end
            self.end += room
        self.arena[start + length] = pair
        self.heads[owner] = start, length + 1

    def gather(self, owners: Numbers) -> Numbers:
        """The lists of several owners, one after the other; `heads` must have grown to hold all of them."""
        heads = self.heads.take(owners, axis=0).astype(np.intp)
        lengths = heads[:, 1]
        before: Slots = np.cumsum(lengths) - lengths
        at: Slots = np.repeat(heads[:, 0] - before, lengths)
        at += np.arange(len(at))
        pairs: Numbers = self.arena.take(at, axis=0)
        return pairs


class Groups:
    """Small groups of numbers that never change, one after the other, each after its size."""

    def __init__(self) -> None:
        self.arena: Numbers = np.zeros(64, np.int32)
        self.end = 1

    def add(self, members: Sequence[int]) -> int:
        """Keeps a group; where it is (never 0)."""
        at = self.end
        self.end += 1 + len(members)
        self.arena = grown(self.arena, self.end)
        self.arena[at : self.end] = (len(members), *members)
        return at

    def of(self, at: int) -> Numbers:
        """The members of the group there."""
        return self.arena[at + 1 : at + 1 + self.arena.item(at)]

    def gather(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """The members of several groups, one after the other, and the size of each."""
        sizes = self.arena[places]
        ends = sizes.cumsum()
        shift = (places + 1 - (ends - sizes)).repeat(sizes)
        return self.arena[shift + np.arange(len(shift))], sizes
