"""One thing that a person with a role does, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.says import Catalogue
from bot.screen import number_of
from core.errors import UserError
from core.model import Target
from core.ports import Tx
from core.role import Role
from core.subscribe import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the program knows of itself, beside the store."""

    version: str
    backup: Callable[[], datetime | None]
    """When the newest copy of the store was made."""


UNKNOWN = Facts(version="–", backup=lambda: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was asked for, by whom, and everything it takes to do it."""

    tx: Tx
    chat: Chat
    say: Catalogue
    now: datetime
    zone: tzinfo
    """The person's own."""
    role: Role | None
    name: str
    """Of the person, as Telegram gives it."""
    values: tuple[str, ...]
    """What the button names, or the words after a command."""
    first: frozenset[Target]
    """Owners by the settings."""
    link: Callable[[str], str]
    """A word as a link that opens the bot with it."""
    token: str
    """A fresh word."""
    facts: Facts = UNKNOWN

    @property
    def person(self) -> Target:
        """Who does it."""
        return Target(bot=self.chat.target.bot, chat=self.chat.target.chat)

    def number(self, at: int = 0) -> int:
        """The number that the button names in that place; one that names none is as good as gone."""
        return number_of(self.word(at))

    def word(self, at: int = 0) -> str:
        """The word that the button names in that place."""
        if at >= len(self.values):
            raise UserError("gone")
        return self.values[at]
