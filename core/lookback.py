"""What a query would have caught: the index proposes, the live matcher decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from core.linguist import Linguist, sources_of
from core.match.evaluate import answer
from core.match.port import Span
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Sense, Some, Term, Titled, Written
from core.model import Article, ArticleId, StoryId
from core.narrow import Companion, companions

SPAN = timedelta(days=7)
"""How far back a person is shown what a query would have caught."""
MOST = 400
"""Articles read at most; where more are proposed, the counts are "at least"."""
SAMPLES = 20
WIDE = 20
"""Stories a day: more than anybody reads as messages."""


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
    days: int = SPAN.days
    companions: tuple[Companion, ...] = ()
    """Of a query that catches too much: words that would narrow it."""

    @property
    def wide(self) -> bool:
        """Whether it catches more than anybody reads."""
        return self.at_least or self.stories > WIDE * self.days


class LookBackTx(Protocol):
    """What looking back needs of the store."""

    def articles_holding(
        self, groups: Sequence[frozenset[str]], *, since: datetime, limit: int, before: ArticleId | None = None
    ) -> list[Article]:
        """Articles with a word of every group (`слово*`: one that begins so), newest first; without groups, all. May
        give too many, never too few below the limit. `before`: only those that were taken in before that article."""


def look_back(
    tx: LookBackTx, meaning: Meaning, linguist: Linguist, *, now: datetime, span: timedelta = SPAN
) -> LookBack:
    """Counts what the live matcher finds, so that the preview equals what would have come."""
    proposed = tx.articles_holding(groups_of(meaning.root), since=now - span, limit=MOST + 1)
    found = [sample for article in proposed[:MOST] if (sample := sample_of(article, meaning, linguist))]
    newest_by_story: dict[StoryId, Sample] = {}
    for sample in found:
        newest_by_story.setdefault(sample.article.story, sample)
    back = LookBack(
        articles=len(found),
        stories=len(newest_by_story),
        samples=tuple(newest_by_story.values())[:SAMPLES],
        at_least=len(proposed) > MOST,
        days=span.days,
    )
    if not back.wide:
        return back
    headlines = ((sample.article, sample.spans) for sample in newest_by_story.values())
    return replace(back, companions=companions(headlines, linguist))


def sample_of(article: Article, meaning: Meaning, linguist: Linguist) -> Sample | None:
    """The article with its words, by the live matcher; `None` where it does not answer."""
    read = linguist.read(article.title, article.text, sources=sources_of(article.outlet, article.url))
    hits = answer(meaning, read, linguist.judge)
    return None if hits is None else Sample(article, tuple(dict.fromkeys(hit.span for hit in hits)))


def groups_of(clause: Clause) -> tuple[frozenset[str], ...]:
    """Keys of which an article must hold one of each group for the part to hold; none where nothing is known."""
    match clause:
        case Term(senses=senses):
            return tuple(_keys(sense) for sense in senses if not sense.fuzzy)
        case Close(left=left, right=right):
            return _either(left) + _either(right)
        case Every(parts=parts):
            return tuple(group for part in parts for group in groups_of(part))
        case Some(parts=parts):
            return _either(parts)
        case Titled(part=part):
            return groups_of(part)
        case Never() | Of() | Written():
            return ()


def _either(parts: Sequence[Clause]) -> tuple[frozenset[str], ...]:
    """One group of what any of the parts asks for; none where one of them asks for nothing known."""
    fewest = [min(groups_of(part), key=len, default=None) for part in parts]
    known = [group for group in fewest if group is not None]
    return (frozenset().union(*known),) if len(known) == len(fewest) else ()


def _keys(sense: Sense) -> frozenset[str]:
    return frozenset(sense.forms) | ({sense.prefix + "*"} if sense.prefix else set())
