"""Conjunctions filed under the rarest leaf that they ask for, so that an article reads only what it may fulfil."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.match.clauses import Conjunction, Near
from core.match.leaves import ALWAYS, NEVER
from core.match.tables import Numbers, Pairs, grown

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
        self.postings = Pairs()
        """By leaf: a row filed under it, and another leaf that the row asks for."""
        self.rest: Numbers = np.zeros(64, np.int32)
        self.rest_end = 1

    def add(self, owner: int, held: Conjunction, shares: NDArray[np.float32]) -> None:
        """Files a conjunction; `shares` says how often articles hold each leaf."""
        share = shares.item
        required = sorted(sorted(held.required), key=share)
        groups = sorted((sorted(group) for group in held.any_of), key=lambda group: sum(map(share, group)))
        refused = sorted(sorted(held.refused), key=share, reverse=True)
        filed_under = [ALWAYS]
        if required and not (groups and sum(map(share, groups[0])) < share(required[0])):
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

    def conditions(self, begin: int) -> Iterator[tuple[int, Numbers]]:
        """The further conditions of a row: their codes and numbers."""
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
