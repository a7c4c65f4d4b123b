"""A typed text as a query: operators in capitals, a space is "and", and any plain text is a query too.

any    = all ("АБО" all)*
all    = near ("І"? near)*            settings (`також:…`) stand here, outside of brackets
near   = no ("БЛИЗЬКО/n" no)?
no     = "НЕ"* one
one    = word | phrase | "(" any ")" | "заголовок:" one | "мова:" values | "джерело:" values
"""

import re
from collections.abc import Mapping, Sequence

from core.lexicon import Language
from core.query import build
from core.query.keywords import ALSO, FIELDS, LANGUAGE_NAMES, MATCHES, SETTINGS
from core.query.lexer import Kind, Token, tokens
from core.query.limits import MOST_BRACKETS, MOST_NEAR, check_length, check_sense, check_size, too_deep
from core.query.mistakes import QueryMistake
from core.query.terms import is_loud, terms
from core.query.tree import AnyOf, FromSource, InLanguage, Near, Node, Phrase, Query, Switch, Word
from core.query.values import languages, sources, switches
from core.text.fold import fold
from core.text.words import words

_ROUNDS = 8
"""Mistakes mended one after another before a correction is given up."""


def parse_query(typed: str) -> Query:
    """The query that a text is.

    Raises `QueryMistake` where an operator, a field or a mark is misused, where nothing is looked for, and where a
    query is longer than anyone means (`core.query.limits`).
    """
    try:
        return _parsed(typed)
    except QueryMistake as mistake:
        mistake.corrected = _mended(mistake)
        raise


def _mended(mistake: QueryMistake) -> str | None:
    """The text that parses after this mistake, and what else is wrong, is put right."""
    proposed = mistake.corrected
    for _ in range(_ROUNDS):
        if proposed is None:
            return None
        text = _tidy(proposed)
        try:
            _parsed(text)
        except QueryMistake as another:
            proposed = another.corrected
        else:
            return text
    return None


def _tidy(text: str) -> str:
    """Without the gaps that something taken out leaves."""
    return re.sub(r"(?<=\() | (?=\))", "", " ".join(text.split()))


def _parsed(typed: str) -> Query:
    check_length(typed)
    query = _Parser(typed).query()
    check_size(query.root, typed)
    check_sense(query.root, typed)
    return query


class _Parser:
    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._tokens = tokens(typed)
        self._loud = is_loud(" ".join(token.text for token in self._tokens if token.kind in ("word", "phrase")))
        self._next = 0
        self._depth = 0
        self._switches: set[Switch] = set()
        self._languages: list[Language] = []

    def query(self) -> Query:
        root = self._any()
        if root is None:
            raise QueryMistake("query_empty", place=(0, len(self._typed)))
        return Query(
            root=root,
            switches=frozenset(self._switches),
            languages=build.languages_in_order(self._languages),
        )

    def _peek(self) -> Kind | None:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else None

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _any(self) -> Node | None:
        """`None` where there are only settings."""
        parts = [self._all()]
        while self._peek() == "or":
            operator = self._take()
            if parts[-1] is None:
                raise self._nothing_before(operator)
            self._expect(operator)
            parts.append(self._all())
        found = [part for part in parts if part is not None]
        return build.any_of(found) if found else None

    def _all(self) -> Node | None:
        parts: list[Node] = []
        while self._peek() not in (None, "close", "or"):
            if self._peek() == "and":
                operator = self._take()
                if not parts:
                    raise self._nothing_before(operator)
                self._expect(operator)
            elif self._peek() == "setting":
                self._setting()
            else:
                parts.append(self._near())
        return build.all_of(parts) if parts else None

    def _near(self) -> Node:
        if self._peek() == "near":
            raise self._nothing_before(self._take())
        begun = self._next
        left = self._no()
        if self._peek() != "near":
            return left
        ended = self._next
        operator = self._take()
        self._expect(operator)
        if operator.number > MOST_NEAR:
            raise self._too_far(operator)
        right = self._no()
        one = self._side(left, operator, begun, ended)
        other = self._side(right, operator, ended + 1, self._next)
        if self._peek() == "near":
            raise self._chained(ended + 1)
        return Near(one, other, operator.number)

    def _side(self, node: Node, operator: Token, begun: int, ended: int) -> Word | Phrase | AnyOf:
        if isinstance(node, Word | Phrase):
            return node
        if isinstance(node, AnyOf) and all(isinstance(part, Word | Phrase) for part in node.parts):
            return node
        first, place = self._tokens[begun], (self._tokens[begun].start, self._tokens[ended - 1].end)
        corrected = self._without(operator)
        if first.kind == "not" and first.end < operator.start:  # «-а БЛИЗЬКО/3 б» excludes what is near
            end = self._tokens[self._next - 1].end
            corrected = f"{self._typed[: first.end]}({self._typed[first.end : end]}){self._typed[end:]}"
        raise QueryMistake("query_near_side", place=place, corrected=corrected, operator=operator.text)

    def _chained(self, middle: int) -> QueryMistake:
        """«а БЛИЗЬКО/3 б БЛИЗЬКО/3 в» is most likely б near both."""
        start, operator = self._tokens[middle].start, self._take()
        again = self._typed[start : self._tokens[self._next - 2].end]
        corrected = f"{self._typed[: operator.start]}{again} {self._typed[operator.start :]}"
        place = (operator.start, operator.end)
        return QueryMistake("query_near_chain", place=place, corrected=corrected, operator=operator.text)

    def _too_far(self, token: Token) -> QueryMistake:
        number = _NUMBER.search(self._typed, token.start, token.end)
        start, end = number.span() if number else (token.end, token.end)
        corrected = f"{self._typed[:start]}{MOST_NEAR}{self._typed[end:]}"
        return QueryMistake("query_near_far", place=(start, end), corrected=corrected, most=MOST_NEAR)

    def _no(self) -> Node:
        negated = False
        while self._peek() == "not":
            self._expect(self._take())
            negated = not negated
        node = self._one()
        return build.without(node) if negated else node

    def _one(self) -> Node:
        token = self._take()
        match token.kind:
            case "open":
                return self._in_brackets(token)
            case "field":
                return self._field(token)
            case "phrase":
                return self._phrase(token)
            case _:
                return build.all_of(terms(self._typed, token.start, token.end, loud=self._loud))

    def _in_brackets(self, opened: Token) -> Node:
        self._depth += 1
        if self._depth > MOST_BRACKETS:
            raise too_deep((opened.start, opened.end))
        node = self._any()
        self._take()
        self._depth -= 1
        if node is None:
            raise AssertionError("brackets that hold only a setting are refused where it stands")
        return node

    def _phrase(self, token: Token) -> Phrase:
        if token.number > MOST_NEAR:
            raise self._too_far(token)
        end = token.at + len(token.text)
        found = terms(self._typed, token.at, end, mark=token.mark, loud=self._loud)
        return Phrase(found, token.number if len(found) > 1 else 0)

    def _field(self, token: Token) -> Node:
        if self._peek() not in ("word", "phrase", "open"):
            raise self._empty(token)
        match FIELDS[fold(token.text[:-1])]:
            case "title":
                return build.in_title(self._one())
            case "language":
                named = [
                    InLanguage(one)
                    for value in self._values(token, LANGUAGE_NAMES)
                    for one in languages(self._typed, value)
                ]
                return self._one_of(named, token)
            case "source":
                sites = [FromSource(name) for value in self._values(token, {}) for name in sources(value)]
                return self._one_of(sites, token)

    def _listed(self, known: Mapping[str, object]) -> list[Token]:
        """A value, and those after a comma and a space, as long as they are known ones («uk, ru»)."""
        found = [self._take()]
        while found[-1].text.endswith(",") and self._peek() == "word":
            if any(word.key not in known for word in words(self._tokens[self._next].text)):
                break
            found.append(self._take())
        return found

    def _values(self, field: Token, known: Mapping[str, object]) -> list[Token]:
        """The value, or those in brackets."""
        if self._peek() != "open":
            return self._listed(known)
        opened, found = self._take(), []
        while self._peek() in ("word", "phrase", "or", "and"):
            value = self._take()
            found += [value] if value.kind in ("word", "phrase") else []
        if self._peek() != "close":
            wrong = self._take()
            raise QueryMistake(
                "query_field_brackets",
                place=(wrong.start, wrong.end),
                corrected=self._typed[: opened.start] + self._typed[opened.end :] if wrong.kind != "open" else None,
                field=field.text,
            )
        self._take()
        return found

    def _one_of(self, leaves: Sequence[Node], field: Token) -> Node:
        if not leaves:
            raise self._empty(field)
        return build.any_of(leaves)

    def _setting(self) -> None:
        setting = self._take()
        if self._peek() != "word":
            raise self._empty(setting)
        match SETTINGS[fold(setting.text[:-1])]:
            case "also":
                values = self._listed(ALSO)
                self._switches.update(one for value in values for one in switches(self._typed, value, ALSO))
            case "matches":
                values = self._listed(MATCHES)
                for value in values:
                    for switch in switches(self._typed, value, MATCHES):
                        self._switches -= {"strict", "wide"}
                        self._switches.add(switch)
            case "forms":
                values = self._listed(LANGUAGE_NAMES)
                self._languages += [one for value in values for one in languages(self._typed, value)]
        if self._depth:
            start, end = setting.start, values[-1].end
            moved = f"{self._typed[:start]}{self._typed[end:]} {self._typed[start:end]}"
            raise QueryMistake("query_setting_inside", place=(start, end), corrected=moved, setting=setting.text)

    def _expect(self, operator: Token) -> None:
        """Something must follow that the operator can work on."""
        if self._peek() not in ("word", "phrase", "open", "field", "not"):
            place = (operator.start, operator.end)
            raise QueryMistake(
                "query_nothing_after", place=place, corrected=self._without(operator), operator=operator.text
            )

    def _nothing_before(self, operator: Token) -> QueryMistake:
        place, corrected = (operator.start, operator.end), self._without(operator)
        return QueryMistake("query_nothing_before", place=place, corrected=corrected, operator=operator.text)

    def _empty(self, label: Token) -> QueryMistake:
        place, corrected = (label.start, label.end), self._without(label)
        return QueryMistake("query_field_empty", place=place, corrected=corrected, field=label.text)

    def _without(self, token: Token) -> str:
        return f"{self._typed[: token.start]} {self._typed[token.end :]}"


_NUMBER = re.compile(r"[0-9]+(?!.*[0-9])", re.DOTALL)
