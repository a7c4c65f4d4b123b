"""What became of an article for one reader: which of their queries it answers, and where each of the others stops."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.linguist import Linguist, sources_of
from core.match.evaluate import answer
from core.match.missing import Missing, explain_missing
from core.match.port import Hit
from core.model import Article, Subscription
from core.query import parse
from core.subscribe import is_paused


@dataclass(frozen=True, slots=True)
class Told:
    """The reader was told of the article's story then, or is to be told."""

    at: datetime
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An article as it was taken in."""

    article: Article
    seen: datetime
    news: bool
    """False for what was old already when its source was first visited: nobody is told of it."""
    told: Told | None
    """Of its story, to the reader who asks."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The article answers the subscription's query, by these hits."""

    subscription: Subscription
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """It answers, but nothing came of it: the subscription is paused, or younger than the article."""

    subscription: Subscription
    why: Literal["paused", "younger"]


@dataclass(frozen=True, slots=True)
class Stops:
    """It does not answer, for want of this."""

    subscription: Subscription
    missing: Missing


Verdict = Answers | Held | Stops


def verdicts(
    sighting: Sighting, subscriptions: Iterable[Subscription], linguist: Linguist, *, now: datetime
) -> list[Verdict]:
    """One for each subscription, by the live matcher; those that the article answers come first."""
    found = [_verdict(sighting, one, linguist, now=now) for one in subscriptions]
    return sorted(found, key=lambda verdict: (Answers, Held, Stops).index(type(verdict)))


def _verdict(sighting: Sighting, one: Subscription, linguist: Linguist, *, now: datetime) -> Verdict:
    article, meaning = sighting.article, linguist.meaning(parse(one.text))
    read = linguist.read(article.title, article.text, sources=sources_of(article.outlet, article.url))
    missing = explain_missing(meaning, read, linguist.judge)
    if missing:
        return Stops(one, missing)
    if is_paused(one, now=now):
        return Held(one, "paused")
    if one.since and one.since > sighting.seen and not sighting.told:
        return Held(one, "younger")
    return Answers(one, answer(meaning, read, linguist.judge) or ())
