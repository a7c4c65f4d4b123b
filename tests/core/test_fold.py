"""Is a word the same word, however it was typed?"""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text.fold import APOSTROPHE, fold

KEY = "політв\u02bcязні"

APOSTROPHES = {
    "apostrophe": "\u0027",
    "right quotation mark": "\u2019",
    "modifier letter apostrophe": "\u02bc",
    "grave accent": "\u0060",
    "left quotation mark": "\u2018",
    "high-reversed quotation mark": "\u201b",
    "prime": "\u2032",
    "modifier letter prime": "\u02b9",
    "modifier letter turned comma": "\u02bb",
    "acute accent": "\u00b4",
    "Armenian apostrophe": "\u055a",
    "full-width apostrophe": "\uff07",
}

# U+0374, U+1FEF and U+1FFD *are* other apostrophes to Unicode (canonical singletons), which fold learns too late.
LATE = "\u0374\u1fef\u1ffd"


@pytest.mark.parametrize("apostrophe", APOSTROPHES.values(), ids=APOSTROPHES)
def test_every_apostrophe_is_one_apostrophe(apostrophe):
    assert fold(f"політв{apostrophe}язні") == KEY


@pytest.mark.parametrize("typed", ["ПОЛІТВ'ЯЗНІ", "Політв'язні", "пОЛІТВ'язні"])
def test_case_does_not_tell_words_apart(typed):
    assert fold(typed) == KEY


@pytest.mark.parametrize(("typed", "key"), [("Київ", "київ"), ("Йосиф", "йосиф"), ("ўлада", "ўлада"), ("Łódź", "łódź")])
def test_decomposed_letters_are_the_letters_they_make(typed, key):
    assert fold(unicodedata.normalize("NFD", typed)) == key
    assert fold(unicodedata.normalize("NFC", typed)) == key


@pytest.mark.parametrize("stress", ["\u0301", "\u0300", "\u0341"])
def test_stress_over_a_cyrillic_vowel_is_not_heard(stress):
    assert fold(f"політв'я{stress}зні") == KEY
    assert fold(f"за{stress}мок") == "замок"


@pytest.mark.parametrize("typed", ["Украї\u0301на", "ї\u0301жа", "украї\u0301нський"])
def test_stress_over_yi_is_not_heard(typed):
    assert fold(typed) == typed.replace("\u0301", "").lower()


def test_marks_of_polish_letters_are_heard():
    assert fold("Wrocław") == "wrocław"
    assert fold("ćma") != fold("cma")
    assert fold("ró\u017c") == "róż"


@pytest.mark.parametrize(
    "invisible",
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f",
    ids=lambda sign: f"U+{ord(sign):04X}",
)
def test_what_cannot_be_seen_is_not_there(invisible):
    assert fold(f"політ{invisible}в'яз{invisible}ні") == KEY


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "\u2013", "\u2212"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_every_hyphen_is_one_hyphen(hyphen):
    assert fold(f"прес{hyphen}секретар") == "прес-секретар"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("пoлiтв'язнi", KEY),  # Latin o, i, i
        ("ПОЛIТВ'ЯЗНI", KEY),  # Latin I, I
        ("Київcький", "київський"),  # Latin c
        ("iPhоne", "iphone"),  # Cyrillic о
        ("Укра\u00efна", "україна"),  # Latin i with diaeresis
        ("Украi\u0308на", "україна"),  # the same, decomposed, with a Latin i
        ("IT-компанія", "іт-компанія"),
    ],
)
def test_a_word_of_mixed_alphabets_is_of_the_one_that_its_look_alikes_allow(typed, key):
    assert fold(typed) == key


@pytest.mark.parametrize("typed", ["УКРА\u00cfНА", "УКРАI\u0308НА"])
def test_capital_yi_of_the_latin_alphabet_is_a_look_alike_too(typed):
    assert fold(typed) == "україна"


@pytest.mark.parametrize("typed", ["з\u00e1мок", "зa\u0301мок"], ids=["composed", "decomposed"])
def test_stress_over_a_latin_look_alike_is_not_heard(typed):
    assert fold(typed) == "замок"


@pytest.mark.parametrize(("typed", "key"), [("SMS-розсилка", "sms-розсилка"), ("Zеленський", "zеленський")])
def test_a_word_that_no_look_alikes_make_one_stays_mixed(typed, key):
    assert fold(typed) == key


def test_words_of_one_alphabet_are_never_taken_for_the_other():
    assert fold("СОР") == "сор"
    assert fold("COP") == "cop"
    assert fold("СОР") != fold("COP")


@pytest.mark.parametrize("typed", ["", "'", "\u2019\u02bc", "-", "\u2013-\u2013", "\u00ad", "'-'"])
def test_nothing_but_apostrophes_and_hyphens_has_no_key(typed):
    assert fold(typed) == ""


@pytest.mark.parametrize("typed", ["'слово'", "-слово", "слово\u2019", "\u02bcслово-", "\u2013слово\u00ad-"])
def test_apostrophes_and_hyphens_at_the_edge_are_not_the_words(typed):
    assert fold(typed) == "слово"


@pytest.mark.parametrize(("one", "other"), [("мати", "мата"), ("гора", "ґора"), ("та", "тя"), ("е", "є"), ("и", "і")])
def test_different_words_keep_different_keys(one, other):
    assert fold(one) != fold(other)


def test_a_key_is_its_own_key_for_every_character():
    assigned = (chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs"))
    assert [sign for sign in assigned if fold(fold(sign)) != fold(sign) and sign not in LATE] == []


@pytest.mark.parametrize("sign", LATE, ids=lambda sign: f"U+{ord(sign):04X}")
def test_an_apostrophe_that_normalising_makes_is_one_too(sign):
    assert fold(f"політв{sign}язні") == KEY


@pytest.mark.parametrize("typed", ["к\u0130", "к\u00cf", "qЇ", "\ufb01х", "T\u0301Є"])
def test_a_key_is_its_own_key_where_look_alikes_come_late(typed):
    assert fold(fold(typed)) == fold(typed)


SIGNS = "0123456789'\u2019\u02bc\u0060\u2018\u2032-\u2010\u2013\u00ad\u200b\ufeff"
MARKS = "\u0301\u0308\u0306"
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐЕЄІЎўёы"
LATIN = "abcdefghijklmnopqrstuvwxyzABCHIKMOPTXYéóńßäö"
# Each alphabet with all that may be put on it, and both in one word as they come from a keyboard.
WRITTEN = st.one_of(
    st.text(st.sampled_from(CYRILLIC + "Ї" + MARKS + SIGNS), max_size=12),
    st.text(st.sampled_from(LATIN + "Ï" + MARKS + SIGNS), max_size=12),
    st.text(st.sampled_from(CYRILLIC + LATIN + SIGNS), max_size=12),
)


@given(WRITTEN)
@example("Łódź")
@example("ПОЛIТВ\u2019ЯЗНI")
def test_a_key_is_its_own_key(typed):
    assert fold(fold(typed)) == fold(typed)


@given(WRITTEN)
def test_a_key_has_one_kind_of_apostrophe_and_nothing_invisible(typed):
    assert not set(fold(typed)) & set("'\u2019\u0060\u2018\u2032\u2010\u2013\u00ad\u200b\ufeff")
    assert fold(typed).strip(APOSTROPHE + "-") == fold(typed)
