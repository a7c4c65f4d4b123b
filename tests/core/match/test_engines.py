"""Does every engine read a meaning as its nouns say?"""

from functools import partial

import pytest
from hypothesis import given

from core.match.evaluate import answer
from core.match.fast import FastEngine
from core.match.plain import PlainEngine
from core.match.port import Sure
from core.meaning import Close, Every, Never, Of, Some, Tier, Titled, Written
from core.model import QueryId
from tests.core.match.worlds import Doubting, article, articles, meaning, meanings, oracle, sense, term

MATI, DIM, RIK = sense("мати", "матері"), sense("дім", "дому"), sense("рік", "року")
KYIV = sense("київський", "київська", fuzzy=True)


ENGINES = {
    "plain": PlainEngine,
    "numpy": partial(FastEngine, compiled=False),
    "compiled": partial(FastEngine, compiled=True),
}


@pytest.fixture(params=ENGINES.values(), ids=ENGINES)
def make(request):
    """Makes an engine for a judge."""
    return request.param


@pytest.fixture
def printed(make):
    """What a query shows in an article, as printed; `None` where it does not match."""

    def printed(root, text, *, title="", judge=None, **about):
        engine = make(judge or Sure())
        engine.add(QueryId(1), meaning(root))
        news = article(text, title=title, **about)
        found = engine.match(news)
        if isinstance(engine, FastEngine):
            assert engine.matching(news).tolist() == [one.query for one in found]
        if not found:
            return None
        return [{"title": title, "text": text}[span.field][span.start : span.end] for span in found[0].spans]

    return printed


@pytest.mark.parametrize(
    ("root", "text", "shown"),
    [
        (term(DIM), "Мати дому й дім", ["дому", "дім"]),
        (term(DIM), "будинок", None),
        (term(DIM, RIK), "дому «року»", ["дому «року"]),
        (term(DIM, RIK), "дому, року", None),
        (term(DIM, RIK), "дому\n\nроку", None),
        (term(DIM, RIK), "дому\nроку", ["дому\nроку"]),
        (term(DIM, RIK), "року дому", None),
        (term(DIM), "мати-дім", ["дім"]),
        (term(DIM, RIK), "мати-дім року", ["дім року"]),
        (term(sense(prefix="київ")), "Київ і київські", ["Київ", "київські"]),
        (term(KYIV), "киїська київськпй", ["киїська", "київськпй"]),
        (term(KYIV), "иївська київ", None),
        (term(DIM, RIK, within=1), "року, того дому", ["року, того дому"]),
        (term(DIM, RIK, within=1), "року того ж дому", None),
        (term(DIM, DIM, within=3), "дім", None),
        (Close((term(DIM),), (term(RIK),), 1), "рік. Цей дім, мати, дому", ["рік", "дім"]),
        (Close((term(DIM),), (term(RIK),), 1), "рік а б дім", None),
        (Close((term(DIM),), (term(DIM),), 5), "дім", None),
        (Close((term(DIM, MATI),), (term(RIK),), 1), "рік а дім мати", ["рік", "дім мати"]),
        (Close((term(DIM, MATI),), (term(RIK),), 1), "рік а б дім мати", None),
        (Every((term(DIM), Never(Close((term(MATI),), (term(RIK),), 0)))), "дім мати а рік", ["дім"]),
        (Every((term(DIM), Never(Close((term(MATI),), (term(RIK),), 0)))), "дім мати рік", None),
        (Every((term(DIM), Never(Every((term(RIK), term(MATI)))))), "дім рік", ["дім"]),
        (Every((term(DIM), Never(Every((term(RIK), term(MATI)))))), "дім мати рік", None),
        (term(DIM, RIK, MATI), "дім рік мати", ["дім рік мати"]),
        (term(DIM, RIK, MATI), "дім рік, мати", None),
        (term(sense("київ-місто")), "Київ-місто", ["Київ-місто"]),
        (Never(term(DIM)), "рік", []),
        (Never(term(DIM)), "дім", None),
        (Every((term(DIM), Some((term(RIK), term(MATI))))), "мати рік дім", ["мати", "рік", "дім"]),
        (Every((term(DIM), Some((term(RIK), term(MATI))))), "дім", None),
        (Every((term(DIM), Never(term(RIK)))), "дім", ["дім"]),
        (Every((term(DIM), Never(term(RIK)))), "дім року", None),
    ],
)
def test_a_query_shows_what_it_found(printed, root, text, shown):
    assert printed(root, text) == shown


def test_in_the_title_means_there_alone(printed):
    assert printed(Titled(term(DIM)), "дім", title="рік") is None
    assert printed(Titled(term(DIM)), "дім", title="Дім року") == ["Дім"]
    assert printed(Titled(term(DIM, RIK)), "дім", title="Дім року") == ["Дім року"]
    assert printed(Titled(Close((term(DIM),), (term(RIK),), 1)), "дім рік", title="дім") is None
    assert printed(Every((term(DIM), Titled(Never(term(RIK))))), "дім рік", title="мати") == ["дім"]


def test_title_and_text_are_two_passages(printed):
    assert printed(term(DIM, RIK), "рік", title="дім") is None
    assert printed(Close((term(DIM),), (term(RIK),), 50), "рік", title="дім") is None
    assert printed(term(DIM, RIK, within=5), "рік", title="дім") is None


def test_a_source_is_a_name_or_a_site_with_all_below_it(printed):
    query = Every((term(DIM), Of("glavcom.ua")))
    assert printed(query, "дім", sources=("glavcom.ua",)) == ["дім"]
    assert printed(query, "дім", sources=("news.glavcom.ua",)) == ["дім"]
    assert printed(query, "дім", sources=("notglavcom.ua",)) is None
    assert printed(Of("bbc"), "дім", sources=("bbc",)) == []
    assert printed(Every((term(DIM), Never(Of("bbc")))), "дім", sources=("bbc",)) is None


def test_a_language_is_the_articles(printed):
    assert printed(Every((term(DIM), Written("uk"))), "дім", language="uk") == ["дім"]
    assert printed(Every((term(DIM), Written("uk"))), "дім") is None


def test_a_hit_is_as_trusted_as_its_least_trusted_word():
    phrase = term(DIM, sense("рік", tier=Tier.GUESS))
    found = answer(meaning(phrase), article("мати-дім рік. дім рік"), Sure())
    assert [hit.tier for hit in found] == [Tier.GUESS, Tier.GUESS]
    assert [hit.tier for hit in answer(meaning(term(DIM)), article("дім мати-дім"), Sure())] == [1, Tier.VARIANT]
    assert [hit.tier for hit in answer(meaning(term(KYIV)), article("киівська"), Sure())] == [Tier.TYPO]


def test_what_the_judge_refuses_is_no_hit(printed):
    doubted = term(sense("дім", doubted=True))
    assert printed(doubted, "дім Дім дІм", judge=Doubting()) == ["дім", "дІм"]
    assert printed(doubted, "рік дім", judge=Doubting()) is None
    assert printed(Every((term(RIK), Never(doubted))), "рік дім", judge=Doubting()) == ["рік"]
    assert printed(Every((term(RIK), Never(doubted))), "рік рік дім", judge=Doubting()) is None


def test_a_known_word_is_no_slip(printed):
    fuzzy = term(sense("київські", fuzzy=True))
    assert printed(fuzzy, "київська", judge=Doubting()) is None
    assert printed(fuzzy, "київськи", judge=Doubting()) == ["київськи"]


def test_queries_come_and_go(make):
    engine = make(Sure())
    engine.add(QueryId(2), meaning(term(DIM)))
    engine.add(QueryId(1), meaning(term(DIM)))
    assert [found.query for found in engine.match(article("дім"))] == [1, 2]
    engine.remove(QueryId(2))
    engine.remove(QueryId(3))
    engine.add(QueryId(1), meaning(term(RIK)))
    assert engine.match(article("дім")) == []


def test_a_beginning_asked_for_later_is_found_in_words_seen_before(make):
    engine = make(Sure())
    engine.add(QueryId(1), meaning(term(sense(prefix="мат"))))
    assert [found.query for found in engine.match(article("київські матері"))] == [1]
    engine.add(QueryId(2), meaning(term(sense(prefix="київ"))))
    engine.add(QueryId(3), meaning(term(sense("київська", fuzzy=True))))
    assert [found.query for found in engine.match(article("київські"))] == [2, 3]


def test_a_word_of_several_queries_answers_all_of_them(make):
    engine = make(Sure())
    for number, forms in enumerate([("дім", "дому"), ("дому",), ("дому", "рік"), ("рік", "дому", "дім")]):
        engine.add(QueryId(number), meaning(term(sense(*forms))))
    assert [found.query for found in engine.match(article("дому"))] == [0, 1, 2, 3]
    assert [found.query for found in engine.match(article("рік"))] == [2, 3]


def test_an_engine_restarts_from_its_snapshot():
    several = {
        QueryId(1): meaning(term(sense("дім", "дому"), RIK)),
        QueryId(2): meaning(Every((term(sense("дому", "рік")), Of("bbc"), Written("uk")))),
        QueryId(3): meaning(term(sense(prefix="київ"))),
        QueryId(4): meaning(Titled(term(sense("київська", fuzzy=True)))),
    }
    engine = FastEngine(Sure())
    for query, one in several.items():
        engine.add(query, one)
    engine.remove(QueryId(3))
    again = FastEngine.restored(Sure(), engine.snapshot(generation=7), meaning_of=several.__getitem__)
    again.add(QueryId(5), meaning(term(sense("дому"))))
    news = article("дому року", title="київсько", sources=("bbc",), language="uk")
    assert again.matching(news).tolist() == [1, 2, 4, 5]


def test_a_snapshot_of_another_form_is_refused():
    arrays = FastEngine(Sure()).snapshot(generation=7)
    arrays["form"][0] += 1
    with pytest.raises(ValueError, match="form"):
        FastEngine.restored(Sure(), arrays, meaning_of=lambda query: meaning(term(DIM)))


@given(meanings, articles)
def test_the_plain_engine_says_what_the_oracle_says(one, news):
    engine = PlainEngine(Doubting())
    engine.add(QueryId(1), one)
    assert bool(engine.match(news)) is oracle(one.root, news, Doubting())


@given(meanings, meanings, articles)
def test_another_alternative_loses_no_match(one, other, news):
    if answer(one, news, Doubting()) is not None:
        assert answer(meaning(Some((one.root, other.root))), news, Doubting()) is not None
