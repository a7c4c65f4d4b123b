"""Chats, and what they follow."""

from collections.abc import Sequence
from datetime import datetime

from core.model import AlertId, BotId, ChatId, QueryId, Subscription, SubscriptionId, Target
from core.standing import KEPT
from core.subscribe import Chat, Language, language_of
from core.timing import Manner, Quiet
from store.sql import Row, Statements, at, listed, manner_from, manner_to, maybe_at, maybe_ms, ms

_ITS = "bot_id = :bot AND chat_id = :chat"
_TOPIC = f"{_ITS} AND thread_id = :thread"
TOO_OLD = "too old to tell"


class Chats(Statements):
    """Who is spoken to."""

    def meet(self, target: Target, *, language: Language, now: datetime) -> Chat:
        self.chat_back(target, now=now)
        self._run(
            """INSERT INTO chat (bot_id, chat_id, language, met) VALUES (:bot, :chat, :language, :now)
               ON CONFLICT (bot_id, chat_id) DO UPDATE SET
                 met = CASE WHEN chat.met = 0 THEN excluded.met ELSE chat.met END""",
            bot=target.bot,
            chat=target.chat,
            language=language,
            now=ms(now),
        )
        row = self._row(f"SELECT {_CHAT} FROM chat WHERE {_ITS}", bot=target.bot, chat=target.chat)
        assert row is not None
        return _chat(target, row)

    def set_language(self, target: Target, language: Language) -> None:
        self._run(
            f"UPDATE chat SET language = :language WHERE {_ITS}",
            language=language,
            bot=target.bot,
            chat=target.chat,
        )

    def known_chat(self, target: Target) -> Chat | None:
        row = self._row(f"SELECT {_CHAT} FROM chat WHERE {_ITS} AND gone IS NULL", bot=target.bot, chat=target.chat)
        return _chat(target, row) if row else None

    def await_text(self, target: Target, about: str | None) -> None:
        self._run(f"UPDATE chat SET awaits = :about WHERE {_ITS}", about=about, bot=target.bot, chat=target.chat)

    def manage(self, target: Target, chat: ChatId | None) -> None:
        self._run(f"UPDATE chat SET manages = :manages WHERE {_ITS}", manages=chat, bot=target.bot, chat=target.chat)

    def chats_of(self, owner: Target) -> list[tuple[ChatId, str]]:
        rows = self._rows(
            """SELECT chat_id, title FROM chat WHERE bot_id = :bot AND owner = :owner AND gone IS NULL
               ORDER BY title, chat_id""",
            bot=owner.bot,
            owner=owner.chat,
        )
        return [(ChatId(chat), title) for chat, title in rows]

    def set_clock(self, target: Target, *, zone: str, quiet: Quiet | None) -> None:
        self._run(
            f"UPDATE chat SET zone = :zone, quiet_from = :start, quiet_to = :end WHERE {_ITS}",
            zone=zone,
            start=quiet.start if quiet else None,
            end=quiet.end if quiet else None,
            bot=target.bot,
            chat=target.chat,
        )

    def chat_gone(self, target: Target, reason: str, *, final: bool, now: datetime) -> None:
        if final:
            self._refuse_waiting(target, reason, before=None, now=now)
        self._run(
            f"""UPDATE chat SET
                  gone = :reason, kept_until = CASE WHEN :final THEN NULL WHEN gone IS NULL THEN :until
                                                    ELSE kept_until END
                WHERE {_ITS}""",
            reason=reason,
            final=int(final),
            until=ms(now + KEPT),
            bot=target.bot,
            chat=target.chat,
        )

    def chat_back(self, target: Target, *, now: datetime) -> None:
        back = self._row(
            f"UPDATE chat SET gone = NULL, kept_until = NULL WHERE {_ITS} AND gone IS NOT NULL RETURNING chat_id",
            bot=target.bot,
            chat=target.chat,
        )
        if back:
            self._refuse_waiting(target, TOO_OLD, before=now - KEPT, now=now)

    def _refuse_waiting(self, target: Target, reason: str, *, before: datetime | None, now: datetime) -> None:
        """What waits for the chat; only what was put on its way before that time, where one is given."""
        self._run(
            f"""UPDATE delivery SET state = 'refused', reason = :reason, payload = NULL, settled = :now
                WHERE {_ITS} AND state IN ('pending', 'unknown')
                  AND (:before IS NULL OR (created < :before AND due_at < :before))""",
            reason=reason,
            before=maybe_ms(before),
            now=ms(now),
            bot=target.bot,
            chat=target.chat,
        )

    def forget_chat(self, target: Target) -> None:
        typed = self._rows(
            f"""SELECT query_id FROM subscription WHERE {_ITS} UNION SELECT query_id FROM offer WHERE {_ITS}
                UNION SELECT query_id FROM share WHERE {_ITS}""",
            bot=target.bot,
            chat=target.chat,
        )
        self.forget_followers(_ITS, bot=target.bot, chat=target.chat)
        for table in (
            "delivery",
            "alert",
            "subscription",
            "offer",
            "share",
            "closed_topic",
            "role",
            "ailment_note",
            "invitation",
            "chat",
        ):
            self._run(f"DELETE FROM {table} WHERE {_ITS}", bot=target.bot, chat=target.chat)
        # Private chats have no sequence of their own: their numbers say nothing of whose they were.
        self._run(
            "DELETE FROM message_number WHERE bot_id = :bot AND sequence = :chat", bot=target.bot, chat=target.chat
        )
        for column in ("owner", "manages"):
            self._run(
                f"UPDATE chat SET {column} = NULL WHERE bot_id = :bot AND {column} = :chat",
                bot=target.bot,
                chat=target.chat,
            )
        # What the person changed stays, without saying who it was; what their own role was goes.
        self._run(f"UPDATE change SET bot_id = NULL, chat_id = NULL WHERE {_ITS}", bot=target.bot, chat=target.chat)
        self._run("DELETE FROM change WHERE kind = 'role' AND thing = :thing", thing=f"{target.bot}:{target.chat}")
        self._run(f"UPDATE suggestion SET bot_id = 0, chat_id = 0 WHERE {_ITS}", bot=target.bot, chat=target.chat)
        self._run(f"DELETE FROM inbox WHERE {_ITS} AND state <> 'new'", bot=target.bot, chat=target.chat)
        self.forget_queries([QueryId(row[0]) for row in typed])

    def forget_followers(self, which: str, **values: int) -> None:
        """Follows of lists by the targets of that condition."""
        its = f"SELECT id FROM list_follower WHERE {which}"
        self._run(f"DELETE FROM left_out WHERE follower_id IN ({its})", **values)
        self._run(f"DELETE FROM list_follower WHERE {which}", **values)

    def forget_queries(self, queries: Sequence[QueryId]) -> None:
        """Of these, what nobody follows and nobody was offered: its text was somebody's, and is of no use.

        One that was ever followed keeps its number, so that matchers learn that it is over.
        """
        orphaned = """IN (SELECT q.id FROM query q WHERE q.id IN (SELECT value FROM json_each(:queries))
                          AND NOT EXISTS (SELECT 1 FROM subscription u WHERE u.query_id = q.id)
                          AND NOT EXISTS (SELECT 1 FROM list_line n WHERE n.query_id = q.id)
                          AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.query_id = q.id)
                          AND NOT EXISTS (SELECT 1 FROM share h WHERE h.query_id = q.id))"""
        among = listed(queries)
        self._run(f"DELETE FROM article_match WHERE query_id {orphaned}", queries=among)
        # No canonical query begins with a number sign.
        self._run(f"UPDATE query SET text = '#' || id WHERE changed > 0 AND id {orphaned}", queries=among)
        self._run(f"DELETE FROM query WHERE changed = 0 AND id {orphaned}", queries=among)

    def move_chat(self, bot: BotId, old: ChatId, new: ChatId) -> None:
        """Everything of the old number is the new one's; where both were known, the new chat's own stays."""
        self._run(
            """UPDATE chat SET owner = coalesce(chat.owner, old.owner),
                 title = CASE WHEN chat.title = '' THEN old.title ELSE chat.title END
               FROM chat old
               WHERE old.bot_id = :bot AND old.chat_id = :old AND chat.bot_id = :bot AND chat.chat_id = :new""",
            bot=bot,
            old=old,
            new=new,
        )
        for table in ("chat", "subscription", "list_follower", "offer", "share", "alert", "closed_topic"):
            self._run(
                f"UPDATE OR IGNORE {table} SET chat_id = :new WHERE bot_id = :bot AND chat_id = :old",
                bot=bot,
                old=old,
                new=new,
            )
        self._run("UPDATE chat SET manages = :new WHERE bot_id = :bot AND manages = :old", bot=bot, old=old, new=new)
        # Telegram names the new chat, so it is there, whatever it said of it before.
        self._run(
            "UPDATE chat SET gone = NULL, kept_until = NULL WHERE bot_id = :bot AND chat_id = :new", bot=bot, new=new
        )
        # An alert of a story that the new chat has heard of stays behind, and goes with its deliveries.
        self._run(
            """DELETE FROM delivery WHERE alert_id IN (SELECT id FROM alert WHERE bot_id = :bot AND chat_id = :old)""",
            bot=bot,
            old=old,
        )
        # Messages are numbered anew there: what may have arrived in the old chat cannot be looked up in the new one.
        self._run(
            "UPDATE delivery SET chat_id = :new, after_number = NULL WHERE bot_id = :bot AND chat_id = :old",
            bot=bot,
            old=old,
            new=new,
        )
        self.forget_followers("bot_id = :bot AND chat_id = :old", bot=bot, old=old)
        for table in ("closed_topic", "alert", "offer", "share", "subscription", "chat"):
            self._run(f"DELETE FROM {table} WHERE bot_id = :bot AND chat_id = :old", bot=bot, old=old)

    def intern_query(self, text: str) -> QueryId:
        row = self._row(
            """INSERT INTO query (text, changed) VALUES (:text, 0)
               ON CONFLICT (text) DO UPDATE SET text = excluded.text RETURNING id""",
            text=text,
        )
        assert row is not None
        return QueryId(row[0])

    def offer(self, target: Target, query: QueryId, *, now: datetime, was: Subscription | None = None) -> None:
        self._run(
            """INSERT INTO offer (bot_id, chat_id, query_id, offered, was) VALUES (:bot, :chat, :query, :now, :was)
               ON CONFLICT (bot_id, chat_id, query_id) DO UPDATE SET offered = excluded.offered, was = excluded.was""",
            bot=target.bot,
            chat=target.chat,
            query=query,
            now=ms(now),
            was=None if was is None else manner_to(was.label, was.manner),
        )

    def offered(self, target: Target, query: QueryId) -> str | None:
        row = self._row(
            """SELECT text FROM query JOIN offer ON offer.query_id = query.id
               WHERE query.id = :query AND offer.bot_id = :bot AND offer.chat_id = :chat""",
            query=query,
            bot=target.bot,
            chat=target.chat,
        )
        return row[0] if row else None

    def share(self, target: Target, query: QueryId, token: str) -> str:
        row = self._row(
            """INSERT INTO share (token, bot_id, chat_id, query_id) VALUES (:token, :bot, :chat, :query)
               ON CONFLICT (bot_id, chat_id, query_id) DO UPDATE SET query_id = excluded.query_id RETURNING token""",
            token=token,
            bot=target.bot,
            chat=target.chat,
            query=query,
        )
        assert row is not None
        return str(row[0])

    def shared(self, token: str) -> str | None:
        row = self._row("SELECT q.text FROM share h JOIN query q ON q.id = h.query_id WHERE h.token = :t", t=token)
        return row[0] if row else None

    def query_changed(self, query: QueryId) -> None:
        row = self._row("UPDATE counter SET value = value + 1 WHERE name = 'generation' RETURNING value")
        assert row is not None
        self._run("UPDATE query SET changed = :generation WHERE id = :query", generation=row[0], query=query)


class Subscriptions(Statements):
    """Who follows what."""

    def subscriptions(self, target: Target) -> list[Subscription]:
        rows = self._rows(
            f"{_SUBSCRIPTION} WHERE {_TOPIC} ORDER BY u.id",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        return [_subscription(row) for row in rows]

    def subscription(self, target: Target, number: SubscriptionId) -> Subscription | None:
        row = self._row(
            f"{_SUBSCRIPTION} WHERE u.id = :number AND {_TOPIC}",
            number=number,
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        return _subscription(row) if row else None

    def add_subscription(self, target: Target, query: QueryId, label: str, *, now: datetime) -> bool:
        row = self._row(
            """INSERT INTO subscription (bot_id, chat_id, thread_id, query_id, label, since)
               VALUES (:bot, :chat, :thread, :query, :label, :now)
               ON CONFLICT (bot_id, chat_id, thread_id, query_id) DO NOTHING RETURNING id""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            query=query,
            label=label,
            now=ms(now),
        )
        return row is not None

    def set_paused(self, number: SubscriptionId, *, paused: bool, until: datetime | None = None) -> None:
        self._run(
            "UPDATE subscription SET paused = :paused, paused_until = :until WHERE id = :number",
            paused=int(paused),
            until=maybe_ms(until),
            number=number,
        )

    def set_manner(self, number: SubscriptionId, manner: Manner) -> None:
        self._run(
            """UPDATE subscription SET
                 rhythm = :rhythm, at_minute = :at, weekday = :weekday, urgent = :urgent, interest = :interest
               WHERE id = :number""",
            rhythm=manner.rhythm,
            at=manner.at,
            weekday=manner.weekday,
            urgent=int(manner.urgent),
            interest=manner.interest,
            number=number,
        )

    def set_label(self, number: SubscriptionId, label: str) -> None:
        self._run("UPDATE subscription SET label = :label WHERE id = :number", label=label, number=number)

    def set_query(self, number: SubscriptionId, query: QueryId, label: str) -> None:
        self._run(
            "UPDATE subscription SET query_id = :query, label = :label WHERE id = :number",
            query=query,
            label=label,
            number=number,
        )

    def restore_subscription(self, target: Target, query: QueryId) -> None:
        row = self._row(
            """SELECT u.id, o.was FROM subscription u JOIN offer o
                 ON o.bot_id = u.bot_id AND o.chat_id = u.chat_id AND o.query_id = u.query_id
               WHERE u.bot_id = :bot AND u.chat_id = :chat AND u.thread_id = :thread AND u.query_id = :query
                 AND o.was IS NOT NULL""",
            query=query,
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        if row is not None:
            label, manner = manner_from(row[1])
            self.set_label(row[0], label)
            self.set_manner(row[0], manner)

    def remove_subscription(self, number: SubscriptionId) -> None:
        self._run("DELETE FROM subscription WHERE id = :number", number=number)

    def mute_alert(self, target: Target, alert: AlertId, *, at: datetime | None) -> bool:
        row = self._row(
            f"UPDATE alert SET muted_at = :at WHERE id = :alert AND {_TOPIC} RETURNING id",
            alert=alert,
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            at=maybe_ms(at),
        )
        return row is not None


_CHAT = "language, zone, quiet_from, quiet_to, awaits, manages"


def _chat(target: Target, row: Row) -> Chat:
    language, zone, start, end, awaits, manages = row
    quiet = None if start is None or end is None else Quiet(start, end)
    return Chat(
        target=target,
        language=language_of(language),
        zone=zone,
        quiet=quiet,
        awaits=awaits,
        manages=None if manages is None else ChatId(manages),
    )


_SUBSCRIPTION = """SELECT u.id, u.query_id, u.label, q.text, u.paused, u.paused_until, u.rhythm, u.at_minute, u.weekday,
                          u.urgent, u.interest, u.since
                   FROM subscription u JOIN query q ON q.id = u.query_id"""


def _subscription(row: Row) -> Subscription:
    number, query, label, text, paused, until, rhythm, minute, weekday, urgent, interest, since = row
    return Subscription(
        id=SubscriptionId(number),
        query=QueryId(query),
        label=label,
        text=text,
        paused=bool(paused),
        paused_until=maybe_at(until),
        manner=Manner(rhythm=rhythm, at=minute, weekday=weekday, urgent=bool(urgent), interest=interest),
        since=at(since),
    )
