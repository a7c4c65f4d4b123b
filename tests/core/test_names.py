"""Spellings of one name lead to one key; names of two people stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.names import groups_of, pairs
from core.concept.names import LIKELY, likeness, name_key, proposed


@pytest.mark.parametrize(
    "spellings",
    [
        "Лукашенко Лукашэнка Łukaszenka Łukašenka Lukashenko Lukashenka",
        "Тихановська Ціханоўская Тихановская Cichanouska Cichanoŭskaja Tsikhanouskaya Tikhanovskaya",
        "Бяляцький Бяляцкі Беляцкий Bialacki Bialiatski Beliatsky",
        "Зеленський Зяленскі Зеленский Zełenski Zelensky Zelenskyy Zelenskyi",
        "Статкевич Статкевіч Statkievič Statkiewicz Statkevich",
        "Ходорковський Хадаркоўскі Ходорковский Chodorkowski Khodorkovsky",
        "Хренін Хрэнін Chrenin Khrenin",
    ],
)
def test_spellings_of_one_surname_have_one_key(spellings):
    assert len({name_key(spelling) for spelling in spellings.split()}) == 1


def test_a_key_sees_no_capitals_apostrophes_or_stress():
    assert len({name_key(word) for word in ("В'ячеслав", "ВʼЯЧЕСЛАВ", "вячеслав", "В\u2019яче\u0301слав")}) == 1


@given(st.text(max_size=30))
def test_a_key_holds_only_letters_of_keys_and_is_made_of_any_text(word):
    assert set(name_key(word)) <= set("bvgdzklmnprstfhcaiu")


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_from_both_sides(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(st.sampled_from([name for group in groups_of("first") for name in group]))
def test_a_name_is_most_like_itself(name):
    assert likeness(name, name) == 1


def test_the_order_of_a_names_words_is_free():
    assert likeness("Лукашенко Олександр", "Alexander Lukashenko") == 1


def test_a_patronymic_may_be_there_or_not():
    assert likeness("Александр Григорьевич Лукашенко", "Aleksandr Łukaszenka") == 1


def test_an_initial_stands_for_a_first_name_that_begins_so():
    assert likeness("А. Лукашенко", "Олександр Лукашенко") >= LIKELY
    assert likeness("М. Лукашенко", "Олександр Лукашенко") < LIKELY


def test_a_surname_alone_is_proposed_and_a_first_name_alone_is_not():
    assert proposed(["Світлана Тихановська"], "Cichanouska") == [("Світлана Тихановська", pytest.approx(0.97))]
    assert proposed(["Світлана Тихановська"], "Swiatłana") == []


def test_husband_and_wife_are_two_people():
    assert likeness("Тихановський", "Тихановська") < LIKELY
    assert likeness("Sergei Tikhanovsky", "Светлана Тихановская") < LIKELY


def test_brothers_are_two_people():
    assert likeness("Віталій Кличко", "Wladimir Klitschko") < LIKELY


def test_the_likeliest_comes_first():
    names = ["Микола Статкевич", "Максим Знак", "Віктар Статкевіч"]
    assert [name for name, _ in proposed(names, "Mikola Statkevich")] == ["Микола Статкевич"]
    assert [name for name, _ in proposed(names, "Statkievič")] == ["Віктар Статкевіч", "Микола Статкевич"]


def test_nothing_is_like_no_name_at_all():
    assert proposed(["Максим Знак"], "…") == []


@pytest.mark.parametrize("kind", ["first", "later", "last"])
def test_spellings_of_one_person_are_found_and_two_people_are_not_taken_for_one(kind):
    same, other = pairs(groups_of(kind))
    assert sum(likeness(*pair) >= LIKELY for pair in same) >= 0.98 * len(same)
    assert sum(likeness(*pair) >= LIKELY for pair in other) == 0
