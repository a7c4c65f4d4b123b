"""Is what a person types the query they mean?"""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from core.errors import UserError
from core.query import LONGEST, MOST_TERMS, Query, Term, parse


def wanted(typed):
    return [term.words for term in parse(typed).wanted]


def unwanted(typed):
    return [term.words for term in parse(typed).unwanted]


def refusal(typed):
    with pytest.raises(UserError) as raised:
        parse(typed)
    return raised.value.hint


def test_a_word_is_a_query():
    assert parse("Політв'язні") == Query(wanted=(Term(("політв\u02bcязні",)),))


def test_a_space_is_and():
    assert wanted("Білорусь  Лукашенко\n") == [("білорусь",), ("лукашенко",)]


@pytest.mark.parametrize(
    "typed",
    ["«обмін полоненими»", '"обмін полоненими"', "“обмін полоненими”", "„обмін полоненими“", "„обмін полоненими”"],
)
def test_quotation_marks_make_a_phrase(typed):
    assert parse(typed) == Query(wanted=(Term(("обмін", "полоненими"), True),))


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013"])
def test_a_leading_minus_excludes(minus):
    assert wanted(f"санкції {minus}футбол") == [("санкції",)]
    assert unwanted(f"санкції {minus}футбол") == [("футбол",)]


@pytest.mark.parametrize("typed", ["санкції -«чемпіонат світу»", 'санкції -"чемпіонат світу"'])
def test_a_phrase_can_be_excluded(typed):
    assert wanted(typed) == [("санкції",)]
    assert parse(typed).unwanted == (Term(("чемпіонат", "світу"), True),)


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert wanted("прес-секретар") == [("прес-секретар",)]
    assert unwanted("прес-секретар Мінськ - Київ") == []


def test_a_dash_typed_as_two_hyphens_excludes_nothing():
    assert wanted("Мінськ --Київ") == [("мінськ",), ("київ",)]
    assert unwanted("Мінськ -- Київ") == []


def test_signs_between_words_part_them_but_make_no_phrase():
    assert parse("США/Білорусь") == parse("США Білорусь")
    assert parse("сім'я") == parse("сім\u2019я") == parse('сім"я')


def test_a_quotation_mark_left_open_is_no_mistake():
    assert wanted('"обмін полоненими') == [("обмін",), ("полоненими",)]
    assert wanted("«обмін полоненими") == [("обмін",), ("полоненими",)]


def test_a_word_given_twice_is_asked_for_once():
    assert wanted("США сша США") == [("сша",)]
    assert len(parse("США «США»").wanted) == 2


@pytest.mark.parametrize("typed", ["", " ", "😀", "«»", "…", "- -", "'", "/"])
def test_nothing_to_look_for_is_refused(typed):
    assert refusal(typed) == "query_empty"


@pytest.mark.parametrize("typed", ["-футбол", "-«чемпіонат світу»", "-а -б"])
def test_only_exclusions_are_refused(typed):
    assert refusal(typed) == "query_only_without"


def test_a_pasted_article_is_refused():
    assert parse("слово " * 33)
    assert refusal("а" * 201) == "query_long"
    assert wanted(" " * 50 + "а" * 200 + " " * 50) == [("а" * 200,)]


def test_seventeen_terms_are_refused_and_sixteen_are_not():
    assert len(parse(" ".join(f"слово{n}" for n in range(16))).wanted) == 16
    assert refusal(" ".join(f"слово{n}" for n in range(17))) == "query_long"
    assert (
        refusal(" ".join(f"слово{n}" for n in range(9)) + " " + " ".join(f"-інше{n}" for n in range(8))) == "query_long"
    )


def test_the_canonical_form_shows_the_words_as_typed():
    assert str(parse('  Політв’язні   "обмін полоненими" −футбол ')) == "Політв’язні «обмін полоненими» -футбол"
    assert str(parse("-футбол санкції")) == "санкції -футбол"


QUERIES = st.text(
    st.one_of(st.sampled_from("абвїABя19  '’\"«»“”„-–−/.,*_\n"), st.characters(exclude_categories=["Cs"])), max_size=60
)


def parsed(typed):
    """The query, where the text is one."""
    try:
        return parse(typed)
    except UserError:
        assume(False)


@given(QUERIES)
@example("«a «b» c» -d/e \u2212«f g»")
@example('сім"я "сім"я"')
@example("-«a»b «c»-d")
def test_the_canonical_form_parses_to_the_same_query(typed):
    query = parsed(typed)
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


@pytest.mark.parametrize(
    "typed",
    [
        "х -" + "/".join("абвгдежзик"[at] * 18 for at in range(10)),
        "«" + "»«".join("абвгдежзик"[at] * 18 for at in range(10)) + "»",
    ],
    ids=["exclusions", "phrases"],
)
def test_the_canonical_form_of_a_long_query_parses_too(typed):
    assert len(typed) <= LONGEST
    assert parse(str(parse(typed))) == parse(typed)


def test_the_canonical_form_of_a_query_with_much_invisible_in_it_parses_too():
    typed = "х -" + "/".join(f"а{chr(0xAD) * 54}{letter}" for letter in "бвгдежзиклмнпр")
    assert len(typed) == 800
    assert parse(str(parse(typed))) == parse(typed)


@given(QUERIES)
def test_any_text_is_a_query_or_a_mistake_that_has_a_sentence(typed):
    try:
        query = parse(typed)
    except UserError as mistake:
        hint = mistake.hint
    else:
        hint = None
        assert 1 <= len(query.wanted) + len(query.unwanted) <= MOST_TERMS
        assert all(key for term in (*query.wanted, *query.unwanted) for key in term.words)
    assert hint in {None, "query_empty", "query_only_without", "query_long"}
