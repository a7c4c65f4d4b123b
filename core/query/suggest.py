"""What a person may have meant by a query that is none of their mistakes."""

from core.query.keywords import OPERATORS
from core.query.lexer import tokens
from core.query.mistakes import QueryMistake
from core.query.parse import parse_query

_OPERANDS = ("word", "phrase", "open", "close")


def suggestion(typed: str) -> str | None:
    """The same query with `АБО` for an «або» that stands between words; `None` where there is none to propose."""
    try:
        found = tokens(typed)
        text = typed
        for before, token, after in zip(found, found[1:], found[2:], strict=False):
            if OPERATORS.get(token.text) == "or" and before.kind in _OPERANDS and after.kind in _OPERANDS:
                text = text[: token.start] + token.text.upper() + text[token.end :]
        parse_query(text)
    except QueryMistake:
        return None
    return text if text != typed else None
