"""The connection to Telegram: opened, checked and made known."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScopeAllChatAdministrators, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.says import Catalogue, catalogue
from core.errors import ConfigError
from core.model import BotId
from core.subscribe import LANGUAGES, Language

log = logging.getLogger(__name__)

GROUP_COMMANDS = ("follow", "list", "search", "status", "language", "help")
COMMANDS = ("start", "list", "lists", "search", "status", "export", "import", "language", "help", "stop")
_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Door:
    """An open connection, and the number of the bot it speaks for."""

    bot: Bot
    number: BotId
    username: str


@asynccontextmanager
async def telegram_door(token: str, *, base_url: str, file_url: str, hands: int) -> AsyncIterator[Door]:
    """Open while inside. Raises `ConfigError` where the token is wrong or Telegram does not answer."""
    # The library's own switch to its next version's `RetryAfter`; without it every 429 is a deprecation warning.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    bot = Bot(
        token,
        base_url=base_url,
        base_file_url=file_url,
        request=_request(connections=hands + 8),
    )
    try:
        await bot.initialize()
    except InvalidToken as error:
        raise ConfigError(
            "Telegram does not know this token: check CHATOVYI_TELEGRAM_TOKEN, or ask @BotFather for a new one."
        ) from error
    except NetworkError as error:
        raise ConfigError(
            f"Telegram at {base_url} does not answer ({error.message}): check the network and "
            "CHATOVYI_TELEGRAM_BASE_URL, then start again."
        ) from error
    except TelegramError as error:
        raise ConfigError(f"Telegram at {base_url} refuses us ({error.message}): try again in a while.") from error
    try:
        yield Door(bot, BotId(bot.id), bot.username)
    finally:
        await bot.shutdown()


async def introduce(door: Door) -> None:
    """No webhook, which would forbid polling; then command menus and descriptions in every language.

    Menus are worth no failed start: where Telegram refuses them, the last ones stay.
    """
    try:
        await door.bot.delete_webhook()
        for language, code in _SHOWN_TO.items():
            await _introduce_in(door.bot, catalogue(language), code)
    except TelegramError as error:
        log.warning("menus not set", extra={"reason": error.message})


# As `core.subscribe.language_of` chooses; `None` is everybody else.
_SHOWN_TO: dict[Language, str | None] = {language: None if language == "en" else language for language in LANGUAGES}


async def _introduce_in(bot: Bot, say: Catalogue, code: str | None) -> None:
    commands = [BotCommand(name, say.plain(f"commands.{name}")) for name in COMMANDS]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=code)
    ours = [BotCommand(name, say.plain(f"commands.{name}")) for name in GROUP_COMMANDS]
    await bot.set_my_commands(ours, scope=BotCommandScopeAllChatAdministrators(), language_code=code)
    await bot.set_my_description(say.plain("bot.description"), language_code=code)
    await bot.set_my_short_description(say.plain("bot.about"), language_code=code)


def _request(*, connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=_TIMEOUT / 2,
        read_timeout=_TIMEOUT,
        write_timeout=_TIMEOUT,
        pool_timeout=_TIMEOUT / 2,
    )
