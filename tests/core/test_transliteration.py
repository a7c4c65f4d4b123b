"""Names are spelled as the official tables' own examples are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.concept.names import name_key
from core.concept.transliteration import transliterated, transliterations
from core.lexicon import LANGUAGES

UKRAINIAN_2010 = {
    "Алушта": "Alushta",
    "Борщагівка": "Borshchahivka",
    "Вишгород": "Vyshhorod",
    "Гадяч": "Hadiach",
    "Згурський": "Zghurskyi",
    "Ґалаґан": "Galagan",
    "Єнакієве": "Yenakiieve",
    "Короп'є": "Koropie",
    "Закарпаття": "Zakarpattia",
    "Їжакевич": "Yizhakevych",
    "Кадиївка": "Kadyivka",
    "Йосипівка": "Yosypivka",
    "Стрий": "Stryi",
    "Олексій": "Oleksii",
    "Київ": "Kyiv",
    "Феодосія": "Feodosiia",
    "Гоща": "Hoshcha",
    "Юрій": "Yurii",
    "Корюківка": "Koriukivka",
    "Яготин": "Yahotyn",
    "Костянтин": "Kostiantyn",
    "Знам'янка": "Znamianka",
}
BELARUSIAN_2007 = {
    "Аршанскі": "Aršanski",
    "Бешанковічы": "Biešankovičy",
    "Віцебск": "Viciebsk",
    "Гомель": "Homieĺ",
    "Гаўя": "Haŭja",
    "Дзяржынск": "Dziaržynsk",
    "Ельск": "Jeĺsk",
    "Бабаедава": "Babajedava",
    "Ёды": "Jody",
    "Вераб'ёвічы": "Vierabjovičy",
    "Мёры": "Miory",
    "Заслаўе": "Zaslaŭje",
    "Любань": "Liubań",
    "Магілёў": "Mahilioŭ",
    "Шаркаўшчына": "Šarkaŭščyna",
    "Хоцімск": "Chocimsk",
    "Чэрвень": "Červień",
    "Ямнае": "Jamnaje",
    "Вязынка": "Viazynka",
    "Юхнаўка": "Juchnaŭka",
}
POLISH = {
    ("Ціханоўская", "be"): "Cichanouska",
    ("Святлана", "be"): "Swiatłana",
    ("Зеленський", "uk"): "Zełenski",
    ("Володимир", "uk"): "Wołodymyr",
    ("Олександрович", "uk"): "Ołeksandrowycz",
    ("Леся", "uk"): "Łesia",
    ("Сергей", "ru"): "Siergiej",
    ("Лозница", "ru"): "Łoznica",
    ("Хрущёв", "ru"): "Chruszczow",
    ("Жуковский", "ru"): "Żukowski",
}


@pytest.mark.parametrize(("name", "latin"), UKRAINIAN_2010.items())
def test_ukrainian_is_spelled_by_the_resolution_of_2010(name, latin):
    assert transliterated(name, "uk", "en")[0] == latin


@pytest.mark.parametrize(("name", "latin"), BELARUSIAN_2007.items())
def test_belarusian_is_spelled_by_the_instruction_of_2007(name, latin):
    assert transliterated(name, "be", "be") == (latin,)


@pytest.mark.parametrize(("spelling", "language"), POLISH)
def test_polish_spells_eastern_names_in_its_own_way(spelling, language):
    assert transliterated(spelling, language, "pl")[0] == POLISH[spelling, language]


def test_passports_and_the_press_spell_a_name_in_their_ways():
    assert {"Iuliia", "Yuliya"} <= set(transliterated("Юлия", "ru", "en"))
    assert {"Zelenskyi", "Zelenskyy", "Zelensky"} <= set(transliterated("Зеленський", "uk", "en"))
    assert {"Aliaksandr", "Alyaksandr"} == set(transliterated("Аляксандр", "be", "en"))
    assert "Tikhanovskaya" in transliterated("Тихановська", "uk", "en")
    assert "Tsikhanouskaya" in transliterated("Ціханоўская", "be", "en")


def test_cyrillic_neighbours_spell_a_name_as_they_hear_it():
    assert "Зеленский" in transliterated("Зеленський", "uk", "ru")
    assert "Зеленський" in transliterated("Зеленский", "ru", "uk")
    assert "Лукашэнка" in transliterated("Лукашенко", "ru", "be")
    assert {"Тихановська", "Цихановська"} == set(transliterated("Ціханоўская", "be", "uk"))


def test_latin_letters_go_back_into_cyrillic():
    assert "Зеленський" in transliterated("Zełenski", "pl", "uk")
    assert "Ходорковский" in transliterated("Khodorkovsky", "en", "ru")
    assert "Ціханоўская" in transliterated("Tsikhanouskaya", "en", "be")


def test_all_languages_are_offered_together_without_the_name_itself():
    offered = transliterations("Бяляцкі", "be")
    assert {"Бяляцький", "Bialiatski", "Bialacki", "Byalyatski"} <= offered
    assert "Бяляцкі" not in offered


def test_a_double_name_keeps_its_capitals():
    assert transliterated("Кара-Мурза", "ru", "pl")[0] == "Kara-Murza"


@given(st.text(max_size=20), st.sampled_from(LANGUAGES))
def test_any_text_may_be_asked_about(word, language):
    assert all(transliterations(word, language))


syllables = st.builds(str.__add__, st.sampled_from("бвгджзклмнпрстфчшхщ"), st.sampled_from("аеиоуыэюя"))


@given(st.lists(syllables, min_size=1, max_size=4).map("".join))
def test_a_spelling_offered_has_the_key_of_the_name(name):
    assert name_key(transliterated(name, "ru", "en")[0]) == name_key(name)
    assert name_key(transliterated(name, "ru", "pl")[0] + "cz") == name_key(name + "ч")
