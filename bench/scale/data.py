"""What the work folder holds, read: documents, forms, queries and who follows them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.scale.asked import Forms, meant, tree
from bench.scale.texts import Document, keys
from core.meaning import Meaning, Tier
from core.model import QueryId
from core.query.tree import Node

COMMONEST = 5000
"""Words whose frequency an installation is taken to know."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work folder that `generate` filled."""

    folder: Path

    def documents(self, length: int = 400) -> list[Document]:
        """All articles of so many words."""
        records = json.loads((self.folder / f"documents_{length}.json").read_text(encoding="utf-8"))
        return [Document(**record) for record in records]

    def forms(self) -> dict[str, dict[str, Tier]]:
        """The forms of every lemma."""
        kept: dict[str, list[str]] = json.loads((self.folder / "forms.json").read_text(encoding="utf-8"))
        return {lemma: dict.fromkeys(forms, Tier.FORM) for lemma, forms in kept.items()}

    def lemmas_of(self) -> dict[str, list[str]]:
        """The lemmas of every form."""
        kept: dict[str, list[str]] = json.loads((self.folder / "forms.json").read_text(encoding="utf-8"))
        found: dict[str, list[str]] = {}
        for lemma, forms in kept.items():
            for form in forms:
                found.setdefault(form, []).append(lemma)
        return found

    def follows(self, size: int) -> NDArray[np.int32]:
        """Which query each of the first `size` subscriptions follows."""
        follows: NDArray[np.int32] = np.load(self.folder / "subscriptions.npy", mmap_mode="r")
        return np.array(follows[:size])

    def shares(self) -> dict[str, float]:
        """The share of articles of 400 words that hold each of the commonest words, from other windows than those."""
        length = 400
        pieces = [
            set(read[start : start + length])
            for document in self.documents(2000)
            for read in [keys(document.text)]
            for start in range(0, len(read) - length, length)
        ]
        held = Counter(key for piece in pieces for key in piece)
        return {key: count / len(pieces) for key, count in held.most_common(COMMONEST)}

    def distinct(self, size: int) -> int:
        """How many queries the first `size` subscriptions follow."""
        return int(self.follows(size).max()) + 1

    def queries(self, size: int) -> Iterator[tuple[str, Node]]:
        """The distinct queries of the first `size` subscriptions, text and tree, numbered from 0 as they come."""
        distinct = self.distinct(size)
        with (self.folder / "queries.jsonl").open(encoding="utf-8") as file:
            for line in islice(file, distinct):
                text, kept = json.loads(line)
                yield text, tree(kept)

    def meanings(self, size: int, forms: Forms) -> Callable[[QueryId], Meaning]:
        """What gives the meaning of a query by its number, from the file, as the product would from its store."""
        starts = np.zeros(self.distinct(size) + 1, np.int64)
        file = (self.folder / "queries.jsonl").open("rb")
        for number in range(len(starts) - 1):
            starts[number + 1] = starts[number] + len(file.readline())

        def meaning_of(number: QueryId) -> Meaning:
            file.seek(int(starts[number]))
            return meant(tree(json.loads(file.readline())[1]), forms)

        return meaning_of
