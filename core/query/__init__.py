"""What a person typed, as a query: words and phrases that must be there, and those that must not."""

import re
from dataclasses import dataclass, field

from core.errors import UserError
from core.text.fold import INVISIBLE
from core.text.words import words

LONGEST = 200
"""Characters that the words of a query may have together: more is a pasted article, not a query."""
LONGEST_TYPED = 4 * LONGEST
"""The same with all that stands between them."""
MOST_TERMS = 16


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a phrase as several words; keys, never empty."""

    words: tuple[str, ...]
    quoted: bool = False
    """Typed in quotation marks: a phrase as it stands."""
    typed: tuple[str, ...] = field(default=(), compare=False)
    """The words as typed, for showing them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All of `wanted` and none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """The canonical form, which parses to the same query."""
        return " ".join([_shown(term) for term in self.wanted] + ["-" + _shown(term) for term in self.unwanted])


_TERM = re.compile(
    r"(?P<minus>(?:(?<=\s)|^)[-\u2212\u2013](?=[^\s\-]))?"
    r"(?:«(?P<a>[^»]*)»|“(?P<b>[^”“]*)[”“]|„(?P<c>[^“”]*)[“”]|(?:(?<=[\s\-\u2212\u2013])|^)\"(?P<d>[^\"]*)\"(?=\s|$)"
    r"|(?P<bare>\S+))"
)


def parse(typed: str) -> Query:
    """Any text is a query: a space is "and", quotation marks make a phrase, a leading minus excludes.

    Raises `UserError` where there is nothing to look for (`query_empty`), only exclusions (`query_only_without`), or
    more than anyone means (`query_long`).
    """
    typed = typed.strip()
    if len(typed) > LONGEST_TYPED:
        raise UserError("query_long", most=LONGEST)
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _TERM.finditer(typed):
        bare = found["bare"]
        text = bare if bare is not None else next(found[name] or "" for name in "abcd" if found[name] is not None)
        (unwanted if found["minus"] else wanted).extend(_terms(text, quoted=bare is None))
    return _checked(Query(wanted=_once(wanted), unwanted=_once(unwanted)))


_VISIBLE = str.maketrans("", "", INVISIBLE)


def _terms(text: str, *, quoted: bool) -> list[Term]:
    """A phrase in quotation marks is one term; «США/Білорусь» without them is two."""
    keys = [(word.key, text[word.start : word.end].translate(_VISIBLE)) for word in words(text)]
    if quoted and keys:
        return [Term(tuple(key for key, _ in keys), True, tuple(raw for _, raw in keys))]
    return [Term((key,), False, (raw,)) for key, raw in keys]


def _checked(query: Query) -> Query:
    if not query.wanted:
        raise UserError("query_only_without" if query.unwanted else "query_empty")
    # Counted in words alone, which the canonical form has too: it is kept and parsed again.
    letters = sum(len(word) for term in (*query.wanted, *query.unwanted) for word in term.words)
    if letters > LONGEST or len(query.wanted) + len(query.unwanted) > MOST_TERMS:
        raise UserError("query_long", most=LONGEST)
    return query


def _once(terms: list[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _shown(term: Term) -> str:
    text = " ".join(term.typed or term.words)
    return f"«{text}»" if term.quoted else text
