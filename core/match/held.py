"""Which leaves an article holds, and where: a few numpy steps over all its words at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.match.leaves import ALWAYS, BEGINS, ENDS, Leaves, pair_hash
from core.match.port import Article
from core.match.tables import Numbers, grown
from core.text.scan import Scanned
from core.text.words import words

PASSAGES_APART = 1 << 16
"""Places between the last word of one passage and the first of the next: farther than anything is near."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An article as one text: its passages, titles first, a paragraph's end between them."""

    text: str
    title_end: int
    """Where the titles end in it."""
    breaks: tuple[int, ...]
    """Where each passage but the last ends."""
    article: Article

    @classmethod
    def of(cls, article: Article) -> "Sheet":
        """The passages of an article joined."""
        passages = sorted(article.passages, key=lambda passage: passage.field != "title")
        ends: list[int] = []
        for passage in passages:
            ends.append((ends[-1] + len(_BREAK) if ends else 0) + len(passage.text))
        titles = sum(passage.field == "title" for passage in passages)
        title_end = ends[titles - 1] if titles else 0
        return cls(_BREAK.join(passage.text for passage in passages), title_end, tuple(ends[:-1]), article)


_BREAK = "\n\n"


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """The leaves that an article holds."""

    leaves: Numbers
    """Each once."""
    leaf_at: Numbers
    """Words and phrases, as often as they stand."""
    places: Numbers
    """Which word each of `leaf_at` is, or ends with."""
    breaks: Numbers
    """How many words there are before each passage but the first."""

    def places_of(self, leaf: int) -> list[int]:
        """Where a leaf stands, passages far apart."""
        places = self.places[self.leaf_at == leaf]
        apart: list[int] = (places + np.searchsorted(self.breaks, places, "right") * PASSAGES_APART).tolist()
        return apart


class Reader:
    """Reads articles by the leaves known so far."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._last_seen: Numbers = np.zeros(64, np.int32)

    def read(self, sheet: Sheet, scanned: Scanned) -> Held:
        """What the article holds."""
        leaves = self._leaves
        hashes, places = scanned.hashes, np.arange(len(scanned.hashes), dtype=np.int32)
        if len(scanned.part_places):
            at = scanned.part_places + 1
            hashes = np.insert(hashes, at, scanned.part_hashes)
            places = np.insert(places, at, scanned.part_places)
        if leaves.by_letters:
            look_at_new(leaves, sheet, scanned)
        numbers = leaves.by_word.get(hashes)
        known = np.flatnonzero(numbers)
        leaf_at, places = self._each(numbers[known], places[known])
        found = [(leaf_at, places)]
        begins, begin_places = leaf_at, places
        ends = np.flatnonzero(leaves.roles[leaf_at] & ENDS)
        end_leaves, end_places = leaf_at[ends], places[ends]
        while len(begins) and len(end_leaves):
            begins, begin_places = self._pairs(begins, begin_places, end_leaves, end_places, scanned.joined)
            found.append((begins, begin_places))
        if len(found) > 1:
            leaf_at, places = (np.concatenate([each[column] for each in found]) for column in (0, 1))
        breaks = np.searchsorted(scanned.starts, sheet.breaks).astype(np.int32)
        titled = leaves.titled[leaf_at[places < np.searchsorted(scanned.starts, sheet.title_end)]]
        others = np.array(article_leaves(leaves, sheet.article), np.int32)
        held = self._once(np.concatenate((leaf_at, titled[titled != 0], others)))
        return Held(held, leaf_at, places, breaks)

    def _each(self, numbers: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
        """The leaves of words, those of one word with several one after the other."""
        several = np.flatnonzero(numbers < 0)
        if not len(several):
            return numbers, places
        listed, lengths = self._leaves.several.gather(-numbers[several])
        counts = np.ones(len(numbers), np.intp)
        counts[several] = lengths
        leaf_at, places = np.repeat(numbers, counts), np.repeat(places, counts)
        leaf_at[leaf_at < 0] = listed[:, 0]
        return leaf_at, places

    def _pairs(
        self, first: Numbers, first_places: Numbers, second: Numbers, second_places: Numbers, joined: NDArray[np.bool_]
    ) -> tuple[Numbers, Numbers]:
        """Phrases of one of the first leaves and one of the second right after it; `second_places` ascend."""
        begins = np.flatnonzero(((self._leaves.roles[first] & BEGINS) != 0) & joined[first_places])
        first, after = first[begins], first_places[begins] + 1
        low = np.searchsorted(second_places, after, "left")
        counts = np.searchsorted(second_places, after, "right") - low
        ends = np.cumsum(counts)
        at = np.repeat(low - (ends - counts), counts) + np.arange(int(ends[-1]) if len(ends) else 0)
        rows = self._leaves.by_pair.get(pair_hash(np.repeat(first, counts), second[at]))
        known = np.flatnonzero(rows)
        return rows[known], second_places[at[known]]

    def _once(self, leaves: Numbers) -> Numbers:
        """Each leaf once, without sorting: the last to sign for it stays."""
        self._last_seen = grown(self._last_seen, self._leaves.count)
        order = np.arange(len(leaves), dtype=np.int32)
        self._last_seen[leaves] = order
        once: Numbers = leaves[self._last_seen[leaves] == order]
        return once


def article_leaves(leaves: Leaves, article: Article) -> list[int]:
    """The leaves that an article holds whatever its words are."""
    held = {ALWAYS}
    if article.language in leaves.languages:
        held.add(leaves.languages[article.language])
    for source in article.sources if leaves.sources else ():
        names = [source, *(source[at + 1 :] for at, letter in enumerate(source) if letter == ".")]
        held.update(leaves.sources[name] for name in names if name in leaves.sources)
    return sorted(held)


def look_at_new(leaves: Leaves, sheet: Sheet, scanned: Scanned) -> None:
    """Binds the words of an article that were not seen before to the leaves they begin like or are slips of."""
    for at in np.flatnonzero(leaves.looked_at.get(scanned.hashes) == 0).tolist():
        word = words(sheet.text[scanned.starts[at] : scanned.ends[at]])[0]
        leaves.look_at(word.key, int(scanned.hashes[at]))
    for at in np.flatnonzero(leaves.looked_at.get(scanned.part_hashes) == 0).tolist():
        leaves.look_at(scanned.part_keys[at], int(scanned.part_hashes[at]))
