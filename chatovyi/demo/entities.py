"""Text with entities: offsets in UTF-16 units, cleaned and marked the way Telegram does it."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_REMOVED = frozenset("\r\u0333\u033f\u030a") | {chr(code) for code in range(0x2028, 0x202F)}
_BLANK = frozenset(" \n\u00a0\u1680\u180e\u202f\u205f\u2800\u3000\ufffc") | {
    chr(code) for code in range(0x2000, 0x200C)
}
_FOUND = (
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"'«»“”]+(?<![.,;:!?)…])")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}")),
)
_SHADOWING = frozenset({"text_link", "code", "pre", "date_time", "url"})
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    kind: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    unix_time: int = 0
    date_time_format: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def overlaps(self, other: "Entity") -> bool:
        return self.offset < other.end and other.offset < self.end


@dataclass(frozen=True, slots=True)
class Formatted:
    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def html(self) -> str:
        """The text with its formatting as Telegram's HTML; what Telegram finds by itself stays bare."""
        return _rendered(self)


def units(text: str) -> int:
    """How many UTF-16 units the text takes: the measure of all offsets and of the 4096 limit."""
    return len(text) + sum(char > "\uffff" for char in text)


def tidy(formatted: Formatted) -> Formatted:
    """Control characters out, ends trimmed, entities moved along; blank text comes out empty."""
    moved = [0]
    kept: list[str] = []
    for char in formatted.text:
        if char not in _REMOVED:
            kept.append(" " if char < " " and char != "\n" else char)
        width = 0 if char in _REMOVED else units(char)
        moved.extend([moved[-1] + width] * units(char))
    body = "".join(kept).rstrip(" \n")
    if _BLANK.issuperset(body):
        return Formatted("")
    entities = _moved(formatted.entities, moved, end=units(body))
    return _without_lead(body, entities)


def _moved(entities: Iterable[Entity], moved: list[int], *, end: int) -> list[Entity]:
    places = ((it, moved[it.offset], min(moved[it.end], end)) for it in entities)
    return [replace(it, offset=start, length=stop - start) for it, start, stop in places if stop > start]


def _without_lead(body: str, entities: list[Entity]) -> Formatted:
    """Leading spaces go, but not those inside an entity."""
    lead = min([len(body) - len(body.lstrip(" \n")), *(it.offset for it in entities)])
    return Formatted(body[lead:], tuple(replace(it, offset=it.offset - lead) for it in entities))


def with_found(formatted: Formatted) -> Formatted:
    """The same text with addresses, commands and hashtags marked where no link or code is in the way."""
    entities = list(formatted.entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(formatted.text):
            found = Entity(kind=kind, offset=units(formatted.text[: match.start()]), length=units(match.group()))
            if not any(other.kind in _SHADOWING and other.overlaps(found) for other in entities):
                entities.append(found)
    return Formatted(formatted.text, tuple(sorted(entities, key=lambda it: (it.offset, -it.length))))


def _rendered(formatted: Formatted) -> str:
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for entity in formatted.entities:
        before, after = _tags(entity)
        opening[entity.offset] = opening.get(entity.offset, "") + before
        closing[entity.end] = after + closing.get(entity.end, "")
    parts, position = [], 0
    for char in formatted.text:
        parts += [closing.get(position, ""), opening.get(position, ""), html.escape(char, quote=False)]
        position += units(char)
    return "".join(parts) + closing.get(position, "")


def _tags(entity: Entity) -> tuple[str, str]:
    match entity.kind:
        case "text_link":
            return f'<a href="{html.escape(entity.url)}">', "</a>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "date_time":
            return f'<tg-time unix="{entity.unix_time}">', "</tg-time>"
        case kind if kind in _TAGS:
            return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
        case _:
            return "", ""
