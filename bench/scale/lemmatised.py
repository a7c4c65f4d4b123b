"""Queries and articles in lemmas, for the peers that know no forms: they get the morphology for nothing.

Of every query but those with a wildcard, which would need forms. Words stand at the places that the product gives them;
where no phrase may go on (punctuation, the end of the title) a gap is left.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.scale.asked import has_prefix
from bench.scale.data import Work
from bench.scale.texts import Document
from core.match.port import Passage
from core.query.tree import (
    AllOf,
    AnyOf,
    FromSource,
    InLanguage,
    InTitle,
    Near,
    Node,
    Phrase,
    Without,
    Word,
    words_of,
)

_APART = 100
"""Places between title and text: more than any NEAR spans."""


@dataclass(frozen=True, slots=True)
class Place:
    """The lemmas of one word of an article that any query asks for; `gap`: places left out before it."""

    lemmas: tuple[str, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Lemmatised:
    """An article in lemmas, as many places of it in the title."""

    document: Document
    title: tuple[Place, ...]
    text: tuple[Place, ...]


class Lemmatiser:
    """Turns the queries of a size, and the articles, into lemmas."""

    def __init__(self, work: Work, size: int) -> None:
        self.queries = [(number, node) for number, (_, node) in enumerate(work.queries(size)) if not has_prefix(node)]
        asked = {word.key for _, node in self.queries for word in words_of(node)}
        self._lemmas_of = {
            form: kept for form, lemmas in work.lemmas_of().items() if (kept := [one for one in lemmas if one in asked])
        }
        for lemma in asked:
            if lemma not in self._lemmas_of.get(lemma, ()):
                self._lemmas_of.setdefault(lemma, []).append(lemma)

    def read(self, document: Document) -> Lemmatised:
        """The article in lemmas."""
        title, text = (tuple(self._places(Passage("text", part))) for part in (document.title, document.text))
        return Lemmatised(document, title, text)

    def _places(self, passage: Passage) -> Iterator[Place]:
        for at in range(len(passage.words)):
            lemmas = {lemma for word in passage.at(at) for lemma in self._lemmas_of.get(word.key, ())}
            yield Place(tuple(sorted(lemmas)), 0 if at == 0 or passage.joined(at - 1) else 1)

    def frequencies(self, documents: list[Document]) -> Counter[str]:
        """In how many windows of 400 words each lemma is, sources and languages too."""
        found: Counter[str] = Counter()
        for document in documents:
            found.update((document.language, document.source))
            places = self.read(document).text
            for start in range(0, len(places), 400):
                found.update({lemma for place in places[start : start + 400] for lemma in place.lemmas})
        return found


def write_for_lucene(work: Work, size: int, folder: Path) -> None:
    """Into the folder: `queries.txt` (a line per subscription), `distinct.txt` (a line per query), `documents.txt`,
    `frequencies.txt`, as Bench.java reads them. Numbers are those of subscriptions and of queries."""
    folder.mkdir(parents=True, exist_ok=True)
    lemmatiser = Lemmatiser(work, size)
    lines = {number: " ".join(_prefix(node)) for number, node in lemmatiser.queries}
    with (folder / "distinct.txt").open("w", encoding="utf-8") as file:
        file.writelines(f"{number} {line}\n" for number, line in lines.items())
    with (folder / "queries.txt").open("w", encoding="utf-8") as file:
        for subscription, number in enumerate(work.follows(size).tolist()):
            if number in lines:
                file.write(f"{subscription} {lines[number]}\n")
    with (folder / "documents.txt").open("w", encoding="utf-8") as file:
        file.writelines(_line(lemmatiser.read(document)) for document in work.documents())
    with (folder / "frequencies.txt").open("w", encoding="utf-8") as file:
        file.writelines(f"{lemma} {n}\n" for lemma, n in lemmatiser.frequencies(work.documents(2000)).items())


def _line(article: Lemmatised) -> str:
    title = list(_tokens(article.title))
    body = [*title, f"#{_APART}", *_tokens(article.text)]
    return " ".join([article.document.language, article.document.source, str(len(title)), *body]) + "\n"


def _tokens(places: tuple[Place, ...]) -> Iterator[str]:
    for place in places:
        if place.gap:
            yield f"#{place.gap}"
        yield "|".join(place.lemmas) or "-"


def _prefix(node: Node) -> list[str]:
    match node:
        case Word(key=key):
            return ["word", key]
        case Phrase(words=words):
            return ["phrase", str(len(words)), *(word.key for word in words)]
        case Near(left=Word(key=left), right=Word(key=right), within=within):
            return ["near", str(within), left, right]
        case AllOf(parts=parts):
            return ["all", str(len(parts)), *(token for part in parts for token in _prefix(part))]
        case AnyOf(parts=parts):
            return ["any", str(len(parts)), *(token for part in parts for token in _prefix(part))]
        case Without(part=part):
            return ["not", *_prefix(part)]
        case InTitle(part=Word(key=key)):
            return ["title", key]
        case FromSource(name=name):
            return ["source", name]
        case InLanguage(language=language):
            return ["language", language]
    raise ValueError(f"the bench makes no such query: {node!r}")


def tsquery(node: Node) -> str:
    """As PostgreSQL's `tsquery`; NEAR is taken as AND."""
    match node:
        case Word(key=key):
            return f"'{key}'"
        case Phrase(words=words):
            return "(" + " <-> ".join(f"'{word.key}'" for word in words) + ")"
        case Near(left=left, right=right):
            return f"({tsquery(left)} & {tsquery(right)})"
        case AllOf(parts=parts):
            return "(" + " & ".join(map(tsquery, parts)) + ")"
        case AnyOf(parts=parts):
            return "(" + " | ".join(map(tsquery, parts)) + ")"
        case Without(part=part):
            return "!" + tsquery(part)
        case InTitle(part=Word(key=key)):
            return f"'{key}':A"
        case FromSource(name=name):
            return f"'source {name}'"
        case InLanguage(language=language):
            return f"'language {language}'"
    raise ValueError(f"the bench makes no such query: {node!r}")


def tsvector(article: Lemmatised) -> str:
    """As PostgreSQL's `tsvector`, the title of weight A."""
    at = 0
    found: dict[str, list[str]] = {}
    for places, weight in ((article.title, "A"), (article.text, "")):
        for place in places:
            at += 1 + place.gap
            for lemma in place.lemmas:
                found.setdefault(lemma, []).append(f"{at}{weight}")
        at += _APART
    # A lexeme may have 255 places; none above 16383 is told from another.
    lexemes = [f"'{lemma}':" + ",".join(places[:255]) for lemma, places in found.items()]
    document = article.document
    return " ".join([*lexemes, f"'source {document.source}'", f"'language {document.language}'"])
