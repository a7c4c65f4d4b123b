"""Homonyms are told apart by the words around them."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatovyi.dictionaries import linguist
from core.context import ContextModel, Window, window_of
from core.context.model import FREQUENCY
from core.lexicon import Language, Lexicon
from core.match.port import Passage


def lexicon(language: Language) -> Lexicon:
    return linguist().dictionaries.lexicons[language]


def model(language: Language) -> ContextModel:
    return ContextModel.from_bytes(
        (resources.files("chatovyi") / "language" / f"context-{language}.json.gz").read_bytes()
    )


def chance(language: Language, text: str, word: str, lemma: str) -> float:
    passage = Passage("text", text)
    place = [seen.key for seen in passage.words].index(word)
    return model(language).chance(lexicon(language), passage, place, {lemma})


def test_a_window_holds_words_and_marks_up_to_the_edge_of_the_sentence() -> None:
    passage = Passage("text", "Було пізно. Олена, моя «мати», прийшла")
    assert window_of(passage, 4) == Window(
        word="мати", capital="small", left=('"', "моя", ",", "олена"), right=(",", "прийшла", "#")
    )


def test_a_word_that_opens_a_sentence_says_nothing_by_its_capital() -> None:
    passage = Passage("text", "Кінець. «Мир» настав. Мир")
    assert [window_of(passage, place).opens for place in range(4)] == [True, True, False, True]


def test_an_abbreviation_ends_no_sentence() -> None:
    passage = Passage("text", "у м. Києві мир")
    assert window_of(passage, 2).left == ("м", "у", "#")


@pytest.mark.parametrize(
    ("text", "word", "lemma", "least", "most"),
    [
        ("Моя мати працює в лікарні", "мати", "мати", 0.5, 1.0),
        ("Стан хворого погіршився", "стан", "стан", 0.5, 1.0),
        ("Вона стала директоркою школи", "стала", "стати", 0.5, 1.0),
        ("Вона стала директоркою школи", "стала", "сталий", 0.0, 0.1),
        ("Він знає, коли буде нарада", "коли", "кола", 0.0, 0.1),
        ("Це сказали серед людей", "серед", "середа", 0.0, 0.1),
    ],
)
def test_a_ukrainian_homonym_is_told_by_its_neighbours(
    text: str, word: str, lemma: str, least: float, most: float
) -> None:
    assert least <= chance("uk", text, word, lemma) <= most


@pytest.mark.parametrize(
    ("language", "text", "word", "lemma", "least", "most"),
    [
        ("ru", "Они стали друзьями", "стали", "стать", 0.5, 1.0),
        ("be", "Яна стала першай", "стала", "стаць", 0.5, 1.0),
        ("pl", "Oni stali w kolejce", "stali", "stać", 0.5, 1.0),
        ("pl", "Droga do domu", "droga", "droga", 0.5, 1.0),
        ("pl", "To jest droga sukienka", "droga", "drogi", 0.5, 1.0),
        ("en", "He left the building", "left", "leave", 0.5, 1.0),
        ("en", "They saw the leaves of the tree", "saw", "see", 0.5, 1.0),
    ],
)
def test_a_homonym_of_any_language_is_told_by_its_neighbours(
    language: Language, text: str, word: str, lemma: str, least: float, most: float
) -> None:
    assert least <= chance(language, text, word, lemma) <= most


def test_names_never_veto_one_another() -> None:
    assert chance("uk", "Заява Лукашенка", "лукашенка", "лукашенко") == 1.0


def test_a_form_found_by_other_means_is_not_doubted() -> None:
    assert chance("uk", "Моя мати працює", "мати", "матінка") == 1.0


@given(st.text("матиколистан ,.«»—\nМ", max_size=60))
def test_chances_add_up_to_one_for_any_text(text: str) -> None:
    passage = Passage("text", text)
    judge, words = model("uk"), lexicon("uk")
    for place in range(len(passage.words)):
        assert sum(share for _, share in judge.chances(window_of(passage, place), words)) == pytest.approx(1.0)


def test_without_evidence_the_more_frequent_lexeme_is_likelier() -> None:
    judge = ContextModel({FREQUENCY: 1.0}, {"стати|INFN": -6.0, "сталий|ADJF": -9.0}, rarest=-14.0)
    chances = judge.chances(window_of(Passage("text", "стала"), 0), lexicon("uk"))
    assert max(chances, key=lambda found: found[1])[0].lemma == "стати"


def test_a_lexeme_has_one_frequency_whichever_form_is_read() -> None:
    judge = model("uk")
    assert judge.weight("мати", "VERB") == judge.weight("мати", "INFN") > judge.weight("мати", "PRTF") - 1
    assert judge.weight("немаєтакого", "NOUN") == judge.weight("немаєтакогож", "NOUN")
