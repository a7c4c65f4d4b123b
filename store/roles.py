"""Roles, and the links that give them."""

from datetime import datetime

from core.model import BotId, ChatId, Target
from core.role import ROLES, Holder, Invitation, Role
from store.sql import Statements, at, ms

_PERSON = "bot_id = :bot AND chat_id = :chat"


class Roles(Statements):
    """Who may do what."""

    def holder(self, person: Target) -> Holder | None:
        row = self._row(f"SELECT role, name FROM role WHERE {_PERSON}", bot=person.bot, chat=person.chat)
        return Holder(person=person, role=row[0], name=row[1]) if row else None

    def holders(self, bot: BotId) -> list[Holder]:
        rows = self._rows("SELECT chat_id, role, name FROM role WHERE bot_id = :bot ORDER BY chat_id", bot=bot)
        found = [Holder(person=Target(bot=bot, chat=ChatId(chat)), role=role, name=name) for chat, role, name in rows]
        return sorted(found, key=lambda one: -ROLES.index(one.role))

    def put_role(self, person: Target, role: Role | None, *, name: str) -> None:
        if role is None:
            self._run(f"DELETE FROM role WHERE {_PERSON}", bot=person.bot, chat=person.chat)
            return
        self._run(
            """INSERT INTO role (bot_id, chat_id, role, name) VALUES (:bot, :chat, :role, :name)
               ON CONFLICT (bot_id, chat_id) DO UPDATE SET role = excluded.role, name = excluded.name""",
            bot=person.bot,
            chat=person.chat,
            role=role,
            name=name,
        )

    def add_invitation(self, token: str, invitation: Invitation) -> None:
        self._run(
            """INSERT INTO invitation (token, bot_id, chat_id, role, expires)
               VALUES (:token, :bot, :chat, :role, :expires)""",
            token=token,
            bot=invitation.by.bot,
            chat=invitation.by.chat,
            role=invitation.role,
            expires=ms(invitation.expires),
        )

    def invitation(self, bot: BotId, token: str) -> Invitation | None:
        row = self._row(
            "SELECT chat_id, role, expires FROM invitation WHERE token = :token AND bot_id = :bot",
            token=token,
            bot=bot,
        )
        if row is None:
            return None
        return Invitation(role=row[1], by=Target(bot=bot, chat=ChatId(row[0])), expires=at(row[2]))

    def remove_invitation(self, token: str) -> None:
        self._run("DELETE FROM invitation WHERE token = :token", token=token)

    def forget_invitations(self, *, now: datetime, limit: int) -> int:
        """Deletes those that are too old; returns how many."""
        rows = self._rows(
            """DELETE FROM invitation WHERE token IN
                 (SELECT token FROM invitation WHERE expires <= :now ORDER BY expires LIMIT :limit)
               RETURNING token""",
            now=ms(now),
            limit=limit,
        )
        return len(rows)
