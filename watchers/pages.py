"""The text of articles whose feed has only a summary, out of their pages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from zoneinfo import ZoneInfo

from core.model import Entry, Failed, Fresh
from watchers.extract import Extractor
from watchers.fetch import Fetcher

log = logging.getLogger(__name__)


class PageReader:
    """Fetches pages and reads them; what cannot be had is said in the entry, never raised."""

    def __init__(self, *, fetcher: Fetcher, extractor: Extractor, zone: ZoneInfo, hands: int) -> None:
        self._fetcher = fetcher
        self._extractor = extractor
        self._zone = zone
        self._hands = hands

    async def read_all(self, entries: Sequence[Entry]) -> AsyncIterator[Entry]:
        """Each entry of one source with the text of its page, in the order the pages come.

        A few are fetched at a time, and one is read at a time: a source of slow pages holds up itself alone.
        """
        hands, turn = asyncio.Semaphore(self._hands), asyncio.Lock()
        pages = [asyncio.create_task(self._read(entry, hands, turn)) for entry in entries]
        try:
            for read in asyncio.as_completed(pages):
                yield await read
        finally:
            for page in pages:
                page.cancel()

    async def read(self, entry: Entry) -> Entry:
        """One entry with the text of its page."""
        return await self._read(entry, asyncio.Lock(), asyncio.Lock())

    async def _read(
        self, entry: Entry, hands: AbstractAsyncContextManager[None], turn: AbstractAsyncContextManager[None]
    ) -> Entry:
        assert entry.url is not None
        async with hands:
            page = await self._fetcher.page(entry.url)
        if not isinstance(page, Fresh):
            reason = page.reason if isinstance(page, Failed) else "not modified"
            log.warning("page not read, its summary is used for now", extra={"page": entry.url, "reason": reason})
            return replace(entry, page_missing=True)
        async with turn:
            found = await self._extractor.text_of(
                page.body, url=page.url, content_type=page.content_type, zone=self._zone
            )
        if found is None:
            log.warning("no text found in a page, its summary is used", extra={"page": entry.url})
            return replace(entry, page_missing=False)
        return replace(entry, text=found.text, published=entry.published or found.published, page_missing=False)
