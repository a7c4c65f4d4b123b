"""What the work folder holds, read: documents, forms, queries and who follows them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.scale.asked import tree
from bench.scale.texts import Document
from core.meaning import Tier
from core.query.tree import Node


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

    def queries(self, size: int) -> Iterator[tuple[str, Node]]:
        """The distinct queries of the first `size` subscriptions, text and tree, numbered from 0 as they come."""
        distinct = int(self.follows(size).max()) + 1
        with (self.folder / "queries.jsonl").open(encoding="utf-8") as file:
            for line in islice(file, distinct):
                text, kept = json.loads(line)
                yield text, tree(kept)
