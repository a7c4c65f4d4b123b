"""Does the plain engine read a meaning as its nouns say?"""

import pytest
from hypothesis import given

from core.match.evaluate import answer
from core.match.plain import PlainEngine
from core.match.port import Sure
from core.meaning import Close, Every, Never, Of, Some, Tier, Titled, Written
from core.model import QueryId
from tests.core.match.worlds import Doubting, article, articles, meaning, meanings, oracle, sense, term

MATI, DIM, RIK = sense("мати", "матері"), sense("дім", "дому"), sense("рік", "року")
KYIV = sense("київський", "київська", fuzzy=True)


def printed(root, text, *, title="", **about):
    """What the query shows in the article, as printed; `None` where it does not match."""
    engine = PlainEngine(Sure())
    engine.add(QueryId(1), meaning(root))
    found = engine.match(article(text, title=title, **about))
    if not found:
        return None
    return [{"title": title, "text": text}[span.field][span.start : span.end] for span in found[0].spans]


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
        (Every((term(DIM), Some((term(RIK), term(MATI))))), "мати рік дім", ["мати", "рік", "дім"]),
        (Every((term(DIM), Some((term(RIK), term(MATI))))), "дім", None),
        (Every((term(DIM), Never(term(RIK)))), "дім", ["дім"]),
        (Every((term(DIM), Never(term(RIK)))), "дім року", None),
    ],
)
def test_a_query_shows_what_it_found(root, text, shown):
    assert printed(root, text) == shown


def test_in_the_title_means_there_alone():
    assert printed(Titled(term(DIM)), "дім", title="рік") is None
    assert printed(Titled(term(DIM)), "дім", title="Дім року") == ["Дім"]


def test_a_source_is_a_name_or_a_site_with_all_below_it():
    query = Every((term(DIM), Of("glavcom.ua")))
    assert printed(query, "дім", sources=("glavcom.ua",)) == ["дім"]
    assert printed(query, "дім", sources=("news.glavcom.ua",)) == ["дім"]
    assert printed(query, "дім", sources=("notglavcom.ua",)) is None
    assert printed(Of("bbc"), "дім", sources=("bbc",)) == []


def test_a_language_is_the_articles():
    assert printed(Every((term(DIM), Written("uk"))), "дім", language="uk") == ["дім"]
    assert printed(Every((term(DIM), Written("uk"))), "дім") is None


def test_a_hit_is_as_trusted_as_its_least_trusted_word():
    phrase = term(DIM, sense("рік", tier=Tier.GUESS))
    found = answer(meaning(phrase), article("мати-дім рік. дім рік"), Sure())
    assert [hit.tier for hit in found] == [Tier.GUESS, Tier.GUESS]
    assert [hit.tier for hit in answer(meaning(term(DIM)), article("дім мати-дім"), Sure())] == [1, Tier.VARIANT]
    assert [hit.tier for hit in answer(meaning(term(KYIV)), article("киівська"), Sure())] == [Tier.TYPO]


def test_what_the_judge_refuses_is_no_hit():
    doubted = term(sense("дім", doubted=True))
    assert [hit.span.start for hit in answer(meaning(doubted), article("дім дім дім"), Doubting())] == [0, 8]
    assert answer(meaning(doubted), article("рік дім"), Doubting()) is None
    excluded = Every((term(RIK), Never(doubted)))
    assert answer(meaning(excluded), article("рік дім"), Doubting()) is not None


def test_a_known_word_is_no_slip():
    fuzzy = sense("київський", fuzzy=True)
    assert answer(meaning(term(fuzzy)), article("київська"), Doubting()) is None
    assert answer(meaning(term(fuzzy)), article("київськай"), Doubting()) is not None


def test_queries_come_and_go():
    engine = PlainEngine(Sure())
    engine.add(QueryId(2), meaning(term(DIM)))
    engine.add(QueryId(1), meaning(term(DIM)))
    assert [found.query for found in engine.match(article("дім"))] == [1, 2]
    engine.remove(QueryId(2))
    engine.remove(QueryId(3))
    engine.add(QueryId(1), meaning(term(RIK)))
    assert engine.match(article("дім")) == []


@given(meanings, articles)
def test_the_plain_engine_says_what_the_oracle_says(one, news):
    engine = PlainEngine(Doubting())
    engine.add(QueryId(1), one)
    assert bool(engine.match(news)) is oracle(one.root, news, Doubting())


@given(meanings, meanings, articles)
def test_another_alternative_loses_no_match(one, other, news):
    if answer(one, news, Doubting()) is not None:
        assert answer(meaning(Some((one.root, other.root))), news, Doubting()) is not None
