"""Conjunctions filed under the rarest leaf that they ask for, so that an article reads only what it may fulfil."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.match.clauses import Conjunction, Near
from core.match.held import Held
from core.match.leaves import ALWAYS, NEVER
from core.match.tables import Lists, Numbers, grown

# The columns of a conjunction's row: whose it is, two more required leaves, three refused ones, a set of four of which
# one is held, where its further conditions begin (0: none), and whether the query itself must be asked.
OWNER, REQUIRED, REFUSED, ANY_OF, REST, ASK, WIDTH = 0, 1, 3, 6, 10, 11, 12
_REQUIRED_HERE, _REFUSED_HERE, _ANY_OF_HERE = 2, 3, 4

# Further conditions, one after the other: a code, how many numbers follow, the numbers.
END, ONE_OF, NONE_OF, NEAR = 0, 1, 2, 3


class Filing:
    """Every query's conjunctions."""

    def __init__(self) -> None:
        self.rows: Numbers = np.zeros((64, WIDTH), np.int32)
        self.count = 0
        self.postings = Lists(2)
        """By leaf: a row filed under it, and another leaf that the row asks for."""
        self.rest: Numbers = np.zeros(64, np.int32)
        self.rest_end = 1

    def add(self, owner: int, held: Conjunction, shares: NDArray[np.float32]) -> None:
        """Files a conjunction; `shares` says how often articles hold each leaf."""
        required = sorted(held.required, key=lambda leaf: (float(shares[leaf]), leaf))
        groups = sorted((sorted(group) for group in held.any_of), key=lambda group: float(shares[group].sum()))
        refused = sorted(held.refused, key=lambda leaf: -float(shares[leaf]))
        filed_under = [ALWAYS]
        if required and not (groups and shares[groups[0]].sum() < shares[required[0]]):
            filed_under = [required.pop(0)]
        elif groups:
            filed_under = groups.pop(0)
        second = required.pop(0) if required else ALWAYS
        group = groups.pop(0) if groups and len(groups[0]) <= _ANY_OF_HERE else [ALWAYS]
        row = self.count
        self.count += 1
        self.rows = grown(self.rows, self.count)
        self.rows[row] = (
            owner,
            *_filled(required[:_REQUIRED_HERE], _REQUIRED_HERE, ALWAYS),
            *_filled(refused[:_REFUSED_HERE], _REFUSED_HERE, NEVER),
            *_filled(group, _ANY_OF_HERE, group[0]),
            self._add_rest(required[_REQUIRED_HERE:], refused[_REFUSED_HERE:], groups, held.near),
            not held.exact,
        )
        for leaf in filed_under:
            self.postings.append(leaf, (row, second))

    def _add_rest(self, required: list[int], refused: list[int], groups: list[list[int]], near: frozenset[Near]) -> int:
        conditions = [(ONE_OF, (leaf,)) for leaf in required] + [(ONE_OF, tuple(group)) for group in groups]
        if refused:
            conditions.append((NONE_OF, tuple(refused)))
        conditions += [(NEAR, _numbers(one)) for one in sorted(near, key=_numbers)]
        if not conditions:
            return 0
        program = [each for code, numbers in conditions for each in (code, len(numbers), *numbers)] + [END]
        begin = self.rest_end
        self.rest_end += len(program)
        self.rest = grown(self.rest, self.rest_end)
        self.rest[begin : self.rest_end] = program
        return begin

    def fulfilled(self, held: Held, present: NDArray[np.bool_]) -> Numbers:
        """The rows that an article fulfils, by what it holds; `present` says the same by leaf."""
        filed, _ = self.postings.gather(held.leaves)
        rows = self.rows.take(filed[:, 0][present.take(filed[:, 1])], axis=0)
        asked = present.take(rows[:, REQUIRED:REST])
        fulfilled = asked[:, 0] & asked[:, 1] & ~(asked[:, 2] | asked[:, 3] | asked[:, 4])
        fulfilled &= asked[:, 5] | asked[:, 6] | asked[:, 7] | asked[:, 8]
        rows = rows[fulfilled]
        further = rows[:, REST].nonzero()[0]
        if len(further):
            failed = [at for at in further.tolist() if not self._further(int(rows[at, REST]), held, present)]
            rows = np.delete(rows, failed, axis=0)
        return rows

    def _further(self, begin: int, held: Held, present: NDArray[np.bool_]) -> bool:
        for code, numbers in self._conditions(begin):
            if code == ONE_OF and not present[numbers].any():
                return False
            if code == NONE_OF and present[numbers].any():
                return False
            if code == NEAR and not _is_near(numbers.tolist(), held):
                return False
        return True

    def _conditions(self, begin: int) -> Iterator[tuple[int, Numbers]]:
        at = begin
        while code := int(self.rest[at]):
            size = int(self.rest[at + 1])
            yield code, self.rest[at + 2 : at + 2 + size]
            at += 2 + size


def _filled(leaves: list[int], size: int, filler: int) -> list[int]:
    return (leaves + [filler] * size)[:size]


def _numbers(near: Near) -> tuple[int, ...]:
    """As a condition's numbers: the words between, how many leaves on the left, then each leaf and its length."""
    sides = (number for side in (near.left, near.right) for pair in side for number in pair)
    return (near.within, len(near.left), *sides)


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
