"""What a draft would change for the followers of a list, by the stories of the last 30 days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.linguist import Linguist
from core.lookback import MOST, WIDE, LookBackTx, Sample, groups_of, sample_of
from core.lookback import SPAN as WEEK
from core.model import QueryId, StoryId
from core.query import parse
from core.query.tree import AllOf, AnyOf, InTitle, Near, Node, Phrase, Word
from core.watchlist import KeptLine, Line, ListId, ListsTx

SPAN = timedelta(days=30)
MOST_LOOKED = 300
"""New lines looked back for; where a draft has more, the figures are "at least"."""
SAMPLES = 3
RARE = 20
"""A line whose words, as typed, are in no more articles of a week is not looked into further."""
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


def loud_lines(tx: LookBackTx, lines: Collection[Line], linguist: Linguist, *, now: datetime) -> list[tuple[Line, int]]:
    """Lines that would find more in a week than anybody reads, each with how many articles, at most `MOST`."""
    loud, rarity = [], _Rarity(tx, since=now - WEEK)
    for line in lines:
        query = parse(line.text)
        if not query.switches and rarity.at_most(query.root) <= RARE:
            continue
        meaning = linguist.meaning(query)
        groups = groups_of(meaning.root)
        # The index proposes too many, never too few: most lines are done with one look.
        if len(tx.articles_holding(groups, since=now - WEEK, limit=WIDE * WEEK.days + 1)) <= WIDE * WEEK.days:
            continue
        found = [
            sample
            for article in tx.articles_holding(groups, since=now - WEEK, limit=MOST)
            if (sample := sample_of(article, meaning, linguist))
        ]
        if len(found) > WIDE * WEEK.days:
            loud.append((line, len(found)))
    return loud


class _Rarity:
    """How many articles hold words as they are typed: what is rare so is not loud in all its forms either.

    All forms of 5,000 names cost a minute to make; this costs seconds.
    """

    def __init__(self, tx: LookBackTx, *, since: datetime) -> None:
        self._tx = tx
        self._since = since
        self._known: dict[str, int] = {}

    def at_most(self, node: Node) -> int:
        """Articles that hold the part at most, counted up to one above `RARE`; so many too where nobody can tell."""
        match node:
            case Word(key=key, how="forms" | "exact"):
                return self._holding(key)
            case Phrase(words=words):
                return min(map(self.at_most, words))
            case Near(left=left, right=right):
                return min(self.at_most(left), self.at_most(right))
            case AllOf(parts=parts):
                return min(map(self.at_most, parts))
            case AnyOf(parts=parts):
                return sum(map(self.at_most, parts))
            case InTitle(part=part):
                return self.at_most(part)
            case _:
                return RARE + 1

    def _holding(self, key: str) -> int:
        if key not in self._known:
            found = self._tx.articles_holding((frozenset({key}),), since=self._since, limit=RARE + 1)
            self._known[key] = len(found)
        return self._known[key]


def _found(tx: EffectTx, one: KeptLine, linguist: Linguist, *, since: datetime) -> tuple[list[Sample], bool]:
    """Articles that the line finds, and whether there may be more."""
    meaning = linguist.meaning(parse(one.line.text))
    proposed = tx.articles_holding(groups_of(meaning.root), since=since, limit=MOST + 1)
    samples = [sample for article in proposed[:MOST] if (sample := sample_of(article, meaning, linguist))]
    return samples, len(proposed) > MOST
