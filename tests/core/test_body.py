"""Does a text begin below its own headline, and lose nothing else?"""

import pytest

from core.body import below_headline

TITLE = "Мінськ відпустив політв'язнів"


@pytest.mark.parametrize(
    "text",
    [
        "Мінськ відпустив політв'язнів\nВони вже вдома.",
        "Політика\nМінськ відпустив політв\u2019язнів\n\nВони вже вдома.",
        "Головна\nСвіт\n26 листопада\nМІНСЬК ВІДПУСТИВ ПОЛІТВʼЯЗНІВ!\nВони вже вдома.",
    ],
)
def test_a_headline_repeated_at_the_top_is_left_out_with_what_stands_above(text):
    assert below_headline(TITLE, text) == "Вони вже вдома."


@pytest.mark.parametrize(
    "text",
    [
        "Вони вже вдома.\nІнше речення.",
        "Мінськ відпустив політв'язнів, і вони вже вдома.\nІнше речення.",
        "раз\nдва\nтри\nчотири\nМінськ відпустив політв'язнів\nВони вже вдома.",
        "",
    ],
)
def test_a_text_that_does_not_repeat_its_headline_stays_whole(text):
    assert below_headline(TITLE, text) == text


def test_a_text_that_is_nothing_but_its_headline_stays():
    assert below_headline(TITLE, TITLE) == TITLE
    assert below_headline(TITLE, f"{TITLE}\n \n") == f"{TITLE}\n \n"


@pytest.mark.parametrize("title", ["", " ", "…", "😀"])
def test_without_a_headline_nothing_is_left_out(title):
    assert below_headline(title, "\nВони вже вдома.") == "\nВони вже вдома."
