"""What one Polish word means, in every form."""

import morfeusz2
import pytest

from core.lexicon import Reading
from core.lexicon.polish import PolishLexicon


@pytest.fixture(scope="module")
def polish() -> PolishLexicon:
    return PolishLexicon(
        morfeusz2.Morfeusz(generate=True, praet="composite", case_handling=morfeusz2.IGNORE_CASE),
    )


def forms(polish: PolishLexicon, word: str, lemma: str) -> set[str]:
    return {form for lexeme in polish.lexemes(word) if lexeme.lemma == lemma for form in lexeme.forms}


def test_a_verb_has_its_persons_its_participles_and_its_noun(polish):
    assert {"zrobiłem", "zrobiłybyśmy", "zrobiono", "zrobiwszy", "zrobionego", "zrobieniu", "zrób"} <= forms(
        polish, "zrobić", "zrobić"
    )


def test_any_form_leads_to_the_word(polish):
    assert "więźniów" in forms(polish, "więźniami", "więzień")
    assert "lepszych" in forms(polish, "dobry", "dobry")
    assert "profesory" in forms(polish, "profesorowie", "profesor")


def test_a_rare_word_gives_way_to_a_common_one(polish):
    assert "stalić" not in {lexeme.lemma for lexeme in polish.lexemes("stali")}
    assert "stali" not in forms(polish, "stalić", "stalić")
    assert "stalił" in forms(polish, "stalić", "stalić")


def test_an_adverb_is_not_half_of_a_compound(polish):
    assert "szybki" not in {reading.lemma for reading in polish.readings("szybko")}
    assert "szybko" not in forms(polish, "szybki", "szybki")


def test_an_abbreviation_is_a_form_unless_it_is_a_word(polish):
    assert "zł" in forms(polish, "złoty", "złoty")
    assert "im" not in forms(polish, "imię", "imię")
    assert "w" not in forms(polish, "wiek", "wiek")


def test_names_are_told_from_words(polish):
    assert {lexeme.name for lexeme in polish.lexemes("ukraina")} == {"", "place"}
    assert {lexeme.name for lexeme in polish.lexemes("kowalska")} == {"", "surname"}


def test_a_reading_says_how_the_form_stands(polish):
    assert Reading(lemma="ulica", part="NOUN", case="ins", number="s", gender="f") in polish.readings("ulicą")
    assert {reading.case for reading in polish.readings("pod")} == {"acc", "ins"}
    assert Reading(lemma="zielony", part="ADJF", case="gen", number="p") in polish.readings("zielonych")


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("łukaszenka", "łukaszenką"),
        ("cichanouska", "cichanouskiej"),
        ("syrski", "syrskiego"),
        ("zełenski", "zełenskiemu"),
        ("partyharder", "partyharderów"),
    ],
)
def test_an_unknown_name_is_declined(polish, typed, form):
    assert not polish.knows(typed)
    assert form in polish.guesses(typed)


def test_an_unknown_word_has_a_reading(polish):
    assert polish.readings("łukaszenka")
    assert polish.lexemes("łukaszenka") == ()
