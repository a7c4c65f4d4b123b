"""Visits: claim what is due, go there, hand over what is new."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from core.errors import SourceError, StoreError
from core.ingest import PageWish, Taken, key_of, own_numbers, page_due, wording_of
from core.model import Entry, Failed, Fresh, Source, Validators, Visit
from core.pace import Pace
from core.ports import Clock, Store, Tx
from core.site import site_of
from core.story import WINDOW
from core.visits import Catch, after_no_network, after_visit, is_read_already, record_of, validators_to_ask
from watchers.desk import Desk
from watchers.fetch import FEED_ACCEPT, Fetcher
from watchers.horizon import Horizon
from watchers.leafing import Leafer
from watchers.metronome import Alarm
from watchers.pages import PageReader
from watchers.parse.feed import Feed

log = logging.getLogger(__name__)

Dice = Callable[[], float]
"""Chance: a number from 0 to 1."""

MOST_PAGES = 60
"""Pages fetched for one visit, of the newest entries; older ones are taken in with their summaries."""
NO_SITE = ""
"""What sources of one's own network have: they do not wait for each other."""
DIGEST = 24
"""Hexadecimal digits by which a body is known again."""
MOST_TRIES = 3
"""An article that breaks its taking in so often is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """How patrols are made."""

    hands: int = 50
    """Visits at a time."""
    patience: timedelta = timedelta(minutes=4)
    """For a whole visit, pages included."""
    lease: timedelta = timedelta(minutes=5)
    """A claim that ends by itself: longer than any visit."""
    apart: timedelta = timedelta(milliseconds=50)
    """What is overdue at a start, or when the network is back, is visited so far apart."""
    lookouts: int = 2
    """Visits at a time while the network is gone."""


class Patrol:
    """`beat` starts visits and never waits for them: a slow source costs one hand, not the round."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        pages: PageReader,
        desk: Desk,
        clock: Clock,
        zone: ZoneInfo,
        rounds: Rounds,
        pace: Pace,
        dice: Dice,
        on_news: Callable[[], None],
        alarm: Alarm,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._leafer = Leafer(fetcher, zone=zone)
        self._pages = pages
        self._desk = desk
        self._clock = clock
        self._rounds = rounds
        self._pace = pace
        self._dice = dice
        self._on_news = on_news
        self._alarm = alarm
        self._horizon = Horizon()
        self._visits: set[asyncio.Task[None]] = set()
        self._asking: set[str] = set()
        """Sites of which a source is being asked: others of theirs would only wait, and hold a hand."""
        self._broken: Counter[str] = Counter()
        """Articles that broke their taking in, and how often since the start."""

    @property
    def lost(self) -> bool:
        """Whether nothing can be reached at the moment: the network is gone."""
        return self._horizon.gone

    async def begin(self) -> None:
        """At the start, and after a clock was set forward: what came due meanwhile is not visited all at once."""
        now = self._clock()
        late = await self._store.write(lambda tx: tx.spread_due(now=now, each=self._rounds.apart))
        if late:
            log.info("sources are overdue", extra={"sources": late})

    async def beat(self) -> None:
        """Claims as many due sources as hands are free, and sets off; without a network only a few look out for it."""
        hands = self._rounds.lookouts if self._horizon.gone else self._rounds.hands
        free = hands - len(self._visits)
        if free <= 0:
            return
        busy = list(self._asking - {NO_SITE})
        now = self._clock()
        until = now + self._rounds.lease

        def claim(tx: Tx) -> tuple[list[Source], list[PageWish]]:
            sources = tx.claim_sources(now=now, until=until, limit=free, busy=busy)
            return sources, tx.claim_pages(now=now, until=until, limit=free - len(sources))

        sources, wishes = await self._store.write(claim)
        for source in sources:
            self._asking.add(site_of(source.url) or NO_SITE)
            self._set_off(self._guarded(source))
        for wish in wishes:
            self._set_off(self._try_again(wish))

    def _set_off(self, way: Coroutine[None, None, None]) -> None:
        visit = asyncio.create_task(way)
        self._visits.add(visit)
        visit.add_done_callback(self._ended)

    async def rest(self) -> None:
        """Waits until no visit is under way."""
        while self._visits:
            await asyncio.wait(self._visits)

    async def stop(self) -> None:
        """Calls everybody home at once; what was not taken in is met again on the next visit."""
        for visit in self._visits:
            visit.cancel()
        await self.rest()

    def _ended(self, visit: asyncio.Task[None]) -> None:
        self._visits.discard(visit)
        if not visit.cancelled() and (error := visit.exception()):
            self._alarm(error)

    async def _guarded(self, source: Source) -> None:
        """One visit; whatever goes wrong in it is this source's alone."""
        began = self._clock()
        try:
            async with asyncio.timeout(self._rounds.patience.total_seconds()):
                seen = await self._visit(source)
        except StoreError:
            raise
        except TimeoutError:
            seen = _Seen(Failed(reason="the whole visit took too long"), self._clock() - began)
        except Exception:
            log.exception("visit broke", extra={"source": source.url})
            seen = _Seen(Failed(reason="an error of ours: see the log"), self._clock() - began)
        await self._settle(source, seen, began)

    async def _visit(self, source: Source) -> "_Seen":
        began = self._clock()
        try:
            validators = validators_to_ask(source, now=began)
            visit = await self._asked(source, validators)
        finally:
            self._asking.discard(site_of(source.url) or NO_SITE)
        took = self._clock() - began
        if not isinstance(visit, Fresh):
            return _Seen(visit, took)
        digest = sha256(visit.body).hexdigest()[:DIGEST]
        if is_read_already(source, digest, now=began):
            return _Seen(visit, took)
        try:
            since = source.memory.read_at if source.visited else None
            leafed = await self._leafer.read(visit, since=since, listing=source.listing)
        except SourceError as error:
            return _Seen(Failed(reason=str(error), status=200), took)
        if leafed is None:
            return _Seen(visit, took)
        feed = leafed.feed
        if not leafed.lasts:
            digest, visit = "", replace(visit, validators=Validators())
        await self._name(source, feed)
        by_key, unseen = await self._known(source, feed.entries)
        haul = await self._take_in(source, self._new(by_key, unseen))
        await self._revise(source, by_key, edits=feed.edits)
        catch = Catch(
            digest=digest,
            entries=len(feed.entries),
            taken=haul.taken,
            broken=haul.failed + leafed.missed,
            dates=tuple(entry.published for entry in feed.entries if entry.published),
            wishes=feed.wishes,
        )
        return _Seen(visit, took, catch, tuple(by_key))

    async def _asked(self, source: Source, validators: Validators) -> Visit:
        """Feeds are published for machines; a page that lists news is read as its site lets pages be read."""
        if source.listing:
            return await self._fetcher.page(source.url, validators=validators)
        return await self._fetcher.get(source.url, accept=FEED_ACCEPT, validators=validators)

    async def _name(self, source: Source, feed: Feed) -> None:
        title = feed.title
        if title and not source.visited:
            await self._store.write(lambda tx: tx.name_source(source.id, title))

    async def _known(self, source: Source, entries: Sequence[Entry]) -> tuple[dict[str, Entry], frozenset[str]]:
        """Entries by the keys of the articles that they are, and those keys that were never taken in.

        One under a new address that has the number and the moment of a known article is that article.
        """
        by_key = {key_of(entry, source): entry for entry in reversed(entries)}
        unseen = await self._store.read(lambda tx: tx.unseen(list(by_key)))
        own = own_numbers(entries)
        strange = {guid: key for key in unseen if (guid := by_key[key].guid) in own and guid is not None}
        if not strange:
            return by_key, unseen
        numbers = {guid: own[guid] for guid in strange}
        for guid, key in (await self._store.read(lambda tx: tx.numbered(source.id, numbers))).items():
            if key not in by_key:
                by_key[key] = by_key.pop(strange[guid])
                unseen -= {strange[guid]}
        return by_key, unseen

    def _new(self, by_key: Mapping[str, Entry], unseen: frozenset[str]) -> list[Entry]:
        """Entries not taken in yet, newest first."""
        new = [entry for key, entry in by_key.items() if key in unseen and self._broken[key] < MOST_TRIES]
        return sorted(new, key=_when, reverse=True)

    async def _revise(self, source: Source, by_key: Mapping[str, Entry], *, edits: bool) -> None:
        """Articles that the source words otherwise now; whatever goes wrong is that article's alone."""
        wordings = {key: wording_of(entry, edits=edits) for key, entry in by_key.items()}
        since = self._clock() - WINDOW
        for known in await self._store.read(lambda tx: tx.revised(source.id, wordings, since=since)):
            try:
                await self._desk.revise(source, known, by_key[known.key])
            except StoreError:
                raise
            except Exception:
                log.exception("article not revised", extra={"source": source.url, "article": known.article})
            else:
                log.info("article revised", extra={"source": source.url, "article": known.article})
                self._on_news()

    async def _take_in(self, source: Source, new: Sequence[Entry]) -> "_Haul":
        """What needs no page at once, oldest first; the rest as its pages come: a slow one holds up no other."""
        paged = [entry for entry in new[:MOST_PAGES] if entry.text is None and entry.url]
        waiting = set(map(id, paged))
        haul = await self._take_in_all(source, [entry for entry in reversed(new) if id(entry) not in waiting])
        async for entry in self._pages.read_all(paged):
            haul += await self._take_in_all(source, [entry])
        return haul

    async def _take_in_all(self, source: Source, entries: Sequence[Entry]) -> "_Haul":
        """All in one transaction, or, where one of them breaks it, each in its own."""
        if not entries:
            return _Haul()
        try:
            return _Haul(taken=await self._hand_over(source, entries))
        except StoreError:
            raise
        except Exception:
            log.exception("articles not taken in", extra={"source": source.url, "article": entries[0].url})
        if len(entries) == 1:
            self._broken[key_of(entries[0], source)] += 1
            return _Haul(failed=1)
        return sum([await self._take_in_all(source, [entry]) for entry in entries], _Haul())

    async def _hand_over(self, source: Source, entries: Sequence[Entry]) -> int:
        taken: Taken = await self._desk.take_in(source, entries)
        if taken.articles:
            self._on_news()
            log.info("articles taken in", extra={"source": source.url, "new": taken.articles, "alerts": taken.alerts})
        return taken.articles

    async def _try_again(self, wish: PageWish) -> None:
        """One more try at a page; whatever goes wrong with it is this article's alone."""
        try:
            entry = await self._pages.read(wish.entry)
            if entry.text:
                taken = await self._desk.amend(wish, entry)
                log.info("page read at last", extra={"page": entry.url, "alerts": taken.alerts})
                self._on_news()
                return
        except StoreError:
            raise
        except Exception:
            log.exception("page broke", extra={"page": wish.entry.url})
            entry = wish.entry
        due_at = page_due(wish.tries, now=self._clock()) if entry.page_missing else None
        await self._store.write(lambda tx: tx.put_off_page(wish.article, due_at=due_at))

    async def _settle(self, source: Source, seen: "_Seen", began: datetime) -> None:
        visit, now = seen.visit, self._clock()
        back = self._horizon.saw(source.url, visit)
        if isinstance(visit, Failed) and visit.unreached and self._horizon.gone:
            sequel = after_no_network(source, pace=self._pace, now=now, luck=self._dice())
        else:
            sequel = after_visit(source, visit, seen.catch, pace=self._pace, now=now, luck=self._dice())
        record = record_of(visit, seen.catch, at=began, took=seen.took)

        def settle(tx: Tx) -> bool:
            tx.keep_listed(seen.keys, now=now)
            return tx.settle_visit(source, sequel, record, now=now)

        if not await self._store.write(settle):
            log.warning("visit settled too late, nothing changed", extra={"source": source.url})
        elif isinstance(visit, Failed):
            log.warning("visit failed", extra={"source": source.url, "reason": visit.reason})
        if back:
            log.warning("the network is back")
            await self.begin()
        if sequel.url != source.url:
            log.info("source moved for good", extra={"source": source.url, "to": sequel.url})
        if sequel.retired:
            log.warning("source is gone, and visited no more", extra={"source": source.url})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a visit came to."""

    visit: Visit
    took: timedelta
    catch: Catch | None = None
    keys: tuple[str, ...] = ()
    """Of the articles that the source lists."""


@dataclass(frozen=True, slots=True)
class _Haul:
    """What a visit brought: articles taken in, and entries that broke the taking."""

    taken: int = 0
    failed: int = 0

    def __add__(self, other: "_Haul") -> "_Haul":
        return _Haul(self.taken + other.taken, self.failed + other.failed)


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _when(entry: Entry) -> datetime:
    return entry.published or _LONG_AGO
