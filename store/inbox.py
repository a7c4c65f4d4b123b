"""What people wrote, until it is answered."""

from collections.abc import Sequence
from datetime import datetime

from core.model import BotId, ChatId
from core.ports import Aside, Heard
from store.sql import Statements, at, ms


class Inbox(Statements):
    """Updates as Telegram sent them, each done once."""

    def hear(self, bot: BotId, updates: Sequence[tuple[int, ChatId | None, str]], *, now: datetime) -> int:
        new = 0
        for number, chat, payload in updates:
            row = self._row(
                """INSERT INTO inbox (bot_id, update_id, chat_id, payload, heard)
                   VALUES (:bot, :number, :chat, :payload, :now)
                   ON CONFLICT (bot_id, update_id) DO NOTHING RETURNING update_id""",
                bot=bot,
                number=number,
                chat=chat,
                payload=payload,
                now=ms(now),
            )
            new += row is not None
        return new

    def next_heard(self, bot: BotId) -> Heard | None:
        """What was tried waits behind what was not, but nobody's update overtakes an earlier one of theirs."""
        row = self._row(
            """UPDATE inbox SET attempts = attempts + 1 WHERE bot_id = :bot AND update_id =
                 (SELECT i.update_id FROM inbox i
                  WHERE i.bot_id = :bot AND i.state = 'new' AND NOT EXISTS
                    (SELECT 1 FROM inbox earlier WHERE earlier.bot_id = i.bot_id AND earlier.chat_id = i.chat_id
                       AND earlier.state = 'new' AND earlier.update_id < i.update_id)
                  ORDER BY i.attempts, i.update_id LIMIT 1)
               RETURNING update_id, payload, attempts""",
            bot=bot,
        )
        return Heard(bot=bot, update=row[0], payload=row[1], attempts=row[2]) if row else None

    def answered(self, heard: Heard, *, now: datetime) -> None:
        """It is kept by its number alone, so that it is not done twice; its text is nobody's business."""
        self._run(
            """UPDATE inbox SET state = 'done', reason = '', answered = :now, payload = '', chat_id = NULL
               WHERE bot_id = :bot AND update_id = :number""",
            bot=heard.bot,
            number=heard.update,
            now=ms(now),
        )

    def set_aside(self, heard: Heard, reason: str, *, now: datetime) -> bool:
        known = self._row(
            "SELECT 1 FROM inbox WHERE bot_id = :bot AND state = 'aside' AND reason = :reason LIMIT 1",
            bot=heard.bot,
            reason=reason,
        )
        self._run(
            """UPDATE inbox SET state = 'aside', reason = :reason, answered = :now
               WHERE bot_id = :bot AND update_id = :number""",
            reason=reason,
            bot=heard.bot,
            number=heard.update,
            now=ms(now),
        )
        return known is None

    def asides(self) -> list[Aside]:
        rows = self._rows(
            """SELECT update_id, heard, reason FROM inbox WHERE state = 'aside' ORDER BY answered, update_id"""
        )
        return [Aside(update=number, heard=at(heard), reason=reason) for number, heard, reason in rows]

    def retry_aside(self, update: int) -> bool:
        row = self._row(
            """UPDATE inbox SET state = 'new', attempts = 0, reason = '', answered = NULL
               WHERE update_id = :update AND state = 'aside' RETURNING update_id""",
            update=update,
        )
        return row is not None
