"""What a source lists in all: its first body, and those that it is read on in."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import SourceError
from core.model import Failed, Fresh, Listing
from core.site import owner_of
from watchers.fetch import FEED_ACCEPT, Fetcher
from watchers.parse.feed import Feed, Part
from watchers.parse.kind import parse_feed

log = logging.getLogger(__name__)

MOST_PARTS = 5
"""Of an index, read in one visit: the newest."""
SLACK = timedelta(hours=1)
"""What two machines' clocks, and a cache between them, may be apart."""
MOST_EARLIER = 25
"""Pages that are read back in one visit: five hundred posts of a channel."""
OVERLAP = timedelta(minutes=10)
"""Pages are read back until one reaches so far into what was read before."""
_NEWS = ("news", "novyn", "novost", "wiadomosci", "naviny")


@dataclass(frozen=True, slots=True)
class Leafed:
    """A feed with everything it was read on to."""

    feed: Feed
    missed: int = 0
    """Bodies that could not be had: what is in them is to be met again."""

    @property
    def lasts(self) -> bool:
        """Whether the same first body, met again, means that nothing is new."""
        return all(part.changed for part in self.feed.parts)


class Leafer:
    """Reads first bodies, and follows where they lead; only the first one is asked for by whoever calls."""

    def __init__(self, fetcher: Fetcher, *, zone: ZoneInfo) -> None:
        self._fetcher = fetcher
        self._zone = zone

    async def read(self, first: Fresh, *, since: datetime | None, listing: Listing | None = None) -> Leafed | None:
        """`None` where nothing can be new since then, when the source was last read whole.

        Raises `SourceError` where there is nothing to read.
        """
        feed = await self._parsed(first, listing)
        if feed.parts:
            return await self._with_parts(feed, first.url, since)
        if feed.kind == "sitemap without news":
            raise SourceError("it is a sitemap without news: its addresses have no headlines")
        return await self._with_earlier(feed, since) if since else Leafed(feed)

    async def _parsed(self, body: Fresh, listing: Listing | None = None) -> Feed:
        return await asyncio.to_thread(
            parse_feed, body.body, url=body.url, content_type=body.content_type, zone=self._zone, listing=listing
        )

    async def _with_parts(self, index: Feed, url: str, since: datetime | None) -> Leafed | None:
        parts = parts_to_read(index.parts, of=url, since=since)
        if not parts and since:
            return None
        found, reasons = [], []
        for part in parts:
            try:
                found.append(await self._another(part.url))
            except SourceError as error:
                log.warning("part not read", extra={"source": url, "part": part.url, "reason": str(error)})
                reasons.append(str(error))
        if reasons and not found:
            raise SourceError(f"no part of it can be read: {reasons[0]}")
        news = [feed for feed in found if feed.kind == "news sitemap"]
        if found and not news:
            raise SourceError("it is an index of sitemaps without news: their addresses have no headlines")
        whole = replace(
            index,
            title=next((feed.title for feed in news if feed.title), None),
            language=next((feed.language for feed in news if feed.language), None),
            entries=tuple(entry for feed in news for entry in feed.entries),
        )
        return Leafed(whole, missed=len(reasons))

    async def _with_earlier(self, feed: Feed, since: datetime) -> Leafed:
        """What was published since then, though it is on the first page no more.

        A page that cannot be had leaves `since` as it is for the next visit, which reads back anew.
        """
        pages, asked = [feed], set[str]()
        try:
            while (at := pages[-1].earlier) and at not in asked and not _reaches(pages[-1], since - OVERLAP):
                if len(asked) == MOST_EARLIER:
                    log.warning("a gap is left in a channel", extra={"source": pages[0].earlier, "pages": len(pages)})
                    break
                asked.add(at)
                pages.append(await self._another(at))
        except SourceError as error:
            log.warning("earlier page not read", extra={"page": pages[-1].earlier, "reason": str(error)})
            return Leafed(_together(pages), missed=1)
        return Leafed(_together(pages))

    async def _another(self, url: str) -> Feed:
        match await self._fetcher.get(url, accept=FEED_ACCEPT):
            case Fresh() as body:
                return await self._parsed(body)
            case Failed(reason=reason):
                raise SourceError(reason)
            case _:
                raise SourceError("no answer")


def _reaches(page: Feed, moment: datetime) -> bool:
    return any(entry.published and entry.published < moment for entry in page.entries)


def _together(pages: Sequence[Feed]) -> Feed:
    return replace(pages[0], entries=tuple(entry for page in pages for entry in page.entries))


def parts_to_read(parts: Sequence[Part], *, of: str, since: datetime | None) -> list[Part]:
    """Those of the index's own site that may hold something new, the newest; where some are called news, only these."""
    owner = owner_of(of)
    own = [part for part in parts if owner_of(part.url) == owner]
    own = [part for part in own if is_called_news(part.url)] or own
    due = [part for part in own if since is None or part.changed is None or part.changed >= since - SLACK]
    due.sort(key=lambda part: (part.changed is None, part.changed), reverse=True)
    return due[:MOST_PARTS]


def is_called_news(url: str) -> bool:
    """Whether an address says that news are there."""
    path = url.partition("://")[2].partition("/")[2].lower()
    return any(name in path for name in _NEWS)
