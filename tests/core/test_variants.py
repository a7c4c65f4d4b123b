"""Are the queries beside a query queries themselves, and where a tap and a tap back lead to?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.query import canonical, parse
from core.query.tree import FromSource, Word, words_of
from core.query.variants import everywhere, exactly, here_alone, in_all_forms, with_word, without

TYPED = st.sampled_from(
    [
        "політв'язні",
        "Білорусь Лукашенко -футбол",
        "«обмін полоненими» АБО (санкції заголовок:нафта)",
        "Мінськ БЛИЗЬКО/5 (суд АБО вирок) мова:uk",
        "політв* =США також:прикметники",
    ]
)


@given(TYPED)
def test_what_stands_beside_a_query_is_a_query(typed):
    for other in (exactly, in_all_forms, everywhere, here_alone):
        beside = other(parse(typed))
        assert canonical(parse(canonical(beside))) == canonical(beside)


@given(TYPED)
def test_a_step_and_a_step_back_lead_to_where_they_began(typed):
    query = parse(typed.replace("=США", "США"))
    assert canonical(in_all_forms(exactly(query))) == canonical(query)
    assert canonical(here_alone(everywhere(query))) == canonical(query)


def test_only_this_form_is_every_word_as_it_stands():
    assert {word.how for word in words_of(exactly(parse("Білорусь «обмін полоненими» -футбол")).root)} == {"exact"}


def test_a_second_word_must_be_there_too():
    assert canonical(with_word(parse("Польща АБО Литва"), "санкції")) == "санкції (Литва АБО Польща)"


def test_what_is_ruled_out_is_written_into_the_query():
    query = without(parse("Білорусь"), FromSource("a.test"))
    assert canonical(without(query, Word("футбол"))) == "Білорусь -джерело:a.test -футбол"


def test_a_query_that_is_full_takes_no_more():
    with pytest.raises(UserError):
        with_word(parse(" ".join(f"слово{number}" for number in range(16))), "ще")
