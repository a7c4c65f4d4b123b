"""Is this the same story, told by another outlet?

The measure is the cosine of lemma weights over the title, counted twice, and the first words of the text
(`likeness`); rapidfuzz decides inside one outlet. Why these rules and these figures: docs/decisions/0009-same-story.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.model import StoryId
from core.story.gist import Gist, Lemmas, gist_of
from core.story.likeness import Comparison, Statistics, Telling

__all__ = [
    "AGREES",
    "WINDOW",
    "Candidate",
    "Gist",
    "Joins",
    "Lemmas",
    "Opens",
    "Statistics",
    "Telling",
    "Verdict",
    "gist_of",
    "same_story",
]

WINDOW = timedelta(hours=72)
"""A story not told for this long is over: a later article opens its own."""
AGREES = 0.8
"""Mean likeness to a story's first and newest tellings, so that a chain of look-alikes does not drift away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that may be the one: its first telling, then its newest ones, then any others found likely."""

    story: StoryId
    checked: tuple[Telling, ...]
    """The first and the newest tellings, which the article must agree with on the whole."""
    tellings: tuple[Telling, ...]
    """All that are compared."""


@dataclass(frozen=True, slots=True)
class Joins:
    """The article tells a story that is open already; the reason is in figures."""

    story: StoryId
    reason: str


@dataclass(frozen=True, slots=True)
class Opens:
    """The article opens a story of its own; the reason is in figures."""

    reason: str


Verdict = Joins | Opens


def same_story(gist: Gist, outlet: str, candidates: Sequence[Candidate], statistics: Statistics) -> Verdict:
    """Joins the likest story that it is like enough to; a pure function of its arguments."""
    compare = Comparison(gist, outlet, statistics)
    nearest = {candidate.story: _nearest(compare, candidate) for candidate in candidates}
    fitting = [
        (nearest[candidate.story], agreement, candidate.story)
        for candidate in candidates
        if nearest[candidate.story] >= 1 and (agreement := _agreement(compare, candidate)) >= AGREES
    ]
    if not fitting:
        return Opens(f"nearest story {max(nearest.values(), default=0.0):.2f} of 1")
    likeness, agreement, story = max(fitting, key=lambda fit: (fit[0], -fit[2]))
    return Joins(story, f"like {likeness:.2f} of 1, story {agreement:.2f} of {AGREES:.2f}")


def _nearest(compare: Comparison, candidate: Candidate) -> float:
    return max(map(compare.likeness, candidate.tellings), default=0.0)


def _agreement(compare: Comparison, candidate: Candidate) -> float:
    return sum(map(compare.likeness, candidate.checked)) / max(1, len(candidate.checked))
