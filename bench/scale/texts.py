"""The articles of the bench: windows of real texts."""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.text.words import words
from seeds import load_world

Tongue = Literal["uk", "ru"]
TONGUES: tuple[Tongue, ...] = ("uk", "ru")
RUSSIAN = 0.15
"""The share of articles and subscriptions that are Russian, where there are Russian texts."""
TITLE = 9
"""Words of an article that are its title."""
WINDOWS = {50: 600, 400: 300, 2000: 120}
"""How many articles there are of so many words, title and text together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as every method gets it."""

    language: Tongue
    source: str
    title: str
    text: str


def read(paths: Iterable[Path]) -> list[str]:
    """The texts under these paths: `.txt` files whole, `.jsonl` files by their `text`, lines of one `doc` as one."""
    found: list[str] = []
    for path in paths:
        files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".txt":
                found.append(file.read_text(encoding="utf-8"))
            elif file.suffix == ".jsonl":
                found.extend(_documents(file))
    return found


def _documents(file: Path) -> Iterator[str]:
    texts: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        texts.setdefault(record.get("doc", ""), []).append(record["text"])
    return (" ".join(sentences) for sentences in texts.values())


def seed_texts() -> list[str]:
    """The Ukrainian articles of the seed world."""
    world = load_world()
    ukrainian = {outlet.key for outlet in world.outlets if outlet.language == "uk"}
    return [article.text for article in world.articles if article.outlet in ukrainian]


def russian_share(texts: dict[Tongue, list[str]]) -> float:
    """How much of everything is to be Russian: nothing, where there is no Russian text to take it from."""
    return RUSSIAN if texts["ru"] else 0.0


def windows(texts: dict[Tongue, list[str]], length: int, *, seed: int) -> list[Document]:
    """Contiguous pieces of so many words, begun anywhere."""
    chance = random.Random(seed * 10_000 + length)
    share = russian_share(texts)
    runs = {tongue: " ".join(texts[tongue]).split() for tongue in TONGUES}
    made = []
    for _ in range(WINDOWS[length]):
        tongue: Tongue = "ru" if chance.random() < share else "uk"
        run = runs[tongue]
        start = chance.randrange(max(1, len(run) - length))
        title, text = run[start : start + TITLE], run[start + TITLE : start + length]
        made.append(Document(language=tongue, source=source(chance), title=" ".join(title), text=" ".join(text)))
    return made


def source(chance: random.Random) -> str:
    """One of some thousands of sources, the first of them very common (Zipf, s = 1.3)."""
    return f"s{min(int(chance.paretovariate(0.3)), 5000)}.example"


def keys(text: str) -> list[str]:
    """The words of a text as the product reads them."""
    return [word.key for word in words(text)]
