"""Telegram's HTML: the few tags and references it knows, and its words for everything else."""

import re
from dataclasses import dataclass, field, replace

from chatovyi.demo.addresses import kept_address
from chatovyi.demo.entities import Entity, Formatted, units

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
_TAGS = frozenset(_SIMPLE) | {"a", "blockquote", "tg-time"}
_SPACE = " \t\r\n\v"
_NAME = re.compile(rf"[^{_SPACE}>]*")
_GAP = re.compile(rf"[{_SPACE}]*")
_ATTRIBUTE = re.compile(
    rf"([^{_SPACE}=>/\"']+)[{_SPACE}]*"
    rf"(?:=[{_SPACE}]*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]+)(?=[{_SPACE}>])))?"
)
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)(?![A-Za-z])|#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7}));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_DATE_FORMAT = re.compile(r"[rR]|[tTdDwW]*")
_VISIBLE = re.compile(r"&[A-Za-z]{2,8};|</?(?:" + "|".join(sorted(_TAGS)) + r"|br|p|div)\b[^>]*>")


class MarkupError(ValueError):
    """The message is Telegram's wording after "can't parse entities: "."""


@dataclass(frozen=True, slots=True)
class Parsed:
    formatted: Formatted
    dropped: tuple[str, ...]
    """Addresses whose links Telegram leaves out without an error."""


def visible_markup(text: str) -> str | None:
    """The first piece of markup a reader would see as it is, such as &nbsp; or a tag in plain text."""
    seen = _VISIBLE.search(text)
    return seen.group() if seen else None


def parse_html(source: str) -> Parsed:
    """Text and entities of the source; raises MarkupError where Telegram answers 400."""
    reader = _Reader(source)
    while reader.at < len(source):
        if source.startswith("</", reader.at):
            reader.close_tag()
        elif source.startswith("<", reader.at):
            reader.open_tag()
        else:
            reader.plain_text()
    if reader.open:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{reader.open[-1].name}"')
    return reader.parsed()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tag:
    name: str
    offset: int
    text_from: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    open: list[_Tag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def parsed(self) -> Parsed:
        plain = (replace(it, language="") if it.kind == "code" else it for it in self.entities)
        ordered = sorted(plain, key=lambda it: (it.offset, -it.length))
        return Parsed(Formatted(self.text, tuple(ordered)), tuple(self.dropped))

    def plain_text(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        self.text += _unescaped(self.source[self.at : end])
        self.at = end

    def open_tag(self) -> None:
        begin = self.at
        name = self._take(_NAME, skip=1).lower()
        if self.at >= len(self.source):
            raise self._error("Unclosed start tag", begin)
        if name not in _TAGS:
            raise self._error(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Tag(name=name, offset=units(self.text), text_from=len(self.text), attributes=attributes))

    def _attributes(self, name: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        self._take(_GAP)
        while not self.source.startswith(">", self.at):
            match = _ATTRIBUTE.match(self.source, self.at)
            if self.at >= len(self.source) or (match and match.end() == len(self.source)):
                raise self._error(f'Unclosed start tag "{name}"', begin)
            if match is None:
                raise self._error(f'Empty attribute name in the tag "{name}"', begin)
            found[match[1].lower()] = _unescaped(match[2] or match[3] or match[4] or "")
            self.at = match.end()
            self._take(_GAP)
        self.at += 1
        return found

    def close_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        name = self._take(_NAME, skip=2).lower()
        self._take(_GAP)
        if not self.source.startswith(">", self.at):
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            expected = f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{tag.name}>"'
            raise MarkupError(f'{expected}, found "</{name}>"')
        if len(self.text) > tag.text_from:
            self._mark(tag)

    def _mark(self, tag: _Tag) -> None:
        entity = Entity(kind="", offset=tag.offset, length=units(self.text) - tag.offset)
        match tag.name:
            case "a":
                self._mark_link(entity, tag.attributes.get("href") or self.text[tag.text_from :])
            case "blockquote":
                kind = "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"
                self.entities.append(replace(entity, kind=kind))
            case "tg-time":
                self._mark_time(entity, tag.attributes)
            case "pre" if self._same_code(entity):
                self.entities[-1] = replace(self.entities[-1], kind="pre")
            case name:
                language = tag.attributes.get("class", "").removeprefix("language-") if name == "code" else ""
                self.entities.append(replace(entity, kind=_SIMPLE[name], language=language))

    def _same_code(self, entity: Entity) -> bool:
        last = self.entities[-1] if self.entities else entity
        return last.kind == "code" and (last.offset, last.length) == (entity.offset, entity.length)

    def _mark_link(self, entity: Entity, address: str) -> None:
        kept = kept_address(address)
        if kept is None:
            self.dropped.append(address)
        else:
            self.entities.append(replace(entity, kind="text_link", url=kept))

    def _mark_time(self, entity: Entity, attributes: dict[str, str]) -> None:
        wanted, moment = attributes.get("format", ""), re.match(r"\d+", attributes.get("unix", ""))
        if not _DATE_FORMAT.fullmatch(wanted):
            raise MarkupError("Invalid date format used")
        if moment and int(moment.group()) > 0:
            found = replace(entity, kind="date_time", unix_time=int(moment.group()), date_time_format=wanted)
            self.entities.append(found)

    def _take(self, pattern: re.Pattern[str], *, skip: int = 0) -> str:
        match = pattern.match(self.source, self.at + skip)
        assert match is not None, "these patterns also match nothing"
        self.at = match.end()
        return match.group()

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _error(self, complaint: str, position: int) -> MarkupError:
        return MarkupError(f"{complaint} at byte offset {self._bytes(position)}")


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    if reference[1]:
        return _NAMED[reference[1]]
    code = int(reference[2], 16) if reference[2] else int(reference[3])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else reference.group()
