"""Is a form known in the other ways it is written?"""

import pytest

from core.lexicon.spelling import plain, spellings


@pytest.mark.parametrize(
    ("form", "language", "others"),
    [
        ("політв\u02bcязень", "uk", {"політвязень"}),
        ("ґонґадзе", "uk", {"гонгадзе"}),
        ("гейтс", "uk", {"ґейтс"}),
        ("стіл", "uk", set()),
        ("самолёт", "ru", {"самолет"}),
        ("стол", "ru", set()),
    ],
)
def test_a_form_has_its_other_spellings(form, language, others):
    assert spellings(form, language) == others


def test_russian_is_compared_without_yo_and_ukrainian_as_it_stands():
    assert plain("самолёт", "ru") == "самолет"
    assert plain("їжак", "uk") == "їжак"
