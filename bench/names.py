"""How well the name key separates people: `python -m bench.names`.

Every pair of spellings of `bench/names.toml` is compared: of one person it should be likely, of two it should not.
Beside it stand what one would try first, one transliteration for all and rapidfuzz's ratio.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from itertools import combinations

from rapidfuzz.fuzz import ratio

from core.concept.names import LIKELY, likeness, name_key

Groups = Sequence[Sequence[str]]
Likeness = Callable[[str, str], float]


def main() -> None:
    """Prints, for names and for surnames alone, the shares of pairs found, right and wrong."""
    print(f"rapidfuzz {version('rapidfuzz')}; likely from {LIKELY}")
    print(f"{'':24} {'same':>5} {'other':>6} {'found':>7} {'wrong':>6}")
    for kind, groups in _sets():
        for name, method, least in _METHODS:
            same, other = pairs(groups)
            found = sum(method(*pair) >= least for pair in same) / len(same)
            wrong = sum(method(*pair) >= least for pair in other)
            print(f"{kind + ', ' + name:24} {len(same):5} {len(other):6} {found:7.1%} {wrong:6}")


def groups_of(kind: str) -> list[list[str]]:
    """`first`, `later` or `last`: the spellings of one person in one list."""
    written: list[list[str]] = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))[kind]
    return written


def pairs(groups: Groups) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs of different spellings of one person, and pairs of spellings of two."""
    distinct = [list(dict.fromkeys(group)) for group in groups]
    same = [pair for group in distinct for pair in combinations(group, 2)]
    other = [(a, b) for one, two in combinations(distinct, 2) for a in one for b in two]
    return same, other


def _sets() -> Iterator[tuple[str, Groups]]:
    for kind in ("first", "later", "last"):
        whole = groups_of(kind)
        yield kind, whole
        # One surname belongs to one group here, or two people would be told apart by nothing.
        surnames = {tuple(name.split()[-1] for name in group): None for group in whole}
        yield f"{kind} surnames", [list(group) for group in surnames]


def _equal_keys(one: str, other: str) -> float:
    return float(sorted(map(name_key, one.split())) == sorted(map(name_key, other.split())))


def _by_ratio(one: str, other: str) -> float:
    return ratio(one.casefold(), other.casefold()) / 100


_METHODS: tuple[tuple[str, Likeness, float], ...] = (
    ("ours", likeness, LIKELY),
    ("equal keys", _equal_keys, 1.0),
    ("ratio 85", _by_ratio, 0.85),
)

if __name__ == "__main__":
    main()
