"""Does the sentence shown hold the words that matched, with the marks in the right places?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.excerpt import LONGEST, excerpt, marked
from core.match.port import Span


def at(text, *words):
    """Spans of the words, each where it stands first after the one before."""
    spans, start = [], 0
    for word in words:
        start = text.index(word, start)
        spans.append(Span(start, start + len(word), "text"))
        start += len(word)
    return spans


def bold(shown):
    return [shown.text[start:end] for start, end in shown.marks]


def test_the_sentence_of_the_match_is_shown():
    text = "Перше речення. Друге про Мінськ і Київ. Третє."
    shown = excerpt(text, at(text, "Мінськ"))
    assert shown.text == "Друге про Мінськ і Київ."
    assert bold(shown) == ["Мінськ"]


def test_the_sentence_with_most_matches_wins_and_of_equals_the_first():
    text = "Мінськ. Мінськ і Київ. Київ і Мінськ."
    assert excerpt(text, at(text, "Мінськ", "Мінськ", "Київ", "Київ", "Мінськ")).text == "Мінськ і Київ."


def test_the_order_of_the_spans_does_not_matter():
    text = "Перше. Мінськ і Київ."
    assert excerpt(text, at(text, "Мінськ", "Київ")[::-1]) == excerpt(text, at(text, "Мінськ", "Київ"))


def test_without_a_match_there_is_no_sentence():
    assert excerpt("Перше речення.", []) is None
    assert excerpt("", []) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "У м. Мінськ живе п. Олег.",
        "За даними В. Кличка, Мінськ мовчить.",
        "Це 5 тис. людей і Мінськ.",
        "На вул. Садовій, Мінськ, тихо.",
        "Було 3.5 відсотка, каже Мінськ.",
        "Сайт site.ua пише про Мінськ.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence):
    text = f"Перше речення. {sentence} Третє."
    assert excerpt(text, at(text, "Мінськ")).text == sentence


@pytest.mark.parametrize("end", [".", "!", "?", "…", ".»", "!»", '."', ".)"])
def test_a_sentence_ends_with_its_own_marks(end):
    text = f"Мінськ мовчить{end} Київ говорить."
    assert excerpt(text, at(text, "Мінськ")).text == f"Мінськ мовчить{end}"


@pytest.mark.parametrize("start", ["«Київ", "– Київ", "(Київ", "100 киян", "Київ", "Її"])
def test_a_sentence_starts_with_a_capital_a_number_or_a_quotation(start):
    text = f"Мінськ мовчить. {start} говорить."
    assert excerpt(text, at(text, "Мінськ")).text == "Мінськ мовчить."


def test_a_line_is_a_sentence_even_without_a_full_stop():
    text = "Заголовок без крапки\nМінськ мовчить\nтретій рядок"
    assert excerpt(text, at(text, "Мінськ")).text == "Мінськ мовчить"


def test_a_long_sentence_is_cut_between_words_around_its_first_match():
    text = "Початок " + "слово " * 80 + "Мінськ " + "слово " * 80 + "кінець."
    shown = excerpt(text, at(text, "Мінськ"))
    assert len(shown.text) <= LONGEST + 2
    assert shown.text.startswith("…слово ")
    assert shown.text.endswith(" слово…")
    assert bold(shown) == ["Мінськ"]


def test_a_long_word_in_a_long_sentence_is_shown_whole():
    text = "слово " * 60 + "м" * 200 + " слово" * 60
    assert bold(excerpt(text, [Span(360, 560, "text")])) == ["м" * 200]


def test_a_word_longer_than_any_excerpt_is_cut_and_shown():
    text = "Слово " + "м" * 1000 + " кінець."
    shown = excerpt(text, [Span(6, 1006, "text")])
    assert len(shown.text) <= LONGEST + 2
    assert len(bold(shown)[0]) > 100


def test_a_match_that_is_cut_is_marked_up_to_the_cut():
    text = "слово " * 60 + "Мінськ " + "слово " * 60
    shown = excerpt(text, [Span(360, 366, "text"), Span(565, 600, "text")])
    assert bold(shown) == ["Мінськ", "слово"]
    assert shown.text.endswith(" слово…")


def test_a_long_sentence_whose_match_stands_first_is_cut_behind_only():
    text = "Мінськ " + "слово " * 100
    shown = excerpt(text, at(text, "Мінськ"))
    assert shown.text.startswith("Мінськ слово")
    assert shown.text.endswith("слово…")


def test_marks_that_touch_or_overlap_are_one():
    text = "політичні вʼязні Мінська"
    assert bold(marked(text, [Span(0, 9, "title"), Span(0, 16, "title"), Span(10, 16, "title")])) == [
        "політичні вʼязні"
    ]
    assert marked(text, [Span(0, 3, "title"), Span(3, 9, "title")]).marks == ((0, 9),)


def test_a_headline_is_marked_whole():
    shown = marked("Про Мінськ. І Київ", [Span(4, 10, "title")])
    assert (shown.text, shown.marks) == ("Про Мінськ. І Київ", ((4, 10),))


def test_a_match_over_two_lines_is_shown():
    text = "Перше речення.\nІдеться про політичних\nвʼязнів Мінська."
    assert "політичних" in excerpt(text, at(text, "політичних\nвʼязнів")).text


LINES = st.text(st.sampled_from("абв АБВ19 .!?…,«»()-–\u00a0"), max_size=80)
SENTENCES = st.lists(st.one_of(LINES, st.just("слово " * 70), st.just("м" * 200)), max_size=6)


@st.composite
def texts_with_matches(draw):
    """A text, and spans of some of its words."""
    text = draw(st.sampled_from([" ", "\n", ". "])).join(draw(SENTENCES))
    found = [Span(word.start(), word.end(), "text") for word in re.finditer(r"\w+", text)]
    return text, draw(st.lists(st.sampled_from(found), min_size=1, max_size=5)) if found else []


@given(texts_with_matches())
def test_what_is_marked_is_what_matched(text_and_spans):
    text, spans = text_and_spans
    shown = excerpt(text, spans)
    if not spans:
        assert shown is None
        return
    matched = {text[span.start : span.end] for span in spans}
    assert shown.marks
    assert all(any(word in whole for whole in matched) for word in bold(shown))
    assert bold(shown)[0] in matched


@given(texts_with_matches())
def test_an_excerpt_is_one_short_line_of_the_text(text_and_spans):
    text, spans = text_and_spans
    shown = excerpt(text, spans)
    if shown:
        assert len(shown.text) <= LONGEST + 2
        assert "\n" not in shown.text
        assert shown.text.strip("…") in text.replace("\n", " ")
        assert shown.text == shown.text.strip()


@given(texts_with_matches())
def test_marks_lie_inside_and_apart(text_and_spans):
    shown = excerpt(*text_and_spans)
    if shown:
        edges = [place for mark in shown.marks for place in mark]
        assert edges == sorted(set(edges))
        assert edges[0] >= 0
        assert edges[-1] <= len(shown.text)
