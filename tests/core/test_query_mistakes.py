"""Is a person told what is wrong, where, and what they most likely meant?"""

import pytest

from core.query.mistakes import QueryMistake, caret
from core.query.parse import parse_query


def mistake(typed):
    with pytest.raises(QueryMistake) as raised:
        parse_query(typed)
    return raised.value


@pytest.mark.parametrize(
    ("typed", "hint", "place", "corrected"),
    [
        ("(Білорусь OR Литва", "bracket_open", "(", "(Білорусь OR Литва)"),
        ("а (б (в", "bracket_open", "(", "а (б (в))"),
        ("Білорусь)", "bracket_stray", ")", "Білорусь"),
        ("а) б) (в", "bracket_stray", ")", "а б (в)"),
        ('"Білий дім', "quote_open", '"', '"Білий дім"'),
        ("«Білий дім -спорт", "quote_open", "«", "«Білий дім» -спорт"),
        ("(«Білий дім) НЕ спорт", "quote_open", "«", "(«Білий дім») НЕ спорт"),
        ("а ()", "brackets_empty", "()", "а"),
        ("а «» б", "quotes_empty", "«»", "а б"),
        ("Білорусь AND", "nothing_after", "AND", "Білорусь"),
        ("а НЕ", "nothing_after", "НЕ", "а"),
        ("OR Литва", "nothing_before", "OR", "Литва"),
        ("а (АБО б)", "nothing_before", "АБО", "а (б)"),
        ("а AND OR б", "nothing_after", "AND", "а OR б"),
        ("AND OR", "nothing_before", "AND", None),
        ("NEAR/3 а", "nothing_before", "NEAR/3", "а"),
        ("а NEAR/3", "nothing_after", "NEAR/3", "а"),
        ("-спорт", "only_without", "-спорт", None),
        ("мова:uk", "only_filters", "мова:uk", None),
        ("мова:uk -спорт", "only_filters", "мова:uk -спорт", None),
        ("а АБО -б", "only_without_in_or", "а АБО -б", "а -б"),
        ("а по*литика", "star_elsewhere", "*", "а политика*"),
        ("*політика,", "star_elsewhere", "*", "політика*,"),
        ("а*б", "star_elsewhere", "*", "аб"),
        ("а по*", "star_early", "по*", "а по"),
        ("нафта NEAR/500 газ", "near_far", "500", "нафта NEAR/50 газ"),
        ('"нафта газ"~51', "near_far", "51", '"нафта газ"~50'),
        ("(а -б) NEAR/3 в", "near_side", "(а -б)", "(а -б) в"),
        ("в NEAR/3 заголовок:а", "near_side", "заголовок:а", "в заголовок:а"),
        ("г -а NEAR/3 в", "near_side", "-а", "г -(а NEAR/3 в)"),
        ("а NEAR/3 б NEAR/4 в", "near_chain", "NEAR/4", "а NEAR/3 б б NEAR/4 в"),
        ("мова:", "field_empty", "мова:", None),
        ("а заголовок: АБО б", "field_empty", "заголовок:", "а АБО б"),
        ("а джерело:(б -в)", "field_brackets", "-", "а джерело:б -в"),
        ("а мова:укарїнська", "language", "укарїнська", "а мова:українська"),
        ("а мова:кечуа", "language", "кечуа", None),
        ("а також:людии", "setting", "людии", "а також:люди"),
        ("а (б також:люди)", "setting_inside", "також:люди", "а (б) також:люди"),
        ("~газ", "fuzzy_short", "газ", "газ"),
        ("(" * 51 + "а" + ")" * 51, "deep", "(", None),
        ("", "empty", "", None),
    ],
)
def test_a_mistake_has_a_name_a_place_and_a_way_out(typed, hint, place, corrected):
    found = mistake(typed)
    assert (found.hint, typed[slice(*found.place)], found.corrected) == (f"query_{hint}", place, corrected)


def test_twelve_levels_are_enough():
    assert parse_query("а -(б АБО " * 3 + "в" + ")" * 3)
    assert mistake("а -(б АБО " * 4 + "в" + ")" * 4).hint == "query_deep"


def test_one_correction_puts_several_mistakes_right():
    assert mistake("(а АБО (б «в NEAR/99 г").corrected == "(а АБО (б «в» NEAR/50 г))"


def test_the_caret_stands_under_the_place():
    assert caret("Білорусь AND", (9, 12)) == "Білорусь AND\n         ^^^"
    assert caret("а\u00ad\u0301\n(б", (4, 5)) == "а\u0301 (б\n  ^"
    assert caret("漢字 (б", (3, 4)) == "漢字 (б\n     ^"
    assert caret("", (0, 0)) == "\n^"


def test_of_a_long_text_what_is_around_the_place_is_shown():
    text, marks = caret("слово " * 30 + "(б" + " слово" * 30, (180, 181), columns=20).split("\n")
    assert text == "…ово слово (б слово с…"
    assert marks == "           ^"
