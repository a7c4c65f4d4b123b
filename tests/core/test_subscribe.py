"""Which language is a person greeted in?"""

import pytest

from core.subscribe import language_of


@pytest.mark.parametrize("language", ["uk", "be", "pl", "ru", "en"])
def test_people_are_spoken_to_in_their_own_language(language):
    for code in (language, f"{language}-{language.upper()}", language.upper()):
        assert language_of(code) == language


@pytest.mark.parametrize("code", [None, ""])
def test_where_telegram_does_not_say_it_is_ukrainian(code):
    assert language_of(code) == "uk"


@pytest.mark.parametrize("code", ["en", "en-GB", "de-AT", "pt-br", "zh-hans", "ukr", "xx"])
def test_everybody_else_is_spoken_to_in_english(code):
    assert language_of(code) == "en"
