"""What a site prints under many articles is not the article's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.plain import marks, own_text

NEWS = "Суд у Мінську відпустив трьох людей.\nЇх зустріли рідні."
BIO = "Олена Левченко – кореспондентка з питань правосуддя. Пише нам з 2011 року."


def test_a_paragraph_that_is_repeated_is_left_out_in_whatever_case_and_spacing():
    printed = f"{NEWS}\n{BIO.upper().replace(' ', '  ')}"
    assert own_text(printed, marks(BIO)) == NEWS


def test_what_is_not_repeated_stays_as_it_is():
    assert own_text(f"{NEWS}\n\n{BIO}", frozenset()) == f"{NEWS}\n\n{BIO}"


def test_a_text_of_which_nothing_would_be_left_stays():
    assert own_text(BIO, marks(BIO)) == BIO


@pytest.mark.parametrize(
    "line",
    [
        "Читайте також: Лукашенко помилував ще сімох",
        "» ЧИТАЙТЕ ТАКОЖ – Лукашенко помилував ще сімох",
        "Дивіться ще: фото з Мінська",
        "Більше за темою: політвʼязні",
        "Чытайце таксама: вызвалены яшчэ сямёра",
        "Смотрите также: фото",
        "Czytaj też: Łukaszenka ułaskawił",
        "Read more: who was released",
    ],
)
def test_a_line_that_leads_to_other_news_is_left_out(line):
    first, second = NEWS.split("\n")
    assert own_text(f"{first}\n{line}\n{second}", frozenset()) == NEWS


def test_a_headline_of_its_own_line_after_such_words_is_left_out_with_them():
    first, second = NEWS.split("\n")
    printed = f"{first}\nЧитайте також:\nЛукашенко помилував ще сімох\n{second}"
    assert own_text(printed, frozenset()) == NEWS


@pytest.mark.parametrize(
    "sentence",
    [
        "Читайте книжки, радить бібліотека.",
        "Read the verdict, the lawyer said.",
        "Related charges were dropped.",
        "Більше за все він хоче додому.",
    ],
)
def test_a_sentence_that_begins_alike_stays(sentence):
    assert own_text(sentence, frozenset()) == sentence
    assert own_text(f"{NEWS}\n{sentence}", frozenset()) == f"{NEWS}\n{sentence}"


PARAGRAPHS = st.lists(st.sampled_from([*NEWS.split("\n"), BIO, "Фото: УНІАН", ""]), min_size=1).map("\n".join)


@given(text=PARAGRAPHS, repeated=st.sets(st.sampled_from(marks(f"{NEWS}\n{BIO}"))))
def test_what_is_left_is_of_the_text_and_holds_nothing_repeated_unless_it_is_all(text, repeated):
    left = own_text(text, repeated)
    assert left == text or not set(marks(left)) & repeated
    assert set(left.split("\n")) <= set(text.split("\n"))


@given(st.text())
def test_marks_are_numbers_that_a_database_can_hold(text):
    assert all(0 <= mark < 2**63 for mark in marks(text))
