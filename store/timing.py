"""When what waits for a target leaves: by the manners of its subscriptions and by its own clock."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.model import StoryId, Target
from core.outbox import GATHERED_PRIORITY, PRIORITY
from core.timing import Manner, Quiet, earliest
from store.followed import either
from store.sql import Row, Statements, at, listed, ms

_WAITING = "d.kind = 'alert' AND d.state = 'pending' AND d.bundle IS NULL"

# What the target follows that the story of an alert answers, where any of them, or the hour, may put it off.
_MANNERS = f"""SELECT d.id, d.due_at, a.held_until, c.zone, c.quiet_from, c.quiet_to,
                      u.rhythm, u.at_minute, u.weekday, u.urgent
               FROM delivery d
               JOIN alert a ON a.id = d.alert_id
               JOIN chat c ON c.bot_id = a.bot_id AND c.chat_id = a.chat_id
               JOIN FOLLOWED u ON u.bot_id = a.bot_id AND u.chat_id = a.chat_id AND u.thread_id = a.thread_id
               WHERE {_WAITING} AND u.paused = 0
                 AND u.query_id IN (SELECT m.query_id FROM article b JOIN article_match m ON m.article_id = b.id
                                    WHERE b.story_id = a.story_id)"""


def _manners(which: str) -> str:
    """Of the deliveries of that condition, those of one together."""
    return f"{either(f'{_MANNERS} AND {which}')} ORDER BY 1"


class Timing(Statements):
    """What is gathered gives way to what is told at once."""

    def retime_alerts(self, target: Target, *, now: datetime) -> None:
        rows = self._rows(
            _manners("d.bot_id = :bot AND d.chat_id = :chat AND d.thread_id = :thread AND d.due_at > :now"),
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            now=ms(now),
        )
        self._time(rows, sooner=False, now=now)

    def _time_new(self, alerts: Sequence[int], *, now: datetime) -> None:
        """New alerts wait as long as every subscription that they answer asks for."""
        rows = self._rows(
            _manners(
                """a.id IN (SELECT value FROM json_each(:alerts))
                   AND (c.quiet_from IS NOT NULL OR a.held_until IS NOT NULL
                        OR EXISTS (SELECT 1 FROM subscription s
                                   WHERE s.bot_id = a.bot_id AND s.chat_id = a.chat_id AND s.rhythm <> 'at_once')
                        OR EXISTS (SELECT 1 FROM list_follower f
                                   WHERE f.bot_id = a.bot_id AND f.chat_id = a.chat_id AND f.rhythm <> 'at_once'))"""
            ),
            alerts=listed(alerts),
        )
        self._time(rows, sooner=False, now=now)

    def _hasten(self, story: StoryId, *, now: datetime) -> None:
        """What waits of a story that now answers another subscription too leaves when the first of them wants it."""
        rows = self._rows(
            _manners("a.story_id = :story AND d.gathered = 1 AND d.due_at > :now"),
            story=story,
            now=ms(now),
        )
        self._time(rows, sooner=True, now=now)

    def _time(self, rows: Iterable[Row], *, sooner: bool, now: datetime) -> None:
        for (delivery, due, held, zone, start, end), group in groupby(rows, key=lambda row: row[:6]):
            manners = [
                Manner(rhythm=rhythm, at=minute, weekday=weekday, urgent=bool(urgent))
                for *_, rhythm, minute, weekday, urgent in group
            ]
            quiet = None if start is None or end is None else Quiet(start, end)
            moment, gathered = earliest(now, manners, quiet=quiet, zone=_zone(zone))
            if held is not None and at(held) > moment:
                moment, gathered = at(held), True
            if not (sooner and moment >= at(due)):
                self._put_off(delivery, moment, gathered=gathered)

    def _put_off(self, delivery: int, moment: datetime, *, gathered: bool) -> None:
        """What is gathered takes its turn by its hour (`rank`, as of growth), behind what is told at once."""
        self._run(
            """UPDATE delivery SET due_at = :due, gathered = :gathered, priority = :priority,
                 rank = CASE WHEN :gathered THEN :due WHEN gathered THEN 0 ELSE rank END
               WHERE id = :id""",
            id=delivery,
            due=ms(moment),
            gathered=int(gathered),
            priority=GATHERED_PRIORITY if gathered else PRIORITY["alert"],
        )


def _zone(name: str | None) -> tzinfo:
    """The zone of that name; a name that this machine's database has no more is read as UTC."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
