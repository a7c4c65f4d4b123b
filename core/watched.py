"""Is a link's site among what is watched?"""

from collections.abc import Iterable

from core.address import canonical, host_of, is_shared
from core.ports import SourceState
from core.query.source import source_name
from core.site import owner_of


def place_of(url: str) -> str:
    """What people call where the link leads: a site (`glavcom.ua`), a channel (`t.me/suspilne`), or, on a host that
    many share, the address itself; nothing where it leads nowhere.
    """
    named = source_name(url) if host_of(url) else ""
    return canonical(url) if is_shared(url) and "/" not in named else named


def watching(url: str, sources: Iterable[SourceState]) -> SourceState | None:
    """The source that would bring the link's article, one that is still visited first; `None` where there is none."""
    found = [one for one in sources if _same_place(url, one)]
    return min(found, key=lambda one: one.retired is not None, default=None)


def _same_place(url: str, state: SourceState) -> bool:
    place = place_of(url)
    if place in (place_of(state.source.url), source_name(state.source.outlet)):
        return True
    # On a host that many share, a neighbour's address says nothing.
    owner = None if is_shared(url) else owner_of(url)
    return owner is not None and owner == owner_of(state.source.url)
