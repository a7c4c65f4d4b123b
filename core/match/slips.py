"""Which words are a slip or two away from a given one, without comparing it with each."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from rapidfuzz.distance import OSA

from core.match.evaluate import FUZZY_LETTERS, TWO_SLIPS_LETTERS, slips_forgiven

_LETTERS_KEPT = 7
"""Two words within k slips share what is left of their first letters after k are struck from each (SymSpell's prefix
filter, W. Garbe 2012): so long a beginning is enough."""


class Slips:
    """Forms that forgive a slip, filed under what is left of their beginnings when letters are struck out."""

    def __init__(self) -> None:
        self._forms: dict[str, set[int]] = defaultdict(set)
        self._by_rest: dict[str, list[str]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self._forms)

    def add(self, form: str, leaf: int) -> None:
        """From now on a word near this form counts as the leaf."""
        if len(form) < FUZZY_LETTERS:
            return
        if form not in self._forms:
            for rest in _rests(form, 2 if len(form) >= TWO_SLIPS_LETTERS - 2 else 1):
                self._by_rest[rest].append(form)
        self._forms[form].add(leaf)

    def near(self, key: str) -> set[int]:
        """The leaves that forgive this word."""
        if len(key) < FUZZY_LETTERS:
            return set()
        slips = slips_forgiven(key)
        near = {form for rest in _rests(key, slips) for form in self._by_rest.get(rest, ())}
        return {
            leaf for form in near if OSA.distance(key, form, score_cutoff=slips) <= slips for leaf in self._forms[form]
        }

    def items(self) -> Iterable[tuple[str, int]]:
        """Every form with each leaf that forgives it."""
        return ((form, leaf) for form, leaves in self._forms.items() for leaf in sorted(leaves))


def _rests(key: str, slips: int) -> set[str]:
    """What is left of its beginning when up to so many letters are struck out; the first letter is always kept."""
    first, others = key[:1], key[1:_LETTERS_KEPT]
    return {first + "".join(kept) for struck in range(slips + 1) for kept in combinations(others, len(others) - struck)}
