"""What admins see and do of sources on the command line: how they are, stop, try again, go over to a new address."""

from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chatovyi.tables import span, table
from core import sourcing
from core.errors import ConfigError, UserError
from core.health import health
from core.pace import Pace, interval
from core.ports import Clock, SourceDay, SourceState, Store
from core.visits import Record

RECORDS = 12
DAYS = 7


class SourceDesk:
    """Sources of an open store, for a terminal."""

    def __init__(self, store: Store, *, clock: Clock, zone: ZoneInfo, pace: Pace) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone
        self._pace = pace

    async def list(self) -> str:
        """All of them, a line each."""
        sources = await self._store.read(lambda tx: tx.sources())
        if not sources:
            return "No sources yet: chatovyi source add URL"
        rows: list[tuple[str, ...]] = [("", "name", "every", "articles", "last new", "state", "address")]
        rows.extend(self._row(state) for state in sources)
        return table(rows)

    async def show(self, named: str) -> str:
        """One of them, with its last visits."""
        state = await self._known(named)
        number = state.source.id
        records = await self._store.read(lambda tx: tx.records(number, limit=RECORDS))
        days = await self._store.read(lambda tx: tx.source_days(number, limit=DAYS))
        parts = [self._head(state)]
        if days:
            parts.append(table([("day (UTC)", "visits", "failed", "new", "came", "took"), *map(_day, days)]))
        if records:
            head = ("visit", "came to", "HTTP", "took", "came", "unpacked", "entries", "new", "why")
            parts.append(table([head, *map(self._visit, records)]))
        return "\n\n".join(parts)

    async def stop(self, named: str) -> str:
        """It is visited no more; what it gave stays."""
        state = await self._known(named)
        url = state.source.url
        now = self._clock()
        await self._store.write(lambda tx: sourcing.stop(tx, state.source.id, by=None, now=now))
        return f"{url} is not visited any more. To watch it again: chatovyi source retry {url}"

    async def retry(self, named: str) -> str:
        """Visited now, however long it would have waited."""
        state, now = await self._known(named), self._clock()
        await self._store.write(lambda tx: sourcing.retry(tx, state.source.id, by=None, now=now))
        return f"{state.source.url} is to be visited now."

    async def move(self, named: str, to: str | None) -> str:
        """Goes over to another address: the given one, or where it says that it moved."""
        state, now = await self._known(named), self._clock()
        url = state.source.url
        move = state.source.memory.move
        to = to or (move.to if move else None)
        if to is None:
            raise ConfigError(f"{url} did not say that it moved: name the new address too.")
        address = to
        try:
            await self._store.write(lambda tx: sourcing.move(tx, state.source.id, address, by=None, now=now))
        except UserError as error:
            raise ConfigError(f"{to} is watched already: chatovyi source stop {url} ends the old one.") from error
        return f"{url} is visited at {to} from now on."

    async def _known(self, named: str) -> SourceState:
        """The source of this address, or of this number in the list."""
        for state in await self._store.read(lambda tx: tx.sources()):
            if named in (state.source.url, str(state.source.id)):
                return state
        raise ConfigError(f"{named} is no source: chatovyi source list shows all.")

    def _row(self, state: SourceState) -> tuple[str, ...]:
        source, now = state.source, self._clock()
        return (
            str(source.id),
            source.name,
            self._every(state, now=now),
            str(state.articles),
            f"{span(now - state.last_new)} ago" if state.last_new else "–",
            _condition(state, now=now),
            source.url,
        )

    def _every(self, state: SourceState, *, now: datetime) -> str:
        source = state.source
        return (
            span(source.every)
            if source.every
            else f"~{span(_rounded(interval(source.memory.rate, self._pace, now=now)))}"
        )

    def _head(self, state: SourceState) -> str:
        source, now = state.source, self._clock()
        memory = source.memory
        rows: list[tuple[str, ...]] = [
            (source.name, source.url),
            ("state", _condition(state, now=now)),
            ("visited", f"every {self._every(state, now=now)}{'' if source.every else ', as often as it publishes'}"),
            ("publishes", f"{memory.rate.daily():.1f} articles a day, as learnt"),
            ("articles", f"{state.articles}, the last {span(now - state.last_new)} ago" if state.last_new else "none"),
        ]
        if source.listing:
            parts = asdict(source.listing).items()
            rows.append(("read by", ", ".join(f"{name} {selector!r}" for name, selector in parts if selector)))
        if not state.retired:
            rows.append(("next visit", f"{state.due_at.astimezone(self._zone):%d.%m. %H:%M:%S}"))
        if memory.wishes.ttl:
            rows.append(("it asks", f"to be left alone for {span(memory.wishes.ttl)}"))
        if memory.distrusted_until and now < memory.distrusted_until:
            rows.append(("validators", "not used: they stayed while the feed changed"))
        return table(rows)

    def _visit(self, record: Record) -> tuple[str, ...]:
        return (
            f"{record.at.astimezone(self._zone):%d.%m. %H:%M:%S}",
            record.outcome,
            str(record.status or "–"),
            f"{record.took.total_seconds():.2f} s",
            _size(record.wire),
            _size(record.decoded),
            str(record.entries),
            str(record.new),
            record.reason,
        )


def _condition(state: SourceState, *, now: datetime) -> str:
    found = health(state, now=now)
    if found.condition == "new":
        return found.reason
    return f"{found.condition}: {found.reason}" if found.reason else found.condition


def _day(day: SourceDay) -> tuple[str, ...]:
    took = day.took.total_seconds() / day.visits
    return (f"{day.day:%d.%m.}", str(day.visits), str(day.failed), str(day.new), _size(day.wire), f"{took:.2f} s each")


def _rounded(length: timedelta) -> timedelta:
    """To whole minutes, or seconds below two minutes."""
    unit = timedelta(minutes=1) if length >= timedelta(minutes=2) else timedelta(seconds=1)
    return round(length / unit) * unit


def _size(amount: int) -> str:
    return (
        f"{amount} B"
        if amount < 1000
        else f"{amount / 1000:.0f} kB"
        if amount < 1_000_000
        else f"{amount / 1e6:.1f} MB"
    )
