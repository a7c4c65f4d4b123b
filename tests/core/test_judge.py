"""Is a hit the word that was meant?"""

import pytest

from core.match.evaluate import answer
from core.meaning import Tier
from core.meaning.judge import DictionaryJudge
from core.query import parse


@pytest.fixture(scope="module")
def tiers(linguist):
    """Of every hit of a query in a text: the word as printed, and how far it is trusted."""

    def tiers(query, text, *, language="uk", judge=linguist.judge):
        hits = answer(linguist.meaning(parse(query)), linguist.read("", text, language=language), judge)
        return [(text[hit.span.start : hit.span.end], hit.tier) for hit in hits or ()]

    return tiers


def test_a_form_of_one_word_alone_is_trusted_most(tiers):
    assert tiers("політв'язень", "двох політв’язнів") == [("політв’язнів", Tier.FORM)]


def test_a_homonym_is_told_by_the_words_around_it(tiers):
    assert tiers("мати", "Його мати живе в селі.") == [("мати", Tier.CONTEXT)]
    assert tiers("політик", "державну політику змінено") == []
    assert tiers("політик", "заявив відомий політик") == [("політик", Tier.CONTEXT)]


def test_without_a_model_every_homonym_counts(linguist, tiers):
    alone = DictionaryJudge(dictionaries=linguist.dictionaries)
    assert tiers("політик", "державну політику змінено", judge=alone) == [("політику", Tier.CONTEXT)]


def test_a_strict_query_asks_for_more_and_a_wide_one_for_nothing(tiers):
    assert tiers("політик збіги:широкі", "державну політику змінено") == [("політику", Tier.CONTEXT)]
    assert tiers("політик збіги:строгі", "державну політику змінено") == []


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("середа", "найкращий серед усіх", "uk"),
        ("дужий", "дуже добре", "uk"),
        ("тема", "тем не менее", "ru"),
        ("хотеть", "хотя и поздно", "ru"),
        ("lubić", "kawa lub herbata", "pl"),
    ],
)
def test_a_small_word_is_never_taken_for_what_it_looks_like(tiers, query, text, language):
    assert tiers(query, text, language=language) == []


def test_a_form_of_another_language_is_no_form_in_this_one(tiers):
    assert tiers("рік", "за рекой", language="ru") == []
    assert tiers("час", "у цей час", language="uk") == [("час", Tier.FORM)]


def test_names_never_rule_one_another_out(tiers):
    assert tiers("Лукашенко", "звинуватили Лукашенка") == [("Лукашенка", Tier.FORM)]


def test_a_proper_noun_is_no_common_word_in_small_letters(tiers):
    assert tiers("Мир", "мир близько") == [("мир", Tier.FORM)]
    assert tiers("Польща", "польща") == [("польща", Tier.FORM)]
    assert tiers("Білорусь", "самі білоруси кажуть") == []
    assert tiers("Maja", "nie mają czasu", language="pl") == []
    assert tiers("Maja", "dla Mai", language="pl") == [("Mai", Tier.FORM)]


@pytest.mark.parametrize("printed", ["МОН", "МОНу", "МОН-2", "«МОН»"])
def test_an_abbreviation_in_capitals_counts_with_an_ending_too(tiers, printed):
    assert len(tiers("МОН", f"наказ {printed} вийшов")) == 1


@pytest.mark.parametrize("printed", ["мон", "Мон", "монументи", "МОНТАЖ"])
def test_an_abbreviation_counts_in_no_other_letters(tiers, printed):
    assert tiers("МОН", f"наказ {printed} вийшов") == []


def test_a_half_counts_only_before_a_hyphen(tiers):
    assert tiers("військовий", "військово-морський флот") == [("військово", Tier.VARIANT)]
    assert tiers("військовий", "виглядає військово") == []


def test_a_slip_is_forgiven_where_asked_and_only_in_what_is_no_word(tiers):
    assert tiers("~Лукашенко", "сказав Лукашнеко") == [("Лукашнеко", Tier.TYPO)]
    assert tiers("Лукашенко", "сказав Лукашнеко") == []
    assert tiers("~вибори", "набори меблів") == []
