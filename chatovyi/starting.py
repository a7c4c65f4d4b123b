"""Sources to begin with: taken over into the store, and tried whether they answer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from urllib.parse import urljoin

from chatovyi.findings import traits
from config.starters import Starter, starter_names, starters
from core.address import outlet_of
from core.ports import Clock, Store, Tx
from watchers.scout import Found, Nothing, Scout, Unread

AT_A_TIME = 20


async def add_starters(store: Store, name: str, *, clock: Clock) -> str:
    """Has all outlets of a file watched, each at the pace of what it publishes; says what became of them."""
    told, now = starters(name), clock()

    def add(tx: Tx) -> int:
        numbers = (
            tx.add_source(one.url, name=one.name, outlet=outlet_of(one.url, one.name), every=None, now=now)
            for one in told
        )
        return sum(number is not None for number in numbers)

    added = await store.write(add)
    known = f", {len(told) - added} of them were watched already" if added < len(told) else ""
    unverified = sum(not one.verified for one in told)
    return (
        f"{len(told)} sources of {name!r}{known}.\n"
        f"Nobody has seen {unverified} of these addresses answer yet: "
        f"chatovyi check --sources {name} says which do, chatovyi source list how they fare."
    )


async def checked(names: Sequence[str], scout: Scout, *, clock: Clock) -> AsyncIterator[str]:
    """A line for each outlet of the named files as it answers, or of all; at last how many did."""
    told = [one for name in names or starter_names() for one in starters(name)]
    hands, answered = asyncio.Semaphore(AT_A_TIME), 0

    async def tried(one: Starter) -> tuple[bool, str]:
        async with hands:
            return await _tried(one, scout, clock)

    for done in asyncio.as_completed([asyncio.create_task(tried(one)) for one in told]):
        good, line = await done
        answered += good
        yield line
    yield f"{answered} of {len(told)} answer."


async def _tried(one: Starter, scout: Scout, clock: Clock) -> tuple[bool, str]:
    """Where the address gives nothing, its site is looked at for a better one."""
    match await scout.look(one.url):
        case Found(feed=feed, url=url):
            moved = "" if url == one.url else f" (at {url})"
            return True, f"yes  {one.name}: {traits(feed, now=clock())}{moved}"
        case Unread(reason=reason):
            return False, f"NO   {one.name}: {reason}  {one.url}"
        case Nothing(reason=reason):
            better = None if one.kind == "channel" else await scout.look(urljoin(one.url, "/"))
            instead = f", but there is {better.url}" if isinstance(better, Found) else ""
            return False, f"NO   {one.name}: {reason}  {one.url}{instead}"
