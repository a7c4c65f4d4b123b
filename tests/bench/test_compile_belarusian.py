"""Is a word whose parts stand apart in the list put together?"""

from bench.belarusian.hunspell import WordList
from bench.compile_belarusian import compiled, lexemes

_AFF = """
SFX D Y 3
SFX D а ы [д]а
SFX D а у а
SFX D а ой а
SFX P Y 4
SFX P ы аў ы
SFX P ы ам ы
SFX P ы амі ы
SFX P ы ах ы
SFX U Y 2
SFX U а у а
SFX U а ом а
SFX m Y 2
SFX m біць блю біць
SFX m ць ла ць
SFX o Y 3
SFX o ць ш [іы]ць
SFX o ць м [іы]ць
SFX o іць яць іць
"""
_DIC = "7\nвада/D\nводы/P\nрыбак\nрыбака/U\nрабіць/m\nробіць/o\nМінск\n"


def _forms(lemma: str) -> set[str]:
    found = lexemes(WordList(_AFF, _DIC))
    return {form for lexeme in found if lexeme.lemma == lemma for form, _ in lexeme.forms}


def test_unstressed_vowels_do_not_part_a_word():
    assert {"ваду", "водамі"} <= _forms("вада")


def test_a_nominative_without_flags_gets_its_cases():
    assert {"рыбаку", "рыбаком"} <= _forms("рыбак")


def test_a_verb_has_both_its_stems():
    assert {"раблю", "рабіла", "робіш", "робяць", "робячы"} <= _forms("рабіць")
    assert "робяцца" in _forms("рабіцца")


def test_the_same_list_makes_the_same_file():
    assert compiled(lexemes(WordList(_AFF, _DIC))) == compiled(lexemes(WordList(_AFF, _DIC)))
