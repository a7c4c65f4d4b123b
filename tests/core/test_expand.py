"""Is what was typed understood: which words belong together, and in which base form they are shown?"""

import pytest

from core.meaning import terms_of
from core.query import parse


@pytest.fixture(scope="module")
def terms(linguist):
    """The terms of a query that must be there."""
    return lambda typed: list(terms_of(linguist.meaning(parse(typed)).root))


@pytest.fixture(scope="module")
def understood(terms):
    """Their base forms, as shown to a person."""
    return lambda typed: [term.base for term in terms(typed)]


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
        ("sanctions", ["sanction"]),
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


def test_a_phrase_holds_every_form_of_every_word(terms):
    (phrase,) = terms("політичні в'язні")
    assert {"політичний", "політичних", "політичними"} <= phrase.senses[0].forms.keys()
    assert {"вʼязень", "вʼязнів", "вʼязнями"} <= phrase.senses[1].forms.keys()


def forms_of(terms, typed):
    (term,) = terms(typed)
    (sense,) = term.senses
    return sense.forms.keys()


def test_a_citation_form_means_itself(terms):
    assert "матері" in forms_of(terms, "мати")
    assert "мата" not in forms_of(terms, "мати")


def test_another_form_means_every_word_it_is_a_form_of(terms):
    assert {"вишня", "вишні", "вишень"} <= forms_of(terms, "вишню")


def test_exclusions_are_expanded_too_and_never_join(linguist):
    unwanted = list(terms_of(linguist.meaning(parse("санкції -політичні -в'язні")).root, negated=True))
    assert len(unwanted) == 2
    assert any("вʼязнів" in term.senses[0].forms for term in unwanted)


def test_the_query_is_kept_as_it_was(linguist):
    query = parse("політичні в'язні -футбол")
    assert linguist.meaning(query).query is query


def test_a_surname_typed_in_the_genitive_means_the_common_one_too(terms):
    assert {"лукашенко", "лукашенком"} <= forms_of(terms, "Лукашенка")


def test_a_word_typed_without_its_apostrophe_is_the_word_with_it(terms):
    assert "політв\u02bcязнем" in forms_of(terms, "політвязень")
    assert "сім\u02bcя" in forms_of(terms, "сімя")


def test_a_word_known_in_several_languages_takes_the_forms_of_all(terms):
    assert {"світу", "свету"} & forms_of(terms, "свет") == {"свету"}
    assert {"уряду", "урядові"} <= forms_of(terms, "уряд")


def test_a_query_may_keep_to_the_forms_of_one_language(terms):
    assert "годов" in forms_of(terms, "год")
    assert "годов" not in forms_of(terms, "год форми:uk")
