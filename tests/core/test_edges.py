"""Does every way of typing a word lead to it, and to nothing else? The table is `edges.toml`, a test a row."""

import itertools
import tomllib
from pathlib import Path

import pytest

TABLE = tomllib.loads((Path(__file__).parent / "edges.toml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(query, text, language, wanted, id=f"{group}, {language}")
    for group, languages in TABLE.items()
    for language, queries in languages.items()
    for query, answers in queries.items()
    for kind, wanted in (("finds", True), ("leaves", False))
    for text in answers.get(kind, ())
]

APOSTROPHES = ("'", "\u2019", "\u02bc", "")
PRISONER = "політв'язень -язня -язневі -язню -язнем -язні -язнів -язням -язнями -язнях"
POLITICAL_PRISONER = """
політичний в'язень, політичного в'язня, політичному в'язневі, політичному в'язню, політичним в'язнем,
політичному в'язні, політичнім в'язні, політичнім в'язневі, політичнім в'язню, політичний в'язню,
політичні в'язні, політичних в'язнів, політичним в'язням, політичними в'язнями, політичних в'язнях
"""


@pytest.mark.parametrize(("query", "text", "language", "wanted"), ROWS)
def test_a_query_finds_its_word_and_leaves_others(finds, query, text, language, wanted):
    assert finds(query, text, language) is wanted


def spelt(forms: list[str], signs: tuple[str, ...]) -> list[str]:
    """Each form with each apostrophe, in small letters and in capitals."""
    cased = [form for one in forms for form in (one, one.upper())]
    return [form.replace("'", sign) for form, sign in itertools.product(cased, signs)]


def test_political_prisoners_are_found_in_all_sixty_spellings(finds):
    spellings = spelt([form.replace("-", "політв'") for form in PRISONER.split()], APOSTROPHES[:3])
    assert len(spellings) == 60
    assert [text for text in spellings if not finds("політв'язні", f"Звільнили {text}.", "uk")] == []


@pytest.mark.parametrize("query", ["політичні в'язні", "«політичні в'язні»", "політичний вязень"])
def test_the_phrase_is_found_in_all_its_spellings(finds, query):
    spellings = spelt([form.strip() for form in POLITICAL_PRISONER.split(",")], APOSTROPHES)
    assert len(spellings) == 15 * 4 * 2
    assert [text for text in spellings if not finds(query, f"Звільнили {text}.", "uk")] == []
