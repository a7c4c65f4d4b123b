"""Whose report is it: an outlet's own, an agency's, a neighbour's?"""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.story.reprint import independent, reprints

REPORT = (
    "Прикордонники зупинили вантажівку на пункті пропуску Ягодин уранці в понеділок і знайшли в ній сорок ікон, "
    "які водій віз до Гданська без жодного дозволу. Мистецтвознавці оглянуть їх до кінця тижня, сказав речник служби."
)
ANOTHER = (
    "У понеділок зранку через Ягодин намагалися вивезти чотири десятки ікон: їх знайшли між дошками. За кермом був "
    "житель Ковеля, він каже, що про вантаж не знав. Справу відкрила поліція, а ікони поки зберігає музей у Луцьку."
)


@dataclass(frozen=True)
class Told:
    outlet: str
    text: str
    title: str = "На Ягодині знайшли ікони"


def test_two_reporters_tell_of_their_own():
    told = [Told("Вежа", REPORT), Told("Ганок", ANOTHER)]
    assert reprints(told) == [None, None]
    assert independent(told) == 2


@pytest.mark.parametrize("copy", [REPORT, REPORT[:120], REPORT.upper(), "Оновлено. " + REPORT + " Далі буде."])
def test_a_copy_cut_or_lengthened_repeats_the_earlier_text(copy):
    told = [Told("Вежа", REPORT), Told("Ганок", copy)]
    assert reprints(told) == [None, "Вежа"]
    assert independent(told) == 1


def test_who_names_an_agency_repeats_it_and_the_agency_counts_once():
    told = [
        Told("Вежа", f"Про це повідомляє Reuters. {REPORT}"),
        Told("Ганок", f"{ANOTHER} Про це повідомляє Reuters."),
    ]
    assert reprints(told) == ["Reuters", "Reuters"]
    assert independent(told) == 1


def test_a_copy_of_a_copy_repeats_the_first():
    agency = Told("Вежа", f"Про це повідомляє Reuters. {REPORT}")
    assert reprints([agency, Told("Ганок", REPORT), Told("Дзвін", REPORT)]) == ["Reuters"] * 3


def test_an_outlet_that_writes_again_is_one_voice():
    told = [Told("Вежа", REPORT), Told("Вежа", REPORT)]
    assert reprints(told) == [None, None]
    assert independent(told) == 1


def test_a_line_says_too_little_of_whose_it_is():
    assert reprints([Told("Вежа", "Ікони вилучили."), Told("Ганок", "Ікони вилучили.")]) == [None, None]


@given(st.lists(st.builds(Told, outlet=st.sampled_from("абв"), text=st.sampled_from([REPORT, ANOTHER, ""]))))
def test_there_are_never_more_voices_than_articles_and_at_least_one_where_there_is_an_article(told):
    assert min(1, len(told)) <= independent(told) <= len(told)
