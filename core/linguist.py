"""All that the rest of the house asks of languages: what a query means, whether a hit is meant, a word's lemma."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.address import host_of
from core.concept import Added, Concept, Concepts, Widened, widen
from core.concept.derived import derived
from core.concept.echo import Echoes
from core.lexicon import Language
from core.lexicon.lemma import Lemmatizer
from core.match.port import Article as ReadArticle
from core.match.port import Passage
from core.meaning import Meaning
from core.meaning.expand import expand, joined
from core.meaning.judge import DictionaryJudge
from core.meaning.senses import Dictionaries
from core.query.source import source_name
from core.query.tree import Node, Phrase, Query, Switch, Word
from core.text.language import language_of
from core.text.words import words

_FIRST_LETTERS = 400
_FIRST_WORDS = 40
"""Of an article, that are asked of the dictionaries to tell its language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linguist:
    """The languages of one process; owned by one thread at a time."""

    dictionaries: Dictionaries
    judge: DictionaryJudge
    lemmatizer: Lemmatizer
    echoes: Echoes
    concepts: Concepts = field(default_factory=lambda: Concepts((), lambda word, language: frozenset()))

    def knowing(self, concepts: Iterable[Concept]) -> "Linguist":
        """The same with these concepts, and no others."""
        concepts = tuple(concepts)
        return self if concepts == self.concepts.all else replace(self, concepts=Concepts(concepts, self._forms))

    def widened(self, query: Query) -> Widened:
        """The query with what its switches bring in: by the concepts, where none has such words by the dictionaries."""

        def join(parts: Sequence[Node]) -> Iterator[Node]:
            return joined(parts, query, self.dictionaries)

        return widen(query, self.concepts, self._derived, join)

    def meaning(self, query: Query) -> Meaning:
        """The query with all forms of its words, and of what its switches bring in."""
        wide = replace(query, root=self.widened(query).node)
        return replace(expand(wide, self.dictionaries), query=query)

    def _derived(self, typed: Word | Phrase, switch: Switch) -> Iterator[Added]:
        key = typed.key if isinstance(typed, Word) else typed.words[0].key
        return derived(typed, switch, self.dictionaries.writing(key))

    def _forms(self, word: str, language: Language) -> frozenset[str]:
        """A base form stands for itself, else for all that it is a form of; a word that is not known is guessed."""
        lexicon = self.dictionaries.lexicons.get(language)
        if lexicon is None:
            return frozenset({word})
        lexemes = lexicon.lexemes(word)
        cited = [lexeme for lexeme in lexemes if lexeme.lemma == word] or lexemes
        forms = frozenset(form for lexeme in cited for form in lexeme.forms)
        return (forms or lexicon.guesses(word)) | {word}

    def read(
        self, title: str, text: str, *, sources: frozenset[str] = frozenset(), language: Language | None = None
    ) -> ReadArticle:
        """An article as an engine reads it; its language by its letters, where nobody told it."""
        told = language or language_of(f"{title}\n{text}")
        passages = (Passage("title", title, told), Passage("text", text, told))
        return ReadArticle(passages=passages, language=told, sources=sources)

    def language(self, title: str, text: str) -> Language | None:
        """By its letters; where these do not tell, by which dictionary knows the most of its first words."""
        first = [word.key for word in words(f"{title}\n{text[:_FIRST_LETTERS]}")[:_FIRST_WORDS]]
        return self.lemmatizer.language(first, language_of(f"{title}\n{text}"))

    def lemma(self, word: str, language: Language | None) -> str:
        """The likeliest lemma, for comparing texts."""
        return self.lemmatizer.lemma(word, language)

    def echo(self, lemma: str, language: Language) -> str | None:
        """What it has in common with the same word of other languages."""
        return self.echoes.echo(lemma, language)

    def named(self, word: str, language: Language | None) -> bool:
        """Whether a word with a capital can only be a name, wherever it stands."""
        return self.lemmatizer.named(word, language)


def sources_of(outlet: str, url: str | None, name: str = "") -> frozenset[str]:
    """Everything that `джерело:` may call who published an article: outlet, site, the source's name, a channel."""
    called = (outlet, name, host_of(url) if url else "", url if url and "t.me/" in url else "")
    return frozenset(map(source_name, called)) - {""}
