"""Menus of commands for those who have a role: everybody's, and what theirs may do."""

import logging

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.admin.permissions import ADMIN_COMMANDS, LEAST
from bot.door import COMMANDS
from bot.says import catalogue
from core.model import BotId, ChatId
from core.ports import Store, Tx
from core.role import Role, may
from core.subscribe import Language

log = logging.getLogger(__name__)

Wanted = tuple[Role, Language]


class Menus:
    """Has every menu be as its holder's role wants it; what Telegram refuses is tried again."""

    def __init__(self, *, telegram: Bot, store: Store, bot: BotId) -> None:
        self._telegram = telegram
        self._store = store
        self._bot = bot
        self._shown: dict[ChatId, Wanted] = {}

    async def beat(self) -> None:
        """Sets the menus that are not as they should be; after a start, all."""
        wanted = await self._store.read(self._wanted)
        try:
            for chat in [chat for chat in self._shown if chat not in wanted]:
                await self._telegram.delete_my_commands(scope=BotCommandScopeChat(chat))
                del self._shown[chat]
            for chat, its in wanted.items():
                if self._shown.get(chat) != its:
                    await self._telegram.set_my_commands(_menu(*its), scope=BotCommandScopeChat(chat))
                    self._shown[chat] = its
        except TelegramError as error:
            log.warning("menu of a role not set", extra={"reason": error.message})

    def _wanted(self, tx: Tx) -> dict[ChatId, Wanted]:
        chats = [(tx.known_chat(holder.person), holder.role) for holder in tx.holders(self._bot)]
        return {chat.target.chat: (role, chat.language) for chat, role in chats if chat}


def _menu(role: Role, language: Language) -> list[BotCommand]:
    say = catalogue(language)
    names = [*COMMANDS, *(name for name in ADMIN_COMMANDS if may(role, LEAST[f"/{name}"]))]
    return [BotCommand(name, say.plain(f"commands.{name}")) for name in names]
