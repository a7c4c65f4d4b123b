"""How likely each lexeme is behind a form that several share."""

import gzip
import json

import morfeusz2
import pytest

from core.lexicon.likelihood import Likelihood
from core.lexicon.polish import PolishLexicon

COUNTED = {
    "lexemes": {"lub|CONJ|": 28, "lubić|INFN|": 35},
    "slots": {"CONJ|conj": 0, "INFN|impt:sg:sec": 20, "INFN|fin:sg:ter": 8},
}


@pytest.fixture
def likelihood() -> Likelihood:
    return Likelihood.from_bytes(gzip.compress(json.dumps(COUNTED).encode()))


def test_a_form_is_shared_by_how_common_lexemes_and_slots_are(likelihood):
    shares = likelihood.shares([("lub|CONJ|", "CONJ|conj"), ("lubić|INFN|", "INFN|impt:sg:sec")])
    assert shares["lub|CONJ|"] == pytest.approx(0.998, abs=0.001)
    assert sum(shares.values()) == pytest.approx(1)


def test_what_is_not_listed_is_rarest(likelihood):
    assert likelihood.weight("lub|CONJ|", "CONJ|conj") > likelihood.weight("luba|NOUN|", "NOUN|subst:pl:gen:f")


def test_a_form_is_no_form_of_a_word_that_has_next_to_none_of_it(likelihood):
    analyser = morfeusz2.Morfeusz(generate=True, praet="composite", case_handling=morfeusz2.IGNORE_CASE)
    polish = PolishLexicon(analyser, likelihood)
    (verb,) = polish.lexemes("lubić")
    assert "lub" not in verb.forms
    assert {"lubi", "lubił", "lubilibyśmy"} <= verb.forms
    assert {reading.lemma for reading in polish.readings("lub") if not reading.name} == {"lub"}
