"""What goes wrong around the program, what waits, and a clock that was set back."""

from datetime import datetime, timedelta

from core.trouble import KINDS, STRAGGLERS, Queue, Trouble, Waiting
from store.numbers import NEVER
from store.sql import Row, Statements, at, maybe_at, maybe_ms, ms, span_ms

_CAN_LEAVE = """FROM delivery d JOIN chat c ON c.bot_id = d.bot_id AND c.chat_id = d.chat_id
                WHERE d.state = 'pending' AND d.bundle IS NULL AND d.due_at <= :now
                  AND c.gone IS NULL AND c.shut IS NULL"""
_QUEUES = (
    "SELECT count(*), min(heard) FROM inbox WHERE state = 'new'",
    f"SELECT count(*), min(d.due_at) {_CAN_LEAVE} AND d.kind = 'answer'",
    f"SELECT count(*), min(d.due_at) {_CAN_LEAVE} AND d.kind <> 'answer'",
    "SELECT count(*), min(due_at) FROM source WHERE retired IS NULL AND due_at <= :now AND lease_until <= :now",
    "SELECT count(*), min(page_due) FROM article WHERE page_due <= :now",
)


class Troubles(Statements):
    """Troubles by their kind; the queues; the time the program was last alive."""

    def troubles(self) -> list[Trouble]:
        rows = self._rows("SELECT kind, began, worth_telling_at, ended, told, jump FROM trouble")
        return sorted(map(_trouble, rows), key=lambda trouble: KINDS.index(trouble.kind))

    def put_trouble(self, trouble: Trouble) -> None:
        self._run(
            """INSERT INTO trouble (kind, began, worth_telling_at, ended, told, jump)
               VALUES (:kind, :began, :worth, :ended, :told, :jump)
               ON CONFLICT (kind) DO UPDATE SET began = excluded.began, worth_telling_at = excluded.worth_telling_at,
                 ended = excluded.ended, told = excluded.told, jump = excluded.jump""",
            kind=trouble.kind,
            began=ms(trouble.began),
            worth=ms(trouble.worth_telling_at),
            ended=maybe_ms(trouble.ended),
            told=trouble.told,
            jump=None if trouble.jump is None else span_ms(trouble.jump),
        )

    def gather_stragglers(self, *, now: datetime) -> None:
        counters: dict[str, int] = dict(
            self._rows("SELECT name, value FROM counter WHERE name IN ('back_by', 'back_at')")
        )
        by, since = timedelta(milliseconds=counters["back_by"]), now - at(counters["back_at"])
        if timedelta(0) <= since < STRAGGLERS and by > 2 * STRAGGLERS:
            for statement in _HELD:
                self._run(statement, by=span_ms(by), now=ms(now + by - STRAGGLERS), never=NEVER)
            self._run(_VISITED_AHEAD, by=span_ms(by), now=ms(now))

    def waiting(self, *, now: datetime) -> Waiting:
        heard, answers, alerts, sources, pages = (self._queue(query, now) for query in _QUEUES)
        unknown = self._row("SELECT count(*) FROM delivery WHERE state = 'unknown'") or (0,)
        aside = self._row("SELECT count(*) FROM inbox WHERE state = 'aside'") or (0,)
        return Waiting(
            heard=heard,
            answers=answers,
            alerts=alerts,
            sources=sources,
            pages=pages,
            unknown=unknown[0],
            aside=aside[0],
        )

    def _queue(self, query: str, now: datetime) -> Queue:
        count, since = self._row(query, now=ms(now)) or (0, None)
        return Queue(count, maybe_at(since))

    def alive(self, *, now: datetime) -> datetime | None:
        before = self._row("SELECT value FROM counter WHERE name = 'alive'")
        self._run("UPDATE counter SET value = :now WHERE name = 'alive'", now=ms(now))
        return at(before[0]) if before and before[0] else None

    def clock_went_back(self, by: timedelta, *, now: datetime) -> None:
        for statement in (*_BACK, *_HELD):
            self._run(statement, by=span_ms(by), now=ms(now), never=NEVER)
        self._run("UPDATE counter SET value = :by WHERE name = 'back_by'", by=span_ms(by))
        self._run("UPDATE counter SET value = :now WHERE name = 'back_at'", now=ms(now))
        for table, column in _HAPPENED:
            moved = f"CASE WHEN {column} - :by < :now THEN {column} - :by ELSE :now END"
            self._run(f"UPDATE {table} SET {column} = {moved} WHERE {column} > :now", by=span_ms(by), now=ms(now))


_EARLIER = "CASE WHEN {0} - :by > :now THEN {0} - :by ELSE :now END"
# Every time that was reckoned from the clock's own "now", and lies ahead of it. What a person's clock decides stays: a
# digest at eight leaves at eight.
_BACK = (
    f"UPDATE source SET due_at = {_EARLIER.format('due_at')}, lease_until = lease_until - :by WHERE due_at > :now",
    f"UPDATE article SET page_due = {_EARLIER.format('page_due')} WHERE page_due > :now",
    "UPDATE chat SET kept_until = kept_until - :by WHERE kept_until > :now",
    "UPDATE invitation SET expires = expires - :by WHERE expires > :now",
)
# Who settled a visit by the old clock left a last visit that lies ahead; one that is put off by right did not.
_VISITED_AHEAD = f"""UPDATE source SET due_at = {_EARLIER.format("due_at")}, last_visit = last_visit - :by
                     WHERE last_visit > :now AND due_at > :now"""
_HELD = (
    """UPDATE chat SET arrival = arrival - :by, held_until = held_until - :by, lease_until = lease_until - :by
       WHERE arrival > :now OR held_until > :now OR lease_until > :now""",
    "UPDATE closed_topic SET held_until = held_until - :by WHERE held_until > :now",
    """UPDATE pacer SET arrival = arrival - :by, held_until = held_until - :by, limited_at = limited_at - :by,
         limited_until = limited_until - :by
       WHERE arrival > :now OR held_until > :now OR limited_at > :now""",
    """UPDATE delivery SET due_at = due_at - :by
        WHERE state IN ('pending', 'sending', 'unknown') AND due_at > :now AND due_at < :never AND gathered = 0""",
    "UPDATE delivery SET lease_until = lease_until - :by WHERE state = 'sending' AND lease_until > :now",
)
# What happened happened before now, and in the same order: who looks for what came since then finds it.
_HAPPENED = (
    ("article", "seen"),
    ("article", "published"),
    ("article", "listed"),
    ("story", "opened"),
    ("story", "last_told"),
    ("alert", "decided"),
    ("subscription", "since"),
    ("list_follower", "since"),
    ("offer", "offered"),
    ("inbox", "heard"),
    ("delivery", "created"),
    ("delivery", "settled"),
    ("source", "last_visit"),
    ("source", "last_new"),
    ("visit", "at"),
    ("change", "at"),
    ("ailment", "began"),
    ("ailment", "ended"),
    ("message_number", "known"),
)


def _trouble(row: Row) -> Trouble:
    kind, began, worth, ended, told, jump = row
    return Trouble(
        kind=kind,
        began=at(began),
        worth_telling_at=at(worth),
        ended=maybe_at(ended),
        told=told,
        jump=None if jump is None else timedelta(milliseconds=jump),
    )
