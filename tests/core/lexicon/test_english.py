"""What one English word means, in every form."""

import lemminflect
import pytest

from core.lexicon import Reading
from core.lexicon.english import EnglishLexicon


@pytest.fixture(scope="module")
def english() -> EnglishLexicon:
    return EnglishLexicon(lemminflect)


def forms(english: EnglishLexicon, word: str, lemma: str) -> set[str]:
    return {form for lexeme in english.lexemes(word) if lexeme.lemma == lemma for form in lexeme.forms}


def test_irregular_forms_lead_to_the_word(english):
    assert {"children", "child"} <= forms(english, "children", "child")
    assert {"went", "gone", "goes"} <= forms(english, "going", "go")


def test_a_noun_has_its_possessive(english):
    assert {"president\u02bcs", "presidents"} <= forms(english, "president", "president")
    assert "president" in forms(english, "president\u02bcs", "president")


def test_a_verb_has_its_contractions(english):
    assert {"don\u02bct", "didn\u02bct"} <= forms(english, "do", "do")
    assert [reading.lemma for reading in english.readings("they\u02bcll")] == ["will"]


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("organise", "organizing"),
        ("organize", "organised"),
        ("colour", "colors"),
        ("theater", "theatres"),
        ("defence", "defense"),
        ("analyze", "analysed"),
    ],
)
def test_british_and_american_spellings_are_one_word(english, typed, form):
    assert form in forms(english, typed, typed)


def test_what_a_verb_does_is_a_noun_too(english):
    assert {lexeme.lemma for lexeme in english.lexemes("fighting")} == {"fight", "fighting"}
    assert "fighting" in forms(english, "fight", "fight")


def test_a_modal_verb_and_a_degree_are_words_of_their_own(english):
    assert "would" not in forms(english, "will", "will")
    assert "most" not in forms(english, "much", "much")
    assert "best" in forms(english, "good", "good")


def test_a_reading_says_how_the_form_stands(english):
    assert Reading(lemma="minister", part="NOUN", number="p") in english.readings("ministers")
    assert {reading.part for reading in english.readings("broken")} >= {"PRTF"}
    assert {reading.part for reading in english.readings("of")} == {"PREP"}


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("biden", "biden\u02bcs"),
        ("palestinians", "palestinian"),
        ("iraqis", "iraqi"),
        ("shahed", "shaheds"),
        ("googling", "googled"),
    ],
)
def test_an_unknown_word_has_regular_forms(english, typed, form):
    assert form in english.guesses(typed)
