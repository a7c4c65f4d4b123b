"""What teaches the model of homonyms."""

import math

import numpy as np
import pytest

from bench.context.fit import Choice, fitted
from bench.context.frequencies import frequencies
from bench.context.gold import Sentence, Token, examples
from bench.context.government import Governing
from bench.train_context import Lesson, pack, trained
from chatovyi.dictionaries import linguist
from core.context import ContextModel, window_of
from core.lexicon import Lexicon
from core.match.port import Passage


@pytest.fixture(scope="module")
def ukrainian() -> Lexicon:
    return linguist().dictionaries.lexicons["uk"]


def test_the_right_reading_is_the_one_with_the_lemma_and_grammemes_of_the_gold(ukrainian: Lexicon) -> None:
    sentence = Sentence("d", "Вона стала", (Token("Вона", "вона", "PRON", ""), Token("стала", "стати", "VERB", "")))
    (example,) = [one for one in examples(sentence, ukrainian) if one.window.word == "стала"]
    right = [reading for reading, ours in zip(ukrainian.readings("стала"), example.right, strict=True) if ours]
    assert {reading.lemma for reading in right} == {"стати"}
    assert example.of_lemma


def test_unambiguous_forms_speak_for_the_ambiguous_ones(ukrainian: Lexicon) -> None:
    shares = frequencies({"стала": 1.0, "стати": 5.0, "сталий": 0.1}, ukrainian)
    assert shares["стати|INFN"] > shares["сталий|ADJF"]


def test_fitting_finds_the_weight_at_which_pull_and_hold_are_even() -> None:
    # One reading has the feature, the other nothing: the slope is p - 1 + weight = 0 at the best weight.
    choice = Choice(readings=[[(0, 1.0)], []], right=[True, False], counts=1.0)
    (weight,) = fitted([choice], np.array([1.0]))
    assert weight == pytest.approx(1 / (1 + math.exp(weight)), abs=1e-3)


def test_a_preposition_is_given_the_cases_that_it_takes(ukrainian: Lexicon) -> None:
    assert {reading.case for reading in Governing(ukrainian).readings("про") if reading.part == "PREP"} == {"acc"}
    assert Governing(ukrainian).readings("мати") == ukrainian.readings("мати")


def test_the_same_lessons_make_the_same_file_and_it_is_read_back(ukrainian: Lexicon) -> None:
    readings = ukrainian.readings("стала")
    right = [reading.lemma == "стати" for reading in readings]
    features = [[("l" + reading.lemma, 1.0)] for reading in readings]
    lesson = Lesson(document="d", features=features, right=right, counts=1.0, tells=True)
    packed = pack(trained([lesson], 0.1), {"стати|INFN": -6.0})
    assert packed == pack(trained([lesson], 0.1), {"стати|INFN": -6.0})
    assert packed[4:8] == bytes(4)  # no time of making
    model = ContextModel.from_bytes(packed)
    chances = model.chances(window_of(Passage("text", "стала"), 0), ukrainian)
    assert max(chances, key=lambda found: found[1])[0].lemma == "стати"
    assert model.weight("стати", "VERB") == pytest.approx(-6.0)
