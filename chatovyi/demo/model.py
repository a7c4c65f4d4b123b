"""What the stand-in is made of: people, messages, buttons, calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from chatovyi.demo.entities import Entity, Formatted

ChatId = NewType("ChatId", int)
"""A person's private chat has the person's own number; groups are negative."""
MessageId = NewType("MessageId", int)
Clock = Callable[[], datetime]
Json = dict[str, object]


class Refused(Exception):
    """Telegram's answer to a call it does not carry out."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(complaint: str) -> Refused:
    return Refused(400, f"Bad Request: {complaint}")


def forbidden(complaint: str) -> Refused:
    return Refused(403, f"Forbidden: {complaint}")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: ChatId
    first_name: str
    language_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    id: ChatId
    title: str
    channel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    text: str
    kind: Literal["url", "callback_data", "copy_text"]
    value: str
    style: str = ""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a message showed until it was edited."""

    formatted: Formatted
    keyboard: Keyboard
    until: datetime

    @property
    def text(self) -> str:
        return self.formatted.text


@dataclass(frozen=True, slots=True)
class File:
    """A document that was sent, by what Telegram calls it."""

    id: str
    name: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it was when it was looked at; `outgoing` ones are the bot's."""

    id: MessageId
    chat_id: ChatId
    formatted: Formatted
    outgoing: bool
    sent_at: datetime
    keyboard: Keyboard = ()
    file: "File | None" = None
    silent: bool = False
    reply_to: MessageId | None = None
    edits: tuple[Edit, ...] = ()
    deleted_at: datetime | None = None

    @property
    def text(self) -> str:
        return self.formatted.text

    @property
    def html(self) -> str:
        return self.formatted.html

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.formatted.entities

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.keyboard for button in row]

    @property
    def edited_at(self) -> datetime | None:
        return self.edits[-1].until if self.edits else None

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    text: str
    show_alert: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A pressed button; `answer` is there once the bot has answered."""

    id: str
    user: User
    message: Message
    data: str
    at: datetime
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call of the bot as it arrived, carried out or not."""

    method: str
    params: Mapping[str, object]
    at: datetime
