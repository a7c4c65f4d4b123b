"""Old alerts that go together as one digest."""

from collections.abc import Sequence
from datetime import datetime

from core.bundle import FEW, MOST, OLD
from core.model import AlertId, DeliveryId
from core.outbox import Due, Settlement
from store.sql import Row, Statements, listed, ms

_WAITING = "state IN ('pending', 'unknown')"


class Bundles(Statements):
    """A member is not claimed while it has a `bundle`; it is settled with it."""

    def _bundled(self, delivery: int, *, now: datetime) -> int:
        """The delivery, or the digest that takes it along with the old alerts that wait beside it."""
        old = self._rows(
            """SELECT o.id FROM delivery d JOIN delivery o
                 ON o.bot_id = d.bot_id AND o.chat_id = d.chat_id AND o.thread_id = d.thread_id
               WHERE d.id = :id AND d.kind = 'alert' AND d.state = 'pending' AND d.alone = 0 AND d.created < :before
                 AND o.kind = 'alert' AND o.state = 'pending' AND o.bundle IS NULL AND o.alone = 0
                 AND o.created < :before AND o.gathered = 0
               ORDER BY o.created, o.id LIMIT :most""",
            id=delivery,
            before=ms(now - OLD),
            most=MOST,
        )
        return delivery if len(old) <= FEW else self._digest_of(delivery, old, now=now)

    def _gathered(self, delivery: int, *, now: datetime) -> int:
        """The delivery, or the digest that takes it along with what else its reader wanted by now."""
        along = self._rows(
            """SELECT o.id FROM delivery d JOIN delivery o
                 ON o.bot_id = d.bot_id AND o.chat_id = d.chat_id AND o.thread_id = d.thread_id
               WHERE d.id = :id AND d.kind = 'alert' AND d.alone = 0 AND o.gathered = 1 AND o.kind = 'alert'
                 AND o.state = 'pending' AND o.bundle IS NULL AND o.alone = 0 AND o.due_at <= :now
               ORDER BY o.created, o.id LIMIT :most""",
            id=delivery,
            now=ms(now),
            most=MOST,
        )
        return delivery if len(along) <= 1 else self._digest_of(delivery, along, now=now)

    def _digest_of(self, delivery: int, members: Sequence[Row], *, now: datetime) -> int:
        """A digest in the place of one of its members; it answers the message that all of them would."""
        row = self._row(
            """INSERT INTO delivery
                 (bot_id, chat_id, thread_id, kind, priority, rank, due_at, gathered, replies_to, created)
               SELECT bot_id, chat_id, thread_id, 'digest', priority, rank, due_at, gathered,
                      (SELECT CASE WHEN count(*) = count(f.message_id) AND min(f.message_id) = max(f.message_id)
                                   THEN min(f.message_id) END
                       FROM delivery m JOIN alert a ON a.id = m.alert_id LEFT JOIN alert f ON f.id = a.follows
                       WHERE m.id IN (SELECT value FROM json_each(:members))),
                      :now
               FROM delivery WHERE id = :id RETURNING id""",
            id=delivery,
            members=listed(member for (member,) in members),
            now=ms(now),
        )
        assert row is not None
        self._run(
            "UPDATE delivery SET bundle = :bundle WHERE id IN (SELECT value FROM json_each(:members))",
            bundle=row[0],
            members=listed(member for (member,) in members),
        )
        return int(row[0])

    def bundled(self, digest: DeliveryId) -> list[AlertId]:
        rows = self._rows(
            f"SELECT alert_id FROM delivery WHERE bundle = :digest AND {_WAITING} ORDER BY created, id", digest=digest
        )
        return [AlertId(alert) for (alert,) in rows]

    def pack_bundle(
        self, due: Due, payload: str, *, told: Sequence[AlertId], void: Sequence[AlertId], now: datetime
    ) -> bool:
        ours = self._row(
            """UPDATE delivery SET payload = :payload
               WHERE id = :id AND epoch = :epoch AND state = 'sending' RETURNING id""",
            payload=payload,
            id=due.id,
            epoch=due.epoch,
        )
        if ours is None:
            return False
        self._run(
            f"""UPDATE delivery SET state = 'refused', reason = 'nothing left to tell', settled = :now
                WHERE bundle = :digest AND {_WAITING} AND alert_id IN (SELECT value FROM json_each(:void))""",
            digest=due.id,
            void=listed(void),
            now=ms(now),
        )
        self._cannot_grow(void)
        self._run(
            f"""UPDATE delivery SET bundle = NULL
                WHERE bundle = :digest AND {_WAITING} AND alert_id NOT IN (SELECT value FROM json_each(:told))""",
            digest=due.id,
            told=listed(told),
        )
        return True

    def _settle_bundle(self, due: Due, settlement: Settlement, *, now: datetime) -> None:
        match settlement.state:
            case "sent":
                self._told_with(due, now=now)
            case "refused":
                self._unbundle(due, alone=True)
            case "pending":
                # It surely did not leave; what goes with it is decided anew when it may.
                self._unbundle(due, alone=False)
                self._run(
                    "UPDATE delivery SET state = 'refused', payload = NULL, settled = :now WHERE id = :id",
                    id=due.id,
                    now=ms(now),
                )
            case "unknown" if not settlement.again:
                self._unknown_with(due, settlement.reason, now=now)

    def _told_with(self, due: Due, *, now: datetime) -> None:
        """The members are sent; without messages of their own they cannot grow."""
        told = self._rows(
            f"""UPDATE delivery SET state = 'sent', reason = 'told in a digest', settled = :now
                WHERE bundle = :digest AND {_WAITING} RETURNING alert_id""",
            digest=due.id,
            now=ms(now),
        )
        self._cannot_grow([AlertId(alert) for (alert,) in told])

    def _unknown_with(self, due: Due, reason: str, *, now: datetime) -> None:
        """Whether the members were told nobody will know, so none of them is told again."""
        unknown = self._rows(
            f"""UPDATE delivery SET state = 'unknown', reason = :reason, settled = :now,
                  due_at = (SELECT due_at FROM delivery WHERE id = :digest)
                WHERE bundle = :digest AND {_WAITING} RETURNING alert_id""",
            reason=reason,
            digest=due.id,
            now=ms(now),
        )
        self._cannot_grow([AlertId(alert) for (alert,) in unknown])

    def _cannot_grow(self, alerts: Sequence[AlertId]) -> None:
        self._run(
            "DELETE FROM delivery WHERE kind = 'growth' AND alert_id IN (SELECT value FROM json_each(:alerts))",
            alerts=listed(alerts),
        )

    def _unbundle(self, due: Due, *, alone: bool) -> None:
        self._run(
            f"""UPDATE delivery SET bundle = NULL, state = 'pending',
                  due_at = CASE WHEN gathered THEN due_at ELSE created END,
                  alone = CASE WHEN :alone THEN 1 ELSE alone END
                WHERE bundle = :digest AND {_WAITING}""",
            alone=int(alone),
            digest=due.id,
        )
