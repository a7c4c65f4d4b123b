"""What an article can hold, as small numbers: words in all their forms, phrases, words in a title, sources, languages.

A *leaf* is one such thing, whichever query asked for it first; equal ones are one leaf.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from core.match.port import Judge
from core.match.slips import Slips
from core.match.tables import Bytes, Groups, HashTable, Numbers, grown
from core.meaning import Sense
from core.text.scan import Hashes, hashes_of, mixed, mixed_one

NEVER, ALWAYS = 0, 1
"""Leaves that no article holds, and that every one does."""

BEGINS, ENDS, TITLED = 1, 2, 4
"""Roles of a leaf: a phrase's beginning, a phrase's last word, one asked for in the title too."""

_RARE_WORD = 2e-4
"""Share of articles that hold a word of whose frequency nothing is known."""
_PREFIX_SHARE, _SOURCE_SHARE, _LANGUAGE_SHARE = 1e-3, 0.02, 0.5
_PHRASE_IS_RARER = 10
_LETTER_CODES = 251
_SPARSE = 0.15
"""How full the tables are that every word of an article is looked up in."""
_ALL_BITS = (1 << 64) - 1
IDLE_WORDS = 1 << 21
"""Words of articles that no leaf asks for, remembered so as not to be looked at again by beginnings and slips."""


class Leaves:
    """All leaves, and by which words they are held."""

    def __init__(self, judge: Judge, shares: Mapping[str, float]) -> None:
        self._judge = judge
        self._word_shares = shares
        self.count = ALWAYS + 1
        self.shares = np.array([0.0, 1.0], np.float32)
        self.titled: Numbers = np.zeros(2, np.int32)
        """The leaf that stands for this one in the title; 0 where nobody asks."""
        self.roles: Bytes = np.zeros(2, np.uint8)
        self.by_content = HashTable()
        self.by_word = HashTable(full=_SPARSE)
        """A word's hash to its leaf, or to minus a place in `several`; 0 for a word of articles that no leaf asks for.
        Marked by their first letter are those that were looked at by beginnings and slips."""
        self.several = Groups()
        self.by_several = HashTable()
        self.by_pair = HashTable(full=_SPARSE)
        """What `pair_hash` makes of two leaves, the one right after the other, to the leaf of the phrase."""
        self.sources: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self.prefixes: dict[str, set[int]] = defaultdict(set)
        self.slips = Slips()
        self.idle_words = 0
        """How many of `by_word` are there only so as not to be looked at again."""

    # -- making them ---------------------------------------------------------------------------------------------------

    def word(self, sense: Sense) -> int:
        """The leaf of a word with all that counts as it, before a judge is asked."""
        forms = tuple(filter(None, sense.forms))
        hashes, content = _content(forms, sense.prefix, sense.fuzzy)
        known = self.by_content.get_one(content)
        if known:
            return known
        share = sum(self._word_shares.get(form, 0.0) for form in forms) or _RARE_WORD
        leaf = self._new(share + (_PREFIX_SHARE if sense.prefix else 0.0))
        self.by_content.put_one(content, leaf)
        self._bind(hashes, leaf)
        if sense.prefix:
            self.prefixes[sense.prefix].add(leaf)
            self._look_again(sense.prefix)
        if sense.fuzzy:
            for form in forms:
                self.slips.add(form, leaf)
                self._look_again(form)
        return leaf

    def row(self, leaves: Sequence[int]) -> int:
        """The leaf of several words in a row, each joined to the next; ends where its last word stands."""
        row = leaves[0]
        for leaf in leaves[1:]:
            row = self._pair(row, leaf)
        return row

    def _pair(self, first: int, second: int) -> int:
        content = mixed_one(first << 32 | second)
        known = self.by_pair.get_one(content)
        if known:
            return known
        leaf = self._new(float(min(self.shares[first], self.shares[second])) / _PHRASE_IS_RARER)
        self.by_pair.put_one(content, leaf)
        self.roles[first] |= BEGINS
        self.roles[second] |= ENDS
        return leaf

    def in_title(self, leaf: int) -> int:
        """The leaf of another one's standing in the title."""
        if not self.roles[leaf] & TITLED:
            titled = self._new(float(self.shares[leaf]) / _PHRASE_IS_RARER)
            self.titled[leaf] = titled
            self.roles[leaf] |= TITLED
        return int(self.titled[leaf])

    def source(self, name: str) -> int:
        """The leaf of an article's being of a source."""
        if name not in self.sources:
            self.sources[name] = self._new(_SOURCE_SHARE)
        return self.sources[name]

    def language(self, code: str) -> int:
        """The leaf of an article's being in a language."""
        if code not in self.languages:
            self.languages[code] = self._new(_LANGUAGE_SHARE)
        return self.languages[code]

    def _new(self, share: float) -> int:
        leaf = self.count
        self.count += 1
        self.shares = grown(self.shares, self.count)
        self.titled = grown(self.titled, self.count)
        self.roles = grown(self.roles, self.count)
        self.shares[leaf] = share
        return leaf

    def _bind(self, hashes: Hashes, leaf: int) -> None:
        """From now on these words, each given once, hold the leaf too."""
        slots = self.by_word.find(hashes)
        new = self.by_word.keys[slots] == 0
        known = slots[~new]
        held = self.by_word.values[known].tolist()
        both = {number: self._with(number, leaf) if number else leaf for number in set(held)}
        self.by_word.values[known] = [both[number] for number in held]
        self.by_word.put_new(hashes[new], leaf, slots[new])

    def _with(self, held: int, leaf: int) -> int:
        """What a word's number becomes when it holds the leaf too."""
        leaves = [held] if held > 0 else self.several.of(-held).tolist()
        if leaf in leaves:
            return held
        leaves.append(leaf)
        content = mixed_one(sum(map(mixed_one, leaves)) & _ALL_BITS)
        group = self.by_several.get_one(content)
        if not group:
            group = self.several.add(leaves)
            self.by_several.put_one(content, group)
        return -group

    # -- words seen in articles ----------------------------------------------------------------------------------------

    @property
    def by_letters(self) -> bool:
        """Whether any leaf asks for beginnings or slips, so that new words must be looked at."""
        return bool(self.prefixes or self.slips)

    def look_at(self, key: str, value: int) -> None:
        """Binds a word of an article to the leaves that it begins like or is a slip of."""
        leaves = self.slips.near(key)
        if leaves and not self._judge.unknown(key):
            leaves = set()
        for length in range(1, len(key) + 1):
            leaves |= self.prefixes.get(key[:length], set())
        for leaf in sorted(leaves):
            self._bind(np.array([value], np.uint64), leaf)
        number = self.by_word.get_one(value)
        if not number:
            self._make_room()
        slot = self.by_word.put_one(value, number)
        self.by_word.marks[slot] = _letter_code(key)

    def _make_room(self) -> None:
        if self.idle_words >= IDLE_WORDS:
            self.by_word.keep(self.by_word.values != 0)
            self.idle_words = 0
        self.idle_words += 1

    def _look_again(self, beginning: str) -> None:
        """Words that begin with this letter may be held by more than when they were looked at."""
        self.by_word.marks[self.by_word.marks == _letter_code(beginning)] = 0


def pair_hash(first: Numbers, second: Numbers) -> Hashes:
    """A hash of two leaves in this order."""
    return mixed((first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64))


@lru_cache(maxsize=1 << 11)
def _content(forms: tuple[str, ...], prefix: str, fuzzy: bool) -> tuple[Hashes, int]:
    """The hashes of a word's forms, and one of everything that counts as it, whatever their order."""
    hashes = hashes_of(forms)
    ways = hashes_of([f"~{prefix}" if fuzzy else f"*{prefix}"]) if prefix or fuzzy else hashes[:0]
    return hashes, mixed_one(int(hashes.sum()) + 3 * int(ways.sum()) & _ALL_BITS)


def _letter_code(key: str) -> int:
    return ord(key[0]) % _LETTER_CODES + 1
