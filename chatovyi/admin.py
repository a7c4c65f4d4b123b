"""What admins do on the command line, whoever holds the database: this process, or the one that is running."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from chatovyi.backups import Backups, told
from chatovyi.concepts import list_concepts, propose, put_concepts, remove_concept
from config.settings import Settings
from core.address import host_of, outlet_of
from core.errors import ConfigError
from core.ports import Clock, SourceState, Store
from watchers.guard import Refused, admitted, checked_url, is_address

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
    ) -> None:
        """`backups` are those of the running program, which makes one copy at a time."""
        self._store = store
        self._settings = settings
        self._clock = clock
        self._backups = backups or Backups(settings, clock=clock)
        self._on_mail = on_mail
        """Rung when something was put into the inbox; absent where nobody reads it now."""

    async def do(self, request: Request) -> str:
        """Raises `ConfigError` with what to do where the request cannot be carried out."""
        match request.get("command"):
            case "source add":
                return await self._add_source(request["url"] or "", request.get("every"), request.get("name"))
            case "source list":
                return await self._list_sources()
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
            case "backup":
                to = request.get("to")
                return f"Backup made: {told(await self._backups.make(Path(to) if to else None))}."
            case unknown:
                raise ConfigError(f"The running Chatovyi does not know the command {unknown!r}: is it older?")

    async def _add_source(self, url: str, every_ms: str | None, name: str | None) -> str:
        url = self._visitable(url)
        every = timedelta(milliseconds=int(every_ms)) if every_ms else self._settings.fetch_every
        now = self._clock()
        outlet = outlet_of(url, name)
        number = await self._store.write(lambda tx: tx.add_source(url, name=name, outlet=outlet, every=every, now=now))
        if number is None:
            return f"{url} is watched already."
        return f"Source {number} added: {url}, visited every {_span(every)}."

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

    async def _list_sources(self) -> str:
        sources = await self._store.read(lambda tx: tx.sources())
        if not sources:
            return "No sources yet: chatovyi source add URL"
        now = self._clock()
        rows: list[tuple[str, ...]] = [("", "name", "every", "articles", "last new", "state", "address")]
        rows.extend(_row(state, now=now) for state in sources)
        return _table(rows)

    async def _list_inbox(self) -> str:
        asides = await self._store.read(lambda tx: tx.asides())
        if not asides:
            return "Nothing was set aside."
        zone = self._settings.timezone
        rows: list[tuple[str, ...]] = [("", "heard", "broke")]
        rows.extend((str(one.update), f"{one.heard.astimezone(zone):%d.%m.%Y %H:%M}", one.reason) for one in asides)
        return _table(rows) + "\nTo answer one after all: chatovyi inbox retry N"

    async def _retry(self, update: int) -> str:
        if not await self._store.write(lambda tx: tx.retry_aside(update)):
            raise ConfigError(f"No update {update} was set aside: see chatovyi inbox list.")
        if self._on_mail is None:
            return f"Update {update} will be answered when Chatovyi runs."
        self._on_mail()
        return f"Update {update} is being answered."


def _row(state: SourceState, *, now: datetime) -> tuple[str, ...]:
    source = state.source
    return (
        str(source.id),
        source.name if source.name != source.outlet else host_of(source.url),
        _span(source.every),
        str(state.articles),
        f"{_span(now - state.last_new)} ago" if state.last_new else "–",
        _state(state),
        source.url,
    )


def _state(state: SourceState) -> str:
    if state.last_visit is None:
        return "not visited yet"
    if state.last_reason:
        times = state.source.failures
        return f"failing, {times}x: {state.last_reason}"
    return "fine"


def _span(length: timedelta) -> str:
    """A length of time in its largest whole unit: «10s», «5m», «2h», «3d»."""
    seconds = max(0, int(length.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size and (seconds % size == 0 or seconds >= 2 * size):
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)
