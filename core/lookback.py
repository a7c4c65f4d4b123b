"""What a query would have caught: the index proposes, the live matcher decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.expand import Expanded
from core.match import Matcher, Span, passages
from core.model import Article, QueryId, StoryId

SPAN = timedelta(days=7)
MOST = 400
"""Articles read at most; where more are proposed, the counts are "at least"."""
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """An article that would have matched, with the words."""

    article: Article
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """How many articles and stories of the last days answer a query; the newest of different stories as samples."""

    articles: int
    stories: int
    samples: tuple[Sample, ...]
    at_least: bool


class LookBackTx(Protocol):
    """What looking back needs of the store."""

    def articles_holding(self, groups: Sequence[frozenset[str]], *, since: datetime, limit: int) -> list[Article]:
        """Articles with a word of every group, newest first; may give too many, never too few below the limit."""


def look_back(tx: LookBackTx, expanded: Expanded, *, now: datetime) -> LookBack:
    """Counts what the live matcher finds, so that the preview equals what would have come."""
    matcher = Matcher()
    matcher.add(QueryId(0), expanded)
    groups = [forms for meaning in expanded.wanted for forms in meaning.forms]
    proposed = tx.articles_holding(groups, since=now - SPAN, limit=MOST + 1)
    found = [
        Sample(article, matches[0].spans)
        for article in proposed[:MOST]
        if (matches := matcher.match(passages(article.title, article.text)))
    ]
    newest_by_story: dict[StoryId, Sample] = {}
    for sample in found:
        newest_by_story.setdefault(sample.article.story, sample)
    return LookBack(
        articles=len(found),
        stories=len(newest_by_story),
        samples=tuple(newest_by_story.values())[:SAMPLES],
        at_least=len(proposed) > MOST,
    )
