"""How alike two articles of different languages are: by the echoes that they share, and by those that they do not.

A cosine of weighed echoes. What one article says and the other does not weighs more where it is a concept or a number,
which are the same in every language, and less where it is a sound, which may only be spelt too differently.
"""

import math
from collections import Counter
from collections.abc import Mapping

from core.concept.echo import SOUND
from core.story.gist import Gist
from core.story.statistics import Statistics

LIKE_ABROAD = 0.34
"""Cosine from which two articles of different languages tell one story."""
LIKE_ABROAD_WITH_LEADS = 0.30
"""The same where both have a lead, and so more in common by being told at length than by chance."""
_LEAD_TOLD = 20
"""Lemmas of the text from which it is a lead."""
LINKED_ABROAD = 0.75
"""Likeness from which an article goes on from one of another language; chance shares more than words do at home."""
_ALONE = {True: 0.4, False: 1.4}
"""How much an echo that only one has counts against: a sound, anything else."""
_FEW_SHARED = {1: 0.3, 2: 0.6, 3: 0.9}
"""What remains of the likeness where so few different echoes are shared."""
_OTHERS_NAMED = 0.85
"""What remains where each headline names somebody or some place that the other article does not."""


def strangers(gist: Gist, other: Gist) -> bool:
    """Whether both are of a known language, and not the same."""
    return gist.language is not None and other.language is not None and gist.language != other.language


def echoing_length(gist: Gist, statistics: Statistics) -> float:
    """How long the vector of its echoes is where nothing is shared; `statistics` must hold all of them."""
    return math.sqrt(sum(_alone(echo) * weight * weight for echo, weight in _weigh(gist, statistics).items()))


class Abroad:
    """One article against tellings of other languages; a likeness of 1 is just enough to be one story."""

    def __init__(self, gist: Gist, statistics: Statistics) -> None:
        self._gist = gist
        self._statistics = statistics
        self._weights = _weigh(gist, statistics)
        self._squared = echoing_length(gist, statistics) ** 2

    def likeness(self, other: Gist, length: float, since: int) -> float:
        """With an article whose echoes were so long when so many articles had been seen."""
        held = Counter(filter(self._weights.__contains__, other.echoing.echoes))
        if not held:
            return 0.0
        theirs = {echo: _repeated(n) * self._statistics.echo_weight(echo) for echo, n in held.items()}
        product = sum(self._weights[echo] * weight for echo, weight in theirs.items())
        mine = self._squared + sum((1 - _alone(echo)) * self._weights[echo] ** 2 for echo in theirs)
        longer = self._statistics.most() / Statistics(articles=since, holding={}).most()
        other_squared = (length * longer) ** 2 + sum((1 - _alone(echo)) * w * w for echo, w in theirs.items())
        # The length is of another time: it cannot be less than what is shared now.
        other_squared = max(other_squared, sum(weight * weight for weight in theirs.values()))
        like = product / math.sqrt(mine * other_squared) * _FEW_SHARED.get(len(held), 1.0)
        both_told = min(len(self._gist.body), len(other.body)) >= _LEAD_TOLD
        return (like * _OTHERS_NAMED if self._of_others(other) else like) / (
            LIKE_ABROAD_WITH_LEADS if both_told else LIKE_ABROAD
        )

    def _of_others(self, other: Gist) -> bool:
        return bool(self._gist.echoing.names.difference(other.echoing.echoes)) and bool(
            other.echoing.names - self._weights.keys()
        )


def _weigh(gist: Gist, statistics: Statistics) -> Mapping[str, float]:
    return {echo: _repeated(n) * statistics.echo_weight(echo) for echo, n in Counter(gist.echoing.echoes).items()}


def _repeated(n: int) -> float:
    return 1 + math.log(n)


def _alone(echo: str) -> float:
    return _ALONE[echo.startswith(SOUND)]
