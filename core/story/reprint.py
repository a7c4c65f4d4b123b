"""Which articles of a story tell it of their own knowledge, and which repeat another's report."""

from collections.abc import Sequence
from typing import Protocol

from rapidfuzz.distance import Indel

from core.story.origin import origin_of

COPIED = 0.7
"""Share of words, in their order, that a text has in common with an earlier one where it is its copy, cut or not.

Two reporters' texts of one event share a quarter to a half; a copy that was shortened or given another headline shares
nearly all of the shorter text's.
"""
_BEGINNING = 120
"""Words that are compared."""
_LEAST = 12
"""A text of fewer words says too little of whose it is."""


class Told(Protocol):
    """An article, as far as it is asked here."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def outlet(self) -> str: ...


def reprints(articles: Sequence[Told]) -> list[str | None]:
    """By article, in order of time: whose report it repeats, by name, or `None` where it tells of its own.

    An article repeats what it names as its origin (`core.story.origin`), or whatever the earlier text of another outlet
    does that its own is a copy of.
    """
    found: list[str | None] = []
    for at, article in enumerate(articles):
        origin = origin_of(article.title, article.text, outlet=article.outlet)
        copied = None if origin else _copied(article, articles[:at])
        found.append(origin if copied is None else found[copied] or articles[copied].outlet)
    return found


def independent(articles: Sequence[Told]) -> int:
    """How many reports there are behind the articles: those told of one's own, and origins that are not among them."""
    whose = reprints(articles)
    own = {article.outlet for article, other in zip(articles, whose, strict=True) if other is None}
    return len(own | {other for other in whose if other is not None})


def _copied(article: Told, earlier: Sequence[Told]) -> int | None:
    """The place of the first one that its text is a copy of."""
    words = _words(article)
    if len(words) < _LEAST:
        return None
    for at, other in enumerate(earlier):
        theirs = _words(other)
        if other.outlet == article.outlet or len(theirs) < _LEAST:
            continue
        shortest = min(len(words), len(theirs))
        common = (len(words) + len(theirs) - Indel.distance(words, theirs)) / 2
        if common >= COPIED * shortest:
            return at
    return None


def _words(article: Told) -> list[str]:
    return article.text.casefold().split()[:_BEGINNING]
