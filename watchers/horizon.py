"""Whether there is a network at all, as visits show: one that is gone is no fault of the sources."""

from core.model import Failed, Visit
from core.site import site_of

ENOUGH = 3
"""Sites in a row of which none was reached, without any being reached in between: that is the network's doing."""


class Horizon:
    """What the last visits reached. One's own network says nothing of the world, and is not counted."""

    def __init__(self) -> None:
        self._missed: set[str] = set()

    @property
    def gone(self) -> bool:
        """Nothing can be reached at the moment."""
        return len(self._missed) >= ENOUGH

    def saw(self, url: str, visit: Visit) -> bool:
        """Counts a visit; whether the network is back with it."""
        site = site_of(url)
        if site is None:
            return False
        if isinstance(visit, Failed) and visit.unreached:
            self._missed.add(site)
            return False
        back = self.gone
        self._missed.clear()
        return back
