"""Does one typed word become everything that counts as it, and nothing else?"""

import pytest

from core.meaning import Tier
from core.meaning.senses import is_abbreviation, sense_of
from core.query.tree import Word
from core.text.fold import fold


@pytest.fixture(scope="module")
def sense(linguist):
    """The sense of a typed word; `how` and the languages as a query gives them."""

    def sense(typed, how="forms", **given):
        return sense_of(Word(fold(typed), how, typed), linguist.dictionaries, **given)

    return sense


def test_every_form_counts_as_a_form(sense):
    forms = sense("політв'язні").forms
    assert forms["політв\u02bcязнем"] is Tier.FORM
    assert forms["політвязнем"] is Tier.VARIANT


def test_a_homonym_typed_in_its_citation_form_means_itself(sense):
    assert ("uk", "мати") in sense("мати").lemmas
    assert ("uk", "мата") not in sense("мати").lemmas


def test_an_adverb_that_is_a_form_of_a_noun_means_both(sense):
    assert {("ru", "вечером"), ("ru", "вечер")} <= sense("вечером", among=("ru",)).lemmas


def test_a_surname_typed_in_small_letters_is_rather_a_common_word(sense):
    assert ("ru", "город") in sense("городов", among=("ru",)).lemmas
    assert ("ru", "город") not in sense("Городов", among=("ru",)).lemmas


def test_a_word_takes_the_forms_of_every_language_that_knows_it(sense):
    assert {language for language, _ in sense("мова").lemmas} == {"uk", "be"}
    assert {language for language, _ in sense("мова", among=("be",)).lemmas} == {"be"}


def test_an_unknown_name_is_guessed_at_and_never_becomes_a_word(linguist, sense):
    guessed = sense("Віткофф")
    assert (guessed.forms["віткоффом"], guessed.lemmas) == (Tier.GUESS, frozenset())
    assert not any(linguist.dictionaries.known(form) for form in sense("хаймарс").forms)


def test_in_a_phrase_every_lexeme_counts_and_none_is_doubted(sense):
    alone, within = sense("стану"), sense("стану", in_phrase=True)
    assert within.lemmas == frozenset()
    assert set(alone.forms) <= set(within.forms)


@pytest.mark.parametrize("typed", ["МОН", "США", "ЄС", "НАТО", "ЄСПЛ", "WHO"])
def test_an_abbreviation_is_looked_for_in_capitals(sense, typed):
    assert sense(typed).shape == "capitals"
    assert fold(typed) + "у" in sense(typed).forms


@pytest.mark.parametrize("typed", ["КИЇВ", "РАДА", "мон", "Мон", "ПОЛІТВ'ЯЗНІ", "США-Китай", "Я"])
def test_a_word_typed_with_the_caps_lock_on_is_no_abbreviation(linguist, typed):
    assert not is_abbreviation(Word(fold(typed), "forms", typed), linguist.dictionaries)


@pytest.mark.parametrize(("typed", "shape"), [("Білорусь", "name"), ("білорусь", "any"), ("Стіл", "any")])
def test_a_proper_noun_typed_with_its_capital_asks_for_a_capital(sense, typed, shape):
    assert sense(typed).shape == shape


def test_both_halves_of_a_compound_inflect(sense):
    assert "державою-агресором" in sense("держава-агресор").forms


def test_an_adjective_counts_as_the_first_half_of_a_compound_alone(sense):
    assert "військово" in sense("військовий").halves


def test_an_exact_word_and_a_beginning_have_no_forms(sense):
    assert dict(sense("Білоруссю", "exact").forms) == {"білоруссю": Tier.FORM}
    assert (sense("білорус", "prefix").prefix, dict(sense("білорус", "prefix").forms)) == ("білорус", {})


@pytest.mark.parametrize(
    ("typed", "base"),
    [("в'язні", "в\u02bcязень"), ("Білоруссю", "Білорусь"), ("США", "США"), ("ЛЮДЕЙ", "ЛЮДИНА")],
)
def test_a_sense_is_shown_in_its_base_form_with_the_capitals_typed(sense, typed, base):
    assert sense(typed).base == base
