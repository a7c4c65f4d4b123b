"""What a draft would change for the followers of a list, by the stories of the last 30 days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.linguist import Linguist
from core.lookback import MOST, LookBackTx, Sample, groups_of, sample_of
from core.model import QueryId, StoryId
from core.query import parse
from core.watchlist import KeptLine, ListId, ListsTx

SPAN = timedelta(days=30)
MOST_LOOKED = 300
"""New lines looked back for; where a draft has more, the figures are "at least"."""
SAMPLES = 3
LOUD = 0.5
"""Followers are told of a change that makes the list so much louder or quieter, as a share of what it was."""


class EffectTx(ListsTx, LookBackTx, Protocol):
    """What it takes to see an effect."""

    def stories_found(self, queries: Collection[QueryId], *, since: datetime) -> frozenset[StoryId]:
        """Stories that answered one of the queries while they were followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Stories that the list would have told more and less of, beside all that it told of."""

    before: int
    gained: int
    lost: int
    samples: tuple[Sample, ...]
    """Of those gained, the newest."""
    at_least: bool
    found: tuple[tuple[QueryId, Sample], ...]
    """What the new lines find, to be kept when they are published."""

    @property
    def loud(self) -> bool:
        """Whether followers should hear of it."""
        return abs(self.gained - self.lost) > LOUD * self.before


def effect(tx: EffectTx, number: ListId, linguist: Linguist, *, now: datetime) -> Effect:
    """The effect of the list's draft as it stands."""
    since = now - SPAN
    by_state: dict[str, list[KeptLine]] = {"published": [], "added": [], "removed": []}
    for kept in tx.lines(number):
        by_state[kept.state].append(kept)
    kept_stories = tx.stories_found([one.query for one in by_state["published"]], since=since)
    struck = tx.stories_found([one.query for one in by_state["removed"]], since=since)
    looked = by_state["added"][:MOST_LOOKED]
    found, full = [], len(by_state["added"]) > MOST_LOOKED
    for one in looked:
        samples, more = _found(tx, one, linguist, since=since)
        found += [(one.query, sample) for sample in samples]
        full = full or more
    newest = sorted(found, key=lambda pair: pair[1].article.id, reverse=True)
    gained = {sample.article.story: sample for _, sample in reversed(newest)}
    for story in kept_stories | struck:
        gained.pop(story, None)
    kept_on = kept_stories | {sample.article.story for _, sample in found}
    samples = sorted(gained.values(), key=lambda sample: sample.article.id, reverse=True)
    return Effect(
        before=len(kept_stories | struck),
        gained=len(gained),
        lost=len(struck - kept_on),
        samples=tuple(samples[:SAMPLES]),
        at_least=full,
        found=tuple(found),
    )


def _found(tx: EffectTx, one: KeptLine, linguist: Linguist, *, since: datetime) -> tuple[list[Sample], bool]:
    """Articles that the line finds, and whether there may be more."""
    meaning = linguist.meaning(parse(one.line.text))
    proposed = tx.articles_holding(groups_of(meaning.root), since=since, limit=MOST + 1)
    samples = [sample for article in proposed[:MOST] if (sample := sample_of(article, meaning, linguist))]
    return samples, len(proposed) > MOST
