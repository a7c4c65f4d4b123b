"""Have equal queries one text, and is that text the query?"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.lexicon import LANGUAGES
from core.query.build import all_of, any_of, in_title, languages_in_order, positive, without
from core.query.canonical import canonical, normal
from core.query.limits import check_size
from core.query.mistakes import QueryMistake
from core.query.parse import parse_query
from core.query.source import source_name
from core.query.tree import FromSource, InLanguage, Near, Phrase, Query, Word
from tests.core.test_query import TEXTS


def again(typed):
    return canonical(parse_query(typed))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Політв’язні   “обмін полоненими” −футбол ", "Політв\u02bcязні «обмін полоненими» -футбол"),
        ("-футбол санкції", "санкції -футбол"),
        ('"Білий дім" AND (Білорусь OR Литва)', "«Білий дім» (Білорусь АБО Литва)"),
        ("б а OR г", "г АБО (б а)"),
        ("нафта NEAR/3 газ lang:uk title:а", "(газ БЛИЗЬКО/3 нафта) заголовок:а мова:uk"),
        ("а forms:ru,uk also:people,adjectives", "а також:прикметники,люди форми:uk,ru"),
        ('а NOT (б OR site:"Наша Ніва")', "а -(б АБО джерело:«наша ніва»)"),
    ],
)
def test_a_query_is_written_in_one_way(typed, expected):
    assert again(typed) == expected


def test_order_and_apostrophes_make_no_other_query():
    assert again("(а АБО б) -в «сім'я І дім» мова:uk") == again("мова:uk -в «сім’я І дім» (б АБО а)")
    assert again("(б АБО а) NEAR/2 в") == again("в NEAR/2 (а АБО б)")


def test_words_side_by_side_keep_their_order_and_others_do_not_come_between():
    assert again("політичні в'язні -спорт") == again("-спорт політичні в'язні") == "політичні в\u02bcязні -спорт"
    assert again("Олександр Лукашенко «а» політичні в'язні") == "Олександр Лукашенко «а» політичні в\u02bcязні"
    assert again("політичні в'язні «а» Олександр Лукашенко") == "Олександр Лукашенко «а» політичні в\u02bcязні"


def test_capitals_that_carry_meaning_are_kept():
    assert again("США ІТ-компанія Івано-Франківськ БІЛОРУСЬ бІлОрУсЬ2 «Лінія ЮНЕСКО»") == (
        "США ІТ-компанія Івано-Франківськ Білорусь білорусь2 «Лінія ЮНЕСКО»"
    )
    assert again("сша США") == "США"
    assert again("США АБО сша АБО а") == "а АБО сша"
    assert again("а НЕ, б") == "а не б"


@given(TEXTS)
@example("-«a»b «c»-d")
@example('сім"я "сім"я"')
@example("क़ К\u0301а")
def test_the_canonical_form_of_a_typed_query_parses_to_it(typed):
    try:
        query = parse_query(typed)
    except QueryMistake:
        return
    assert parse_query(canonical(query)) == normal(query)
    assert canonical(parse_query(canonical(query))) == canonical(query)


def fits(root):
    """Whether a person might have asked for so much."""
    try:
        check_size(root, "")
    except QueryMistake:
        return False
    return True


TYPED = st.sampled_from("а б США ЮНЕСКО Лукашенко в’язні Івано-Франківськ ТА NEAR 2025 covid-19".split())
WORDS = st.builds(
    lambda typed, how: Word(parse_query(f"«{typed}»").root.words[0].key, how, typed),
    TYPED,
    st.sampled_from(["forms", "exact"]),
) | st.builds(Word, st.sampled_from(["політика", "мінськом"]), st.sampled_from(["fuzzy", "prefix"]), st.just("Xx"))
PHRASES = st.builds(Phrase, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.sampled_from([0, 0, 3, 50]))
SIDES = WORDS | PHRASES | st.lists(WORDS | PHRASES, min_size=1, max_size=3).map(any_of)
LEAVES = (
    WORDS
    | PHRASES
    | st.builds(Near, SIDES, SIDES, st.integers(0, 50))
    | st.sampled_from(LANGUAGES).map(InLanguage)
    | st.sampled_from(["glavcom.ua", "наша ніва", "t.me/x", "не", "або"]).map(FromSource)
)
NODES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        st.lists(nodes, min_size=1, max_size=4).map(all_of),
        st.lists(nodes, min_size=1, max_size=4).map(any_of),
        nodes.map(without),
        nodes.map(in_title),
    ),
    max_leaves=12,
)
QUERIES = st.builds(
    Query,
    root=NODES.filter(positive).filter(fits),
    switches=st.sets(st.sampled_from(["adjectives", "people", "languages", "transliterations"])).map(frozenset)
    | st.just(frozenset({"strict"})),
    languages=st.lists(st.sampled_from(LANGUAGES)).map(languages_in_order),
)


@given(QUERIES)
@example(Query(root=Near(Word("сша", "forms", "США"), Word("єс", "forms", "ЄС"), 0)))
def test_the_canonical_form_of_any_tree_parses_to_it(query):
    assert parse_query(canonical(query)) == normal(query)
    assert canonical(normal(query)) == canonical(parse_query(canonical(query))) == canonical(query)


@given(st.text(max_size=50))
@example("https://www.www.x.com")
@example("http://a.b:c/d")
@example("<'<")
def test_a_source_has_one_name(typed):
    name = source_name(typed)
    assert source_name(name) == name
    if name:
        assert parse_query(canonical(Query(root=all_of([Word("а"), FromSource(name)])))).root.parts[1].name == name
