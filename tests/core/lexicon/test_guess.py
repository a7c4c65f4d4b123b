"""Does a word that no dictionary knows decline like those that it ends like?"""

import pymorphy3
import pytest

from core.lexicon.guess import GUESSING, by_series, guessed
from core.lexicon.pymorphy import PymorphyLexicon


@pytest.fixture(scope="module")
def uk():
    return PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="uk"), "uk")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("коул", {"коула", "коулові", "коулом"}),
        ("віткофф", {"віткоффа", "віткоффу", "віткоффом"}),
        ("медвєдчуковець", {"медвєдчуковця", "медвєдчуковцями"}),
        ("телеграмканал", {"телеграмканалу", "телеграмканали"}),
        ("ціханоуська", {"ціханоуської", "ціханоуську"}),
    ],
)
def test_a_new_name_is_found_in_its_cases(uk, word, forms):
    assert forms <= guessed(word, uk)


def test_the_word_itself_is_always_among_its_forms(uk):
    assert "щщщщщ" in guessed("щщщщщ", uk)


def test_a_vowel_that_comes_and_goes_is_left_out(uk):
    assert "каховця" in set(by_series("каховець", GUESSING["uk"]))


def test_nothing_shorter_than_three_letters_is_guessed(uk):
    assert all(len(form) >= 3 for form in guessed("кий", uk))
