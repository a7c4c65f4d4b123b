"""Are two stories that were told apart one after all?"""

from collections.abc import Sequence

from core.story.likeness import LIKE, Telling, short_cosine
from core.story.statistics import Statistics


def one_event(first: Sequence[Telling], other: Sequence[Telling], statistics: Statistics, *, agrees: float) -> bool:
    """Whether their tellings are alike on the whole, each with each, and no outlet tells both.

    An outlet that told them apart knew why. `statistics` must hold the lemmas of titles and leads.
    """
    if {telling.outlet for telling in first} & {telling.outlet for telling in other}:
        return False
    likeness = [short_cosine(one.gist, two.gist, statistics) / LIKE for one in first for two in other]
    return bool(likeness) and max(likeness) >= 1 and sum(likeness) / len(likeness) >= agrees
