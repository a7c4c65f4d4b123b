"""What there is to watch at an address that a person names: itself, or the best feed of its site."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from core.errors import SourceError
from core.model import Failed, Fresh, Listing, Unchanged
from core.ports import Clock
from core.rate import rate_of_backlog
from watchers.fetch import FEED_ACCEPT, Fetcher
from watchers.leafing import Leafer, is_called_news
from watchers.parse.decode import decode
from watchers.parse.feed import Feed
from watchers.parse.links import SiteLinks, site_links

PATIENCE = timedelta(seconds=100)
"""For a whole search: two dozen questions to one site, two seconds apart."""
ALIVE = timedelta(days=30)
"""A feed whose newest entry is older is left for another."""
MOST_TRIED = 5
"""Addresses of one sort."""
GUESSES = ("rss", "feed", "rss.xml", "feed.xml", "rss/all", "atom.xml", "index.xml", "export/xmlrss2.php")
SITEMAPS = ("news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml", "sitemap.xml")
_NOT_THERE = (404, 410)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place that gives entries."""

    url: str
    feed: Feed
    on: str | None = None
    """The page that led to it; `None` where it is the address itself."""
    others: tuple[str, ...] = ()
    """Feeds of the same page that were read too, and are not as good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Nothing that could be watched."""

    reason: str
    channels: tuple[str, ...] = ()
    """Telegram channels that the page links to."""


@dataclass(frozen=True, slots=True)
class Unread:
    """It could not be asked now, which says nothing of what is there."""

    reason: str


Discovery = Found | Nothing | Unread


class Scout:
    """Looks, and changes nothing; every question passes the one door to the web."""

    def __init__(self, fetcher: Fetcher, *, clock: Clock, zone: ZoneInfo) -> None:
        self._fetcher = fetcher
        self._leafer = Leafer(fetcher, zone=zone)
        self._clock = clock

    async def look(self, url: str, *, listing: Listing | None = None) -> Discovery:
        """What to watch there: of several feeds the one that lives, is of the named part of the site, gives most.

        With a `listing` it is the page itself, and what answers its selectors.
        """
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await (self._look_through(url, listing) if listing else self._look(url))
        except TimeoutError:
            return Unread(f"looking around took longer than {PATIENCE.total_seconds():g} s")

    async def _look_through(self, url: str, listing: Listing) -> Discovery:
        match await self._fetcher.page(url):
            case Failed(status=status, reason=reason):
                return Nothing(reason=reason) if status in _NOT_THERE else Unread(reason)
            case Unchanged():
                return Unread("no answer")
            case Fresh() as fresh:
                try:
                    leafed = await self._leafer.read(fresh, since=None, listing=listing)
                except SourceError as error:
                    return Nothing(reason=str(error))
                if leafed is None or not leafed.feed.entries:
                    return Nothing(reason=f"nothing on it with a link and a headline answers {listing.item!r}")
                return Found(url=url, feed=leafed.feed)

    async def _look(self, url: str) -> Discovery:
        match await self._fetcher.get(url, accept=FEED_ACCEPT):
            case Failed(status=status, reason=reason) if status in _NOT_THERE:
                return Nothing(reason=reason)
            case Failed(reason=reason):
                return Unread(reason)
            case Unchanged():
                return Unread("no answer")
            case Fresh() as fresh:
                return await self._around(url, fresh)

    async def _around(self, url: str, fresh: Fresh) -> Discovery:
        try:
            return Found(url=url, feed=await self._read(fresh))
        except SourceError as error:
            reason = str(error)
        text = decode(fresh.body, content_type=fresh.content_type)
        if "<html" not in text[:20_000].lower() and "<body" not in text[:20_000].lower():
            return Nothing(reason=reason)
        links = await asyncio.to_thread(site_links, text, url=fresh.url)
        best = await self._best(fresh.url, links)
        return best or Nothing(reason=f"{reason}, and none was found on its site", channels=links.channels[:3])

    async def _best(self, page: str, links: SiteLinks) -> Found | None:
        """Of what the page names the best; where nothing of that lives, the first usual place that does."""
        found: list[tuple[str, Feed]] = []
        for urls in (links.declared, links.shown):
            found += [(url, feed) for url in urls[:MOST_TRIED] if (feed := await self._feed_at(url))]
            if any(self._lives(feed) for _, feed in found):
                return self._chosen(found, page)
        async for url in self._usual(page, seen={*links.declared, *links.shown}):
            feed = await self._feed_at(url)
            if feed and self._lives(feed):
                return Found(url=url, feed=feed, on=page)
        return self._chosen(found, page) if found else None

    def _chosen(self, found: Sequence[tuple[str, Feed]], page: str) -> Found:
        ranked = sorted(found, key=lambda one: self._worth(*one, page=page), reverse=True)
        (url, feed), *others = ranked
        return Found(url=url, feed=feed, on=page, others=tuple(other for other, _ in others))

    def _worth(self, url: str, feed: Feed, *, page: str) -> tuple[bool, bool, float, int]:
        """A page in one language, or on one matter, has a feed of its own; then more news are better than fewer."""
        of_the_page = urlsplit(url).path.startswith(urlsplit(page).path.rstrip("/") + "/")
        return self._lives(feed), of_the_page, a_day(feed, now=self._clock()) or 0.0, whole_texts(feed)

    def _lives(self, feed: Feed) -> bool:
        dates = [entry.published for entry in feed.entries if entry.published]
        return bool(feed.entries) and (not dates or max(dates) >= self._clock() - ALIVE)

    async def _usual(self, page: str, *, seen: set[str]) -> AsyncIterator[str]:
        for url in _guesses(page):
            if url not in seen:
                yield url
        named = await self._fetcher.sitemaps(page)
        for url in sorted(named, key=is_called_news, reverse=True)[:MOST_TRIED]:
            yield url
        for name in SITEMAPS:
            if (url := urljoin(page, "/" + name)) not in named:
                yield url

    async def _feed_at(self, url: str) -> Feed | None:
        fresh = await self._fetcher.get(url, accept=FEED_ACCEPT)
        if not isinstance(fresh, Fresh):
            return None
        try:
            return await self._read(fresh)
        except SourceError:
            return None

    async def _read(self, fresh: Fresh) -> Feed:
        leafed = await self._leafer.read(fresh, since=None)
        if leafed is None:
            raise SourceError("there is nothing in it")
        return leafed.feed


def a_day(feed: Feed, *, now: datetime) -> float | None:
    """How many entries it gives on a day; `None` where too few have a date."""
    dates = [entry.published for entry in feed.entries if entry.published and entry.published <= now]
    return rate_of_backlog(dates, now=now).daily() if len(dates) > 1 else None


def whole_texts(feed: Feed) -> int:
    """Entries that come with their full text."""
    return sum(entry.text is not None for entry in feed.entries)


def _guesses(page: str) -> Iterator[str]:
    """Below the page itself, where it is no front page, then where sites usually keep their feeds."""
    below = urlsplit(page).path.strip("/")
    if below and "." not in below.rpartition("/")[2]:
        yield from (urljoin(page, f"/{below}/{name}") for name in ("feed", "rss"))
    yield from (urljoin(page, f"/{name}") for name in GUESSES)
