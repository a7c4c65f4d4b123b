"""Watch lists as files: TOML, CSV, JSON and plain lists, read and written.

    [list]
    id = "belarus"
    name = "Політв’язні Білорусі"
    icon = "🕊"
    about = "Люди, яких тримають за переконання."
    public = true
    delivery = "daily 08:00"

    [[line]]
    query = "політвʼязень також:мови"
    name = "Політвʼязні"
    urgent = true
    note = "для редакторів"

`delivery` is `at_once`, `urgent`, `hourly`, `daily 08:00` or `weekly 0 08:00` (0 is Monday). A line needs a `query`,
or a `name` with `aliases` and perhaps `context`: the name or an alias, and one of the words beside it. A CSV file has
columns of the same names, a plain one a query per line; neither says anything of the list itself. A TOML file may hold
concepts too, in the form of `concept_files`. What is written is read again as the same.
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.admin.concept_files import concepts_of
from core.concept import Concept
from core.errors import ConfigError, UserError
from core.query import canonical, parse
from core.query.mistakes import QueryMistake
from core.timing import DAY, RHYTHMS, Manner, Rhythm
from core.watchlist import LONGEST_ABOUT, LONGEST_ICON, LONGEST_LABEL, MOST_LINES, Line, WatchList, named

MOST_BYTES = 8 << 20
FORMATS = ("toml", "csv", "json", "txt")
COLUMNS = ("query", "name", "aliases", "context", "urgent", "note")
_WRITTEN = ("query", "name", "urgent", "note")
_UKRAINIAN = {
    "запит": "query",
    "назва": "name",
    "ім'я": "name",
    "псевдоніми": "aliases",
    "оточення": "context",
    "терміново": "urgent",
    "примітка": "note",
}
_PROPERTIES = frozenset({"id", "name", "icon", "about", "public", "delivery"})
_YES = frozenset({"1", "true", "yes", "так", "x", "+"})
_NO = frozenset({"", "0", "false", "no", "ні", "-"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FORMULA = re.compile(r"[=+\-@]\s*(?:[A-Za-z_.]+\s*\(|[\d$(\"]|[A-Z]{1,3}\$?\d|.*[|!])")
"""What a table program would reckon with; `=слово` is a query of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """What a file says of a list."""

    slug: str | None
    """`None` where it says nothing of the list itself."""
    properties: Mapping[str, Any]
    lines: tuple[Line, ...]
    concepts: tuple[Concept, ...]
    doubled: tuple[str, ...]
    """Names of lines whose query another one of the file has too; the first one counts."""

    def over(self, one: WatchList) -> WatchList:
        """The list as the file wants it; what the file does not say stays."""
        return replace(one, **self.properties)


def text_of(content: bytes) -> str:
    """A file's text. Raises `UserError` where it is too large, or not in UTF-8."""
    if len(content) > MOST_BYTES:
        raise UserError("file_large", most=MOST_BYTES >> 20)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("file_encoding") from error
    if "\0" in text:
        raise UserError("file_encoding")
    return text


def read_list(text: str, *, name: str) -> ListFile:
    """The list of a file of that name, whose ending tells its form. Raises `UserError` with what is wrong and where."""
    form = name.rpartition(".")[2].lower()
    concepts: list[Concept] = []
    match form:
        case "toml":
            properties, rows, concepts = _toml(text)
        case "json":
            properties, rows = _json(text)
        case "csv" | "tsv":
            properties, rows = {}, _csv(text)
        case "txt":
            properties, rows = {}, [(at, {"query": row}) for at, row in _plain(text)]
        case _:
            raise UserError("file_form", forms=", ".join(FORMATS))
    if len(rows) > MOST_LINES:
        raise UserError("list_full", most=MOST_LINES)
    lines: dict[str, Line] = {}
    doubled = []
    for at, row in rows:
        line = _line(row, at)
        if line.text in lines:
            doubled.append(line.label)
        lines.setdefault(line.text, line)
    if not lines and not properties:
        raise UserError("file_empty")
    slug = properties.pop("id", None)
    return ListFile(
        slug=slug,
        properties=properties,
        lines=tuple(lines.values()),
        concepts=tuple(concepts),
        doubled=tuple(doubled),
    )


def _toml(text: str) -> tuple[dict[str, Any], list[tuple[int, Any]], list[Concept]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError("file_broken", form="TOML", why=str(error)) from error
    properties, rows = _tables(table, {"list", "line", "concept"}, "line")
    try:
        concepts = concepts_of(table.get("concept", []), file="TOML")
    except (ConfigError, TypeError) as error:
        raise UserError("file_broken", form="TOML", why=str(error)) from error
    return properties, rows, concepts


def _json(text: str) -> tuple[dict[str, Any], list[tuple[int, Any]]]:
    try:
        table = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UserError("file_broken", form="JSON", why=str(error)) from error
    if isinstance(table, list):
        table = {"lines": table}
    if not isinstance(table, dict):
        raise UserError("file_broken", form="JSON", why="[…]")
    return _tables(table, {"list", "lines"}, "lines")


def _tables(table: Mapping[str, Any], known: set[str], lines: str) -> tuple[dict[str, Any], list[tuple[int, Any]]]:
    unknown = sorted(set(table) - known)
    if unknown:
        raise UserError("file_unknown", what=unknown[0], known=", ".join(sorted(known)))
    rows = table.get(lines, [])
    about = table.get("list", {})
    if not isinstance(rows, list) or not isinstance(about, dict):
        raise UserError("file_unknown", what=lines, known=", ".join(sorted(known)))
    plain = [(at, {"query": row} if isinstance(row, str) else row) for at, row in enumerate(rows, start=1)]
    return _properties(about), plain


def _properties(found: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(found) - _PROPERTIES)
    if unknown:
        raise UserError("file_unknown", what=unknown[0], known=", ".join(sorted(_PROPERTIES)))
    known: dict[str, Any] = {}
    for key, value in found.items():
        if key == "public":
            if not isinstance(value, bool):
                raise UserError("file_value", what=key, value=str(value))
        elif not isinstance(value, str) or len(value) > LONGEST_ABOUT:
            raise UserError("file_value", what=key, value=str(value)[:80])
        match key:
            case "id":
                if not _SLUG.fullmatch(value):
                    raise UserError("file_value", what=key, value=value)
                known["id"] = value
            case "name":
                known["name"] = named(value)
            case "icon":
                if len(value) > LONGEST_ICON:
                    raise UserError("list_icon")
                known["icon"] = value
            case "delivery":
                known["manner"] = _manner(value)
            case _:
                known[key] = value
    return known


_DELIVERY = re.compile(r"(daily|weekly ([0-6])) ([01]\d|2[0-3]):([0-5]\d)")


def _manner(value: str) -> Manner:
    if value == "urgent":
        return Manner(urgent=True)
    if value in ("at_once", "hourly"):
        rhythm: Rhythm = next(known for known in RHYTHMS if known == value)
        return Manner(rhythm=rhythm)
    found = _DELIVERY.fullmatch(value)
    if found is None:
        raise UserError("file_value", what="delivery", value=value)
    at = int(found[3]) * 60 + int(found[4])
    return Manner(rhythm="weekly", weekday=int(found[2]), at=at) if found[2] else Manner(rhythm="daily", at=at)


def _delivery(manner: Manner) -> str:
    if manner.urgent:
        return "urgent"
    at = f"{manner.at % DAY // 60:02}:{manner.at % 60:02}"
    match manner.rhythm:
        case "daily":
            return f"daily {at}"
        case "weekly":
            return f"weekly {manner.weekday} {at}"
        case rhythm:
            return rhythm


def _csv(text: str) -> list[tuple[int, dict[str, str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UserError("file_broken", form="CSV", why=str(error)) from error
    if not rows:
        raise UserError("file_empty")
    head = [_column(cell) for cell in rows[0]]
    if not {"query", "name"} & set(head):
        raise UserError("file_columns", found=", ".join(rows[0])[:80], known=", ".join(COLUMNS))
    found = []
    for at, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(head):
            raise UserError("file_cells", row=at, cells=len(row), columns=len(head))
        cells = {name: _cell(cell, at) for name, cell in zip(head, row, strict=False) if name}
        found.append((at, cells))
    return found


def _column(cell: str) -> str | None:
    name = " ".join(cell.split()).lower().replace("\u2019", "'").replace("\u02bc", "'")
    name = _UKRAINIAN.get(name, name)
    return name if name in COLUMNS else None


def _cell(cell: str, row: int) -> str:
    """A cell without what keeps table programs from reckoning with it."""
    if _FORMULA.match(cell):
        raise UserError("file_formula", row=row, cell=cell[:40])
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@'") else cell


def _plain(text: str) -> list[tuple[int, str]]:
    rows = enumerate(text.splitlines(), start=1)
    return [(at, row.strip()) for at, row in rows if row.strip() and not row.lstrip().startswith("#")]


def _line(row: Any, at: int) -> Line:
    if not isinstance(row, dict) or not set(row) <= set(COLUMNS):
        raise UserError("file_row", row=at)
    typed = _text(row.get("query", ""), at).strip()
    name = _text(row.get("name", ""), at)
    typed = typed or _person(name, _several(row.get("aliases", ""), at), _several(row.get("context", ""), at))
    try:
        query = canonical(parse(typed))
    except QueryMistake as error:
        raise UserError("file_query", row=at, query=typed[:80]) from error
    label = " ".join(name.split()) or typed
    note = _text(row.get("note", ""), at)
    return Line(text=query, label=label[:LONGEST_LABEL].rstrip(), urgent=_truth(row.get("urgent", ""), at), note=note)


def _text(value: Any, at: int) -> str:
    if not isinstance(value, str):
        raise UserError("file_row", row=at)
    return value


def _several(value: Any, at: int) -> list[str]:
    parts = value if isinstance(value, list) else re.split(r"[;|]", _text(value, at))
    return [" ".join(_text(part, at).split()) for part in parts if _text(part, at).strip()]


def _truth(value: Any, at: int) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(value, at).strip().lower()
    if word not in _YES | _NO:
        raise UserError("file_row", row=at)
    return word in _YES


def _person(name: str, aliases: Sequence[str], context: Sequence[str]) -> str:
    """A query out of names and of words of which one has to be there too."""
    return " ".join(_either(words) for words in ([name, *aliases], context) if any(words))


def _either(phrases: Iterable[str]) -> str:
    plain = [" ".join(phrase.replace('"', " ").split()) for phrase in phrases]
    quoted = [f'"{phrase}"' if " " in phrase else phrase for phrase in plain if phrase]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def written(one: WatchList, lines: Sequence[Line], form: str) -> str:
    """A list in the form of a file; of CSV and plain text, the lines alone."""
    match form:
        case "toml":
            return _toml_of(one, lines)
        case "json":
            table = {"list": _told(one), "lines": [_row(line) for line in lines]}
            return json.dumps(table, ensure_ascii=False, indent=2) + "\n"
        case "csv":
            return _csv_of(lines)
        case "txt":
            return "".join(f"{line.text}\n" for line in lines)
    raise UserError("file_form", forms=", ".join(FORMATS))


def _told(one: WatchList) -> dict[str, Any]:
    return {
        "id": one.slug,
        "name": one.name,
        "icon": one.icon,
        "about": one.about,
        "public": one.public,
        "delivery": _delivery(one.manner),
    }


def _row(line: Line) -> dict[str, Any]:
    row: dict[str, Any] = {"query": line.text, "name": line.label}
    return row | ({"urgent": True} if line.urgent else {}) | ({"note": line.note} if line.note else {})


def _toml_of(one: WatchList, lines: Sequence[Line]) -> str:
    parts = ["[list]", *(f"{key} = {_quoted(value)}" for key, value in _told(one).items())]
    for line in lines:
        parts += ["", "[[line]]", *(f"{key} = {_quoted(value)}" for key, value in _row(line).items())]
    return "\n".join(parts) + "\n"


def _quoted(value: str | bool) -> str:
    # A string of JSON is one of TOML.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _csv_of(lines: Sequence[Line]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_WRITTEN)
    for line in lines:
        rows.writerow(map(_guarded, (line.text, line.label, "1" if line.urgent else "", line.note)))
    return out.getvalue()


def _guarded(cell: str) -> str:
    """So that a table program takes it for text."""
    return f"'{cell}" if cell[:1] in tuple("=+-@'") else cell
