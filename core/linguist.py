"""All that the rest of the house asks of languages: what a query means, whether a hit is meant, a word's lemma."""

from dataclasses import dataclass

from core.address import host_of
from core.expand import expand
from core.judge import DictionaryJudge
from core.lexicon import Language
from core.lexicon.lemma import Lemmatizer
from core.match.port import Article as ReadArticle
from core.match.port import Passage
from core.meaning import Meaning
from core.query.source import source_name
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

    def read(
        self, title: str, text: str, *, sources: frozenset[str] = frozenset(), language: Language | None = None
    ) -> ReadArticle:
        """An article as an engine reads it; its language by its letters, where nobody told it."""
        told = language or language_of(f"{title}\n{text}")
        passages = (Passage("title", title, told), Passage("text", text, told))
        return ReadArticle(passages=passages, language=told, sources=sources)

    def lemma(self, word: str) -> str:
        """The likeliest lemma, for comparing texts."""
        return self.lemmatizer.lemma(word)


def sources_of(outlet: str, url: str | None, name: str = "") -> frozenset[str]:
    """Everything that `джерело:` may call who published an article: outlet, site, the source's name, a channel."""
    called = (outlet, name, host_of(url) if url else "", url if url and "t.me/" in url else "")
    return frozenset(map(source_name, called)) - {""}
