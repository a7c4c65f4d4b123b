"""Is a story known when another language tells it?"""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_story import TALKS, WORLD, Desk, stories_of

from core.model import StoryId
from core.story import (
    Candidate,
    Change,
    Echoing,
    Gist,
    Joins,
    Opens,
    Statistics,
    Telling,
    gist_of,
    length_of,
    same_story,
)

TALKS_IN_THREE_LANGUAGES = [one for one in WORLD.articles if one.story == TALKS]
EXPLAINER = next(one for one in TALKS_IN_THREE_LANGUAGES if one.outlet == "reiestr")
REPORTS = [one for one in TALKS_IN_THREE_LANGUAGES if one is not EXPLAINER]
BEFORE = [one for one in WORLD.articles if one.day == 1]


def test_the_agencys_original_and_every_retelling_of_it_are_one_story(linguist):
    stories = stories_of(linguist, WORLD.articles)
    told = {(outlet, story) for (slug, outlet, _), story in stories.items() if slug == TALKS}
    assert {outlet for outlet, _ in told} == {"vezha", "northwire", "dniprochas", "reiestr", "polissia", "hanak"}
    assert len({story for _, story in told}) == 1


@pytest.mark.parametrize("slug", ["pardon-31", "potash-sanctions", "lithuania-border"])
def test_what_else_the_agency_tells_is_one_with_its_retellings_and_apart_from_the_talks(linguist, slug):
    stories = stories_of(linguist, WORLD.articles)
    mine = {story for (one, _, _), story in stories.items() if one == slug}
    assert "northwire" in {outlet for one, outlet, _ in stories if one == slug}
    assert len(mine) == 1
    assert mine.isdisjoint(story for (one, _, _), story in stories.items() if one == TALKS)


@settings(max_examples=15)
@given(order=st.permutations(REPORTS), at=st.integers(3, 5))
def test_reports_in_three_languages_are_one_story_in_any_order_and_an_explainer_after_three_joins(linguist, order, at):
    stories = stories_of(linguist, [*BEFORE, *order[:at], EXPLAINER, *order[at:]])
    assert len({story for (slug, _, _), story in stories.items() if slug == TALKS}) == 1


UKRAINIAN = "Молдова вручила ноту протесту послу РФ через порушення повітряного простору"
RETOLD = {
    "ru": "Молдова вручила послу России ноту протеста из-за нарушения воздушного пространства",
    "be": "Малдова ўручыла паслу Расіі ноту пратэсту праз парушэнне паветранай прасторы",
    "pl": "Mołdawia wręczyła ambasadorowi Rosji notę protestacyjną za naruszenie przestrzeni powietrznej",
    "en": "Moldova hands Russian ambassador protest note over airspace violation",
}
OTHERS = {
    "ru": "Молдова открыла посольство в Астане",
    "be": "Малдова адкрыла пасольства ў Астане",
    "pl": "Mołdawia otworzyła ambasadę w Astanie",
    "en": "Moldova opens embassy in Astana",
}


@pytest.fixture
def known(linguist):
    """A story of one Ukrainian article, and the statistics after it."""
    gist = gist_of(UKRAINIAN, "", linguist, "uk")
    statistics = Statistics(articles=1000, holding=Counter(gist.kept()))
    telling = Telling(outlet="vezha", gist=gist, length=length_of(gist, statistics))
    return Candidate(story=StoryId(7), checked=(telling,), tellings=(telling,)), statistics


@pytest.mark.parametrize("language", RETOLD)
def test_a_headline_told_again_in_another_language_joins(linguist, known, language):
    candidate, statistics = known
    verdict = same_story(gist_of(RETOLD[language], "", linguist, language), "other", [candidate], statistics)
    assert isinstance(verdict, Joins)
    assert verdict.reason.startswith("like ")


@pytest.mark.parametrize("language", OTHERS)
def test_another_event_of_the_same_country_opens_a_story(linguist, known, language):
    candidate, statistics = known
    verdict = same_story(gist_of(OTHERS[language], "", linguist, language), "other", [candidate], statistics)
    assert isinstance(verdict, Opens)
    assert verdict.follows is None


def test_without_a_known_language_words_are_compared_and_not_echoes(linguist, known):
    candidate, statistics = known
    assert isinstance(same_story(gist_of(RETOLD["en"], "", linguist), "other", [candidate], statistics), Opens)


def test_an_outlets_page_in_two_languages_is_one_story_unless_its_numbers_differ(linguist, known):
    candidate, statistics = known
    twin = gist_of(RETOLD["en"], "", linguist, "en")
    assert isinstance(same_story(twin, "vezha", [candidate], statistics), Joins)
    assert isinstance(same_story(replace(twin, numbers=frozenset({"5"})), "vezha", [candidate], statistics), Opens)


def echoing(language, echoes, *, names=(), numbers=()):
    gist = Gist(title=(), body=(), names=frozenset(names), numbers=frozenset(numbers), language=language)
    return replace(gist, echoing=Echoing(tuple(echoes.split()), frozenset(names)))


def like(one, other):
    """The verdict's first figure."""
    statistics = Statistics(articles=1000, holding={})
    telling = Telling(outlet="vezha", gist=one, length=length_of(one, statistics))
    candidate = Candidate(story=StoryId(7), checked=(telling,), tellings=(telling,))
    verdict = same_story(other, "other", [candidate], statistics)
    return float(verdict.reason.removeprefix("like ").removeprefix("nearest story ").split()[0])


def test_a_concept_that_only_one_tells_of_counts_more_against_than_a_sound():
    both = "§удар §міст §ніч §дрон"
    concept = like(echoing("uk", f"{both} §пожежа"), echoing("en", both))
    sound = like(echoing("uk", f"{both} ≈lks"), echoing("en", both))
    assert concept < sound < like(echoing("uk", both), echoing("en", both))


def test_two_echoes_in_common_are_no_proof():
    assert like(echoing("uk", "§удар §міст"), echoing("en", "§удар §міст")) < 2
    assert like(echoing("uk", "§удар"), echoing("en", "§удар")) < 1


def test_headlines_that_each_name_another_are_less_alike():
    both = "§удар §міст §ніч"
    plain = like(echoing("uk", f"{both} ≈krk"), echoing("en", f"{both} ≈brn"))
    named = like(echoing("uk", f"{both} ≈krk", names=["≈krk"]), echoing("en", f"{both} ≈brn", names=["≈brn"]))
    assert named == pytest.approx(0.85 * plain, abs=0.01)


def test_a_name_is_not_new_because_it_is_spelt_in_another_alphabet(linguist):
    one = gist_of("Путін і Трамп зустрілися в Анкарі: 3 угоди", "", linguist, "uk")
    statistics = Statistics(articles=1000, holding={})
    telling = Telling(outlet="vezha", gist=one, length=length_of(one, statistics))
    known = Candidate(story=StoryId(7), checked=(telling, telling), tellings=(telling,))
    far = Telling(outlet="hanak", gist=gist_of("Хмарно", "", linguist, "uk"), length=telling.length)
    drifted = replace(known, checked=(telling, far, far, far))
    now = gist_of("Putin and Trump meet in Ankara: 5 deals signed", "", linguist, "en")
    verdict = same_story(now, "other", [drifted], statistics)
    assert isinstance(verdict, Opens)
    assert verdict.follows.change == Change("number", "3", "5")
    assert same_story(replace(now, numbers=one.numbers), "other", [drifted], statistics).follows.change is None


def test_a_desk_knows_an_article_again_by_its_echoes_alone(linguist):
    desk = Desk(linguist)
    for one in BEFORE:
        desk.take(one)
    first = desk.take(next(one for one in TALKS_IN_THREE_LANGUAGES if one.outlet == "northwire"))
    assert {desk.take(one) for one in TALKS_IN_THREE_LANGUAGES if one.outlet == "hanak"} == {first}
