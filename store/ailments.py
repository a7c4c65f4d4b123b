"""What ails sources, and the messages that admins were told it by."""

from datetime import timedelta

from core.ailment import Ailment
from core.model import BotId, ChatId, DeliveryId, MessageId, SourceId, Target
from store.sql import Row, Statements, at, maybe_at, maybe_ms, ms, span_ms


class Ailments(Statements):
    """Ailments by their source."""

    def ailments(self) -> list[Ailment]:
        rows = self._rows("SELECT source_id, condition, detail, began, ended, told, patience FROM ailment")
        return [_ailment(row) for row in rows]

    def put_ailment(self, ailment: Ailment) -> None:
        self._run(
            """INSERT INTO ailment (source_id, condition, detail, began, ended, told, patience)
               VALUES (:source, :condition, :detail, :began, :ended, :told, :patience)
               ON CONFLICT (source_id) DO UPDATE SET condition = excluded.condition, detail = excluded.detail,
                 began = excluded.began, ended = excluded.ended, told = excluded.told, patience = excluded.patience""",
            source=ailment.source,
            condition=ailment.condition,
            detail=ailment.detail,
            began=ms(ailment.began),
            ended=maybe_ms(ailment.ended),
            told=ailment.told,
            patience=span_ms(ailment.patience),
        )

    def remove_ailment(self, source: SourceId) -> None:
        self.clear_ailment_notes(source)
        self._run("DELETE FROM ailment WHERE source_id = :source", source=source)

    def add_ailment_note(self, source: SourceId, target: Target, delivery: DeliveryId) -> None:
        self._run(
            """INSERT INTO ailment_note (source_id, bot_id, chat_id, delivery_id)
               VALUES (:source, :bot, :chat, :delivery)
               ON CONFLICT (source_id, bot_id, chat_id) DO UPDATE SET
                 delivery_id = excluded.delivery_id, message_id = NULL""",
            source=source,
            bot=target.bot,
            chat=target.chat,
            delivery=delivery,
        )

    def ailment_notes(self, source: SourceId) -> list[tuple[Target, MessageId | None]]:
        rows = self._rows(
            "SELECT bot_id, chat_id, message_id FROM ailment_note WHERE source_id = :source ORDER BY bot_id, chat_id",
            source=source,
        )
        return [
            (Target(bot=BotId(bot), chat=ChatId(chat)), None if message is None else MessageId(message))
            for bot, chat, message in rows
        ]

    def clear_ailment_notes(self, source: SourceId) -> None:
        self._run("DELETE FROM ailment_note WHERE source_id = :source", source=source)

    def _note_arrived(self, delivery: DeliveryId, message: MessageId) -> None:
        """The message of a delivery that told of an ailment is known."""
        self._run(
            "UPDATE ailment_note SET message_id = :message WHERE delivery_id = :delivery",
            delivery=delivery,
            message=message,
        )


def _ailment(row: Row) -> Ailment:
    source, condition, detail, began, ended, told, patience = row
    return Ailment(
        source=SourceId(source),
        condition=condition,
        detail=detail,
        began=at(began),
        ended=maybe_at(ended),
        told=told,
        patience=timedelta(milliseconds=patience),
    )
