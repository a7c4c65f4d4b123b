"""What stands after a field or a setting: languages, sources, switches."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from core.lexicon import Language
from core.query.keywords import LANGUAGE_NAMES
from core.query.lexer import Token
from core.query.mistakes import QueryMistake, nearest
from core.query.source import source_name
from core.text.words import words

_Meant = TypeVar("_Meant")


def languages(typed: str, token: Token) -> Iterator[Language]:
    """The languages named («uk,ru», «українська»)."""
    return _known(typed, token, LANGUAGE_NAMES)


def switches(typed: str, token: Token, known: Mapping[str, _Meant]) -> Iterator[_Meant]:
    """What the values of a setting stand for."""
    return _known(typed, token, known)


def _known(typed: str, token: Token, known: Mapping[str, _Meant]) -> Iterator[_Meant]:
    """Raises `QueryMistake` for a value that is none of them, with the nearest that is."""
    for word in words(token.text):
        meant = known.get(word.key)
        if meant is None:
            start, end = token.at + word.start, token.at + word.end
            near = nearest(word.key, known)
            corrected = typed[:start] + near + typed[end:] if near else None
            raise QueryMistake(
                "query_language" if known is LANGUAGE_NAMES else "query_setting",
                place=(start, end),
                corrected=corrected,
                value=typed[start:end],
            )
        yield meant


def sources(token: Token) -> list[str]:
    """The names, folded: one in quotation marks, else as many as commas part."""
    names = [token.text] if token.kind == "phrase" else token.text.split(",")
    return [name for name in map(source_name, names) if name]
