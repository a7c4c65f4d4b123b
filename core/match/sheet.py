"""An article laid out for looking up: one text, and what it holds whatever its words are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.match.leaves import ALWAYS, Leaves
from core.match.port import Article
from core.match.tables import Slots
from core.text.scan import Scanned
from core.text.words import words


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An article as one text: its passages, titles first, a paragraph's end between them."""

    text: str
    article: Article
    ends: NDArray[np.int32]
    """Where each passage but the last ends."""
    titles: int
    """How many of the passages are titles."""

    @classmethod
    def of(cls, article: Article) -> "Sheet":
        """The passages of an article joined."""
        titles = [passage.text for passage in article.passages if passage.field == "title"]
        texts = titles + [passage.text for passage in article.passages if passage.field != "title"]
        ends, end = [], 0
        for text in texts[:-1]:
            ends.append(end + len(text))
            end += len(text) + len(_BREAK)
        return cls(_BREAK.join(texts), article, np.array(ends, np.int32), len(titles))

    def breaks(self, scanned: Scanned) -> tuple[Slots, int]:
        """How many words there are before each passage but the first, and how many in titles."""
        breaks = scanned.starts.searchsorted(self.ends)
        if not self.titles:
            return breaks, 0
        return breaks, int(breaks[self.titles - 1]) if self.titles <= len(breaks) else len(scanned.starts)


_BREAK = "\n\n"


def article_leaves(leaves: Leaves, article: Article) -> list[int]:
    """The leaves that an article holds whatever its words are."""
    held = [ALWAYS]
    if article.language in leaves.languages:
        held.append(leaves.languages[article.language])
    for source in article.sources if leaves.sources else ():
        while source:
            leaf = leaves.sources.get(source)
            if leaf and leaf not in held:
                held.append(leaf)
            source = source.partition(".")[2]
    return held


def look_at_new(leaves: Leaves, sheet: Sheet, scanned: Scanned, new: list[int]) -> None:
    """Looks at words not seen before, letter by letter; `new` numbers the words, then the parts."""
    hashes = len(scanned.hashes)
    for at in new:
        if at < hashes:
            word = words(sheet.text[scanned.starts[at] : scanned.ends[at]])[0]
            leaves.look_at(word.key, int(scanned.hashes[at]))
        else:
            leaves.look_at(scanned.part_keys[at - hashes], int(scanned.part_hashes[at - hashes]))
