"""What a person sees: a text in Telegram's HTML, and buttons under it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.says import Catalogue, Html, html
from core.errors import UserError
from core.excerpt import Excerpt

_HOST = re.compile(r"(?=[^.]*[^.].*\.[^.])[\w.-]+|(?=.*:)[0-9a-f:.]+", re.IGNORECASE)

Action = Literal["press", "url"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button: pressing it sends `value` to the bot, or opens it as an address."""

    label: str
    action: Action
    value: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that is sent along: its name, and what is written in it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A message as it is sent, or as an older one becomes."""

    text: Html
    rows: tuple[tuple[Button, ...], ...] = ()
    file: File | None = None

    def without_links(self) -> "Screen":
        """The same without buttons that open an address."""
        rows = (tuple(button for button in row if button.action != "url") for row in self.rows)
        return Screen(self.text, tuple(row for row in rows if row), self.file)

    def to_json(self) -> str:
        """For the outbox."""
        rows = [[[button.label, button.action, button.value] for button in row] for row in self.rows]
        file = {"file": [self.file.name, self.file.text]} if self.file else {}
        return json.dumps({"text": self.text, "rows": rows, **file}, ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> "Screen":
        """Out of the outbox."""
        read = json.loads(stored)
        rows = tuple(tuple(Button(*button) for button in row) for row in read["rows"])
        return cls(Html(read["text"]), rows, File(*read["file"]) if "file" in read else None)


def press(label: str, *key: object) -> Button:
    """A button that tells the bot: a word and numbers, far below the 64 bytes that Telegram takes."""
    return Button(label, "press", ":".join(map(str, key)))


def number_of(value: str) -> int:
    """What a button names. Raises `UserError`: a button that names nothing of ours is as good as gone."""
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise UserError("gone")
    return int(value)


def opens(address: str) -> str | None:
    """The address, if Telegram makes a link of it; it drops any other without a word."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    fits = (
        parts.scheme in ("http", "https")
        and _HOST.fullmatch(host) is not None
        and port != 0
        and not parts.netloc.endswith(":")
        and not any(letter.isspace() for letter in address)
    )
    return address if fits and len(address) <= 2048 else None


def link(text: Html, address: str | None) -> Html:
    """A link where there is an address to open, else the text alone."""
    target = opens(address) if address else None
    return Html(f'<a href="{_attribute(target)}">{text}</a>') if target else text


def bold(excerpt: Excerpt, *, most: int = 30) -> Html:
    """A piece of a text with its first marks in bold: Telegram keeps a hundred entities of a message."""
    pieces, done = [], 0
    for start, end in excerpt.marks[:most]:
        pieces += [html(excerpt.text[done:start]), "<b>", html(excerpt.text[start:end]), "</b>"]
        done = end
    return Html("".join(pieces) + html(excerpt.text[done:]))


def shortened(text: str, most: int) -> str:
    """At most so many characters, ending in an ellipsis where something was cut."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"


def when(time: datetime, *, now: datetime, zone: tzinfo) -> str:
    """The hour today, with the day before, with the year long ago."""
    there, today = time.astimezone(zone), now.astimezone(zone)
    if there.date() == today.date():
        return f"{there:%H:%M}"
    return f"{there:%d.%m, %H:%M}" if there.year == today.year else f"{there:%d.%m.%Y}"


def length(span: timedelta, say: Catalogue) -> Html:
    """A length of time: seconds below two minutes, minutes below two hours, else hours and minutes."""
    seconds = round(span / timedelta(seconds=1))
    if seconds < 120:
        return say("span.seconds", count=seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours < 2:
        return say("span.minutes", count=60 * hours + minutes)
    whole = say("span.hours", count=hours)
    return listed([whole, say("span.minutes", count=minutes)], " ") if minutes else whole


def zone_of(name: str | None, otherwise: tzinfo) -> tzinfo:
    """The zone of that name of the IANA database; `otherwise` where there is none."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise


def listed(items: Sequence[Html], separator: str) -> Html:
    """Items in a row."""
    return Html(separator.join(items))


def _attribute(value: str) -> str:
    return html(value).replace('"', "&quot;")
