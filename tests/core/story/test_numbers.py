"""Is a number the same however it is written?"""

import pytest

from core.story.numbers import grouped, numbers_in, value_of


@pytest.mark.parametrize(
    ("written", "read"),
    [("1 080 і 15", ["1080", "15"]), ("1,50", ["1.5"]), ("2.0", ["2"]), ("19:17", ["19", "17"]), ("без", [])],
)
def test_digits_are_read_with_their_groups_and_without_empty_decimals(written, read):
    assert list(numbers_in(written)) == read


@pytest.mark.parametrize(
    ("word", "digits"),
    [("двоє", "2"), ("троих", "3"), ("пʼятьох", "5"), ("pięciu", "5"), ("дзвюх", "2"), ("seven", "7"), ("31", "31")],
)
def test_number_words_of_five_languages_are_digits(word, digits):
    assert value_of(word) == digits


@pytest.mark.parametrize("word", ["дім", "mi-8", "14-річний"])
def test_other_words_are_no_numbers(word):
    assert value_of(word) is None


def test_years_side_by_side_stay_apart():
    assert grouped("у 2024 2025 роках") == "у 2024 2025 роках"
    assert grouped("15 000 людей") == "15000 людей"
