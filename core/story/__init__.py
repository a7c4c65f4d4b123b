"""Is this the same story, told by another outlet?

The measure is the cosine of lemma weights over the title, counted twice, and the first words of the text
(`likeness`); rapidfuzz decides inside one outlet. Why these rules and these figures: docs/decisions/0009-same-story.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.model import StoryId
from core.story.abroad import strangers
from core.story.change import Change, changed
from core.story.gist import Echoing, Gist, Lemmas, gist_of, short
from core.story.join import one_event
from core.story.likeness import Comparison, Length, Telling, length_of, promises
from core.story.statistics import Statistics

__all__ = [
    "AGREES",
    "DEVELOPS",
    "LINKED",
    "WINDOW",
    "Candidate",
    "Change",
    "Echoing",
    "Follows",
    "Gist",
    "Joins",
    "Lemmas",
    "Length",
    "Opens",
    "Statistics",
    "Telling",
    "Verdict",
    "gist_of",
    "length_of",
    "promising",
    "same_story",
    "short",
]

WINDOW = timedelta(hours=72)
"""A story not told for this long is over: a later article opens its own."""
LINKED = 0.26
"""Likeness by words alone from which a new story is a follow-up of an older one."""
DEVELOPS = 0.55
"""The same from which both are one thread, and something new in it is a development."""
AGREES = 0.8
"""Mean likeness to a story's first and newest tellings, so that a chain of look-alikes does not drift away."""
AGREES_ABROAD = 0.6
"""The same where all of them are of other languages."""

_COMPARED = 8
"""Stories that an article is compared with by all rules, at most."""


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
    also: tuple[StoryId, ...] = ()
    """Other stories that turn out to tell the same: what was told apart is one."""


@dataclass(frozen=True, slots=True)
class Follows:
    """An earlier story that this one goes on from."""

    story: StoryId
    near: bool
    """So near that both are one thread; farther off, they are only named beside each other."""
    change: Change | None
    """What is new in it, where it is of the same thread: a development."""


@dataclass(frozen=True, slots=True)
class Opens:
    """The article opens a story of its own; the reason is in figures."""

    reason: str
    follows: Follows | None = None


Verdict = Joins | Opens


def same_story(gist: Gist, outlet: str, candidates: Sequence[Candidate], statistics: Statistics) -> Verdict:
    """Joins the likest story that it is like enough to; a pure function of its arguments."""
    compare = Comparison(gist, outlet, statistics)
    nearest = {candidate.story: _nearest(compare, candidate) for candidate in candidates}
    fitting = [
        (nearest[candidate.story], agreement, candidate.story)
        for candidate in candidates
        if nearest[candidate.story] >= 1 and (agreement := _agreement(compare, gist, candidate)) >= AGREES
    ]
    if not fitting:
        return _opens(gist, compare, candidates, nearest=max(nearest.values(), default=0.0))
    likeness, agreement, story = max(fitting, key=lambda fit: (fit[0], -fit[2]))
    tellings = {candidate.story: candidate.tellings for candidate in candidates}
    also = tuple(
        other
        for _, _, other in sorted(fitting, key=lambda fit: fit[2])
        if other != story and one_event(tellings[story], tellings[other], statistics, agrees=AGREES)
    )
    return Joins(story, f"like {likeness:.2f} of 1, story {agreement:.2f} of {AGREES:.2f}", also)


def promising(gist: Gist, candidates: Sequence[Candidate], statistics: Statistics) -> list[Candidate]:
    """Those that the article may be linked to, told by its own lemmas alone: `statistics` need hold no others.

    A few, the likeliest first, however many stories sound alike.
    """
    promise = promises(gist, statistics)
    promised = [(max(map(promise, one.tellings), default=0.0), one) for one in candidates]
    promised.sort(key=lambda pair: (-pair[0], pair[1].story))
    return [one for likeness, one in promised[:_COMPARED] if likeness >= LINKED]


def _opens(gist: Gist, compare: Comparison, candidates: Sequence[Candidate], *, nearest: float) -> Opens:
    """A story of its own, linked to the one that it is nearest to by its words, if they are near at all."""
    reason = f"nearest story {nearest:.2f} of 1"
    near = [(max(map(compare.nearness, one.tellings), default=0.0), -one.story, one) for one in candidates]
    nearness, _, followed = max(near, key=lambda link: link[:2], default=(0.0, 0, None))
    if followed is None or nearness < LINKED:
        return Opens(reason)
    closest = max(followed.tellings, key=compare.nearness)
    known = frozenset[str]().union(*(telling.gist.lemmas() for telling in followed.tellings))
    one_thread = nearness >= DEVELOPS
    # A name of one language is new to the other in any case.
    now = replace(gist, names=frozenset()) if strangers(gist, closest.gist) else gist
    change = changed(closest.gist, now, known=known) if one_thread else None
    return Opens(
        f"{reason}, follows story {followed.story}: {nearness:.2f} of {LINKED:.2f}",
        Follows(followed.story, one_thread, change),
    )


def _nearest(compare: Comparison, candidate: Candidate) -> float:
    return max(map(compare.likeness, candidate.tellings), default=0.0)


def _agreement(compare: Comparison, gist: Gist, candidate: Candidate) -> float:
    """On the mean; those of its own language are asked alone where there are any."""
    at_home = [telling for telling in candidate.checked if not strangers(gist, telling.gist)]
    asked = at_home or candidate.checked
    mean = sum(map(compare.likeness, asked)) / max(1, len(asked))
    return mean if at_home else mean * AGREES / AGREES_ABROAD
