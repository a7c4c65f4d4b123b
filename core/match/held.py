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
        numbers = look_up(leaves, sheet, scanned)
        places = numbers.nonzero()[0].astype(np.int32)
        numbers = numbers[places]
        words_here = len(scanned.hashes)
        if len(places) and places[-1] >= words_here:
            of_parts = places >= words_here
            places[of_parts] = scanned.part_places[places[of_parts] - words_here]
            order = places.argsort(kind="stable")
            places, numbers = places[order], numbers[order]
        leaf_at, places = self._each(numbers, places)
        found = [(leaf_at, places)]
        begins, begin_places = leaf_at, places
        ends = (leaves.roles[leaf_at] & ENDS).nonzero()[0]
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
        several = (numbers < 0).nonzero()[0]
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
        begins = (((self._leaves.roles[first] & BEGINS) != 0) & joined[first_places]).nonzero()[0]
        if not len(begins):
            return first[:0], first_places[:0]
        first, after = first[begins], first_places[begins] + 1
        low = np.searchsorted(second_places, after, "left")
        counts = np.searchsorted(second_places, after, "right") - low
        ends = np.cumsum(counts)
        at = np.repeat(low - (ends - counts), counts) + np.arange(int(ends[-1]))
        rows = self._leaves.by_pair.get(pair_hash(np.repeat(first, counts), second[at]))
        known = rows.nonzero()[0]
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


def look_up(leaves: Leaves, sheet: Sheet, scanned: Scanned) -> Numbers:
    """What each word holds, then each part; words not seen before are looked at letter by letter."""
    table = leaves.by_word
    hashes = scanned.hashes
    if len(scanned.part_hashes):
        hashes = np.concatenate((hashes, scanned.part_hashes))
    slots = table.find(hashes)
    if leaves.by_letters:
        new = (table.marks[slots] == 0).nonzero()[0]
        if len(new):
            for at in new.tolist():
                leaves.look_at(_key(sheet, scanned, at), int(hashes[at]))
            slots = table.find(hashes)
    return table.values[slots]


def _key(sheet: Sheet, scanned: Scanned, at: int) -> str:
    """The key of a word, or of a part."""
    if at >= len(scanned.hashes):
        return scanned.part_keys[at - len(scanned.hashes)]
    return words(sheet.text[scanned.starts[at] : scanned.ends[at]])[0].key
