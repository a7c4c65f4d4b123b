"""Message numbers that are accounted for: ours once they are known, and other people's once they are heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.lookup import MARGIN, MOST_SEARCHED, sequence_of
from core.model import BotId, ChatId, MessageId
from store.sql import Statements, ms

KEEP_NUMBERS = timedelta(days=2)

NEVER = 1 << 62
"""A due time that does not come: of what stays unknown for good."""

OF_SEQUENCE = "CASE WHEN chat_id < -1000000000000 THEN chat_id ELSE 0 END"
"""`core.lookup.sequence_of` in SQL."""


class Numbers(Statements):
    """Which numbers a message that may have arrived can have."""

    def account_for(self, bot: BotId, numbers: Sequence[tuple[ChatId, MessageId]], *, now: datetime) -> None:
        for chat, number in numbers:
            self._run(
                """INSERT INTO message_number (bot_id, sequence, number, known)
                   VALUES (:bot, :sequence, :number, :now) ON CONFLICT (bot_id, sequence, number) DO NOTHING""",
                bot=bot,
                sequence=sequence_of(chat),
                number=number,
                now=ms(now),
            )

    def newest_number(self, bot: BotId, chat: ChatId) -> MessageId | None:
        """The newest number known of the chat's sequence."""
        row = self._row(
            "SELECT max(number) FROM message_number WHERE bot_id = :bot AND sequence = :sequence",
            bot=bot,
            sequence=sequence_of(chat),
        )
        return MessageId(row[0]) if row and row[0] is not None else None

    def unaccounted(self, bot: BotId, chat: ChatId, *, after: MessageId | None) -> tuple[MessageId, ...]:
        """Numbers above `after` that may have been given and are nobody's, one more than are searched at most."""
        newest = self.newest_number(bot, chat)
        if after is None or newest is None:
            return ()
        rows = self._rows(
            """SELECT number FROM message_number WHERE bot_id = :bot AND sequence = :sequence AND number > :after""",
            bot=bot,
            sequence=sequence_of(chat),
            after=after,
        )
        known = {row[0] for row in rows}
        free: list[MessageId] = []
        for number in range(after + 1, newest + self._open(bot, chat) + MARGIN + 1):
            if number not in known:
                free.append(MessageId(number))
                if len(free) > MOST_SEARCHED:
                    break
        return tuple(free)

    def _open(self, bot: BotId, chat: ChatId) -> int:
        """Messages of the sequence that were sent, and whose numbers are not known yet."""
        row = self._row(
            f"""SELECT (SELECT count(*) FROM delivery WHERE state = 'sending' AND bot_id = :bot
                          AND {OF_SEQUENCE} = :sequence)
                     + (SELECT count(*) FROM delivery WHERE state = 'unknown' AND bot_id = :bot
                          AND {OF_SEQUENCE} = :sequence)""",
            bot=bot,
            sequence=sequence_of(chat),
        )
        assert row is not None
        return int(row[0])

    def forget_numbers(self, *, now: datetime, limit: int) -> int:
        """Old numbers, but the newest of each sequence and what a delivery still open may have to be told from."""
        rows = self._rows(
            f"""DELETE FROM message_number WHERE (bot_id, sequence, number) IN
                 (SELECT n.bot_id, n.sequence, n.number FROM message_number n
                  WHERE n.known < :before
                    AND n.number < (SELECT max(m.number) FROM message_number m
                                    WHERE m.bot_id = n.bot_id AND m.sequence = n.sequence)
                    AND NOT EXISTS (SELECT 1 FROM delivery WHERE state = 'sending' AND bot_id = n.bot_id
                                      AND after_number < n.number AND {OF_SEQUENCE} = n.sequence)
                    AND NOT EXISTS (SELECT 1 FROM delivery WHERE state = 'unknown' AND bot_id = n.bot_id
                                      AND due_at < :never AND after_number < n.number AND {OF_SEQUENCE} = n.sequence)
                  ORDER BY n.known LIMIT :limit)
               RETURNING number""",
            before=ms(now - KEEP_NUMBERS),
            never=NEVER,
            limit=limit,
        )
        return len(rows)
