"""Is any plain text the query that its writer means?"""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.query.limits import LONGEST, MOST_TERMS, MOST_WITH_ALTERNATIVES
from core.query.mistakes import QueryMistake
from core.query.parse import parse_query
from core.query.tree import AllOf, Phrase, Query, Without, Word, words_of


def keys(typed):
    """The words that are looked for, and «-» before those that are not."""
    root = parse_query(typed).root
    parts = root.parts if isinstance(root, AllOf) else (root,)
    return ["-" * isinstance(part, Without) + " ".join(word.key for word in words_of(part)) for part in parts]


def refusal(typed):
    with pytest.raises(QueryMistake) as raised:
        parse_query(typed)
    return raised.value.hint


def test_a_word_is_a_query():
    assert parse_query("Політв'язні") == Query(root=Word("політв\u02bcязні"))
    assert parse_query("Політв'язні").root.typed == "Політв'язні"


def test_a_space_is_and():
    assert parse_query("Білорусь  Лукашенко\n") == Query(root=AllOf((Word("білорусь"), Word("лукашенко"))))


PHRASES = """«обмін полоненими» "обмін полоненими" “обмін полоненими” „обмін полоненими“ „обмін полоненими”
 'обмін полоненими' ‘обмін полоненими’ ”обмін полоненими” ‚обмін полоненими’ ‹обмін полоненими› »обмін полоненими«
 «обмін полоненими" “обмін полоненими" "обмін полоненими»"""


@pytest.mark.parametrize("number", range(14))
def test_quotation_marks_of_any_shape_make_a_phrase(number):
    typed = " ".join(PHRASES.split()[2 * number : 2 * number + 2])
    assert parse_query(typed) == Query(root=Phrase((Word("обмін"), Word("полоненими"))))
    assert keys(f"Київ, {typed}.") == ["київ", "обмін полоненими"]


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013"])
def test_a_leading_minus_excludes(minus):
    assert keys(f"санкції {minus}футбол") == ["санкції", "-футбол"]


@pytest.mark.parametrize("typed", ["санкції -«чемпіонат світу»", 'санкції -"чемпіонат світу"'])
def test_a_phrase_can_be_excluded(typed):
    assert keys(typed) == ["санкції", "-чемпіонат світу"]


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert keys("прес-секретар Мінськ - Київ") == ["прес-секретар", "мінськ", "київ"]


def test_a_dash_typed_as_two_hyphens_excludes_nothing():
    assert keys("Мінськ --Київ") == keys("Мінськ -- Київ") == ["мінськ", "київ"]


def test_signs_between_words_part_them_but_make_no_phrase():
    assert parse_query("США/Білорусь") == parse_query("США Білорусь")
    assert parse_query("сім'я") == parse_query("сім\u2019я") == parse_query('сім"я') == parse_query("сім*я")


def test_a_word_given_twice_is_asked_for_once():
    assert keys("США сша США") == ["сша"]
    assert keys("США «США»") == ["сша", "сша"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("«Трамп: мир близько!»", ["трамп мир близько"]),
        ("Трамп: «Мир близько», – заявив він", ["трамп", "мир близько", "заявив", "він"]),
        ("“слово,” сказав", ["слово", "сказав"]),
        ("І мертвим, і живим", ["і", "мертвим", "живим"]),
        ("Карл І", ["карл", "і"]),
        ("Jan Paweł I", ["jan", "paweł", "i"]),
        ("12.05.2024 о 10:30", ["12", "05", "2024", "о", "10", "30"]),
        ("Слово (…) [відео] :)", ["слово", "відео"]),
        ("Газета «День» (оновлено)", ["газета", "день", "оновлено"]),
        ("«Газета «День» пише» й «Газета «День»", ["газета день пише", "й", "газета день"]),
        ("Читайте також: санкції", ["читайте", "також", "санкції"]),
        ("Джерело: УНІАН", ["джерело", "уніан"]),
        ("Rock 'n' roll: об'єкт", ["rock", "n", "roll", "об\u02bcєкт"]),
        ("**Трамп** за 2*2=4, ~100 і готель 5*", ["трамп", "за", "2", "4", "100", "і", "готель", "5"]),
        ("S&P 500 🚀 https://glavcom.ua/news?x=1", ["s", "p", "500", "https", "glavcom", "ua", "news", "x", "1"]),
        ("Увага!!! !!!Увага", ["увага"]),
        ("Мороз до -5°, ВВП −3,5 %", ["мороз", "до", "5", "ввп", "3"]),
        ('ТБ 5" обмін полоненими"', ["тб", "5", "обмін", "полоненими"]),
        ("Білорусь або Литва not and", ["білорусь", "або", "литва", "not", "and"]),
    ],
)
def test_a_pasted_headline_is_its_words(headline, expected):
    assert keys(headline) == expected


@pytest.mark.parametrize("typed", ["", " ", "😀", "…", "- -", "'", "/", "(…)", "«…»", "***", "також:люди"])
def test_nothing_to_look_for_is_refused(typed):
    assert refusal(typed) == "query_empty"


@pytest.mark.parametrize("typed", ["-футбол", "-«чемпіонат світу»", "-а -б", "НЕ футбол", "-(а АБО б)"])
def test_only_exclusions_are_refused(typed):
    assert refusal(typed) == "query_only_without"


def test_a_pasted_article_is_refused():
    assert parse_query("слово " * 33)
    assert refusal("а" * 201) == refusal("а" * 5000) == "query_long"
    assert keys(" " * 5000 + "а" * 200 + " " * 5000) == ["а" * 200]


def test_seventeen_terms_are_refused_and_sixteen_are_not():
    words = [f"слово{n}" for n in range(17)]
    assert len(keys(" ".join(words[:16]))) == MOST_TERMS
    assert refusal(" ".join(words)) == refusal(" ".join(words[:9]) + " -" + " -".join(words[9:])) == "query_long"


def test_alternatives_may_be_many():
    words = [f"варіант{n}" for n in range(65)]
    assert len(parse_query(" АБО ".join(words[:64])).root.parts) == MOST_WITH_ALTERNATIVES
    assert refusal(" АБО ".join(words)) == refusal("|".join("абвгд"[at] * 201 for at in range(5))) == "query_many"


def test_capitals_of_the_caps_lock_are_no_capitals():
    assert [word.typed for word in words_of(parse_query("САНКЦІЇ США").root)] == ["Санкції", "Сша"]
    assert [word.typed for word in words_of(parse_query("санкції США").root)] == ["санкції", "США"]


LETTERS = st.one_of(st.sampled_from("абвїABя19  '’\"«»“”„-–−/.,*_\n()|&!=~:"), st.characters(exclude_categories=["Cs"]))
TEXTS = st.one_of(
    st.text(LETTERS, max_size=60),
    st.lists(
        st.sampled_from(
            "слово «фраза з трьох» політв* ~політика =США НЕ АБО І AND ( ) - | NEAR/3 NEAR/99 заголовок: мова: мова:uk "
            'джерело:a.ua також:люди форми:uk " «'.split()
        ),
        max_size=12,
    ).map(" ".join),
)


def outcome(typed):
    """What came of it."""
    try:
        return parse_query(typed)
    except QueryMistake as mistake:
        return mistake


@given(TEXTS)
@example("«a «b» c» -d/e \u2212«f g»")
@example("-«a»b «c»-d")
def test_any_text_is_a_query_or_a_mistake_that_tells_where_it_is(typed):
    match outcome(typed):
        case Query(root=root):
            assert all(word.key for word in words_of(root))
        case mistake:
            assert mistake.hint.startswith("query_")
            assert 0 <= mistake.place[0] <= mistake.place[1] <= len(typed)


@given(TEXTS)
def test_every_correction_is_a_query(typed):
    corrected = getattr(outcome(typed), "corrected", None)
    assert corrected is None or parse_query(corrected)


@pytest.mark.parametrize(
    "piece",
    ["(", ")", "()", "(-", '"', "«", "'а ", "НЕ ", "-(", "а АБО ", "заголовок:", "а NEAR/3 ", "=", "*а", "| ", "а' '"],
)
@pytest.mark.parametrize("around", ["", "слово", " слово "])
def test_no_text_is_too_much(piece, around):
    with suppress(QueryMistake):
        assert parse_query(around + (piece * 4000)[:3980] + around)


def test_letters_are_counted_where_they_are_seen():
    assert len("а" * LONGEST) == 200
    typed = "х -" + " -".join(f"а{chr(0xAD) * 54}{letter}" for letter in "бвгдежзиклмнпр")
    assert len(keys(typed)) == 15
