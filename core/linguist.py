"""All that the rest of the house asks of languages: what a query means, whether a hit is meant, a word's lemma."""

from dataclasses import dataclass

from core.expander import expand
from core.judge import DictionaryJudge
from core.lexicon import Language
from core.lexicon.lemma import Lemmatizer
from core.match.port import Article, Passage
from core.meaning import Meaning
from core.query.tree import Query
from core.senses import Dictionaries
from core.text.language import language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Linguist:
    """The languages of one process; owned by one thread at a time."""

    dictionaries: Dictionaries
    judge: DictionaryJudge
    lemmatizer: Lemmatizer

    def meaning(self, query: Query) -> Meaning:
        """The query with all forms of its words."""
        return expand(query, self.dictionaries)

    def article(
        self, title: str, text: str, *, sources: frozenset[str] = frozenset(), language: Language | None = None
    ) -> Article:
        """An article as an engine reads it; its language by its letters, where nobody told it."""
        told = language or language_of(f"{title}\n{text}")
        passages = (Passage("title", title, told), Passage("text", text, told))
        return Article(passages=passages, language=told, sources=sources)
