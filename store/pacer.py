"""How fast a bot may send, kept in one row for all that send for it."""

from datetime import datetime

from core.model import BotId, ChatId
from core.outbox import BOT_PACE, Limit, bot_hold
from store.sql import Statements, at, ms


class Pacer(Statements):
    """The bot's own pace; what each chat bears is kept with the chat."""

    def _free_slots(self, bot: BotId, *, now: datetime) -> int | None:
        """How many messages may leave now; `None` where the whole bot is held."""
        self._run("INSERT INTO pacer (bot_id) VALUES (:bot) ON CONFLICT (bot_id) DO NOTHING", bot=bot)
        row = self._row("SELECT arrival, held_until FROM pacer WHERE bot_id = :bot", bot=bot)
        assert row is not None
        return None if row[1] > ms(now) else BOT_PACE.free(at(row[0]), now=now)

    def _keep_pace(self, bot: BotId, *, sent: int, reached: int, now: datetime) -> None:
        """So many left, and of the alerts among them the last had this rank."""
        row = self._row("SELECT arrival FROM pacer WHERE bot_id = :bot", bot=bot)
        assert row is not None
        self._run(
            """UPDATE pacer SET arrival = :arrival,
                 reached = CASE WHEN reached < :reached THEN :reached ELSE reached END
               WHERE bot_id = :bot""",
            bot=bot,
            arrival=ms(BOT_PACE.after(at(row[0]), sent=sent, now=now)),
            reached=reached,
        )

    def _opens(self, bot: BotId) -> datetime:
        """From when the bot may send one more."""
        row = self._row("SELECT arrival, held_until FROM pacer WHERE bot_id = :bot", bot=bot) or (0, 0)
        return max(BOT_PACE.opens(at(row[0])), at(row[1]))

    def _hold_bot(self, bot: BotId, until: datetime) -> None:
        self._run(
            "UPDATE pacer SET held_until = :until WHERE bot_id = :bot AND held_until < :until", bot=bot, until=ms(until)
        )

    def _chat_limited(self, bot: BotId, limit: Limit) -> None:
        row = self._row("SELECT limited_chat, limited_at, limited_until FROM pacer WHERE bot_id = :bot", bot=bot)
        before = Limit(chat=ChatId(row[0]), at=at(row[1]), until=at(row[2])) if row and row[0] is not None else None
        hold = bot_hold(before, limit)
        if hold is not None:
            self._hold_bot(bot, hold)
        self._run(
            """UPDATE pacer SET limited_chat = :chat, limited_at = :at, limited_until = :until WHERE bot_id = :bot""",
            bot=bot,
            chat=limit.chat,
            at=ms(limit.at),
            until=ms(limit.until),
        )
