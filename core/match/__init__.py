"""Which queries an article answers, and with which words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.expand import Expanded, Meaning
from core.model import Field, QueryId
from core.text.words import Word, parts, words


@dataclass(frozen=True, slots=True)
class Span:
    """Where a term stands, as printed: `[start, end)` in code points of the original title or text."""

    start: int
    end: int
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Why an article concerns a query."""

    query: QueryId
    spans: tuple[Span, ...]
    """In reading order: title first."""


class Passage:
    """A title or a text, read once: its words, and the keys that stand at each of them."""

    def __init__(self, field: Field, text: str) -> None:
        self.field = field
        self.text = text
        self.words = words(text)
        self._parts = {at: list(parts(text, word)) for at, word in enumerate(self.words) if "-" in word.key}

    def at(self, place: int) -> Sequence[Word]:
        """The word at this place, and the parts of it where it is hyphenated."""
        opened = self._parts.get(place)
        return [self.words[place], *opened] if opened else (self.words[place],)

    def joined(self, place: int) -> bool:
        """Whether this word and the next stand in one phrase: nothing but space and quotation marks between."""
        between = self.text[self.words[place].end : self.words[place + 1].start]
        return _PHRASE_GAP.fullmatch(between) is not None


# A line may break inside a phrase; an empty line ends a paragraph.
_PHRASE_GAP = re.compile(r"(?!.*\n[^\S\n]*\n)[\s«»„“”\"'\u2019()\[\]\u200b\ufeff]*", re.DOTALL)


def passages(title: str, text: str) -> list[Passage]:
    """An article as the matcher reads it."""
    return [Passage("title", title), Passage("text", text)]


class Matcher:
    """All queries, filed under every form of the first word of each of their terms.

    The plain engine: a look-up per word of the article, then a check of what was found.
    """

    def __init__(self) -> None:
        self._queries: dict[QueryId, Expanded] = {}
        self._by_form: dict[str, dict[tuple[QueryId, Meaning], None]] = defaultdict(dict)

    def add(self, query: QueryId, expanded: Expanded) -> None:
        """From now on articles are matched against this query too; a query of the same id is replaced."""
        self.remove(query)
        self._queries[query] = expanded
        for meaning in (*expanded.wanted, *expanded.unwanted):
            for form in meaning.forms[0]:
                self._by_form[form][query, meaning] = None

    def remove(self, query: QueryId) -> None:
        """Forgets a query; an unknown one is no error."""
        expanded = self._queries.pop(query, None)
        if expanded is None:
            return
        for meaning in (*expanded.wanted, *expanded.unwanted):
            for form in meaning.forms[0]:
                filed = self._by_form[form]
                filed.pop((query, meaning), None)
                if not filed:
                    del self._by_form[form]

    def match(self, article: Iterable[Passage]) -> list[Match]:
        """Every query that the article answers, in the order they were added."""
        spans: dict[QueryId, dict[Meaning, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for passage in article:
            for place in range(len(passage.words)):
                for query, meaning, span in self._found_at(passage, place):
                    spans[query][meaning].append(span)
        answered = [query for query in self._queries if query in spans and self._answers(query, spans[query])]
        return [Match(query=query, spans=_in_order(self._queries[query], spans[query])) for query in answered]

    def _found_at(self, passage: Passage, place: int) -> Iterator[tuple[QueryId, Meaning, Span]]:
        for word in passage.at(place):
            for query, meaning in self._by_form.get(word.key, ()):
                span = _span(meaning, passage, place, word)
                if span:
                    yield query, meaning, span

    def _answers(self, query: QueryId, found: dict[Meaning, list[Span]]) -> bool:
        expanded = self._queries[query]
        return all(meaning in found for meaning in expanded.wanted) and not any(
            meaning in found for meaning in expanded.unwanted
        )


def _span(meaning: Meaning, passage: Passage, place: int, first: Word) -> Span | None:
    """The whole term from this word on, or `None` where its other words do not follow."""
    end = first.end
    for step, forms in enumerate(meaning.forms[1:]):
        if place + step + 1 >= len(passage.words) or not passage.joined(place + step):
            return None
        following = next((word for word in passage.at(place + step + 1) if word.key in forms), None)
        if following is None:
            return None
        end = following.end
    return Span(first.start, end, passage.field)


def _in_order(expanded: Expanded, found: dict[Meaning, list[Span]]) -> tuple[Span, ...]:
    spans = {span for meaning in expanded.wanted for span in found[meaning]}
    return tuple(sorted(spans, key=lambda span: (span.field != "title", span.start, span.end)))
