"""Do adjectives, people and names in other spellings come of a word, and nothing that is no word?"""

import pymorphy3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.concept import Concepts, typed_words, widen
from core.concept.countries import countries, country_of
from core.concept.derived import adjectives_of, derived, people_of
from core.concept.given_names import GIVEN_NAMES
from core.lexicon import LANGUAGES
from core.lexicon.pymorphy import PymorphyLexicon
from core.query.tree import AnyOf, Phrase, Query, Word
from core.text.fold import fold

PLACES = "київ львів харків одеса дніпро мінськ рівне гродно варшава прага полтава вінниця"
UK = PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="uk"), "uk", names=frozenset(PLACES.split()))
RU = PymorphyLexicon(pymorphy3.MorphAnalyzer(lang="ru"), "ru")
BOTH = (UK, RU)


def terms(typed, switch):
    words = tuple(typed_words(typed))
    found = derived(words[0] if len(words) == 1 else Phrase(words), switch, BOTH)
    return [(added.term, added.language) for added in found]


@pytest.mark.parametrize(
    ("place", "adjective"),
    [
        ("білорусь", "білоруський"),
        ("сша", "американський"),
        ("київ", "київський"),
        ("одеса", "одеський"),
        ("дніпро", "дніпровський"),
        ("мінськ", "мінський"),
        ("гродно", "гродненський"),
        ("прага", "празький"),
        ("президент", "президентський"),
        ("бюджет", "бюджетний"),
        ("політика", "політичний"),
    ],
)
def test_a_noun_has_its_adjective(place, adjective):
    assert adjective in adjectives_of(place, UK)


@pytest.mark.parametrize(
    ("place", "adjective"),
    [("беларусь", "белорусский"), ("рига", "рижский"), ("киев", "киевский"), ("политика", "политический")],
)
def test_a_russian_noun_has_its_adjective(place, adjective):
    assert adjective in adjectives_of(place, RU)


@pytest.mark.parametrize(
    ("word", "language", "adjective"),
    [
        ("мінск", "be", "мінскі"),
        ("брэст", "be", "брэсцкі"),
        ("палітыка", "be", "палітычны"),
        ("kraków", "pl", "krakowski"),
        ("londyn", "pl", "londyński"),
        ("polityka", "pl", "polityczny"),
    ],
)
def test_belarusian_and_polish_nouns_have_their_adjectives(linguist, word, language, adjective):
    assert adjective in adjectives_of(word, linguist.dictionaries.lexicons[language])


@pytest.mark.parametrize(
    ("place", "people"),
    [
        ("білорусь", ("білорус", "білоруска")),
        ("польща", ("поляк", "полька")),
        ("київ", ("киянин", "киянка")),
        ("львів", ("львівʼянин", "львівʼянка")),
        ("мінськ", ("мінчанин", "мінчанка")),
        ("варшава", ("варшавʼянин", "варшавʼянка")),
    ],
)
def test_a_place_has_its_people(place, people):
    assert people_of(place, UK) == people


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("політик", "політикиня"),
        ("директор", "директорка"),
        ("журналіст", "журналістка"),
        ("член", "членкиня"),
        ("правозахисник", "правозахисниця"),
        ("вчитель", "вчителька"),
        ("співак", "співачка"),
        ("учень", "учениця"),
        ("білорус", "білоруска"),
    ],
)
def test_an_occupation_has_its_women(man, woman):
    assert woman in people_of(man, UK)


@pytest.mark.parametrize("thing", ["мотор", "вечір", "вибір", "кредит", "товар", "банк", "коли", "білий"])
def test_a_thing_has_no_people(thing):
    assert people_of(thing, UK) == ()


def test_a_word_that_is_no_noun_has_no_adjective():
    assert adjectives_of("коли", UK) == ()
    assert adjectives_of("білоруський", UK) == ()


@given(
    st.sampled_from(["київ", "директор", "сніг", "польща"]) | st.text("абвгдежзиклмнопрстія", min_size=2, max_size=9)
)
def test_what_is_derived_is_a_word_of_the_dictionary(lemma):
    assert all(UK.knows(fold(one)) for one in (*adjectives_of(lemma, UK), *people_of(lemma, UK)))


def test_an_inflected_word_is_derived_from_as_its_base_form_is():
    assert terms("Білоруссю", "adjectives") == terms("Білорусь", "adjectives") == [("білоруський", "uk")]


def test_a_country_is_called_in_every_language_and_so_are_its_adjective_and_people():
    assert terms("Білорусь", "languages") == [
        ("Беларусь", "be"),
        ("Беларусь", "ru"),
        ("Белоруссия", "ru"),
        ("Białoruś", "pl"),
        ("Belarus", "en"),
    ]
    assert ("białoruski", "pl") in terms("білоруський", "languages")
    assert ("Polka", "pl") in terms("полька", "languages")


def test_a_country_is_called_and_not_spelled():
    assert terms("Білоруссю", "transliterations") == []


def test_a_name_is_spelled_as_others_spell_it():
    spelled = terms("Бяляцкі", "transliterations")
    assert {("Бяляцький", "uk"), ("Bialacki", "pl"), ("Bialiatski", "en")} <= set(spelled)


def test_a_surname_in_the_genitive_is_spelled_as_the_surname():
    assert ("Lukashenko", "en") in terms("Лукашенка", "transliterations")


def test_a_full_name_is_one_phrase_in_every_language():
    spelled = terms("Олександр Лукашенко", "transliterations")
    assert {
        ("Александр Лукашенко", "ru"),
        ("Аляксандр Лукашэнка", "be"),
        ("Alexander Lukashenko", "en"),
        ("Aleksander Łukaszenko", "pl"),
    } <= set(spelled)


def test_a_common_word_is_not_spelled_otherwise():
    assert terms("сніг", "transliterations") == []
    assert terms("політичні в'язні", "transliterations") == []


def test_switches_derive_where_no_concept_is_stored():
    query = Query(root=Word("київ", typed="Київ"), switches=frozenset({"people"}))
    widened = widen(query, Concepts([], lambda word, language: frozenset()), lambda *asked: derived(*asked, BOTH))
    assert widened.node == AnyOf((Word("київ"), Word("киянин", language="uk"), Word("киянка", language="uk")))


def test_every_country_has_a_name_and_an_adjective_in_every_language():
    assert all(
        country[language].names and country[language].adjectives for country in countries() for language in LANGUAGES
    )
    assert all(country_of(fold(country["en"].names[0]), "en").country is country for country in countries())


def test_every_country_is_spelled_as_the_dictionaries_spell_it():
    for lexicon in BOTH:
        its = [country[lexicon.language] for country in countries()]
        words = {word for one in its for text in (*one.names, *one.adjectives, *one.people) for word in text.split()}
        assert [word for word in words if not lexicon.knows(fold(word))] == []


def test_every_first_name_stands_in_five_languages():
    for row in map(str.split, GIVEN_NAMES):
        assert [fold(name)[0] > "z" for name in row[:5]] == [True, True, True, False, False], row
