"""Concepts as people write them down: TOML that is read, checked and written.

    [[concept]]
    name = "Білорусь"
    terms.uk = ["Білорусь"]
    terms.be = ["Беларусь"]
    adjectives.uk = ["білоруський"]
    people.uk = ["білорус", "білоруска"]
    aliases.en = ["Belarus", { text = "Byelorussia", context = ["Minsk", "Lukashenko"] }]

A file holds as many as one likes. Languages are uk, be, ru, pl and en. `terms` are the names proper, `adjectives` and
`people` come with those switches of a query, `aliases` are other spellings, each decided on by a person; a word with a
`context` counts only in an article that has one of those words too.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.concept import Concept, Kind, Member
from core.errors import ConfigError
from core.lexicon import LANGUAGES, Language
from core.text.fold import fold

_TABLES: dict[str, Kind] = {"terms": "term", "adjectives": "adjective", "people": "person", "aliases": "alias"}


def read_concepts(text: str, *, file: str) -> list[Concept]:
    """The concepts of a file; raises `ConfigError` that names the file, the concept and what to write."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is no TOML: {error}.") from error
    found = table.get("concept")
    if set(table) != {"concept"} or not isinstance(found, list) or not found:
        raise ConfigError(f"{file}: every concept begins with a line [[concept]], and nothing stands beside them.")
    return concepts_of(found, file=file)


def concepts_of(found: Sequence[Any], *, file: str) -> list[Concept]:
    """Those of the tables of a file that was read."""
    concepts = [_concept(one, f"{file}, concept {number}") for number, one in enumerate(found, start=1)]
    names = [concept.name for concept in concepts]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"{file}: two concepts are named {name!r}: make one of them, or name one otherwise.")
    return concepts


def _concept(found: Any, where: str) -> Concept:
    if not isinstance(found, dict):
        raise ConfigError(f"{where}: write [[concept]] with two brackets.")
    name = found.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ConfigError(f'{where}: write name = "…".')
    where = f"{where} ({name})"
    unknown = sorted(set(found) - {"name", *_TABLES})
    if unknown:
        raise ConfigError(f"{where}: {unknown[0]!r} is not known here: write {', '.join(_TABLES)}.")
    members = tuple(
        member
        for table, kind in _TABLES.items()
        for member in _members(found.get(table, {}), kind, f"{where}, {table}")
    )
    if not any(member.kind == "term" for member in members):
        raise ConfigError(f'{where}: write at least one term, as terms.uk = ["…"].')
    return Concept(name=name.strip(), members=members)


def _members(found: Any, kind: Kind, where: str) -> Iterator[Member]:
    if not isinstance(found, dict):
        raise ConfigError(f'{where}: say of which language they are, as {where.rsplit(" ", 1)[-1]}.uk = ["…"].')
    for code, texts in found.items():
        language = next((one for one in LANGUAGES if one == code), None)
        if language is None:
            raise ConfigError(f"{where}: {code!r} is none of our languages: write {', '.join(LANGUAGES)}.")
        if not isinstance(texts, list):
            raise ConfigError(f'{where}.{code}: write a list, as ["…", "…"].')
        yield from (_member(one, kind, language, f"{where}.{code}") for one in texts)


def _member(found: Any, kind: Kind, language: Language, where: str) -> Member:
    if isinstance(found, str):
        found = {"text": found}
    match found:
        case {"text": str(text), **further} if set(further) <= {"context"}:
            context = further.get("context", [])
        case _:
            raise ConfigError(f'{where}: write "…", or {{ text = "…", context = ["…"] }}.')
    if not isinstance(context, list) or not all(isinstance(word, str) for word in context):
        raise ConfigError(f'{where}, {text!r}: write its context as a list, as ["…", "…"].')
    try:
        return Member(text=text, language=language, kind=kind, context=tuple(context))
    except ValueError as error:
        raise ConfigError(f"{where}: {error}.") from error


def written(concept: Concept) -> str:
    """A concept in the form that is read."""
    lines = ["[[concept]]", f"name = {_quoted(concept.name)}"]
    for table, kind in _TABLES.items():
        for language in LANGUAGES:
            its = [one for one in concept.members if (one.kind, one.language) == (kind, language)]
            if its:
                lines.append(f"{table}.{language} = [{', '.join(map(_one, its))}]")
    return "\n".join(lines)


def _one(member: Member) -> str:
    text = _quoted(member.text)
    if not member.context:
        return text
    return f"{{ text = {text}, context = [{', '.join(map(_quoted, member.context))}] }}"


def _quoted(text: str) -> str:
    # A string of JSON is one of TOML.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def shared(concepts: Iterable[Concept]) -> Mapping[str, list[tuple[str, str]]]:
    """By concept, its terms that stand for another one as well, each with another's name; a context tells apart."""
    named: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for concept in concepts:
        for member in concept.members:
            if not member.context:
                named.setdefault((fold(member.text), member.language), []).append((concept.name, member.text))
    found: dict[str, list[tuple[str, str]]] = {}
    for its in named.values():
        for mine, text in its:
            # The first that named it, or the last for the first itself: with many, two names say enough.
            other = its[0][0] if its[0][0] != mine else its[-1][0]
            if other != mine:
                found.setdefault(mine, []).append((text, other))
    return found
