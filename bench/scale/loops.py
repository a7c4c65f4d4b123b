"""What a program does without an index of queries, and the libraries that find many words at once.

Always in the peer's favour: a loop looks for one word per subscription, as typed and not inflected; a finder finds
forms and evaluates no rule; only `rules` answers every query, but for the order of words.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from bench.scale.data import Work
from bench.scale.missing import Missing
from bench.scale.texts import Document, keys
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

Method = Callable[[Document], object]
Rule = Callable[[set[str], Document], bool]


class Asked:
    """What a size of subscriptions asks for, in the shapes that the loops take."""

    def __init__(self, work: Work, size: int) -> None:
        self.forms = work.forms()
        self._shares = work.shares()
        distinct = [node for _, node in work.queries(size)]
        self.nodes = [distinct[number] for number in work.follows(size).tolist()]

    def words(self) -> list[str]:
        """The rarest word of each subscription of those that it asks for."""
        return [min(_wanted(node), key=lambda word: self._shares.get(word, 0.0)) for node in self.nodes]

    def all_forms(self) -> list[str]:
        """The forms of all words of all subscriptions."""
        asked = {word.key for node in self.nodes for word in words_of(node)}
        return sorted({form for key in asked for form in self.forms.get(key) or (key,)})

    def rules(self) -> list[Rule]:
        """Every subscription as a function of the words of an article."""
        return [_rule(node, self.forms) for node in self.nodes]


def _wanted(node: Node) -> Iterator[str]:
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _wanted(part)
        case Without() | FromSource() | InLanguage():
            return
        case _:
            yield from (word.key for word in words_of(node))


def _rule(node: Node, forms: dict[str, Any]) -> Rule:
    match node:
        case Word(key=key, how="prefix"):
            return lambda words, _: any(word.startswith(key) for word in words)
        case Word(key=key):
            those = frozenset(forms.get(key) or (key,))
            return lambda words, _: not words.isdisjoint(those)
        case Phrase(words=parts):
            return _every(_rule(part, forms) for part in parts)
        case Near(left=left, right=right):
            return _every((_rule(left, forms), _rule(right, forms)))
        case AllOf(parts=nodes):
            return _every(_rule(part, forms) for part in nodes)
        case AnyOf(parts=nodes):
            some = [_rule(part, forms) for part in nodes]
            return lambda words, article: any(rule(words, article) for rule in some)
        case Without(part=part):
            refused = _rule(part, forms)
            return lambda words, article: not refused(words, article)
        case InTitle(part=part):
            return _rule(part, forms)
        case FromSource(name=name):
            return lambda _, article: article.source == name
        case InLanguage(language=language):
            return lambda _, article: article.language == language


def _every(rules: Iterable[Rule]) -> Rule:
    every = list(rules)
    return lambda words, article: all(rule(words, article) for rule in every)


def _substring(asked: Asked) -> Method:
    words = asked.words()

    def found(article: Document) -> object:
        text = f"{article.title} {article.text}".lower()
        return [number for number, word in enumerate(words) if word in text]

    return found


def _rules(asked: Asked) -> Method:
    rules = asked.rules()

    def found(article: Document) -> object:
        words = {*keys(article.title), *keys(article.text)}
        return [number for number, rule in enumerate(rules) if rule(words, article)]

    return found


def _rapidfuzz(asked: Asked) -> Method:
    from rapidfuzz import fuzz, process

    words = asked.words()

    def found(article: Document) -> object:
        text = f"{article.title} {article.text}".lower()
        return process.extract(text, words, scorer=fuzz.partial_ratio, score_cutoff=90, limit=None)

    return found


def _pyahocorasick(asked: Asked) -> Method:
    automaton = _module("ahocorasick", "pyahocorasick").Automaton()
    for number, form in enumerate(asked.all_forms()):
        automaton.add_word(f" {form} ", number)
    automaton.make_automaton()
    return lambda article: [number for _, number in automaton.iter(_spaced(article))]


def _ahocorasick_rs(asked: Asked) -> Method:
    automaton = _module("ahocorasick_rs", "ahocorasick-rs").AhoCorasick([f" {form} " for form in asked.all_forms()])
    return lambda article: automaton.find_matches_as_indexes(_spaced(article))


def _flashtext(asked: Asked) -> Method:
    processor = _module("flashtext", "flashtext").KeywordProcessor(case_sensitive=True)
    processor.set_non_word_boundaries(
        set("abcdefghijklmnopqrstuvwxyz0123456789абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъёўʼ-")
    )
    for form in asked.all_forms():
        processor.add_keyword(form)
    return lambda article: processor.extract_keywords(f"{article.title} {article.text}".lower())


def _hyperscan(asked: Asked) -> Method:
    module = _module("hyperscan", "hyperscan")
    forms = [f" {form} ".encode() for form in asked.all_forms()]
    database = module.Database(mode=module.HS_MODE_BLOCK)
    flags = [module.HS_FLAG_SINGLEMATCH] * len(forms)
    database.compile(expressions=forms, ids=list(range(len(forms))), elements=len(forms), flags=flags)
    found: list[int] = []

    def one(number: int, _start: int, _end: int, _flags: int, _context: object) -> None:
        found.append(number)

    def scanned(article: Document) -> object:
        found.clear()
        database.scan(_spaced(article).encode(), match_event_handler=one)
        return list(found)

    return scanned


def _spaced(article: Document) -> str:
    """Words apart by two blanks, so that each may have its own on both sides."""
    return " " + "  ".join(f"{article.title} {article.text}".lower().split()) + " "


def _module(name: str, package: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise Missing(f"not installed: {package}") from None


METHODS: dict[str, tuple[str, Callable[[Asked], Method], int]] = {
    "substring loop": ("", _substring, 100_000),
    "rapidfuzz extract, partial_ratio 90": ("rapidfuzz", _rapidfuzz, 10_000),
    "every rule on a set of words": ("", _rules, 100_000),
    "pyahocorasick, forms alone": ("pyahocorasick", _pyahocorasick, 1_000_000),
    "ahocorasick-rs, forms alone": ("ahocorasick-rs", _ahocorasick_rs, 1_000_000),
    "flashtext, forms alone": ("flashtext", _flashtext, 100_000),
    "hyperscan, forms alone": ("hyperscan", _hyperscan, 100_000),
}
"""By name: the package whose version counts, how it is built, and the most subscriptions it is given."""
MOST = max(most for _, _, most in METHODS.values())


def least_cpu(method: Method, articles: list[Document], *, seconds: float, passes: int) -> float:
    """CPU microseconds per article: the least of some passes over as many articles as fit the time, at least three."""
    method(articles[0])
    begun = time.thread_time()
    method(articles[0])
    fits = int(seconds / passes / max(time.thread_time() - begun, 1e-6))
    some = articles[: max(3, fits)]
    least = [float("inf")] * len(some)
    for _ in range(passes):
        for at, article in enumerate(some):
            begun = time.thread_time()
            method(article)
            least[at] = min(least[at], time.thread_time() - begun)
    return sum(least) / len(least) * 1e6
