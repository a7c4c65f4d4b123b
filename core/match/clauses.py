"""A query's meaning as alternatives of leaves that must be held and must not: what tables can decide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from core.match.leaves import Leaves
from core.match.port import Judge
from core.meaning import Clause, Close, Every, Never, Of, Some, Term, Titled, Written

ALTERNATIVES = 16
"""Brackets are multiplied out up to so many; what would give more is left to the check."""


@dataclass(frozen=True, slots=True)
class Near:
    """A leaf of one side with at most `within` words between it and one of the other; each leaf with its length."""

    left: tuple[tuple[int, int], ...]
    right: tuple[tuple[int, int], ...]
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conjunction:
    """Everything here holds in an article that answers this way."""

    required: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    any_of: frozenset[frozenset[int]] = frozenset()
    """Of each set at least one leaf is held."""
    near: frozenset[Near] = frozenset()
    exact: bool = True
    """Whether the converse is true; where not, the query itself must be asked."""

    def __and__(self, other: "Conjunction") -> "Conjunction":
        return Conjunction(
            required=self.required | other.required,
            refused=self.refused | other.refused,
            any_of=self.any_of | other.any_of,
            near=self.near | other.near,
            exact=self.exact and other.exact,
        )


_UNDECIDED = (Conjunction(exact=False),)
"""True of every article, as far as the tables can tell."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """Makes leaves and conjunctions of meanings."""

    leaves: Leaves
    judge: Judge

    def alternatives(self, root: Clause) -> Sequence[Conjunction]:
        """The conjunctions of which an article fulfils at least one if it answers; none where none can."""
        return self._holds(root, titled=False)

    def _holds(self, clause: Clause, *, titled: bool) -> Sequence[Conjunction]:
        match clause:
            case Term():
                return (self._term(clause, titled=titled),)
            case Close():
                return self._close(clause, titled=titled)
            case Every(parts=parts):
                return _all_of([self._holds(part, titled=titled) for part in parts])
            case Some(parts=parts):
                return _one_of([self._holds(part, titled=titled) for part in parts])
            case Never(part=part):
                return self._fails(part, titled=titled)
            case Titled(part=part):
                return self._holds(part, titled=True)
            case Of(source=source):
                return (Conjunction(required=frozenset({self.leaves.source(source)})),)
            case Written(language=language):
                return (Conjunction(required=frozenset({self.leaves.language(language)})),)

    def _fails(self, clause: Clause, *, titled: bool) -> Sequence[Conjunction]:
        """When the part does not hold; doubt lets the article pass, for the check to decide."""
        match clause:
            case Every(parts=parts):
                return _one_of([self._fails(part, titled=titled) for part in parts])
            case Some(parts=parts):
                return _all_of([self._fails(part, titled=titled) for part in parts])
            case Never(part=part):
                return self._holds(part, titled=titled)
            case Titled(part=part):
                return self._fails(part, titled=True)
            case Close():
                return _UNDECIDED
            case Term() | Of() | Written():
                (held,) = self._holds(clause, titled=titled)
                return (Conjunction(refused=held.required),) if held.exact else _UNDECIDED

    def _term(self, term: Term, *, titled: bool) -> Conjunction:
        leaves = [self.leaves.word(sense) for sense in term.senses]
        sure = not any(self.judge.doubts(sense) for sense in term.senses)
        if term.within:
            exact = sure and len(leaves) == 1
        else:
            exact, leaves = sure, [self.leaves.row(leaves)]
        if titled:
            leaves = [self.leaves.in_title(leaf) for leaf in leaves]
        return Conjunction(required=frozenset(leaves), exact=exact)

    def _close(self, close: Close, *, titled: bool) -> Sequence[Conjunction]:
        sides = [
            [(self._term(term, titled=titled), len(term.senses)) for term in side] for side in (close.left, close.right)
        ]
        together = _all_of([_one_of([(held,) for held, _ in side]) for side in sides])
        if titled or not all(held.exact for side in sides for held, _ in side):
            return [replace(held, exact=False) for held in together]
        left, right = (tuple((leaf, size) for held, size in side for leaf in held.required) for side in sides)
        near = Conjunction(near=frozenset({Near(left, right, close.within)}))
        return [held & near for held in together]


def _all_of(parts: Sequence[Sequence[Conjunction]]) -> Sequence[Conjunction]:
    """Every part holds: multiplied out, or the larger ones left undecided where that would give too many."""
    whole: Sequence[Conjunction] = (Conjunction(),)
    for part in sorted(parts, key=len):
        if len(whole) * len(part) > max(ALTERNATIVES, len(whole)) and len(whole) > 1:
            part = _UNDECIDED
        whole = [one & other for one, other in product(whole, part)]
    return whole


def _one_of(parts: Sequence[Sequence[Conjunction]]) -> Sequence[Conjunction]:
    """One part holds; leaves alone, and sets of leaves alone, are one alternative together."""
    alternatives = [held for part in parts for held in part]
    together: list[Conjunction] = []
    for exact in (True, False):
        groups = [group for held in alternatives if held.exact is exact and (group := _alone(held))]
        if groups:
            together.append(_any_of(frozenset().union(*groups), exact))
    return [*together, *(held for held in alternatives if not _alone(held))]


def _alone(held: Conjunction) -> frozenset[int]:
    """The leaves of which it asks one, where it asks for nothing else."""
    if held.refused or held.near or len(held.required) + len(held.any_of) != 1:
        return frozenset()
    return held.required or next(iter(held.any_of))


def _any_of(leaves: frozenset[int], exact: bool) -> Conjunction:
    if len(leaves) == 1:
        return Conjunction(required=leaves, exact=exact)
    return Conjunction(any_of=frozenset({leaves}), exact=exact)
