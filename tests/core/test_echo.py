"""Do the same words of five languages echo one another?"""

import pytest

from chatovyi.dictionaries import glossary
from core.concept.echo import CONCEPT, NUMBER, SOUND, concepts
from core.lexicon import LANGUAGES
from core.text.fold import fold
from core.text.words import words


def echoes(linguist, text, language):
    lemmas = [linguist.lemma(word.key, language) for word in words(text)]
    return [echo for lemma in lemmas if (echo := linguist.echo(lemma, language))]


@pytest.mark.parametrize(
    "told",
    [
        {"uk": "санкцій", "be": "санкцый", "ru": "санкциями", "pl": "sankcje", "en": "sanctions"},
        {"uk": "звільнили", "be": "вызвалілі", "ru": "освободили", "pl": "uwolniono", "en": "released"},
        {"uk": "в’язнів", "be": "вязняў", "ru": "заключенных", "pl": "więźniów", "en": "prisoners"},
        {"uk": "Білорусі", "be": "Беларусі", "ru": "Беларуси", "pl": "Białorusi", "en": "Belarus"},
        {"uk": "білоруський", "be": "беларускі", "ru": "белорусский", "pl": "białoruski", "en": "Belarusian"},
        {"uk": "Києві", "be": "Кіеве", "ru": "Киеве", "pl": "Kijowie", "en": "Kyiv"},
    ],
    ids=lambda told: told["en"],
)
def test_the_forms_of_a_concept_echo_it_in_every_language(linguist, told):
    heard = {echo for language, word in told.items() for echo in echoes(linguist, word, language)}
    assert len(heard) == 1
    assert heard.pop().startswith(CONCEPT)


@pytest.mark.parametrize(
    "told",
    [
        {"uk": "Лукашенко", "be": "Лукашэнка", "ru": "Лукашенко", "pl": "Łukaszenka", "en": "Lukashenko"},
        {"uk": "Віткофф", "be": "Уіткаф", "ru": "Уиткофф", "pl": "Witkoff", "en": "Witkoff"},
        {"uk": "Гетманцев", "be": "Гетманцаў", "ru": "Гетманцев", "pl": "Hetmancew", "en": "Hetmantsev"},
        {"uk": "Зеленський", "be": "Зяленскі", "ru": "Зеленский", "pl": "Zełenski", "en": "Zelensky"},
    ],
    ids=lambda told: told["en"],
)
def test_a_name_is_known_by_its_sound(linguist, told):
    heard = {echo for language, word in told.items() for echo in echoes(linguist, word, language)}
    assert len(heard) == 1
    assert heard.pop().startswith(SOUND)


def test_names_that_sound_otherwise_have_other_echoes(linguist):
    heard = [echoes(linguist, name, "uk") for name in ("Лукашенко", "Порошенко", "Путін", "Трамп", "Марков", "Мірков")]
    assert len({tuple(echo) for echo in heard}) == 5  # only consonants count: the last two are heard as one


def test_numbers_are_free_of_languages(linguist):
    assert linguist.echo("31", "uk") == linguist.echo("31", "en") == f"{NUMBER}31"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("і в на для що після", "uk"),
        ("і ў на для што пасля", "be"),
        ("и в на для что после", "ru"),
        ("i w na dla że po", "pl"),
        ("and in on for that after", "en"),
    ],
)
def test_small_words_have_no_echo(linguist, text, language):
    assert echoes(linguist, text, language) == []


def test_every_row_of_the_glossary_has_its_words_in_five_languages():
    rows = concepts(glossary())
    assert len(rows) > 650
    assert [concept for concept, words in rows if not all(words[language] for language in LANGUAGES)] == []


def test_a_concept_has_one_row_but_for_countries_which_more_may_be_said_of():
    names = [concept for concept, _ in concepts(glossary())]
    countries = {concept for concept, _ in concepts("")}
    again = {concept for concept in names if names.count(concept) > 1}
    assert again <= countries
    assert fold("сша") in countries


def test_a_row_that_lacks_a_language_is_refused():
    with pytest.raises(ValueError, match="argument"):
        concepts("слово | слова | слово | słowo")
