"""Words that would narrow a query that catches too much: what its stories are about, each by its share of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.lexicon import LANGUAGES, Language, Lexicon
from core.linguist import Linguist
from core.match.port import Span
from core.model import Article
from core.text.words import words

PROPOSED = 3
FEWEST = 2
"""Stories that a proposed word must be in."""
MOST_SHARE = 0.5
"""A word in more of the stories than that narrows nothing."""
SHORTEST = 4
"""Letters; what is shorter is mostly grammar."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A word that stands in the headlines of some of the stories, and of how many."""

    word: str
    stories: int


def companions(headlines: Iterable[tuple[Article, tuple[Span, ...]]], linguist: Linguist) -> tuple[Companion, ...]:
    """The commonest words of headlines, one headline a story, other than those that were found (`Span` says where)."""
    stories: Counter[str] = Counter()
    shown: defaultdict[str, Counter[str]] = defaultdict(Counter)
    found: set[str] = set()
    total = 0
    for article, spans in headlines:
        total += 1
        mine, named = _headline(article, spans, linguist)
        found |= mine
        stories.update(named.keys())
        for lemma, word in named.items():
            shown[lemma][word] += 1
    fitting = [
        (lemma, count)
        for lemma, count in stories.items()
        if lemma not in found and FEWEST <= count <= MOST_SHARE * total
    ]
    fitting.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(Companion(shown[lemma].most_common(1)[0][0], count) for lemma, count in fitting[:PROPOSED])


def naming(article: Article, spans: Sequence[Span], linguist: Linguist) -> list[str]:
    """What the headline names, beside the words that were found, in its order: each as a query would have it."""
    found, named = _headline(article, spans, linguist)
    return [word for lemma, word in named.items() if lemma not in found]


def _headline(article: Article, spans: Sequence[Span], linguist: Linguist) -> tuple[set[str], dict[str, str]]:
    """Lemmas of its words that were found; and by lemma those that name something, in base form where it is known."""
    language = linguist.read(article.title, article.text).language
    found, named = set(), {}
    for word in words(article.title):
        lemma = linguist.lemma(word.key, language)
        if any(span.field == "title" and span.start < word.end and word.start < span.end for span in spans):
            found.add(lemma)
        elif len(word.key) >= SHORTEST and word.key.isalpha() and _names_something(word.key, linguist, language):
            named[lemma] = lemma if _known(lemma, linguist, language) else word.key
    return found, named


def _known(key: str, linguist: Linguist, language: Language | None) -> bool:
    return _knowing(key, linguist, language) is not None


def _names_something(key: str, linguist: Linguist, language: Language | None) -> bool:
    """Whether it can only be a noun, or is a name that no dictionary knows."""
    lexicon = _knowing(key, linguist, language)
    return lexicon is None or all(one.part == "NOUN" for one in lexicon.readings(key))


def _knowing(key: str, linguist: Linguist, language: Language | None) -> Lexicon | None:
    """The dictionary of the headline's language, where that is known and has the word, else any that has it."""
    lexicons = linguist.dictionaries.lexicons
    asked = ([language] if language else []) + [one for one in LANGUAGES if one != language]
    return next((lexicons[one] for one in asked if one in lexicons and lexicons[one].knows(key)), None)
