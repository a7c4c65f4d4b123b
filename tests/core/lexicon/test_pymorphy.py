"""Do the Ukrainian and Russian dictionaries give every form of a word, and every reading of a form?"""

import pymorphy3
import pytest

from core.lexicon.pymorphy import PymorphyLexicon, converbs


@pytest.fixture(scope="module")
def uk():
    return PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="uk"), "uk", names=frozenset({"білорусь", "київ"}))


@pytest.fixture(scope="module")
def ru():
    return PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="ru"), "ru")


def test_a_form_leads_to_its_word_with_all_forms(uk):
    (lexeme,) = uk.lexemes("людей")
    assert lexeme.lemma == "людина"
    assert {"людина", "людині", "люди", "людьми"} <= lexeme.forms


def test_keys_with_our_apostrophe_are_understood_and_given(uk):
    (lexeme,) = uk.lexemes("політв\u02bcязнів")
    assert (lexeme.lemma, "політв\u02bcязнем" in lexeme.forms) == ("політв\u02bcязень", True)


def test_every_reading_of_a_homonym_is_given(uk):
    assert {(reading.lemma, reading.part) for reading in uk.readings("мати")} == {
        ("мати", "NOUN"),
        ("мати", "INFN"),
        ("мата", "NOUN"),
        ("мат", "NOUN"),
    }


def test_a_reading_says_how_the_form_stands(uk):
    reading = uk.readings("білоруссю")[0]
    assert (reading.case, reading.number, reading.gender, reading.name) == ("ins", "s", "f", "other")


def test_what_has_a_gender_is_one_and_the_plural_has_none(uk):
    assert {(reading.number, reading.gender) for reading in uk.readings("людей")} == {("p", "")}
    assert {reading.number for reading in uk.readings("рада") if reading.gender} == {"s"}


def test_first_names_surnames_and_places_are_told_apart(uk):
    kinds = {word: uk.lexemes(word)[0].name for word in ("олександр", "лукашенко", "київ", "стіл")}
    assert kinds == {"олександр": "first", "лукашенко": "surname", "київ": "other", "стіл": ""}


@pytest.mark.parametrize("word", ["Білорусь", "беларусь", "білоруси-", "minsk", ""])
def test_a_word_in_other_letters_is_not_known_and_read_as_it_stands(uk, word):
    assert not uk.knows(word) or word == "білоруси-"
    assert uk.lexemes("minsk") == ()
    assert [reading.part for reading in uk.readings("minsk")] == ["UNKN"]


def test_converbs_stand_aside_for_the_dictionary_has_them_apart(uk):
    (lexeme,) = uk.lexemes("зробити")
    assert "зробивши" in lexeme.aside
    assert "зробивши" not in lexeme.forms


@pytest.mark.parametrize(
    ("forms", "made"),
    [
        ({"зробив", "зробила"}, {"зробивши"}),
        ({"роблять"}, {"роблячи"}),
        ({"йдуть"}, {"йдучи"}),
        ({"допоміг", "допомігла"}, {"допомігши"}),
        ({"сміється", "сміявся", "сміються"}, {"сміявшись", "сміючись"}),
    ],
)
def test_a_converb_is_made_of_the_past_or_the_present(forms, made):
    assert converbs(frozenset(forms)) == made


def test_russian_yo_may_be_left_out(ru):
    assert ru.knows("самолет")
    assert ru.lexemes("самолет")[0].lemma == "самолёт"


def test_a_russian_participle_is_a_form_of_its_verb(ru):
    assert {"сделал", "сделанный", "сделав"} <= ru.lexemes("сделать")[0].forms


def test_a_superlative_is_a_word_apart(ru):
    (best,) = ru.lexemes("лучшего")
    (good,) = ru.lexemes("хорошего")
    assert best.lemma == "лучший"
    assert not best.forms & good.forms


def test_an_unknown_name_declines(uk):
    assert {"бяляцького", "бяляцьким", "бяляцькому"} <= uk.guesses("бяляцький")
