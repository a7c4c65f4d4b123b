"""A query written out in one way: a text to read, to edit and to keep, the same for equal queries."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from core.query import build
from core.query.keywords import OPERATORS
from core.query.terms import LONGEST_ABBREVIATION
from core.query.tree import (
    AllOf,
    AnyOf,
    FromSource,
    InLanguage,
    InTitle,
    Near,
    Node,
    Phrase,
    Query,
    Switch,
    Without,
    Word,
)
from core.text.fold import HYPHENS, fold
from core.text.words import words


def canonical(query: Query) -> str:
    """The text of `normal(query)`, in Ukrainian keywords. It parses to that query, and its canonical form is itself.

    Equal queries have one text, whatever the order of their parts, but for one thing that carries meaning: words side
    by side keep their order, because an adjective and its noun, or a name and a surname, will be taken as a phrase.
    """
    query = normal(query)
    return " ".join([_text(query.root), *_settings(query)])


def normal(query: Query) -> Query:
    """The same query with the parts of every node in a fixed order, and no part twice."""
    return Query(
        root=_normal(query.root),
        switches=query.switches,
        languages=build.languages_in_order(query.languages),
    )


def _normal(node: Node) -> Node:
    match node:
        case AllOf(parts=parts):
            flat = build.all_of(map(_normal, parts))
            return AllOf(_in_order(flat.parts)) if isinstance(flat, AllOf) else flat
        case AnyOf(parts=parts):
            flat = build.any_of(map(_normal, parts))
            return AnyOf(tuple(sorted(flat.parts, key=_place))) if isinstance(flat, AnyOf) else flat
        case Without(part=part):
            return build.without(_normal(part))
        case InTitle(part=part):
            return build.in_title(_normal(part))
        case Near(left=left, right=right, within=within):
            one, other = sorted((_side(left), _side(right)), key=_text)
            return Near(one, other, within)
        case Phrase(words=words, within=within):
            return Phrase(words, within if len(words) > 1 else 0)
        case _:
            return node


def _side(side: Word | Phrase | AnyOf) -> Word | Phrase | AnyOf:
    found = _normal(side)
    if isinstance(found, Word | Phrase | AnyOf):
        return found
    raise AssertionError(found)


def _in_order(parts: Sequence[Node]) -> tuple[Node, ...]:
    """Sorted; words that stand side by side stay so, and no others come to."""
    runs: list[tuple[Node, ...]] = []
    others: list[Node] = []
    for words_, group in groupby(parts, key=_may_agree):
        if words_:
            runs.append(tuple(group))
        else:
            others += group
    runs.sort(key=lambda run: [_text(word) for word in run])
    others.sort(key=_place)
    found = list(runs[0]) if runs else []
    for run in runs[1:]:
        found += [others.pop(0), *run]
    return (*found, *others)


def _may_agree(node: Node) -> bool:
    return isinstance(node, Word) and node.how == "forms"


_PLACES: tuple[type[Node], ...] = (Word, Phrase, Near, AnyOf, AllOf, InTitle, Without, InLanguage, FromSource)


def _place(node: Node) -> tuple[int, str]:
    return _PLACES.index(type(node)), _text(node)


def _text(node: Node) -> str:
    match node:
        case Word():
            return _marked(node, bare=True)
        case Phrase(words=words_, within=within):
            text = " ".join(_marked(word, bare=False) for word in words_)
            return f"«{text}»~{within}" if within else f"«{text}»"
        case AllOf(parts=parts):
            return " ".join(_inside(part, AnyOf, Near) for part in parts)
        case AnyOf(parts=parts):
            return " АБО ".join(_inside(part, AllOf, Near) for part in parts)
        case Near(left=left, right=right, within=within):
            return f"{_inside(left, AnyOf)} БЛИЗЬКО/{within} {_inside(right, AnyOf)}"
        case Without(part=part):
            return "-" + _inside(part, AllOf, AnyOf, Near)
        case InTitle(part=part):
            return "заголовок:" + _inside(part, AllOf, AnyOf, Near, Without, FromSource, InLanguage)
        case FromSource(name=name):
            return f"джерело:{name}" if _ONE_WORD.fullmatch(name) else f"джерело:«{name}»"
        case InLanguage(language=language):
            return f"мова:{language}"


_ONE_WORD = re.compile(r"[^\W_][\w./@-]*")


def _inside(node: Node, *bracketed: type[Node]) -> str:
    """The text, in brackets for nodes that would be read otherwise, by a person if not by the parser."""
    return f"({_text(node)})" if isinstance(node, bracketed) else _text(node)


def _marked(word: Word, *, bare: bool) -> str:
    text = spelled(word)
    if bare and text.isupper() and fold(text) in OPERATORS:
        text = word.key
    return {"forms": text, "exact": f"={text}", "fuzzy": f"~{text}", "prefix": f"{text}*"}[word.how]


def spelled(word: Word) -> str:
    """The key with those capitals of the typed word that carry meaning: «США», «Івано-Франківськ»."""
    typed, keys = _HYPHEN.split(word.typed), word.key.split("-")
    with_capitals = "-".join(map(_with_capitals, keys, typed)) if len(keys) == len(typed) else word.key
    for text in (with_capitals, word.key):
        if [found.key for found in words(text)] == [word.key]:
            return text
    return word.typed  # letters that Unicode takes apart and does not join again


_HYPHEN = re.compile(f"[{re.escape(HYPHENS)}]")


def _with_capitals(key: str, typed: str) -> str:
    letters = sum(letter.isalpha() for letter in typed)
    if typed.isupper() and 2 <= letters <= LONGEST_ABBREVIATION:
        return key.upper()
    return key[:1].upper() + key[1:] if typed[:1].isupper() else key


def _settings(query: Query) -> Iterator[str]:
    also = [name for switch, name in _ALSO.items() if switch in query.switches]
    matches = [name for switch, name in _MATCHES.items() if switch in query.switches]
    for setting, names in (("також", also), ("збіги", matches), ("форми", query.languages)):
        if names:
            yield f"{setting}:{','.join(names)}"


_ALSO: dict[Switch, str] = {
    "adjectives": "прикметники",
    "people": "люди",
    "languages": "мови",
    "transliterations": "транслітерації",
}
_MATCHES: dict[Switch, str] = {"strict": "строгі", "wide": "широкі"}
