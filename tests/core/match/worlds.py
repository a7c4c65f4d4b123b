"""Small worlds for the engines: short words that meet often, meanings and articles of them, and an oracle.

The oracle reads a meaning straight off its definition: every place, every word, nothing indexed.
"""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from core.match.port import Article, Judge, Passage, Sure
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Sense, Some, Term, Tier, Titled, Written
from core.query import tree
from core.text.fold import APOSTROPHE

QUERY = tree.Query(root=tree.Word("слово"))


def sense(*forms: str, tier: Tier = Tier.FORM, prefix: str = "", fuzzy: bool = False, doubted: bool = False) -> Sense:
    lemmas = frozenset({("uk", forms[0])}) if doubted else frozenset()
    return Sense(base=(*forms, prefix)[0], forms=dict.fromkeys(forms, tier), lemmas=lemmas, prefix=prefix, fuzzy=fuzzy)


def term(*senses: Sense, within: int = 0) -> Term:
    return Term(senses=senses, base=" ".join(one.base for one in senses), within=within)


def meaning(root: Clause) -> Meaning:
    return Meaning(query=QUERY, root=root)


def article(text: str, *, title: str = "", language: str | None = None, sources: tuple[str, ...] = ()) -> Article:
    return Article(
        passages=(Passage("title", title), Passage("text", text)), language=language, sources=frozenset(sources)
    )


class Doubting(Sure):
    """A judge that takes a sense with a lemma for another word at every third place, or in a hyphenated word."""

    def tier(self, sense, passage, place, word):
        if not sense.lemmas:
            return Tier.FORM
        return None if place % 3 == 1 or word.start != passage.words[place].start else Tier.CONTEXT

    def doubts(self, sense):
        return bool(sense.lemmas)

    def unknown(self, key):
        return key != "київська"


# -- what Hypothesis makes of it ---------------------------------------------------------------------------------------

WORDS = ["мати", "дім", "рік", "сон", "лід", f"п{APOSTROPHE}ять", "київський", "київська", "київськай"]
_senses = st.builds(
    lambda forms, tier, doubted, fuzzy: sense(*forms, tier=tier, doubted=doubted, fuzzy=fuzzy),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True),
    st.sampled_from([Tier.FORM, Tier.VARIANT]),
    st.booleans(),
    st.integers(0, 4).map(lambda n: n == 0),
) | st.sampled_from(["ки", "київс", "м"]).map(lambda prefix: sense(prefix=prefix))
_terms = st.builds(
    lambda senses, within: term(*senses, within=within if len(senses) > 1 else 0),
    st.sampled_from([1, 1, 1, 2, 2, 3]).flatmap(lambda size: st.lists(_senses, min_size=size, max_size=size)),
    st.sampled_from([0, 0, 0, 1, 2]),
)
_sides = st.lists(_terms, min_size=1, max_size=2).map(tuple)
_leaves = (
    _terms
    | _terms
    | st.builds(Close, _sides, _sides, st.integers(0, 3))
    | st.sampled_from(["glavcom.ua", "ua", "bbc"]).map(Of)
    | st.sampled_from(["uk", "ru"]).map(Written)
)
clauses: st.SearchStrategy[Clause] = st.recursive(
    _leaves,
    lambda parts: (
        st.lists(parts, min_size=1, max_size=4)
        .map(tuple)
        .flatmap(lambda several: st.sampled_from([Every(several), Some(several)]))
        | parts.map(Never)
        | parts.map(Titled)
    ),
    max_leaves=8,
)
meanings = clauses.map(meaning)

_printed = [*WORDS, "Мати", "дім-рік", "сон-мати", "п'ять", "КИЇВСЬКИЙ", "київській", "мaти", "інше", "–"]
_gaps = st.sampled_from([" ", " ", " ", " ", ", ", " «", "\n", "\n\n", ". ", " – ", "\u00ad ", "' ", '"', "-"])
texts = st.lists(st.tuples(st.sampled_from(_printed), _gaps), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
articles = st.builds(
    lambda text, title, language, sources: article(text, title=title, language=language, sources=tuple(sources)),
    texts,
    texts,
    st.sampled_from([None, "uk", "ru"]),
    st.lists(st.sampled_from(["glavcom.ua", "news.glavcom.ua", "bbc", "x.ua"]), max_size=2),
)


# -- the oracle --------------------------------------------------------------------------------------------------------


def oracle(root: Clause, article: Article, judge: Judge) -> bool:
    """Whether the article answers, read off the definitions."""
    return _true(root, article, list(article.passages), judge)


def _true(clause: Clause, article: Article, passages: list[Passage], judge: Judge) -> bool:
    match clause:
        case Every(parts=parts):
            return all(_true(part, article, passages, judge) for part in parts)
        case Some(parts=parts):
            return any(_true(part, article, passages, judge) for part in parts)
        case Never(part=part):
            return not _true(part, article, passages, judge)
        case Titled(part=part):
            return _true(part, article, [one for one in passages if one.field == "title"], judge)
        case Of(source=source):
            return any(name == source or name.endswith(f".{source}") for name in article.sources)
        case Written(language=language):
            return article.language == language
        case Term():
            return any(list(_stands(clause, passage, judge)) for passage in passages)
        case Close(left=left, right=right, within=within):
            return any(
                a2 < b1 <= a2 + within + 1 or b2 < a1 <= b2 + within + 1
                for passage in passages
                for one, other in product(left, right)
                for (a1, a2), (b1, b2) in product(_stands(one, passage, judge), _stands(other, passage, judge))
            )


def _stands(term: Term, passage: Passage, judge: Judge) -> Iterator[tuple[int, int]]:
    size = len(term.senses)
    everywhere = range(len(passage.words))
    if not term.within:
        for first in everywhere[: len(passage.words) - size + 1]:
            row = range(first, first + size)
            if all(passage.joined(place) for place in row[:-1]) and all(
                _is(one, passage, place, judge) for one, place in zip(term.senses, row, strict=True)
            ):
                yield first, first + size - 1
        return
    options = [[place for place in everywhere if _is(one, passage, place, judge)] for one in term.senses]
    windows = {
        (min(row), max(row))
        for row in product(*options)
        if len(set(row)) == size and max(row) - min(row) < size + term.within
    }
    for first, last in windows:
        if not any(first <= a and b <= last and (a, b) != (first, last) for a, b in windows):
            yield first, last


def _is(sense: Sense, passage: Passage, place: int, judge: Judge) -> bool:
    return any(
        _counts(sense, word.key, judge) and judge.tier(sense, passage, place, word) is not None
        for word in passage.at(place)
    )


def _counts(sense: Sense, key: str, judge: Judge) -> bool:
    if key in sense.forms or (sense.prefix and key.startswith(sense.prefix)):
        return True
    slips = 2 if len(key) >= 10 else 1
    return (
        sense.fuzzy
        and len(key) >= 6
        and judge.unknown(key)
        and any(len(form) >= 6 and form[0] == key[0] and _distance(key, form) <= slips for form in sense.forms)
    )


def _distance(one: str, other: str) -> int:
    """Optimal string alignment, by its recurrence."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        least = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            least = min(least, table[i - 2, j - 2] + 1)
        table[i, j] = least
    return table[len(one), len(other)]
