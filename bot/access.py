"""Who may change what a group or channel follows, and from where: asked anew whenever it is done."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from bot.heard import Pressed, Wrote
from core.errors import UserError
from core.model import ChatId, Target
from core.ports import Store

Administers = Callable[[ChatId, ChatId], Awaitable[bool]]
"""Whether the person administers the chat, as Telegram says."""

OPEN = frozenset("why story alert past".split())
"""Buttons that change nothing: everybody in a group may press them."""
AT_HOME = frozenset("/start /help /language /stop language forget keep where manage".split())
"""What concerns the person's own chat, whichever other they tend from it."""
MOST_CHATS = 20

Done = TypeVar("Done", bound=Wrote | Pressed)


class Access:
    """Asks Telegram who administers what."""

    def __init__(self, *, store: Store, administers: Administers, username: str) -> None:
        self._store = store
        self._administers = administers
        self._username = username.lower()

    def concerns(self, said: Wrote) -> bool:
        """Whether a command in a group is ours: another bot's carries its name."""
        command = (said.text or "").split(maxsplit=1)[0] if said.text else ""
        name = command.partition("@")[2].lower()
        return not command.startswith("/") or name in ("", self._username)

    async def may(self, said: Wrote | Pressed) -> bool:
        """Whether whoever did it there may change what the chat follows; in their private chat everybody may."""
        if said.place == "private":
            return True
        if isinstance(said, Pressed):
            if said.key in OPEN and said.place == "group":
                return True
            return said.by is not None and await self._administers(said.target.chat, said.by)
        return said.by is None or await self._administers(said.target.chat, said.by)

    async def tending(self, said: Done) -> Done:
        """The same, about the chat that the person tends from theirs. Raises `UserError` where they may no longer."""
        if said.place != "private" or _key(said) in AT_HOME:
            return said
        chat = await self._store.read(lambda tx: tx.known_chat(said.target))
        if chat is None or chat.manages is None:
            return said
        if not await self._administers(chat.manages, said.target.chat):
            raise UserError("manages_no_more")
        return replace(said, target=Target(bot=said.target.bot, chat=chat.manages), home=said.target)

    async def chats(self, person: Target) -> list[tuple[ChatId, str]]:
        """The groups and channels that the person may tend from their private chat, with their titles."""
        known = await self._store.read(lambda tx: tx.chats_of(person))
        return [(chat, title) for chat, title in known[:MOST_CHATS] if await self._administers(chat, person.chat)]


def _key(said: Wrote | Pressed) -> str:
    if isinstance(said, Pressed):
        return said.key
    return (said.text or " ").split(" ", 1)[0].partition("@")[0].lower()
