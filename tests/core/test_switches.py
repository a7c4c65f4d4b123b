"""Does a query find what its switches bring in, by concepts and by the dictionaries, and nothing without them?"""

import pytest

from core.concept import Concept, Member
from core.match.evaluate import answer
from core.meaning import terms_of
from core.query import parse

PRISONER = Concept(
    name="політвʼязень",
    members=(
        Member(text="політв'язень", language="uk"),
        Member(text="політичний в'язень", language="uk"),
        Member(text="политзаключённый", language="ru"),
        Member(text="political prisoner", language="en"),
    ),
)
ZNAK = Concept(
    name="Максим Знак",
    members=(
        Member(text="Максим Знак", language="uk"),
        Member(text="Знак", language="uk", kind="alias", context=("адвокат",)),
    ),
)


@pytest.fixture(scope="module")
def knowing(linguist):
    return linguist.knowing([PRISONER, ZNAK])


@pytest.fixture(scope="module")
def finds(knowing):
    def finds(query, text):
        return answer(knowing.meaning(parse(query)), knowing.read("", text), knowing.judge) is not None

    return finds


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Білорусь також:прикметники", "Суд у білоруському місті"),
        ("Білорусь також:люди", "Двоє білорусок зникли"),
        ("Білорусь також:мови", "O Białorusi mówiono długo"),
        ("Київ також:прикметники", "Рішення київського суду"),
        ("Київ також:люди", "Десятки киян вийшли"),
        ("директор також:люди", "Звільнили директорку школи"),
        ("Бяляцький також:транслітерації", "Ales Bialiatski was freed"),
        ("Олександр Лукашенко також:транслітерації", "С Александром Лукашенко говорили"),
        ("Олександр Лукашенко також:транслітерації", "Rozmowa z Aleksandrem Łukaszenką"),
        ("політв'язень також:мови", "Освободили 52 политзаключённых"),
        ("політв'язень також:мови", "Fifty political prisoners were freed"),
        ("політичні в'язні також:мови", "Двох політвʼязнів звільнено"),
        ("Максим Знак також:транслітерації", "Знака бачив його адвокат"),
    ],
)
def test_what_a_switch_brings_in_is_found_with_it_and_not_without(finds, query, text):
    assert finds(query, text)
    assert not finds(query.split(" також:")[0], text)


def test_an_alias_does_not_count_without_the_words_that_it_needs(finds):
    assert not finds("Максим Знак також:транслітерації", "Дорожній знак зник")


def test_a_phrase_stays_a_phrase_beside_what_is_brought_in(finds):
    assert not finds("Олександр Лукашенко також:транслітерації", "Олександр поїхав. Лукашенко лишився.")


def test_a_foreign_word_takes_the_forms_of_its_own_language(knowing):
    terms = list(terms_of(knowing.meaning(parse("політв'язень також:мови")).root))
    (russian,) = [term for term in terms if term.base == "политзаключённый"]
    assert "политзаключенными" in russian.senses[0].forms


def test_a_query_keeps_the_root_that_was_typed(knowing):
    query = parse("Білорусь також:мови")
    assert knowing.meaning(query).query == query


def test_the_same_concepts_are_not_worked_out_again(knowing):
    assert knowing.knowing([PRISONER, ZNAK]) is knowing
    assert knowing.knowing([ZNAK]) is not knowing
