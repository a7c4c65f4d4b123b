"""Do operators, brackets, fields and settings mean what they say, in every language they are typed in?"""

import pytest

from core.query.parse import parse_query
from core.query.suggest import suggestion
from core.query.tree import (
    AllOf,
    AnyOf,
    FromSource,
    InLanguage,
    InTitle,
    Near,
    Phrase,
    Query,
    Without,
    Word,
)

A, B, C, D = Word("а"), Word("б"), Word("в"), Word("г")


def root(typed):
    return parse_query(typed).root


@pytest.mark.parametrize("operator", ["І", "ТА", "AND", "И", "I", "ORAZ", "&&"])
def test_and_has_many_names(operator):
    assert root(f"а {operator} б") == AllOf((A, B))


@pytest.mark.parametrize("operator", ["АБО", "OR", "ИЛИ", "LUB", "ALBO", "|", "||", "A\u0411O"])
def test_or_has_many_names(operator):
    assert root(f"а {operator} б") == AnyOf((A, B))


@pytest.mark.parametrize("operator", ["-", "\u2212", "\u2013", "!", "НЕ ", "NOT ", "БЕЗ ", "NIE ", "КРІМ ", "І НЕ "])
def test_not_has_many_names(operator):
    assert root(f"а {operator}б") == AllOf((A, Without(B)))


@pytest.mark.parametrize("operator", ["NEAR/3", "РЯДОМ/3", "БЛИЗЬКО/3", "ПОРУЧ/3", "BLISKO/3"])
def test_near_has_many_names(operator):
    assert root(f"а {operator} б") == Near(A, B, 3)
    assert root(f"а {operator.partition('/')[0]} б") == Near(A, B, 5)


def test_operators_are_words_in_small_letters_and_beside_a_comma():
    assert root("а або б") == AllOf((A, Word("або"), B))
    assert root("а НЕ, б") == AllOf((A, Word("не"), B))
    assert root("а near/3 б") == AllOf((A, Word("near"), Word("3"), B))


def test_not_binds_before_near_before_and_before_or():
    assert root("а АБО б в") == AnyOf((A, AllOf((B, C))))
    assert root("а б АБО в г") == AnyOf((AllOf((A, B)), AllOf((C, D))))
    assert root("а б NEAR/2 в") == AllOf((A, Near(B, C, 2)))
    assert root("а -б в") == AllOf((A, Without(B), C))


def test_operators_may_touch_brackets_and_quotation_marks():
    assert root('"а б"АБО"в"') == AnyOf((Phrase((A, B)), Phrase((C,))))
    assert root('(а)АБО(б)І НЕ"в"') == AnyOf((A, AllOf((B, Without(Phrase((C,)))))))


def test_brackets_say_otherwise():
    assert root("(а АБО б) в") == AllOf((AnyOf((A, B)), C))
    assert root("а НЕ(б АБО в)") == AllOf((A, Without(AnyOf((B, C)))))
    assert root("(а АБО «б в») NEAR/2 г") == Near(AnyOf((A, Phrase((B, C)))), D, 2)


def test_needless_brackets_and_repetitions_are_gone():
    assert root("((а)) (б (в))") == AllOf((A, B, C))
    assert root("а АБО (б АБО а)") == AnyOf((A, B))
    assert root("-(-а) а НЕ НЕ а") == A
    assert root("заголовок:(заголовок:а)") == InTitle(A)


@pytest.mark.parametrize(
    ("typed", "how"), [("=політика", "exact"), ("~політика", "fuzzy"), ("політика*", "prefix"), ("політика", "forms")]
)
def test_a_mark_says_how_a_word_is_looked_for(typed, how):
    assert root(typed) == Word("політика", how)
    assert root(f"а -«слово {typed}, б»") == AllOf((A, Without(Phrase((Word("слово"), Word("політика", how), B)))))


def test_a_mark_before_a_phrase_is_of_every_word():
    assert root("=«Білий дім»") == Phrase((Word("білий", "exact"), Word("дім", "exact")))


def test_a_mark_after_a_word_is_none():
    assert root('а="б в"') == AllOf((A, Phrase((B, C))))


def test_a_phrase_may_be_loose():
    assert root('"а б"~3 в') == AllOf((Phrase((A, B), 3), C))
    assert root('"а"~3') == Phrase((A,))


@pytest.mark.parametrize("field", ["заголовок", "назва", "Title", "intitle", "tytuł", "загаловак"])
def test_a_headline_may_be_asked_for(field):
    assert root(f"{field}:а б") == AllOf((InTitle(A), B))
    assert root(f"-{field}:(а АБО б) в") == AllOf((Without(InTitle(AnyOf((A, B)))), C))


@pytest.mark.parametrize("field", ["джерело", "source", "site", "źródło", "источник", "сайт"])
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("glavcom.ua", "glavcom.ua"),
        ("https://www.Glavcom.ua/news/1.html", "glavcom.ua"),
        ("«Українська  Правда»", "українська правда"),
        ("t.me/s/Suspilne", "t.me/suspilne"),
        ("Reuters", "reuters"),
    ],
)
def test_a_source_may_be_asked_for(field, typed, name):
    assert root(f"а {field}:{typed}") == root(f"а {field}: {typed}") == AllOf((A, FromSource(name)))


@pytest.mark.parametrize("field", ["мова", "lang", "language", "język", "язык"])
@pytest.mark.parametrize("value", ["uk", "ua", "українська", "украинский", "Ukrainian", "ukraiński"])
def test_a_language_may_be_asked_for(field, value):
    assert root(f"а {field}:{value}") == AllOf((A, InLanguage("uk")))


def test_a_field_may_have_several_values():
    either = AnyOf((InLanguage("pl"), InLanguage("be")))
    assert root("а мова:pl,be") == root("а мова:(польська АБО білоруська)") == AllOf((A, either))
    assert root("а мова:pl мова:be") == root("а мова:pl, be") == AllOf((A, either))
    assert root("а джерело:(x.ua | «Наша Ніва»)") == AllOf((A, AnyOf((FromSource("x.ua"), FromSource("наша ніва")))))


def test_another_word_before_a_colon_is_a_word():
    assert root("Трамп:а") == AllOf((Word("трамп"), A))


def test_settings_stand_anywhere_outside_of_brackets():
    asked = Query(root=AllOf((A, B)), switches=frozenset({"adjectives", "people", "wide"}), languages=("uk", "ru"))
    assert parse_query("а також:прикметники,люди б збіги:широкі форми:ru,uk") == asked
    assert parse_query("also:people forms:uk matches:wide а also:adjectives б forms:ru") == asked
    assert parse_query("а also:adjectives, people, б збіги:широкі forms:uk, ru") == asked
    assert parse_query("а форми:uk,be,ru,pl,en") == Query(root=A)
    assert parse_query("а збіги:строгі збіги:wide").switches == {"wide"}


def test_an_or_in_small_letters_is_proposed_in_capitals():
    assert suggestion("Білорусь або Литва") == "Білорусь АБО Литва"
    assert suggestion("а or б или в") == "а OR б ИЛИ в"
    assert suggestion("або а") is suggestion("а АБО б") is suggestion("«а або б»") is suggestion("а -") is None
