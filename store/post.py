"""What is on its way to people."""

from datetime import datetime, timedelta

from core.lookup import LOOKS_AT_A_TIME, MOST_UNKNOWN
from core.model import AlertId, BotId, ChatId, DeliveryId, MessageId, Target
from core.outbox import PRIORITY, STRAY_PAUSE, Due, Limit, Settlement, pace_of
from store.ailments import Ailments
from store.bundles import Bundles
from store.endings import Endings
from store.numbers import NEVER, Numbers
from store.pacer import Pacer
from store.sql import Row, at, maybe_ms, ms

_CHAT = "chat c ON c.bot_id = d.bot_id AND c.chat_id = d.chat_id"
_ALERT = "alert a ON a.id = d.alert_id"
_TOPIC = "closed_topic t ON t.bot_id = d.bot_id AND t.chat_id = d.chat_id AND t.thread_id = d.thread_id"
_OPEN_CHAT = "c.gone IS NULL AND c.held_until <= :now AND c.lease_until <= :now"
_OPEN_TOPIC = "(t.held_until IS NULL OR t.held_until <= :now)"
_CLAIMABLE = "d.state = 'pending' AND d.bundle IS NULL AND (d.kind <> 'growth' OR a.message_id IS NOT NULL)"
_SETTLED_CHAT = """NOT EXISTS (SELECT 1 FROM delivery u WHERE u.bot_id = d.bot_id AND u.chat_id = d.chat_id
                                 AND u.state = 'unknown' AND u.due_at < :never)"""
"""What may have arrived is looked up before anything else is sent there."""

# An index gives them in order, so the first few are all that is looked at however many wait.
_READY = f"""SELECT d.id, d.chat_id, d.rank, d.gathered FROM delivery d
            JOIN {_CHAT} LEFT JOIN {_TOPIC} LEFT JOIN {_ALERT}
            WHERE d.bot_id = :bot AND d.priority = :priority AND {_CLAIMABLE}
              AND d.due_at <= :now AND {_OPEN_CHAT} AND {_OPEN_TOPIC} AND {_SETTLED_CHAT}
            ORDER BY d.rank, d.id LIMIT :most"""
_FIRST_IN_CHAT = f"""SELECT d.id FROM delivery d LEFT JOIN {_TOPIC} LEFT JOIN {_ALERT}
                    WHERE d.bot_id = :bot AND d.chat_id = :chat AND d.priority = :priority AND {_CLAIMABLE}
                      AND d.due_at <= :now AND {_OPEN_TOPIC}
                    ORDER BY d.id LIMIT 1"""
_TO_LOOK_UP = f"""SELECT d.id, d.chat_id FROM delivery d JOIN {_CHAT}
                 WHERE d.bot_id = :bot AND d.state = 'unknown' AND d.due_at <= :now AND {_OPEN_CHAT}
                 ORDER BY d.priority, d.id LIMIT :most"""
_WHEN = "(CASE WHEN t.held_until > d.due_at THEN t.held_until ELSE d.due_at END)"
_OPENS = f"""CASE WHEN {_WHEN} >= c.held_until AND {_WHEN} >= c.lease_until THEN {_WHEN}
                  WHEN c.held_until >= c.lease_until THEN c.held_until ELSE c.lease_until END"""


class Outbox(Bundles, Endings, Numbers, Pacer, Ailments):
    """Deliveries: one in flight per chat, at the pace Telegram bears; what may have arrived is looked up first."""

    def say(
        self,
        target: Target,
        payload: str,
        *,
        edits: MessageId | None,
        now: datetime,
        replies_to: MessageId | None = None,
    ) -> DeliveryId:
        row = self._row(
            """INSERT INTO delivery
                 (bot_id, chat_id, thread_id, kind, priority, edits, replies_to, payload, due_at, created)
               VALUES (:bot, :chat, :thread, 'answer', :priority, :edits, :replies_to, :payload, :now, :now)
               RETURNING id""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            priority=PRIORITY["answer"],
            edits=edits,
            replies_to=replies_to,
            payload=payload,
            now=ms(now),
        )
        assert row is not None
        return DeliveryId(row[0])

    def claim_deliveries(self, bot: BotId, *, now: datetime, until: datetime, limit: int) -> list[Due]:
        slots = self._free_slots(bot, now=now)
        if slots is None:
            return []
        self.expire_leases(now=now)
        looks = self._claim_looks(bot, limit=limit, now=now, until=until)
        sends = self._claim_sends(bot, limit=min(limit - len(looks), slots), now=now, until=until)
        return looks + sends

    def _claim_looks(self, bot: BotId, *, limit: int, now: datetime, until: datetime) -> list[Due]:
        row = self._row(
            "SELECT count(*) FROM delivery WHERE state = 'sending' AND bot_id = :bot AND looks > 0", bot=bot
        )
        most = min(limit, LOOKS_AT_A_TIME - (row[0] if row else 0))
        if most <= 0:
            return []
        rows = self._rows(_TO_LOOK_UP, bot=bot, now=ms(now), most=most)
        looks = {}
        for number, chat in rows:
            if chat not in looks:
                self._hold(bot, ChatId(chat), now=now, until=until)
                looks[chat] = self._take_look(number, until=until)
        return list(looks.values())

    def _claim_sends(self, bot: BotId, *, limit: int, now: datetime, until: datetime) -> list[Due]:
        slots = min(limit, MOST_UNKNOWN - self._unknown_at_most(bot, MOST_UNKNOWN))
        sends: dict[int, Due] = {}
        reached = 0
        for priority in sorted(set(PRIORITY.values())):
            if len(sends) >= slots:
                break
            rows = self._rows(
                _READY, bot=bot, priority=priority, now=ms(now), never=NEVER, most=(slots - len(sends)) * 8
            )
            for number, chat, rank, gathered in rows:
                if chat in sends or len(sends) >= slots:
                    continue
                first = number
                if priority == PRIORITY["alert"]:
                    # A rank says when a chat's turn is; in its chat the oldest leaves first.
                    first, reached = self._first_in(bot, chat, priority, now=now), max(reached, rank)
                    first = self._bundled(first, now=now)
                elif gathered:
                    first = self._gathered(first, now=now)
                self._hold(bot, ChatId(chat), now=now, until=until)
                sends[chat] = self._take(first, after=self.newest_number(bot, ChatId(chat)), until=until)
        if sends:
            self._keep_pace(bot, sent=len(sends), reached=reached, now=now)
        return list(sends.values())

    def _unknown_at_most(self, bot: BotId, most: int) -> int:
        rows = self._rows(
            f"""SELECT 1 FROM delivery d JOIN {_CHAT}
                WHERE d.bot_id = :bot AND d.state = 'unknown' AND d.due_at < :never AND c.gone IS NULL LIMIT :most""",
            bot=bot,
            never=NEVER,
            most=most,
        )
        return len(rows)

    def _first_in(self, bot: BotId, chat: int, priority: int, *, now: datetime) -> int:
        row = self._row(_FIRST_IN_CHAT, bot=bot, chat=chat, priority=priority, now=ms(now))
        assert row is not None
        return int(row[0])

    def _hold(self, bot: BotId, chat: ChatId, *, now: datetime, until: datetime) -> None:
        """The chat has one in flight, and is charged for it: a look-up that finds the message counts as an edit."""
        pace = pace_of(chat)
        row = self._row("SELECT arrival FROM chat WHERE bot_id = :bot AND chat_id = :chat", bot=bot, chat=chat)
        assert row is not None
        arrival = pace.after(at(row[0]), sent=1, now=now)
        self._run(
            """UPDATE chat SET lease_until = :until, arrival = :arrival, held_until =
                 CASE WHEN held_until > :opens THEN held_until ELSE :opens END
               WHERE bot_id = :bot AND chat_id = :chat""",
            bot=bot,
            chat=chat,
            until=ms(until),
            arrival=ms(arrival),
            opens=ms(pace.opens(arrival)),
        )

    def _take(self, number: int, *, after: MessageId | None, until: datetime) -> Due:
        row = self._row(
            f"""UPDATE delivery SET
                  state = 'sending', lease_until = :until, epoch = epoch + 1, attempts = attempts + 1,
                  after_number = :after, looks = 0,
                  edits = coalesce(edits, (SELECT message_id FROM alert WHERE kind = 'growth' AND alert.id = alert_id)),
                  replies_to = CASE WHEN kind = 'alert'
                    THEN (SELECT f.message_id FROM alert a JOIN alert f ON f.id = a.follows WHERE a.id = alert_id)
                    ELSE replies_to END
                WHERE id = :id RETURNING {_DUE}""",
            id=number,
            after=after,
            until=ms(until),
        )
        assert row is not None
        return _due(row, search=None)

    def _take_look(self, number: int, *, until: datetime) -> Due:
        row = self._row(
            f"""UPDATE delivery SET state = 'sending', lease_until = :until, epoch = epoch + 1, looks = looks + 1
                WHERE id = :id RETURNING {_DUE}, after_number""",
            id=number,
            until=ms(until),
        )
        assert row is not None
        *due, after = row
        return _due(tuple(due), search=self.unaccounted(BotId(row[1]), ChatId(row[2]), after=after))

    def settle_delivery(self, due: Due, settlement: Settlement, *, now: datetime) -> bool:
        if not self._ours(due):
            return False
        if due.kind == "growth" and settlement.again:
            self._drop_other_growth(due)
        self._keep_settlement(due, settlement, now=now)
        self._release(due, settlement, now=now)
        if settlement.message is not None and due.edits is None:
            self.account_for(due.target.bot, [(due.target.chat, settlement.message)], now=now)
            self._note_arrived(due.id, settlement.message)
        if due.alert is not None:
            self._settle_alert(due.alert, due, settlement)
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

    def _drop_other_growth(self, due: Due) -> None:
        """What joined in the meantime asked for an edit of its own; this one will show it all."""
        self._run(
            "DELETE FROM delivery WHERE alert_id = :alert AND kind = 'growth' AND state = 'pending'", alert=due.alert
        )

    def _keep_settlement(self, due: Due, settlement: Settlement, *, now: datetime) -> None:
        """What an alert said is kept only while it is unknown: sent again, it is rendered anew."""
        self._run(
            """UPDATE delivery SET
                 state = :state, reason = :reason, lease_until = 0, settled = :settled, arrived = :arrived,
                 due_at = CASE WHEN :again = 0 THEN :never ELSE coalesce(:not_before, due_at) END,
                 payload = CASE WHEN :settled IS NOT NULL THEN NULL
                                WHEN :state = 'unknown' THEN coalesce(:payload, payload)
                                WHEN alert_id IS NULL THEN payload END
               WHERE id = :id""",
            id=due.id,
            state=settlement.state,
            reason=settlement.reason,
            arrived=int(settlement.arrived),
            again=int(settlement.again),
            not_before=maybe_ms(settlement.not_before),
            never=NEVER,
            settled=None if settlement.again else ms(now),
            payload=settlement.payload,
        )

    def _settle_alert(self, alert: AlertId, due: Due, settlement: Settlement) -> None:
        if settlement.state == "sent" and due.kind == "alert":
            self._run(
                "UPDATE alert SET message_id = :message WHERE id = :alert", alert=alert, message=settlement.message
            )
        # A message that is not there, or whose number nobody knows, cannot grow.
        if due.kind == "alert" and not settlement.again and settlement.message is None:
            self._run("DELETE FROM delivery WHERE alert_id = :alert AND kind = 'growth'", alert=alert)

    def _release(self, due: Due, settlement: Settlement, *, now: datetime) -> None:
        bot, chat, until = due.target.bot, due.target.chat, settlement.hold_chat_until
        if settlement.hold_bot_until:
            self._hold_bot(bot, settlement.hold_bot_until)
        if settlement.limited and until:
            self._chat_limited(bot, Limit(chat=chat, at=now, until=until))
        pace = pace_of(chat)
        row = self._row("SELECT arrival FROM chat WHERE bot_id = :bot AND chat_id = :chat", bot=bot, chat=chat)
        if row is None:
            return  # it moved meanwhile
        arrival = pace.reached(at(row[0]), now=now)
        self._run(
            """UPDATE chat SET lease_until = 0, arrival = :arrival,
                 held_until = CASE WHEN held_until > :until THEN held_until ELSE :until END
               WHERE bot_id = :bot AND chat_id = :chat""",
            bot=bot,
            chat=chat,
            arrival=ms(arrival),
            until=max(ms(until) if until else 0, ms(pace.opens(arrival))),
        )

    def alert_delays(self, target: Target, *, limit: int) -> list[timedelta]:
        rows = self._rows(
            """SELECT d.settled - r.published FROM alert a
               JOIN delivery d ON d.alert_id = a.id AND d.kind = 'alert' JOIN article r ON r.id = a.article_id
               WHERE a.bot_id = :bot AND a.chat_id = :chat AND a.thread_id = :thread
                 AND d.state = 'sent' AND d.gathered = 0 AND d.bundle IS NULL
               ORDER BY a.id DESC LIMIT :limit""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            limit=limit,
        )
        return [max(timedelta(milliseconds=row[0]), timedelta(0)) for row in rows]

    def next_due(self, bot: BotId) -> datetime | None:
        """When the next delivery may leave, by its own time, its chat's and the bot's."""
        opens = self._opens(bot)
        if self._row(f"{_SOON} AND {_OPENS} <= :opens LIMIT 1", bot=bot, opens=ms(opens)):
            return opens
        waiting = self._row(f"SELECT min(due) FROM ({_SOON})", bot=bot)
        unknown = self._row(
            f"""SELECT min({_OPENS}) FROM delivery d JOIN {_CHAT} LEFT JOIN {_TOPIC}
                WHERE d.bot_id = :bot AND d.state = 'unknown' AND c.gone IS NULL AND d.due_at < :never""",
            bot=bot,
            never=NEVER,
        )
        times = [row[0] for row in (waiting, unknown) if row and row[0] is not None]
        return max(at(min(times)), opens) if times else None

    def expire_leases(self, *, now: datetime) -> int:
        return self._unsettled("lease_until <= :now", now)

    def release_leases(self, *, now: datetime) -> None:
        self._unsettled("true", now)
        self._run("UPDATE chat SET lease_until = 0 WHERE lease_until <> 0")
        self._run("UPDATE source SET lease_until = 0 WHERE lease_until <> 0")

    def _unsettled(self, which: str, now: datetime) -> int:
        """What its sender left behind may have arrived; an edit is made again, for made twice it is made once."""
        self._run(
            f"""DELETE FROM delivery WHERE kind = 'growth' AND state = 'pending' AND alert_id IN
                  (SELECT alert_id FROM delivery WHERE state = 'sending' AND kind = 'growth' AND {which})""",
            now=ms(now),
        )
        rows = self._rows(
            f"""UPDATE delivery SET state = CASE WHEN edits IS NULL THEN 'unknown' ELSE 'pending' END,
                  reason = 'its sender stopped', epoch = epoch + 1
                WHERE state = 'sending' AND {which} RETURNING bot_id, chat_id""",
            now=ms(now),
        )
        for bot, chat in rows:
            self._run(
                """UPDATE chat SET held_until = CASE WHEN held_until > :until THEN held_until ELSE :until END
                   WHERE bot_id = :bot AND chat_id = :chat""",
                bot=bot,
                chat=chat,
                until=ms(now + STRAY_PAUSE),
            )
        return len(rows)


_SOON = f"""SELECT {_OPENS} AS due FROM delivery d JOIN {_CHAT} LEFT JOIN {_TOPIC} LEFT JOIN {_ALERT}
            WHERE d.bot_id = :bot AND {_CLAIMABLE} AND c.gone IS NULL"""

_DUE = """id, bot_id, chat_id, thread_id, kind, alert_id, edits, payload, attempts, epoch, lease_until, replies_to,
          looks, arrived, gathered"""


def _due(row: Row, *, search: tuple[MessageId, ...] | None) -> Due:
    number, bot, chat, thread, kind, alert, edits, payload, attempts, epoch, until, replies_to, *looked, gathered = row
    looks, arrived = looked
    return Due(
        id=DeliveryId(number),
        target=Target(bot=BotId(bot), chat=ChatId(chat), thread=thread),
        kind=kind,
        alert=None if alert is None else AlertId(alert),
        edits=None if edits is None else MessageId(edits),
        payload=payload,
        attempts=attempts,
        epoch=epoch,
        lease_until=at(until),
        replies_to=None if replies_to is None else MessageId(replies_to),
        search=search,
        looks=looks,
        arrived=bool(arrived),
        gathered=bool(gathered),
    )
