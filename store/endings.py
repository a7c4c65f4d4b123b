"""How targets stand: there, shut, gone, or a topic that is no more."""

from datetime import datetime

from core.model import ChatId, QueryId, Target
from core.outbox import Ending, Gone, NoTopic, Shut
from core.standing import KEPT, SHUT_PAUSE, Standing, State
from core.subscribe import Chat, language_of
from store.people import TOO_OLD, Chats
from store.sql import Row, ms

_CHAT = "bot_id = :bot AND chat_id = :chat"
_TOPIC = f"{_CHAT} AND thread_id = :thread"


class Endings(Chats):
    """Nothing that waits for a target is dropped while the target may come back soon."""

    def standing(self, target: Target) -> Standing | None:
        row = self._row(
            """SELECT c.gone, c.kept_until, c.shut, t.reason, c.language, c.title, o.chat_id, o.language
               FROM chat c
               LEFT JOIN closed_topic t ON t.bot_id = c.bot_id AND t.chat_id = c.chat_id AND t.thread_id = :thread
               LEFT JOIN chat o ON o.bot_id = c.bot_id AND o.chat_id = c.owner AND o.gone IS NULL
               WHERE c.bot_id = :bot AND c.chat_id = :chat""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        return _standing(target, row) if row else None

    def introduce_chat(self, target: Target, *, owner: ChatId | None, title: str) -> None:
        self._run(
            f"UPDATE chat SET owner = coalesce(:owner, owner), title = :title WHERE {_CHAT}",
            owner=owner,
            title=title,
            bot=target.bot,
            chat=target.chat,
        )

    def end_target(self, target: Target, ending: Ending, *, now: datetime) -> None:
        match ending:
            case Gone(reason, final):
                self.chat_gone(target, reason, final=final, now=now)
            case Shut(reason, topic=False):
                self.chat_shut(target, reason, now=now)
            case Shut(reason):
                self._close_topic(target, reason, now=now)
            case NoTopic():
                self._fold_topic(target)

    def chat_shut(self, target: Target, reason: str, *, now: datetime) -> None:
        self._run(
            f"""UPDATE chat SET shut = :reason,
                  held_until = CASE WHEN held_until > :until THEN held_until ELSE :until END WHERE {_CHAT}""",
            reason=reason,
            until=ms(now + SHUT_PAUSE),
            bot=target.bot,
            chat=target.chat,
        )

    def chat_open(self, target: Target, *, now: datetime) -> None:
        self._run(
            f"UPDATE chat SET shut = NULL, held_until = :now WHERE {_CHAT} AND shut IS NOT NULL",
            bot=target.bot,
            chat=target.chat,
            now=ms(now),
        )
        # Whether a closed topic takes messages of ours now, a try will tell.
        self._run(
            f"UPDATE closed_topic SET held_until = :now WHERE {_CHAT}", bot=target.bot, chat=target.chat, now=ms(now)
        )

    def _close_topic(self, target: Target, reason: str, *, now: datetime) -> None:
        self._run(
            """INSERT INTO closed_topic (bot_id, chat_id, thread_id, reason, held_until)
               VALUES (:bot, :chat, :thread, :reason, :until)
               ON CONFLICT (bot_id, chat_id, thread_id) DO UPDATE SET held_until = excluded.held_until""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            reason=reason,
            until=ms(now + SHUT_PAUSE),
        )

    def _wrote_to(self, target: Target) -> None:
        """A new message arrived there, so nothing is shut."""
        self._run(f"UPDATE chat SET shut = NULL WHERE {_CHAT} AND shut IS NOT NULL", bot=target.bot, chat=target.chat)
        self._run(f"DELETE FROM closed_topic WHERE {_TOPIC}", bot=target.bot, chat=target.chat, thread=target.thread)

    def _fold_topic(self, target: Target) -> None:
        """Everything of a topic goes on in the chat itself; where both exist, the chat's own stays."""
        its = {"bot": target.bot, "chat": target.chat, "thread": target.thread}
        # Its messages went with it: none of them can grow.
        self._run(f"DELETE FROM delivery WHERE {_TOPIC} AND kind = 'growth'", **its)
        self._run(f"UPDATE alert SET message_id = NULL WHERE {_TOPIC}", **its)
        for table in ("subscription", "list_follower", "alert"):
            self._run(f"UPDATE OR IGNORE {table} SET thread_id = 0 WHERE {_TOPIC}", **its)
        self._run(f"DELETE FROM delivery WHERE alert_id IN (SELECT id FROM alert WHERE {_TOPIC})", **its)
        self._run(f"UPDATE delivery SET thread_id = 0 WHERE {_TOPIC}", **its)
        self._run(f"DELETE FROM alert WHERE {_TOPIC}", **its)
        self.forget_followers(_TOPIC, **its)
        self._run(f"DELETE FROM closed_topic WHERE {_TOPIC}", **its)
        for (query,) in self._rows(f"DELETE FROM subscription WHERE {_TOPIC} RETURNING query_id", **its):
            self.query_changed(QueryId(query))

    def refuse_unkept(self, *, now: datetime, limit: int) -> int:
        """What waits for who is gone or shut too long is refused; returns how many deliveries were."""
        return self._refuse_of_gone(now=now, limit=limit) + self._refuse_of_shut(now=now, limit=limit)

    def _refuse_of_gone(self, *, now: datetime, limit: int) -> int:
        over = self._rows(
            "SELECT bot_id, chat_id FROM chat WHERE kept_until <= :now ORDER BY kept_until LIMIT :limit",
            now=ms(now),
            limit=limit,
        )
        refused = 0
        for bot, chat in over:
            refused += len(
                self._rows(
                    f"""UPDATE delivery SET state = 'refused', reason = :reason, payload = NULL, settled = :now
                        WHERE {_CHAT} AND state IN ('pending', 'unknown') RETURNING id""",
                    reason=TOO_OLD,
                    now=ms(now),
                    bot=bot,
                    chat=chat,
                )
            )
            self._run(f"UPDATE chat SET kept_until = NULL WHERE {_CHAT}", bot=bot, chat=chat)
        return refused

    def _refuse_of_shut(self, *, now: datetime, limit: int) -> int:
        # Crossed, so that the few targets are gone through, and not all that waits.
        shut = """SELECT d.id FROM chat s CROSS JOIN delivery d
                  WHERE s.shut IS NOT NULL AND d.bot_id = s.bot_id AND d.chat_id = s.chat_id"""
        closed = """SELECT d.id FROM closed_topic s CROSS JOIN delivery d
                    WHERE d.bot_id = s.bot_id AND d.chat_id = s.chat_id AND d.thread_id = s.thread_id"""
        refused = 0
        for which in (shut, closed):
            refused += len(
                self._rows(
                    f"""UPDATE delivery SET state = 'refused', reason = :reason, payload = NULL, settled = :now
                        WHERE id IN ({which} AND d.state IN ('pending', 'unknown') AND d.created < :before
                                     LIMIT :limit) RETURNING id""",
                    reason=TOO_OLD,
                    now=ms(now),
                    before=ms(now - KEPT),
                    limit=limit,
                )
            )
        return refused


def _standing(target: Target, row: Row) -> Standing:
    gone, kept_until, shut, closed, language, title, owner, owners_language = row
    told = None
    if owner is not None:
        told = Chat(target=Target(bot=target.bot, chat=ChatId(owner)), language=language_of(owners_language))
    return Standing(
        target=target,
        state=_state(gone, kept_until, shut, closed),
        language=language_of(language),
        title=title,
        owner=told,
    )


def _state(gone: str | None, kept_until: int | None, shut: str | None, closed: str | None) -> State:
    if gone is not None:
        return "over" if kept_until is None else "gone"
    return "shut" if shut is not None else "closed" if closed is not None else "open"
