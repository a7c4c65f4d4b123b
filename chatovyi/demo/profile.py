"""The bot's face: its name, descriptions and command menus, by language and scope."""

import json
import re
from dataclasses import dataclass

from chatovyi.demo.model import Json, User, bad_request

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})


@dataclass(frozen=True, slots=True)
class Command:
    command: str
    description: str


class Profile:
    def __init__(self, name: str) -> None:
        self._name = name
        self._texts: dict[tuple[str, str], str] = {}
        self._menus: dict[tuple[str, str], tuple[Command, ...]] = {}

    def text(self, field: str, language: str) -> str:
        """`field` is name, description or short_description, in the language or without one."""
        fallback = self._name if field == "name" else ""
        return self._texts.get((field, language)) or self._texts.get((field, "")) or fallback

    def set_text(self, field: str, language: str, text: str) -> None:
        _check_language(language)
        if len(text) > _LONGEST[field]:
            raise bad_request(f"{field.upper().replace('NAME', 'BOT_TITLE')}_INVALID")
        self._texts[field, language] = text

    def commands(self, scope: object, language: str) -> tuple[Command, ...]:
        _check_language(language)
        return self._menus.get((_scope_key(scope), language), ())

    def set_commands(self, scope: object, language: str, commands: object) -> None:
        _check_language(language)
        self._menus[_scope_key(scope), language] = _read_commands(commands)

    def menu(self, user: User) -> tuple[Command, ...]:
        """The commands this person is shown: the nearest scope first, then the language."""
        for scope in (f"chat:{user.id}", "all_private_chats", "default"):
            for language in (user.language_code[:2], ""):
                if menu := self._menus.get((scope, language)):
                    return menu
        return ()


def _check_language(code: str) -> None:
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")


def _scope_key(scope: object) -> str:
    match scope:
        case None | "":
            return "default"
        case {"type": str(kind)} if kind in _SCOPES:
            return kind
        case {"type": "chat", "chat_id": int(chat_id) | str(chat_id)}:
            return f"chat:{chat_id}"
        case {"type": "chat_administrators" | "chat_member"}:
            return json.dumps(scope, sort_keys=True)
        case _:
            raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def _read_commands(commands: object) -> tuple[Command, ...]:
    if commands in (None, ""):
        return ()
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return tuple(_read_command(item) for item in commands)


def _read_command(item: object) -> Command:
    match item:
        case {"command": str(command), "description": str(description)}:
            return _checked(Command(command.strip().removeprefix("/"), description.strip()))
        case _:
            raise bad_request("can't parse BotCommand: expected an Object")


def _checked(command: Command) -> Command:
    if not command.command:
        raise bad_request("command must be non-empty")
    if not command.description:
        raise bad_request("command description must be non-empty")
    if len(command.description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not _COMMAND.fullmatch(command.command):
        raise bad_request("BOT_COMMAND_INVALID")
    return command


def command_json(command: Command) -> Json:
    return {"command": command.command, "description": command.description}
