"""The stories of the last month that a query would have brought, the newest first, read no further than is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.linguist import Linguist
from core.lookback import LookBackTx, Sample, groups_of, sample_of
from core.meaning import Meaning
from core.model import Article, ArticleId, StoryId

SPAN = timedelta(days=30)
"""As long as articles are kept."""
MOST = 600
"""Articles read at a time at most; what is older is read from there on."""
PAGE = 5
"""Stories shown together."""
_PIECE = 60
"""Articles taken out of the store at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A page of stories, each by its newest article that answers."""

    stories: tuple[Sample, ...]
    page: int
    """Counted from 0; the one that was asked for, or the last that there is."""
    more: bool
    """Whether there is a page after this one."""
    count: int | None = None
    """Of all stories, where all was read."""
    unread: ArticleId | None = None
    """Where this page ends because so much was read, not because there is no more: what is older than this article
    was not looked at. A story that goes back further than that is met again there."""


def past(
    tx: LookBackTx,
    meaning: Meaning,
    linguist: Linguist,
    *,
    now: datetime,
    page: int = 0,
    before: ArticleId | None = None,
) -> Past:
    """By the live matcher: what is shown is what would have come. `before`: only what is older than that article."""
    newest: dict[StoryId, Sample] = {}
    enough, read, last = PAGE * (page + 1) + 1, 0, before
    for article in _proposed(tx, meaning, since=now - SPAN, before=before):
        if len(newest) == enough or read == MOST:
            break
        read, last = read + 1, article.id
        sample = sample_of(article, meaning, linguist)
        if sample:
            newest.setdefault(article.story, sample)
    else:
        last = None
    stories = tuple(newest.values())
    page = min(page, max(0, len(stories) - 1) // PAGE)
    more = len(stories) > PAGE * (page + 1)
    return Past(
        stories=stories[PAGE * page : PAGE * (page + 1)],
        page=page,
        more=more,
        count=len(stories) if last is None and before is None else None,
        unread=None if more else last,
    )


def _proposed(tx: LookBackTx, meaning: Meaning, *, since: datetime, before: ArticleId | None) -> Iterator[Article]:
    """Newest first, piece by piece."""
    groups = groups_of(meaning.root)
    while piece := tx.articles_holding(groups, since=since, limit=_PIECE, before=before):
        yield from piece
        before = piece[-1].id
