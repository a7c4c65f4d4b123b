"""Is what was typed understood: which words belong together, and in which base form they are shown?"""

import pytest

from core.expand import expand
from core.query import parse


@pytest.fixture(scope="module")
def understood(lexicon):
    """The base forms of the terms of a query, as shown to a person."""
    return lambda typed: [meaning.lemma for meaning in expand(parse(typed), lexicon).wanted]


@pytest.mark.parametrize(
    ("typed", "lemmas"),
    [
        ("політв'язні", ["політвʼязень"]),
        ("Політв’язень", ["Політвʼязень"]),
        ("ПОЛІТВ'ЯЗНІВ", ["ПОЛІТВʼЯЗЕНЬ"]),
        ("Білоруссю", ["Білорусь"]),
        ("США", ["США"]),
        ("Є", ["Бути"]),
        ("людей", ["людина"]),
        ("Трампа", ["Трамп"]),
        ("помилування", ["помилування"]),
        ("sanctions", ["sanctions"]),
    ],
)
def test_a_word_is_shown_in_its_base_form_with_the_capitals_typed(understood, typed, lemmas):
    assert understood(typed) == lemmas


def test_a_noun_is_shown_rather_than_the_adjective_that_sounds_the_same(understood):
    assert understood("в'язні") == ["вʼязень"]


@pytest.mark.parametrize(
    ("typed", "lemma"),
    [
        ("політичні в'язні", "політичний вʼязень"),
        ("політичних в'язнів", "політичний вʼязень"),
        ("Олександр Лукашенко", "Олександр Лукашенко"),
        ("Олександра Лукашенка", "Олександр Лукашенко"),
        ("калійна галузь", "калійний галузь"),
        ("новий політичний в'язень", "новий політичний вʼязень"),
    ],
)
def test_words_that_agree_are_one_phrase(understood, typed, lemma):
    assert understood(typed) == [lemma]


@pytest.mark.parametrize(
    ("typed", "lemmas"),
    [
        ("Білорусь Лукашенко", ["Білорусь", "Лукашенко"]),
        ("переговори тривалі", ["переговори", "тривалий"]),
        ("політичні в'язень", ["політичний", "вʼязень"]),
        ("президент США", ["президент", "США"]),
        ("політичні -в'язні", ["політичний"]),
    ],
)
def test_words_that_do_not_agree_stand_anywhere(understood, typed, lemmas):
    assert understood(typed) == lemmas


def test_a_quoted_phrase_takes_no_neighbour(understood):
    assert understood("політичні «ув'язнені Мінська»")[0] == "політичний"
    assert len(understood("«політичні» в'язні")) == 2


def test_a_phrase_holds_every_form_of_every_word(lexicon):
    phrase = expand(parse("політичні в'язні"), lexicon).wanted[0]
    assert {"політичний", "політичних", "політичними"} <= phrase.forms[0]
    assert {"вʼязень", "вʼязнів", "вʼязнями"} <= phrase.forms[1]


def test_a_citation_form_means_itself(lexicon):
    mother = expand(parse("мати"), lexicon).wanted[0]
    assert "матері" in mother.forms[0]
    assert "мата" not in mother.forms[0]


def test_another_form_means_every_word_it_is_a_form_of(lexicon):
    forms = expand(parse("вишню"), lexicon).wanted[0].forms[0]
    assert {"вишня", "вишні", "вишень"} <= forms


def test_exclusions_are_expanded_too_and_never_join(lexicon):
    expanded = expand(parse("санкції -політичні -в'язні"), lexicon)
    assert len(expanded.unwanted) == 2
    assert "вʼязнів" in expanded.unwanted[1].forms[0]


def test_the_query_is_kept_as_it_was(lexicon):
    query = parse("політичні в'язні -футбол")
    assert expand(query, lexicon).query is query


def test_a_surname_typed_in_the_genitive_means_the_common_one_too(lexicon):
    forms = expand(parse("Лукашенка"), lexicon).wanted[0].forms[0]
    assert {"лукашенко", "лукашенком"} <= forms
