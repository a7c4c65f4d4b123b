"""How visits end: what is remembered of a source, and the records of its last visits."""

from datetime import UTC, date, datetime, timedelta

from core.model import Source, SourceId
from core.ports import SourceDay
from core.site import site_of
from core.visits import Record, Sequel
from store.memories import memory_to
from store.sql import Row, Statements, at, ms, span_ms

KEEP_RECORDS = 64
"""Of each source."""
KEEP_VISITS = timedelta(days=14)
"""And no longer than this, where a source is visited no more."""
KEEP_DAYS = timedelta(days=90)

_FIRST_DAY = date(1970, 1, 1)


class Visits(Statements):
    """Ends of visits, and what is kept of them."""

    def settle_visit(self, source: Source, sequel: Sequel, record: Record, *, now: datetime) -> bool:
        row = self._row(
            """UPDATE source SET
                 due_at = :due_at, lease_until = 0, etag = :etag, last_modified = :last_modified, last_visit = :now,
                 last_reason = :reason, last_status = :status, failures = :failures, visited = :visited,
                 memory = :memory, site = :site, last_new = CASE WHEN :new > 0 THEN :now ELSE last_new END,
                 retired = CASE WHEN :retired = 1 THEN 'gone' ELSE retired END
               WHERE id = :id AND epoch = :epoch AND lease_until > 0 RETURNING url""",
            id=source.id,
            epoch=source.epoch,
            due_at=ms(sequel.due_at),
            etag=sequel.validators.etag,
            last_modified=sequel.validators.last_modified,
            reason=sequel.reason,
            status=sequel.status,
            failures=sequel.failures,
            visited=int(sequel.visited),
            memory=memory_to(sequel.memory),
            site=site_of(sequel.url),
            retired=int(sequel.retired),
            new=record.new,
            now=ms(now),
        )
        if row is None:
            return False
        if row[0] != sequel.url:
            self._move(source.id, sequel.url)
        self._keep(source, record)
        if sequel.shut_until:
            self._shut(source, until=sequel.shut_until)
        return True

    def _keep(self, source: Source, record: Record) -> None:
        self._run(
            """INSERT INTO visit (source_id, turn, at, outcome, status, reason, took, wire, decoded, entries, new)
               VALUES (:source, :turn, :at, :outcome, :status, :reason, :took, :wire, :decoded, :entries, :new)
               ON CONFLICT (source_id, turn) DO UPDATE SET
                 at = excluded.at, outcome = excluded.outcome, status = excluded.status, reason = excluded.reason,
                 took = excluded.took, wire = excluded.wire, decoded = excluded.decoded, entries = excluded.entries,
                 new = excluded.new""",
            source=source.id,
            turn=source.epoch % KEEP_RECORDS,
            at=ms(record.at),
            outcome=record.outcome,
            status=record.status,
            reason=record.reason,
            took=span_ms(record.took),
            wire=record.wire,
            decoded=record.decoded,
            entries=record.entries,
            new=record.new,
        )
        self._run(
            """INSERT INTO source_day (source_id, day, visits, failed, new, wire, took)
               VALUES (:source, :day, 1, :failed, :new, :wire, :took)
               ON CONFLICT (source_id, day) DO UPDATE SET
                 visits = source_day.visits + 1, failed = source_day.failed + excluded.failed,
                 new = source_day.new + excluded.new, wire = source_day.wire + excluded.wire,
                 took = source_day.took + excluded.took""",
            source=source.id,
            day=_number(record.at),
            failed=int(record.outcome == "failed"),
            new=record.new,
            wire=record.wire,
            took=span_ms(record.took),
        )

    def _shut(self, source: Source, *, until: datetime) -> None:
        """Where another source of the site is turned away too, the site is: all of it waits, and comes back in turn."""
        self._run(
            """UPDATE source SET due_at = :until
               WHERE due_at < :until AND site = (SELECT site FROM source WHERE id = :id) AND id <> :id
                 AND EXISTS (SELECT 1 FROM source other WHERE other.site = source.site AND other.id <> :id
                               AND other.failures > 0 AND other.last_status IN (401, 403, 407, 429, 451))""",
            id=source.id,
            until=ms(until),
        )

    def _move(self, source: SourceId, url: str) -> bool:
        row = self._row(
            """UPDATE source SET url = :url, site = :site
               WHERE id = :id AND NOT EXISTS (SELECT 1 FROM source other WHERE other.url = :url AND other.id <> :id)
               RETURNING id""",
            id=source,
            url=url,
            site=site_of(url),
        )
        return row is not None

    def spread_due(self, *, now: datetime, each: timedelta) -> int:
        rows = self._rows(
            """UPDATE source SET due_at = :now + :each * turn
               FROM (SELECT id AS late, row_number() OVER (ORDER BY due_at, id) - 1 AS turn
                     FROM source WHERE due_at <= :now AND retired IS NULL) AS overdue
               WHERE id = late RETURNING id""",
            now=ms(now),
            each=span_ms(each),
        )
        return len(rows)

    def stop_source(self, source: SourceId) -> None:
        self._run("UPDATE source SET retired = 'stopped' WHERE id = :id", id=source)

    def retry_source(self, source: SourceId, *, now: datetime) -> None:
        self._run("UPDATE source SET retired = NULL, due_at = :now WHERE id = :id", id=source, now=ms(now))

    def move_source(self, source: SourceId, url: str, *, now: datetime) -> bool:
        if not self._move(source, url):
            return False
        self._run(
            "UPDATE source SET due_at = :now, etag = NULL, last_modified = NULL WHERE id = :id", id=source, now=ms(now)
        )
        return True

    def records(self, source: SourceId, *, limit: int) -> list[Record]:
        rows = self._rows(
            """SELECT at, outcome, status, reason, took, wire, decoded, entries, new FROM visit
               WHERE source_id = :source ORDER BY at DESC LIMIT :limit""",
            source=source,
            limit=limit,
        )
        return [_record(row) for row in rows]

    def source_days(self, source: SourceId, *, limit: int) -> list[SourceDay]:
        rows = self._rows(
            """SELECT day, visits, failed, new, wire, took FROM source_day
               WHERE source_id = :source ORDER BY day DESC LIMIT :limit""",
            source=source,
            limit=limit,
        )
        return [_day(row) for row in rows]

    def forget_visits(self, *, now: datetime, limit: int) -> int:
        """Deletes records and days that are kept no longer; returns how many."""
        records = self._rows(
            """DELETE FROM visit WHERE (source_id, turn) IN
                 (SELECT source_id, turn FROM visit WHERE at < :before ORDER BY at LIMIT :limit)
               RETURNING turn""",
            before=ms(now - KEEP_VISITS),
            limit=limit,
        )
        days = self._rows(
            """DELETE FROM source_day WHERE (source_id, day) IN
                 (SELECT source_id, day FROM source_day WHERE day < :before ORDER BY day LIMIT :limit)
               RETURNING day""",
            before=_number(now - KEEP_DAYS),
            limit=limit,
        )
        return len(records) + len(days)


def _number(moment: datetime) -> int:
    return (moment.astimezone(UTC).date() - _FIRST_DAY).days


def _record(row: Row) -> Record:
    moment, outcome, status, reason, took, wire, decoded, entries, new = row
    return Record(
        at=at(moment),
        outcome=outcome,
        status=status,
        reason=reason,
        took=timedelta(milliseconds=took),
        wire=wire,
        decoded=decoded,
        entries=entries,
        new=new,
    )


def _day(row: Row) -> SourceDay:
    day, visits, failed, new, wire, took = row
    return SourceDay(
        day=_FIRST_DAY + timedelta(days=day),
        visits=visits,
        failed=failed,
        new=new,
        wire=wire,
        took=timedelta(milliseconds=took),
    )
