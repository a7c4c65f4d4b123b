"""What admins do on the command line, whoever holds the database: this process, or the one that is running."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from chatovyi.backups import Backups, told
from chatovyi.concepts import list_concepts, propose, put_concepts, remove_concept
from chatovyi.corrections import StoryDesk
from chatovyi.findings import listing_of, look_at
from chatovyi.report import packed, report, shown
from chatovyi.sources import SourceDesk
from chatovyi.starting import add_starters
from chatovyi.tables import span, table
from chatovyi.watchlists import diff_list, export_list, import_list, list_lists
from config.settings import Settings
from core.address import as_address, outlet_of
from core.errors import ConfigError
from core.pace import Pace
from core.ports import Clock, Store
from watchers.guard import Refused, admitted, checked_url, is_address
from watchers.scout import Scout

Request = Mapping[str, str | None]
"""A command by its words, with what was given: it travels as JSON."""


class Admin:
    """Carries out commands over an open store; the answer is text for a terminal."""

    def __init__(
        self,
        *,
        store: Store,
        settings: Settings,
        clock: Clock,
        on_mail: Callable[[], None] | None = None,
        backups: Backups | None = None,
        wrong: Callable[[], Awaitable[list[str]]] | None = None,
        scout: Scout | None = None,
    ) -> None:
        """`backups` are those of the running program, which makes one copy at a time.

        `wrong` gives why it is not ready; absent where none runs. Without a `scout` no address is asked what is there.
        """
        self._store = store
        self._settings = settings
        self._clock = clock
        pace = Pace(fastest=settings.fetch_fastest, slowest=settings.fetch_slowest)
        self._sources = SourceDesk(store, clock=clock, zone=settings.timezone, pace=pace)
        self._stories = StoryDesk(store, clock=clock)
        self._backups = backups or Backups(settings, clock=clock)
        self._wrong = wrong
        self._scout = scout
        self._on_mail = on_mail
        """Rung when something was put into the inbox; absent where nobody reads it now."""

    async def do(self, request: Request) -> str:
        """Raises `ConfigError` with what to do where the request cannot be carried out."""
        match request.get("command"):
            case "source add":
                return await self._add_source(request)
            case "source starter":
                return await add_starters(self._store, request["name"] or "", clock=self._clock)
            case "source list":
                return await self._sources.list()
            case "source show":
                return await self._sources.show(request["url"] or "")
            case "source stop":
                return await self._sources.stop(request["url"] or "")
            case "source retry":
                return await self._sources.retry(request["url"] or "")
            case "source move":
                to = request.get("to")
                return await self._sources.move(request["url"] or "", self._visitable(to) if to else None)
            case "story join":
                return await self._stories.join(request["url"] or "", request["other"] or "")
            case "story split":
                return await self._stories.split(request["url"] or "")
            case "story labels":
                return await self._stories.labels()
            case "inbox list":
                return await self._list_inbox()
            case "inbox retry":
                return await self._retry(int(request["update"] or ""))
            case "concept list":
                return await list_concepts(self._store, request.get("name"))
            case "concept put":
                return await put_concepts(self._store, request["toml"] or "", file=request["file"] or "")
            case "concept remove":
                return await remove_concept(self._store, request["name"] or "")
            case "concept propose":
                return await propose(self._store, request["name"] or "")
            case "watchlist list":
                return await list_lists(self._store)
            case "watchlist export":
                return await export_list(self._store, request["slug"] or "", request["form"] or "")
            case "watchlist import" | "watchlist diff" as command:
                act = import_list if command == "watchlist import" else diff_list
                text, file = request["text"] or "", request["file"] or ""
                return await act(self._store, text, file=file, slug=request.get("slug"), now=self._clock())
            case "backup":
                to = request.get("to")
                return f"Backup made: {told(await self._backups.make(Path(to) if to else None))}."
            case "health":
                return await self._health(as_json=request.get("json") is not None)
            case unknown:
                raise ConfigError(f"The running Chatovyi does not know the command {unknown!r}: is it older?")

    async def _add_source(self, request: Request) -> str:
        url, name = self._visitable(as_address(request["url"] or "")), request.get("name")
        every_ms = request.get("every")
        every = timedelta(milliseconds=int(every_ms)) if every_ms else self._settings.fetch_every
        listing, said = listing_of(request), ""
        if self._scout and not request.get("unasked"):
            zone = self._settings.timezone
            url, said = await look_at(url, self._scout, zone=zone, now=self._clock(), listing=listing)
        now, outlet = self._clock(), outlet_of(url, name)
        number = await self._store.write(
            lambda tx: tx.add_source(url, name=name, outlet=outlet, every=every, now=now, listing=listing)
        )
        if number is None and listing:
            await self._store.write(lambda tx: tx.read_by(url, listing, now=now))
            return f"{url} is watched already, and is read by these selectors from now on." + (said and f"\n{said}")
        if number is None:
            return f"{url} is watched already."
        how = f"visited every {span(every)}" if every else "visited as often as it publishes"
        return f"Source {number} added: {url}, {how}." + (said and f"\n{said}")

    def _visitable(self, url: str) -> str:
        """An address may name a place that is never visited; better said now than in a log."""
        try:
            parsed = str(checked_url(url))
        except Refused as error:
            raise ConfigError(f"{url} cannot be a source: {error}.") from error
        parts = urlsplit(parsed)
        host = parts.hostname or ""
        if is_address(host):
            try:
                port = parts.port or (443 if parts.scheme == "https" else 80)
                admitted(host, port, [host], allowed=self._settings.fetch_allow_private)
            except Refused as error:
                raise ConfigError(
                    f"{url} cannot be a source: {error}. For a place inside your own network, name the network in "
                    "CHATOVYI_FETCH_ALLOW_PRIVATE of the running Chatovyi."
                ) from error
        return parsed

    async def _health(self, *, as_json: bool) -> str:
        found = await report(
            self._store,
            wrong=await self._wrong() if self._wrong else None,
            backups=self._settings.backups,
            now=self._clock(),
        )
        return json.dumps(packed(found), ensure_ascii=False) if as_json else shown(found, self._settings.timezone)

    async def _list_inbox(self) -> str:
        asides = await self._store.read(lambda tx: tx.asides())
        if not asides:
            return "Nothing was set aside."
        zone = self._settings.timezone
        rows: list[tuple[str, ...]] = [("", "heard", "broke")]
        rows.extend((str(one.update), f"{one.heard.astimezone(zone):%d.%m.%Y %H:%M}", one.reason) for one in asides)
        return table(rows) + "\nTo answer one after all: chatovyi inbox retry N"

    async def _retry(self, update: int) -> str:
        if not await self._store.write(lambda tx: tx.retry_aside(update)):
            raise ConfigError(f"No update {update} was set aside: see chatovyi inbox list.")
        if self._on_mail is None:
            return f"Update {update} will be answered when Chatovyi runs."
        self._on_mail()
        return f"Update {update} is being answered."
