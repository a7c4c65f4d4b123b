"""What is on its way to people."""

from datetime import datetime

from core.model import AlertId, BotId, ChatId, DeliveryId, MessageId, Target
from core.outbox import BOT_PACE, PRIORITY, Due, Settlement, pace_of
from store.bundles import Bundles
from store.endings import Endings
from store.sql import Row, at, maybe_ms, ms

_READY = """d.bot_id = :bot AND d.state IN ('pending', 'unknown') AND d.due_at <= :now
            AND c.gone IS NULL AND c.held_until <= :now AND c.lease_until <= :now
            AND d.bundle IS NULL AND (t.held_until IS NULL OR t.held_until <= :now)
            AND (d.kind <> 'growth' OR a.message_id IS NOT NULL)"""
_WAITING = """delivery d
              JOIN chat c ON c.bot_id = d.bot_id AND c.chat_id = d.chat_id
              LEFT JOIN closed_topic t
                ON t.bot_id = d.bot_id AND t.chat_id = d.chat_id AND t.thread_id = d.thread_id
              LEFT JOIN alert a ON a.id = d.alert_id"""
_DUE = "(CASE WHEN t.held_until > d.due_at THEN t.held_until ELSE d.due_at END)"
_NEVER = 1 << 62
"""A due time that does not come: an unknown delivery that is not tried again."""


class Outbox(Bundles, Endings):
    """Deliveries: one send in flight per chat, at the pace Telegram bears."""

    def say(self, target: Target, payload: str, *, edits: MessageId | None, now: datetime) -> None:
        self._run(
            """INSERT INTO delivery (bot_id, chat_id, thread_id, kind, priority, edits, payload, due_at, created)
               VALUES (:bot, :chat, :thread, 'answer', :priority, :edits, :payload, :now, :now)""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            priority=PRIORITY["answer"],
            edits=edits,
            payload=payload,
            now=ms(now),
        )

    def claim_deliveries(self, bot: BotId, *, now: datetime, until: datetime, limit: int) -> list[Due]:
        self._run("INSERT INTO pacer (bot_id) VALUES (:bot) ON CONFLICT (bot_id) DO NOTHING", bot=bot)
        slots = min(limit, self._free_slots(bot, now=now))
        if slots <= 0:
            return []
        rows = self._rows(
            f"""SELECT d.id, d.chat_id, c.arrival FROM {_WAITING} WHERE {_READY}
                ORDER BY d.priority, d.due_at, d.id LIMIT :most""",
            bot=bot,
            now=ms(now),
            most=slots * 8,
        )
        claimed: dict[int, Due] = {}
        for number, chat, arrival in rows:
            if len(claimed) < slots and chat not in claimed:
                number = self._bundled(number, now=now)
                claimed[chat] = self._claim(bot, number, ChatId(chat), at(arrival), now=now, until=until)
        if claimed:
            self._keep_pace(bot, len(claimed), now=now)
        return list(claimed.values())

    def _free_slots(self, bot: BotId, *, now: datetime) -> int:
        row = self._row("SELECT arrival, held_until FROM pacer WHERE bot_id = :bot", bot=bot)
        assert row is not None
        return 0 if row[1] > ms(now) else BOT_PACE.free(at(row[0]), now=now)

    def _keep_pace(self, bot: BotId, sent: int, *, now: datetime) -> None:
        row = self._row("SELECT arrival FROM pacer WHERE bot_id = :bot", bot=bot)
        assert row is not None
        arrival = BOT_PACE.after(at(row[0]), sent=sent, now=now)
        self._run("UPDATE pacer SET arrival = :arrival WHERE bot_id = :bot", bot=bot, arrival=ms(arrival))

    def _claim(
        self, bot: BotId, number: int, chat: ChatId, arrival: datetime, *, now: datetime, until: datetime
    ) -> Due:
        pace = pace_of(chat)
        kept = pace.after(arrival, sent=1, now=now)
        self._run(
            """UPDATE chat SET lease_until = :until, arrival = :arrival, held_until =
                 CASE WHEN held_until > :opens THEN held_until ELSE :opens END
               WHERE bot_id = :bot AND chat_id = :chat""",
            bot=bot,
            chat=chat,
            until=ms(until),
            arrival=ms(kept),
            opens=ms(pace.opens(kept)),
        )
        row = self._row(
            """UPDATE delivery SET
                 state = 'sending', lease_until = :until, epoch = epoch + 1, attempts = attempts + 1,
                 edits = coalesce(edits, (SELECT message_id FROM alert WHERE kind = 'growth' AND alert.id = alert_id))
               WHERE id = :id
               RETURNING id, bot_id, chat_id, thread_id, kind, alert_id, edits, payload, attempts, epoch,
                         lease_until""",
            id=number,
            until=ms(until),
        )
        assert row is not None
        return _due(row)

    def settle_delivery(self, due: Due, settlement: Settlement, *, now: datetime) -> bool:
        if not self._ours(due):
            return False
        if due.kind == "growth" and settlement.again:
            # What joined in the meantime asked for an edit of its own; this one will show it all.
            self._run(
                "DELETE FROM delivery WHERE alert_id = :alert AND kind = 'growth' AND state = 'pending'",
                alert=due.alert,
            )
        done = settlement.state in ("sent", "refused")
        self._run(
            """UPDATE delivery SET
                 state = :state, reason = :reason, lease_until = 0, settled = :settled,
                 due_at = CASE WHEN :again = 0 THEN :never ELSE coalesce(:not_before, due_at) END,
                 payload = CASE WHEN :settled IS NULL THEN payload END
               WHERE id = :id""",
            id=due.id,
            state=settlement.state,
            reason=settlement.reason,
            again=int(settlement.again),
            not_before=maybe_ms(settlement.not_before),
            never=_NEVER,
            settled=ms(now) if done else None,
        )
        self._release(due, settlement)
        if due.alert is not None:
            self._settle_alert(due.alert, due, settlement, now=now)
        if due.kind == "digest":
            self._settle_bundle(due, settlement, now=now)
        if settlement.state == "sent" and due.edits is None:
            self._wrote_to(due.target)
        if settlement.ending is not None:
            self.end_target(due.target, settlement.ending, now=now)
        if settlement.moved_to is not None:
            self.move_chat(due.target.bot, due.target.chat, settlement.moved_to)
        return True

    def _ours(self, due: Due) -> bool:
        row = self._row(
            "SELECT id FROM delivery WHERE id = :id AND epoch = :epoch AND state = 'sending'",
            id=due.id,
            epoch=due.epoch,
        )
        return row is not None

    def _settle_alert(self, alert: AlertId, due: Due, settlement: Settlement, *, now: datetime) -> None:
        if settlement.state == "sent":
            column = "message_id = :message" if due.kind == "alert" else "grown_at = :now"
            values = {"message": settlement.message} if due.kind == "alert" else {"now": ms(now)}
            self._run(f"UPDATE alert SET {column} WHERE id = :alert", alert=alert, **values)
        # A message that is not there, or whose number nobody knows, cannot grow.
        if due.kind == "alert" and settlement.state in ("sent", "refused") and settlement.message is None:
            self._run("DELETE FROM delivery WHERE alert_id = :alert AND kind = 'growth'", alert=alert)

    def _release(self, due: Due, settlement: Settlement) -> None:
        until = settlement.hold_chat_until
        self._run(
            """UPDATE chat SET
                 lease_until = 0, held_until = CASE WHEN held_until > :until THEN held_until ELSE :until END
               WHERE bot_id = :bot AND chat_id = :chat""",
            bot=due.target.bot,
            chat=due.target.chat,
            until=ms(until) if until else 0,
        )
        if settlement.hold_bot_until:
            self._run(
                "UPDATE pacer SET held_until = :until WHERE bot_id = :bot AND held_until < :until",
                bot=due.target.bot,
                until=ms(settlement.hold_bot_until),
            )

    def next_due(self, bot: BotId) -> datetime | None:
        """When the next delivery may leave, by its own time, its chat's and the bot's."""
        row = self._row(
            f"""SELECT min(CASE WHEN {_DUE} >= c.held_until AND {_DUE} >= c.lease_until THEN {_DUE}
                                WHEN c.held_until >= c.lease_until THEN c.held_until ELSE c.lease_until END)
                FROM {_WAITING}
                WHERE d.bot_id = :bot AND d.state IN ('pending', 'unknown') AND c.gone IS NULL
                  AND d.bundle IS NULL AND (d.kind <> 'growth' OR a.message_id IS NOT NULL) AND d.due_at < :never""",
            bot=bot,
            never=_NEVER,
        )
        if row is None or row[0] is None:
            return None
        pacer = self._row("SELECT arrival, held_until FROM pacer WHERE bot_id = :bot", bot=bot) or (0, 0)
        return max(at(row[0]), BOT_PACE.opens(at(pacer[0])), at(pacer[1]))

    def expire_leases(self, *, now: datetime) -> int:
        return self._unknown("lease_until <= :now", now)

    def release_leases(self, *, now: datetime) -> None:
        self._unknown("true", now)
        self._run(
            """UPDATE delivery SET due_at = :now, attempts = 0
               WHERE state = 'unknown' AND due_at >= :never AND bundle IS NULL""",
            now=ms(now),
            never=_NEVER,
        )
        self._run("UPDATE chat SET lease_until = 0 WHERE lease_until <> 0")
        self._run("UPDATE source SET lease_until = 0 WHERE lease_until <> 0")

    def _unknown(self, which: str, now: datetime) -> int:
        rows = self._rows(
            f"""UPDATE delivery SET state = 'unknown', reason = 'its sender stopped', epoch = epoch + 1
                WHERE state = 'sending' AND {which} RETURNING id""",
            now=ms(now),
        )
        return len(rows)


def _due(row: Row) -> Due:
    number, bot, chat, thread, kind, alert, edits, payload, attempts, epoch, lease_until = row
    return Due(
        id=DeliveryId(number),
        target=Target(bot=BotId(bot), chat=ChatId(chat), thread=thread),
        kind=kind,
        alert=None if alert is None else AlertId(alert),
        edits=None if edits is None else MessageId(edits),
        payload=payload,
        attempts=attempts,
        epoch=epoch,
        lease_until=at(lease_until),
    )
