"""What may be left out of a query after an alert that was not wanted, and what that would have taken away."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.address import host_of
from core.linguist import Linguist
from core.lookback import LookBackTx, Sample, groups_of, sample_of
from core.match.port import Span
from core.model import Article, StoryId
from core.narrow import naming
from core.past import SPAN
from core.query import Query, QueryMistake, canonical, variants
from core.query.source import source_name
from core.query.tree import FromSource, Node, Phrase, Word
from core.text.words import words

MOST = 400
"""Articles read at most; where more are proposed, the figures are of the newest."""
PROPOSED = 4
"""Of a kind."""

Kind = Literal["topic", "source", "word"]
"""Not about this; not from there; not this word, as it is printed."""
KINDS: tuple[Kind, ...] = ("topic", "source", "word")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A query that leaves something out: what, as people say it, and the query without it."""

    name: str
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Of the stories that a query brought in a month: how many there were, and how many each exclusion takes away."""

    stories: int
    removed: tuple[int, ...]
    at_least: bool


def exclusions(
    kind: Kind, article: Article, spans: Sequence[Span], query: Query, linguist: Linguist
) -> list[Exclusion]:
    """What may be left out for this article, where `spans` are the words that brought it; none twice."""
    found: dict[str, Exclusion] = {}
    for name, part in _parts(kind, article, spans, linguist):
        with suppress(QueryMistake):  # the query is full
            without = variants.without(query, part)
            if canonical(without) != canonical(query):
                found.setdefault(canonical(without), Exclusion(name, without))
    return list(found.values())[:PROPOSED]


def _parts(kind: Kind, article: Article, spans: Sequence[Span], linguist: Linguist) -> Iterator[tuple[str, Node]]:
    match kind:
        case "topic":
            for key in naming(article, spans, linguist):
                yield key, Word(key, typed=key)
        case "source":
            name = _source(article)
            if name:
                yield article.outlet, FromSource(name)
        case "word":
            for span in spans:
                text = (article.title if span.field == "title" else article.text)[span.start : span.end]
                exact = tuple(Word(word.key, "exact", text[word.start : word.end]) for word in words(text))
                if exact:
                    yield text, exact[0] if len(exact) == 1 else Phrase(exact)


def _source(article: Article) -> str:
    """What `джерело:` calls whoever published it: the site or channel, else the outlet's name."""
    place = source_name(article.url) if article.url and host_of(article.url) else ""
    return place or source_name(article.outlet)


def effect(tx: LookBackTx, query: Query, without: Sequence[Query], linguist: Linguist, *, now: datetime) -> Effect:
    """By the live matcher: a story is taken away where none of its articles is left."""
    meaning = linguist.meaning(query)
    proposed = tx.articles_holding(groups_of(meaning.root), since=now - SPAN, limit=MOST + 1)
    found = [sample for article in proposed[:MOST] if (sample := sample_of(article, meaning, linguist))]
    stories = _stories(found)
    left = [_left(found, one, linguist) for one in without]
    return Effect(
        stories=len(stories),
        removed=tuple(len(stories) - len(one) for one in left),
        at_least=len(proposed) > MOST,
    )


def _left(found: Sequence[Sample], query: Query, linguist: Linguist) -> set[StoryId]:
    meaning = linguist.meaning(query)
    return {one.article.story for one in found if sample_of(one.article, meaning, linguist)}


def _stories(found: Sequence[Sample]) -> set[StoryId]:
    return {one.article.story for one in found}
