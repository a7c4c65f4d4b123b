"""Are the words of a text found where they stand?"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.fold import fold
from core.text.words import parts, words


def printed(text):
    return [text[word.start : word.end] for word in words(text)]


def keys(text):
    return [word.key for word in words(text)]


def test_words_stand_where_they_are_printed():
    text = "США й Білорусь: 100 політв\u2019язнів!"
    assert [(word.start, word.end) for word in words(text)] == [(0, 3), (4, 5), (6, 14), (16, 19), (20, 32)]
    assert printed(text) == ["США", "й", "Білорусь", "100", "політв\u2019язнів"]
    assert keys(text) == ["сша", "й", "білорусь", "100", "політв\u02bcязнів"]


@pytest.mark.parametrize("text", ["", " ", "…", "— –", "'''", "\u00ad\u200b", "😀", "\u0301"])
def test_a_text_without_letters_has_no_words(text):
    assert words(text) == []


@pytest.mark.parametrize("dash", ["\u2014", " \u2013 ", " - ", "…", "/", ":", ".", ",", "_", "\n", "\u00a0"])
def test_signs_between_words_part_them(dash):
    assert keys(f"Мінськ{dash}Київ") == ["мінськ", "київ"]


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "\u2013"])
def test_a_hyphenated_word_is_one_word(hyphen):
    assert keys(f"прес{hyphen}секретар") == ["прес-секретар"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [("«політв'язні»", "політв'язні"), ("'політв'язні'", "політв'язні"), ("(політв'язні\u2019,", "політв'язні")],
)
def test_quotation_marks_around_a_word_are_not_the_words(text, inside):
    assert printed(text) == [inside]


def test_a_modifier_letter_used_as_a_quotation_mark_is_not_the_words():
    assert printed("\u02bcполітв\u02bcязні\u02bc") == ["політв\u02bcязні"]


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ('Моя сім"я вдома', "сім\u02bcя", 'сім"я'),
        ("Моя сім*я вдома", "сім\u02bcя", "сім*я"),
        ("під*їзд", "під\u02bcїзд", "під*їзд"),
    ],
)
def test_a_quotation_mark_or_a_star_may_be_typed_for_the_apostrophe(text, key, place):
    assert key in keys(text)
    assert place in printed(text)


def test_quotation_marks_and_stars_elsewhere_part_words():
    assert keys('"Мінськ"Київ') == ["мінськ", "київ"]
    assert keys("мама*я") == ["мама", "я"]


def test_decomposed_letters_keep_the_places_of_what_is_printed():
    text = "про політв'язні\u0301 Кии\u0306в"
    assert printed(text)[1] == "політв'язні\u0301"
    assert keys(text)[1] == "політв\u02bcязні"


def test_what_is_invisible_inside_a_word_is_printed_and_behind_it_is_not():
    assert printed("політ\u00adв'язні\u200b, так") == ["політ\u00adв'язні", "так"]


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("прес-секретарка", ["прес", "секретарка"]),
        ("екс\u2011політв'язень", ["екс", "політв'язень"]),
        ("віце-прем'єр-міністр", ["віце", "прем'єр", "міністр"]),
        ("слово", []),
    ],
)
def test_a_hyphenated_word_opens_into_its_parts(text, opened):
    inside = list(parts(text, words(text)[0]))
    assert [text[part.start : part.end] for part in inside] == opened
    assert [part.key for part in inside] == [fold(part) for part in opened]


def test_parts_stand_where_they_are_printed_in_the_text():
    text = "Каже прес-секретар."
    assert [(part.start, part.end) for part in parts(text, words(text)[1])] == [(5, 9), (10, 18)]


# No quotation mark and no star: where they stand for an apostrophe, only the reader of the whole text knows it.
TEXTS = st.text(
    st.one_of(st.sampled_from("абїЇйab09 '\u2019\u02bc-\u2013\u2011\u00ad\u200b\u0301\u0308_.«»\n"), st.characters()),
    max_size=40,
).filter(lambda text: '"' not in text and "*" not in text)


@given(TEXTS)
def test_words_follow_each_other_and_never_overlap(text):
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(TEXTS)
def test_what_is_printed_at_a_words_place_has_its_key(text):
    for word in words(text):
        assert fold(text[word.start : word.end]) == word.key
        assert word.key


@given(TEXTS)
def test_parts_stand_inside_their_word_and_have_their_keys(text):
    for word in words(text):
        for part in parts(text, word):
            assert word.start <= part.start < part.end <= word.end
            assert fold(text[part.start : part.end]) == part.key
