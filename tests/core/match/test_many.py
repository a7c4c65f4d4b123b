"""Do the tables of the fast engine hold when there is much of everything?"""

import sys
from itertools import islice, product
from random import Random

import pytest

from core.match import leaves
from core.match.fast import FastEngine
from core.match.plain import PlainEngine
from core.match.port import Sure
from core.meaning import Close, Every, Never, Some, Titled
from core.model import QueryId
from tests.core.match.worlds import article, meaning, sense, term

WORDS = ["".join(letters) for letters in islice(product("бвгджзклмнпр", "аеиоу", "бвгджзклмнпр", "аеиоу"), 0, None, 3)]

both = pytest.mark.parametrize("compiled", [False, True], ids=["numpy", "compiled"])


def asked(chance):
    """A query like those of people."""

    def word():
        base = chance.choice(WORDS)
        return term(sense(base, f"{base}м", f"{base}ми"))

    one, other, third = word(), word(), word()
    phrase = term(*one.senses, *other.senses)
    beginning = term(sense(prefix=chance.choice(WORDS)[:3]))
    several = Some(tuple(word() for _ in range(7)))
    return chance.choice(
        [
            one,
            phrase,
            beginning,
            Titled(one),
            Every((one, other)),
            Every((several, other)),
            Every((one, Never(other), Never(third), Never(word()), Never(word()), Never(phrase))),
            Close((one,), (other, third), 5),
            Some((Every((one, other)), Every((third, several)))),
            Every(tuple(word() for _ in range(6))),
        ]
    )


@both
def test_thousands_of_queries_are_answered_as_by_the_plain_engine(compiled):
    chance = Random(7)
    plain, fast = PlainEngine(Sure()), FastEngine(Sure(), compiled=compiled)
    for round_ in range(4):
        for number in range(800):
            query, one = QueryId(chance.randrange(1 << 40)), meaning(asked(chance))
            plain.add(query, one)
            fast.add(query, one)
            if number % 5 == 0:
                plain.remove(query)
                fast.remove(query)
        words = [chance.choice(WORDS) + chance.choice(["", "м", "ми", "х"]) for _ in range(400)]
        news = article(" ".join(words[10:]), title=" ".join(words[:10]))
        expected = plain.match(news)
        assert len(expected) > 50 * round_
        assert fast.match(news) == expected
        assert fast.matching(news).tolist() == [one.query for one in expected]


@both
def test_one_word_may_answer_very_many_queries(compiled):
    engine = FastEngine(Sure(), compiled=compiled)
    for number in range(5000):
        engine.add(QueryId(number), meaning(term(sense("дім"))))
    assert engine.matching(article("дім")).tolist() == list(range(5000))
    assert engine.matching(article("сон")).tolist() == []


@both
def test_a_very_long_article_is_read_to_its_end(compiled):
    engine = FastEngine(Sure(), compiled=compiled)
    engine.add(QueryId(1), meaning(term(sense("дім"), sense("рік"))))
    engine.add(QueryId(2), meaning(term(sense("дім"), sense("сон"))))
    assert engine.matching(article("дім " * 20_000 + "рік")).tolist() == [1]


@both
def test_new_words_are_forgotten_before_they_fill_the_memory(compiled, monkeypatch):
    monkeypatch.setattr(leaves, "IDLE_WORDS", 100)
    engine = FastEngine(Sure(), compiled=compiled)
    engine.add(QueryId(1), meaning(term(sense(prefix="київ"))))
    for start in range(0, 1000, 50):
        assert engine.matching(article(" ".join([*WORDS[start : start + 50], "київський"]))).tolist() == [1]
    assert engine.leaves.by_word.count < 200


@both
def test_common_words_do_not_anchor_a_query(compiled):
    engine = FastEngine(Sure(), compiled=compiled, shares={"це": 0.9, "дім": 0.01})
    engine.add(QueryId(1), meaning(Every((term(sense("це")), term(sense("дім"))))))
    common, rare = (engine.leaves.word(sense(word)) for word in ("це", "дім"))
    lengths = engine.filing.postings.heads[:, 1]
    assert (lengths[common], lengths[rare]) == (0, 1)


def test_an_engine_tells_how_much_of_it_is_gone():
    engine = FastEngine(Sure())
    assert engine.waste == 0
    for number in (1, 2, 3, 1):
        engine.add(QueryId(number), meaning(term(sense("дім"))))
    engine.remove(QueryId(2))
    assert engine.waste == 0.5


def test_without_numba_articles_are_looked_up_by_numpy(monkeypatch):
    monkeypatch.setitem(sys.modules, "core.match.compiled", None)
    engine = FastEngine(Sure())
    engine.add(QueryId(1), meaning(term(sense("дім"))))
    assert engine.matching(article("дім")).tolist() == [1]
    with pytest.raises(ImportError):
        FastEngine(Sure(), compiled=True)
