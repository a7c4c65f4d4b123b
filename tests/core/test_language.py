"""Is the language of a text told by its letters?"""

import pytest

from core.text.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Сполучені Штати ведуть переговори з Білоруссю про її громадян", "uk"),
        ("Уладзе не спадабаўся спіс палітвязняў", "be"),
        ("Самолёт вылетел из Минска, объявили в аэропорту", "ru"),
        ("Uwolniono więźniów politycznych na Białorusi", "pl"),
        ("Belarus frees political prisoners after talks", "en"),
    ],
)
def test_a_sentence_is_told_by_its_letters(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "Мінськ", "2026", "Нова вода на дно", "🙂🙂🙂", "中文新聞"])
def test_what_the_letters_do_not_tell_is_left_open(text):
    assert language_of(text) is None
