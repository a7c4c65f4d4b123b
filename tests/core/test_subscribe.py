"""Which language is a person greeted in?"""

import pytest

from core.subscribe import language_of


@pytest.mark.parametrize("code", ["uk", "uk-UA", "UK", "be", "be-BY", "ru", "ru-RU"])
def test_readers_of_ukrainian_news_are_spoken_to_in_ukrainian(code):
    assert language_of(code) == "uk"


@pytest.mark.parametrize("code", [None, ""])
def test_where_telegram_does_not_say_it_is_ukrainian(code):
    assert language_of(code) == "uk"


@pytest.mark.parametrize("code", ["en", "en-GB", "pl", "de-AT", "pt-br", "zh-hans", "ukr", "xx"])
def test_everybody_else_is_spoken_to_in_english(code):
    assert language_of(code) == "en"
