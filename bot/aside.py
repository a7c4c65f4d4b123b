"""What is said of an update that could not be answered; nothing of its shape is taken for granted."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.heard import ALLOWED
from bot.says import Catalogue, catalogue
from bot.screen import Screen
from core.model import ChatId, Target
from core.ports import Heard, Tx
from core.subscribe import Chat, language_of

_LARGEST = 1 << 52
"""Telegram's numbers of chats have at most 52 significant bits (https://core.telegram.org/bots/api#chat)."""


def set_aside(tx: Tx, heard: Heard, trouble: str, *, owners: Sequence[ChatId], now: datetime) -> None:
    """The update waits for an admin; its writer is told, and the bot's owners once for each kind of trouble."""
    update = json.loads(heard.payload)
    reason = f"{_kind(update)}: {trouble}"
    first = tx.set_aside(heard, reason, now=now)
    told = [chat for owner in owners if (chat := tx.known_chat(Target(bot=heard.bot, chat=owner)))]
    person = _writer(update)
    if person is not None:
        chat = tx.meet(Target(bot=heard.bot, chat=person), language=language_of(_language(update)), now=now)
        _say(tx, chat, sorry_screen(catalogue(chat.language), owners=bool(told)), now=now)
    for owner in told if first else ():
        _say(tx, owner, broken_screen(reason, catalogue(owner.language)), now=now)


def sorry_screen(say: Catalogue, *, owners: bool) -> Screen:
    """To a person whose message could not be answered; whether the bot's owners hear of it."""
    return Screen(say("aside.told" if owners else "aside.sorry"))


def broken_screen(reason: str, say: Catalogue) -> Screen:
    """To an owner of the bot: an update was set aside."""
    return Screen(say("aside.owner", reason=reason))


def chat_of(update: Mapping[str, Any]) -> ChatId | None:
    """The chat an update is of, if any."""
    part = _part(update, _kind(update))
    number = (_part(part, "chat") or _part(_part(part, "message"), "chat")).get("id")
    return ChatId(number) if isinstance(number, int) and abs(number) < _LARGEST else None


def _kind(update: Mapping[str, Any]) -> str:
    return next((kind for kind in ALLOWED if kind in update), "update")


def _writer(update: Mapping[str, Any]) -> ChatId | None:
    """The private chat of whoever waits for an answer."""
    chat = chat_of(update)
    return chat if chat is not None and chat > 0 and _kind(update) != "my_chat_member" else None


def _language(update: Mapping[str, Any]) -> str | None:
    code = _part(_part(update, _kind(update)), "from").get("language_code")
    return code if isinstance(code, str) else None


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _say(tx: Tx, to: Chat, screen: Screen, *, now: datetime) -> None:
    tx.say(to.target, screen.to_json(), edits=None, now=now)
