"""Made-up subscriptions like those of people, by a fixed recipe and seed.

45 % one word, 18 % a phrase of two words, 17 % AND of two to four, 20 % boolean (OR inside AND, AND and OR mixed, NEAR;
5 % of all with NOT); of all of them 2 % with a language, 4 % with a source, 2 % in the title alone, 1 % of single words
by their beginning. Profile `real`: popularity by Zipf's law (s = 1, q = 10) over names and nouns in an order of chance,
no single word in more than 1 % of the articles; `hot`: the commonest words of the texts are the most popular.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.scale.asked import kept
from bench.scale.lemmas import Vocabulary, vocabularies
from bench.scale.texts import TONGUES, WINDOWS, Tongue, russian_share, source, windows
from core.query.canonical import canonical, normal
from core.query.tree import AllOf, AnyOf, FromSource, InLanguage, InTitle, Near, Node, Phrase, Query, Without, Word

Profile = Literal["real", "hot"]
T = TypeVar("T")
SEED = 20251126
VERSION = 5
"""Of the recipe: what an older one made is made again."""
COMMON = 0.01
"""The share of articles above which nobody asks for a word alone."""


def generate(work: Path, texts: dict[Tongue, list[str]], *, count: int, profile: Profile) -> None:
    """Fills the work folder, unless it holds as much of the same already.

    Written are `documents_*.json`, `forms.json` (the forms of every lemma), `queries.jsonl` (each distinct query once,
    in order of first appearance: its text and tree) and `subscriptions.npy` (which query each subscription follows).
    """
    told = json.dumps([VERSION, SEED, profile, list(WINDOWS.items()), texts], ensure_ascii=False)
    stamp = hashlib.sha256(told.encode()).hexdigest()
    mark = work / "stamp.txt"
    if mark.exists() and mark.read_text() == stamp and len(np.load(work / "subscriptions.npy", mmap_mode="r")) >= count:
        return
    work.mkdir(parents=True, exist_ok=True)
    for stale in (mark, work / "results.json"):
        stale.unlink(missing_ok=True)
    for length in WINDOWS:
        documents = [
            {"language": one.language, "source": one.source, "title": one.title, "text": one.text}
            for one in windows(texts, length, seed=SEED)
        ]
        (work / f"documents_{length}.json").write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    found, _ = vocabularies(texts, seed=SEED, cache=work / "forms.json")
    _write(work, People(found, russian_share(texts), profile), count)
    mark.write_text(stamp)


def _write(work: Path, people: "People", count: int) -> None:
    numbers: dict[str, int] = {}
    follows = np.empty(count, np.int32)
    with (work / "queries.jsonl").open("w", encoding="utf-8") as file:
        for at in range(count):
            query = normal(Query(root=people.ask()))
            text = canonical(query)
            if text not in numbers:
                numbers[text] = len(numbers)
                file.write(json.dumps([text, kept(query.root)], ensure_ascii=False, separators=(",", ":")) + "\n")
            follows[at] = numbers[text]
    np.save(work / "subscriptions.npy", follows)


class People:
    """Those who subscribe: `ask` gives the next one's query."""

    def __init__(self, found: dict[Tongue, Vocabulary], russian: float, profile: Profile) -> None:
        self._chance = random.Random(SEED)
        self._russian = russian
        draws = np.random.default_rng(SEED)
        shares: dict[Tongue, float] = {"uk": 1 - russian, "ru": russian}
        self._words = {
            tongue: Popular(found[tongue], shares[tongue], profile, self._chance, draws)
            for tongue in TONGUES
            if tongue in found
        }

    def ask(self) -> Node:
        """What the next subscriber looks for."""
        tongue: Tongue = "ru" if self._chance.random() < self._russian else "uk"
        node = self._looked_for(self._words[tongue])
        filtered = self._chance.random()
        if filtered < 0.02:
            return AllOf((node, InLanguage(tongue)))
        if filtered < 0.06:
            return AllOf((node, FromSource(source(self._chance))))
        if isinstance(node, Word) and filtered < 0.08:
            return InTitle(node)
        if isinstance(node, Word) and filtered < 0.09:
            return _beginning(node.key) if len(node.key) > 3 else node
        return node

    def _looked_for(self, words: "Popular") -> Node:
        kind = self._chance.random()
        if kind < 0.45:
            return words.alone()
        if kind < 0.63:
            return words.phrase()
        if kind < 0.80:
            more = self._chance.choices((1, 2, 3), (70, 22, 8))[0]
            return AllOf((words.alone(), *(words.beside() for _ in range(more))))
        return self._boolean(words)

    def _boolean(self, words: "Popular") -> Node:
        kind = self._chance.random()
        one, beside, phrase = words.alone, words.beside, words.phrase
        if kind < 0.25:
            return AllOf((AnyOf(tuple(one() for _ in range(self._chance.randint(2, 4)))), beside()))
        if kind < 0.45:
            return AllOf((one(), AnyOf(tuple(beside() for _ in range(self._chance.randint(2, 3))))))
        if kind < 0.60:
            return AnyOf((phrase(), one()))
        if kind < 0.70:
            return Near(one(), beside(), 5)
        if kind < 0.75:
            return AnyOf((AllOf((one(), beside())), AllOf((one(), phrase()))))
        if kind < 0.90:
            return AllOf((one(), Without(beside())))
        return AllOf((AnyOf((one(), one())), Without(phrase()), Without(beside())))


class Popular:
    """The words and phrases of one language, the popular ones oftener."""

    def __init__(
        self, found: Vocabulary, share: float, profile: Profile, chance: random.Random, draws: np.random.Generator
    ) -> None:
        alone = _by_fame(found, share, chance) if profile == "real" else _by_count(found) + found.rare
        beside = [lemma for lemma, count in found.counts.most_common() if count > 1 and len(lemma) > 2]
        phrases = list(found.phrases)
        chance.shuffle(phrases)
        self._alone = _drawn(alone, draws, s=1.0, q=10)
        self._beside = _drawn(beside, draws, s=0.8, q=30)
        self._phrases = _drawn(phrases, draws, s=0.9, q=10)

    def alone(self) -> Word:
        """A word that somebody asks for."""
        return _word(next(self._alone))

    def beside(self) -> Word:
        """A common word, to narrow another."""
        return _word(next(self._beside))

    def phrase(self) -> Phrase:
        """Two words that stand in a row in the texts."""
        return Phrase(tuple(map(_word, next(self._phrases))))


def _word(key: str) -> Word:
    return Word(key, typed=key)


def _beginning(key: str) -> Word:
    beginning = key[: max(4, len(key) - 3)]
    return Word(beginning, how="prefix", typed=beginning)


def _by_count(found: Vocabulary) -> list[str]:
    return [lemma for lemma, _ in found.counts.most_common() if len(lemma) > 2]


def _by_fame(found: Vocabulary, share: float, chance: random.Random) -> list[str]:
    """Names (45 %), other words of the texts (30 %) and words they lack (25 %), mixed in an order of chance."""
    allowed = [lemma for lemma in found.counts if len(lemma) > 2 and share * found.frequency(lemma) <= COMMON]
    names = [lemma for lemma in allowed if found.capitals[lemma] >= 0.6 * found.counts[lemma]]
    known = set(names)
    others = [lemma for lemma in allowed if lemma not in known]
    chance.shuffle(names)
    chance.shuffle(others)
    piles, shares, mixed = [names[::-1], others[::-1], found.rare[::-1]], [0.45, 0.30, 0.25], []
    while any(piles):
        weights = [weight if pile else 0 for pile, weight in zip(piles, shares, strict=True)]
        mixed.append(chance.choices(piles, weights)[0].pop())
    return mixed


def _drawn(items: Sequence[T], draws: np.random.Generator, *, s: float, q: float) -> Iterator[T]:
    """Items without end, the k-th with weight 1 / (k + q)^s (Zipf-Mandelbrot)."""
    sums: NDArray[np.float64] = np.cumsum(1 / (np.arange(len(items)) + q) ** s)
    while True:
        for place in np.searchsorted(sums, draws.random(1 << 16) * sums[-1]).tolist():
            yield items[min(place, len(items) - 1)]
