"""Does Belarusian know its words, and their forms, in both orthographies?"""

import gzip
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lexicon import Reading
from core.lexicon.belarusian import BelarusianLexicon
from core.lexicon.spelling import plain, spellings

_FILE = Path(__file__).parents[3] / "chatovyi" / "language" / "belarusian.gz"


@cache
def lexicon() -> BelarusianLexicon:
    return BelarusianLexicon(gzip.decompress(_FILE.read_bytes()).decode())


def forms(word: str) -> set[str]:
    return {form for lexeme in lexicon().lexemes(word) for form in lexeme.forms}


@pytest.mark.parametrize(
    ("lemma", "others"),
    [
        ("вада", "вады вадзе ваду вадой воды водаў водам водамі водах"),
        ("рыбак", "рыбака рыбаку рыбаком рыбакі рыбакоў"),
        ("дзень", "дня днём дні дзён днях"),
        ("чалавек", "чалавека людзі людзей людзьмі"),
        ("грамадзянін", "грамадзяніна грамадзяне грамадзян грамадзянамі"),
        ("беларускі", "беларускага беларускай беларускія"),
        ("рабіць", "раблю робіш робіць робяць рабілі рабі робячы"),
        ("пісаць", "пішу піша пісала пішы пісаны"),
        ("несці", "нясу нясе нёс несла"),
        ("ісці", "іду ідзе ішоў ішла"),
        ("прыйсці", "прыйду прыйшлі прыйшоў"),
        ("адбыцца", "адбылося адбудзецца"),
        ("стварыць", "створаны створана стварылі"),
        ("ствараць", "ствараю ствараў"),
        ("узровень", "узроўню узроўнем"),
    ],
)
def test_a_word_has_its_forms(lemma, others):
    assert set(others.split()) <= forms(lemma)


@pytest.mark.parametrize(
    ("form", "lemma"), [("воды", "вада"), ("робяць", "рабіць"), ("ўлады", "улада"), ("дактароў", "доктар")]
)
def test_a_form_leads_to_its_word(form, lemma):
    assert lemma in {lexeme.lemma for lexeme in lexicon().lexemes(form)}


@pytest.mark.parametrize(
    ("typed", "official"),
    [("сьвет", "свет"), ("шэсьце", "шэсце"), ("песьня", "песня"), ("сытуацыя", "сітуацыя"), ("плян", "план")],
)
def test_a_word_typed_classically_finds_the_official_one(typed, official):
    assert official in forms(typed)
    assert plain(typed, "be") == plain(official, "be")


@pytest.mark.parametrize(
    ("official", "classical"),
    [
        ("шэсце", "шэсьце"),
        ("свет", "сьвет"),
        ("беларуссю", "беларусьсю"),
        ("дзверы", "дзьверы"),
        ("насенне", "насеньне"),
        ("суддзя", "судзьдзя"),
        ("з\u02bcезд", "зьезд"),
        ("украіна", "ўкраіна"),
        ("сітуацыя", "сытуацыя"),
        ("еўропа", "эўропа"),
        ("план", "плян"),
        ("парламент", "парлямэнт"),
        ("міністр", "міністар"),
        ("прэзідэнт", "прэзыдэнт"),
    ],
)
def test_a_form_is_found_in_the_other_orthography(official, classical):
    assert classical in spellings(official, "be")


def test_a_verb_has_no_forms_of_one_that_sounds_alike():
    assert "стаў" not in forms("стаяць")
    assert "пачну" not in forms("пачуць")
    assert "створаны" not in forms("ствараць")


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("цімафееў", "цімафеева"),
        ("ціханоўская", "ціханоўскай"),
        ("бяляцкі", "бяляцкага"),
        ("лукашэнка", "лукашэнкі"),
        ("палітвязень", "палітвязняў"),
        ("коўл", "коўла"),
    ],
)
def test_an_unknown_name_is_declined(typed, form):
    assert form in lexicon().guesses(typed) | forms(typed)


def test_an_adjective_and_its_noun_agree():
    noun, adjective = lexicon().readings("мовы"), lexicon().readings("беларускай")
    assert Reading(lemma="мова", part="NOUN", case="gen", number="s", gender="f") in noun
    assert Reading(lemma="беларускі", part="ADJF", case="gen", number="s", gender="f") in adjective


@pytest.mark.parametrize(
    ("word", "kind"), [("мінск", "place"), ("іванавіч", "patronymic"), ("кавалёў", "surname"), ("іван", "first")]
)
def test_a_name_is_marked(word, kind):
    assert kind in {lexeme.name for lexeme in lexicon().lexemes(word)}


def test_another_script_is_no_word():
    assert not lexicon().knows("minsk")
    assert lexicon().lexemes("київ") == ()
    assert lexicon().readings("minsk")
    assert lexicon().guesses("minsk") == {"minsk"}


@given(st.text("абвгдежзійклмнопрстуўфхцчшыьэюяё", min_size=1, max_size=9))
def test_every_word_has_a_reading_and_is_among_its_guesses(word):
    assert lexicon().readings(word)
    assert word in lexicon().guesses(word)
    assert word not in spellings(word, "be")
