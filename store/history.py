"""What was changed, by whom, and what it was like before."""

import json
from datetime import datetime

from core.history import Change, ChangeId, State, Thing
from core.model import BotId, ChatId, Target
from store.sql import Row, Statements, at, ms

_CHANGE = "id, at, bot_id, chat_id, kind, thing, before, after, undoes"


class History(Statements):
    """Changes; none is ever edited."""

    def add_change(
        self,
        thing: Thing,
        before: State | None,
        after: State | None,
        *,
        by: Target | None,
        now: datetime,
        undoes: ChangeId | None = None,
    ) -> ChangeId:
        row = self._row(
            """INSERT INTO change (at, bot_id, chat_id, kind, thing, before, after, undoes)
               VALUES (:now, :bot, :chat, :kind, :thing, :before, :after, :undoes) RETURNING id""",
            now=ms(now),
            bot=by.bot if by else None,
            chat=by.chat if by else None,
            kind=thing.kind,
            thing=thing.key,
            before=_state_to(before),
            after=_state_to(after),
            undoes=undoes,
        )
        assert row is not None
        return ChangeId(row[0])

    def changes(self, *, before: ChangeId | None, limit: int) -> list[Change]:
        rows = self._rows(
            f"""SELECT {_CHANGE} FROM change WHERE :before IS NULL OR id < :before
                ORDER BY id DESC LIMIT :limit""",
            before=before,
            limit=limit,
        )
        return [_change(row) for row in rows]

    def change(self, number: ChangeId) -> Change | None:
        row = self._row(f"SELECT {_CHANGE} FROM change WHERE id = :id", id=number)
        return _change(row) if row else None

    def last_change(self, thing: Thing) -> ChangeId | None:
        row = self._row(
            "SELECT max(id) FROM change WHERE kind = :kind AND thing = :thing", kind=thing.kind, thing=thing.key
        )
        return None if row is None or row[0] is None else ChangeId(row[0])


def _state_to(state: State | None) -> str | None:
    return None if state is None else json.dumps(dict(state), ensure_ascii=False)


def _state_from(stored: str | None) -> State | None:
    if stored is None:
        return None
    return {str(name): str(value) for name, value in json.loads(stored).items()}


def _change(row: Row) -> Change:
    number, moment, bot, chat, kind, thing, before, after, undoes = row
    return Change(
        id=ChangeId(number),
        at=at(moment),
        by=None if chat is None else Target(bot=BotId(bot), chat=ChatId(chat)),
        thing=Thing(kind=kind, key=thing),
        before=_state_from(before),
        after=_state_from(after),
        undoes=None if undoes is None else ChangeId(undoes),
    )
