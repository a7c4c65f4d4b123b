"""Does the dictionary give every form of a word, and no form of another?"""

import pytest

from core.text.fold import fold

PRISONER = {
    "політвʼязень",
    "політвʼязня",
    "політвʼязневі",
    "політвʼязню",
    "політвʼязнем",
    "політвʼязні",
    "політвʼязнів",
    "політвʼязням",
    "політвʼязнями",
    "політвʼязнях",
}


def forms(lexicon, word):
    return {form for reading in lexicon.readings(fold(word)) for form in reading.forms}


@pytest.mark.parametrize("form", sorted(PRISONER))
def test_from_any_form_all_ten_are_found(lexicon, form):
    assert forms(lexicon, form) == PRISONER


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("Білорусь", {"білорусь", "білорусі", "білоруссю"}),
        ("Лукашенко", {"лукашенко", "лукашенка", "лукашенку", "лукашенкові", "лукашенком"}),
        ("помилування", {"помилування", "помилуванню", "помилуванням", "помилуваннях", "помилувань"}),
        ("людина", {"людина", "людини", "люди", "людей", "людьми"}),
        ("Київ", {"київ", "києва", "києву", "києвом", "києві"}),
    ],
)
def test_a_word_has_the_forms_of_its_declension(lexicon, word, some):
    assert some <= forms(lexicon, word)


@pytest.mark.parametrize(
    ("one", "other"), [("Польща", "політв'язні"), ("в'язка", "в'язні"), ("Білорусь", "білоруський"), ("народ", "рід")]
)
def test_words_that_only_look_alike_share_no_form(lexicon, one, other):
    assert not forms(lexicon, one) & forms(lexicon, other)


def test_a_form_is_read_as_its_word(lexicon):
    readings = lexicon.readings("людей")
    assert [reading.lemma for reading in readings] == ["людина"]
    assert readings[0].role == "noun"
    assert ("gent", "plur") in readings[0].places


def test_the_citation_forms_reading_comes_first(lexicon):
    assert lexicon.readings("білорусь")[0].lemma == "білорусь"
    assert lexicon.readings("вʼязні")[0].lemma in {"вʼязень", "вʼязний"}
    assert {reading.role for reading in lexicon.readings("вʼязні")} == {"noun", "adjective"}


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("політичний", "adjective"),
        ("вʼязень", "noun"),
        ("олександр", "name"),
        ("лукашенко", "surname"),
        ("іти", "other"),
    ],
)
def test_a_reading_knows_how_its_word_stands_in_a_sentence(lexicon, word, role):
    assert role in {reading.role for reading in lexicon.readings(word)}


def test_a_word_typed_without_its_apostrophe_is_the_word_with_it(lexicon):
    assert forms(lexicon, "політвязень") == PRISONER
    assert "сімʼя" in forms(lexicon, "сімя")


def test_a_word_that_is_right_without_an_apostrophe_gets_none(lexicon):
    assert "свято" in forms(lexicon, "свято")
    assert not any("ʼ" in form for form in forms(lexicon, "свято"))


@pytest.mark.parametrize("word", ["sanctions", "łódź", "2026", "palitviazni", "палітвязняў", "ёлка", "covid-19"])
def test_a_word_of_another_alphabet_stays_as_typed(lexicon, word):
    assert forms(lexicon, word) == {word}
    assert lexicon.lemma(word) == word


def test_an_unknown_name_declines_like_names_that_end_alike(lexicon):
    assert {"сирський", "сирського", "сирському", "сирським"} <= forms(lexicon, "Сирський")
    assert "байрактара" in forms(lexicon, "Байрактар")


def test_an_unknown_name_never_takes_the_form_of_a_known_word(lexicon):
    assert {"мілей", "мілея", "мілеєм"} <= forms(lexicon, "Мілей")
    assert not {"міль", "мілі", "міллю"} & forms(lexicon, "Мілей")


def test_every_reading_holds_the_word_itself(lexicon):
    for word in ["політвʼязнів", "людей", "мати", "трамп", "прес-секретаря", "зеленського", "вʼязка", "щось", "бла"]:
        for reading in lexicon.readings(word):
            assert word in reading.forms


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("політвʼязнів", "політвʼязень"), ("лукашенком", "лукашенко"), ("білоруссю", "білорусь"), ("санкцій", "санкція")],
)
def test_texts_are_compared_by_the_likeliest_lemma(lexicon, form, lemma):
    assert lexicon.lemma(form) == lemma


def test_forms_are_keys(lexicon):
    for word in ["політвʼязень", "обʼєкт", "вʼєтнам", "йосип", "прес-секретар"]:
        assert all(form == fold(form) for form in forms(lexicon, word))


@pytest.mark.parametrize(
    ("lemma", "cases"),
    [
        ("київ", ["київ", "києва", "києву", "києвом", "києві"]),
        ("львів", ["львів", "львова", "львову", "львовом", "львові"]),
        ("харків", ["харків", "харкова", "харкову", "харковом", "харкові"]),
    ],
)
def test_all_cases_of_a_city_are_one_lemma(lexicon, lemma, cases):
    assert {lexicon.lemma(case) for case in cases} == {lemma}
