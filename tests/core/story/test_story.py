"""Is one event one story, however it is told, and two events two?"""

from collections import Counter
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import StoryId
from core.story import (
    Candidate,
    Change,
    Follows,
    Gist,
    Joins,
    Opens,
    Statistics,
    Telling,
    gist_of,
    length_of,
    promising,
    same_story,
)
from seeds import SeedArticle, load_world

WORLD = load_world()
TALKS = "us-belarus-talks"
LANGUAGE = {outlet.key: outlet.language for outlet in WORLD.outlets}
UKRAINIAN = {outlet for outlet, language in LANGUAGE.items() if language == "uk"}
THE_FOUR = [one for one in WORLD.articles if one.story == TALKS and one.outlet in UKRAINIAN]
DAY_BEFORE = [one for one in WORLD.articles if one.day == 1]
NEAR = {one.slug for one in WORLD.stories if TALKS in one.unlike} | {*WORLD.story(TALKS).unlike}
NEAR_MISSES = [one for one in WORLD.articles if one.story in NEAR]


class Desk:
    """Takes articles in one after another, as the house does, and remembers which story each went into."""

    def __init__(self, linguist):
        self.linguist = linguist
        self.tellings = {}
        self.holding = Counter()
        self.articles = 0

    def candidates(self):
        return [
            Candidate(story=story, checked=tuple(dict.fromkeys((told[0], *told[-6:]))), tellings=tuple(told))
            for story, told in self.tellings.items()
        ]

    def statistics(self):
        return Statistics(articles=self.articles, holding=self.holding)

    def take(self, article: SeedArticle) -> StoryId:
        gist = gist_of(article.title, article.text, self.linguist, LANGUAGE[article.outlet])
        verdict = same_story(gist, article.outlet, self.candidates(), self.statistics())
        story = verdict.story if isinstance(verdict, Joins) else StoryId(len(self.tellings) + 1)
        self.tellings.setdefault(story, []).append(
            Telling(outlet=article.outlet, gist=gist, length=length_of(gist, self.statistics()))
        )
        self.holding.update(gist.kept())
        self.articles += 1
        return story


def stories_of(linguist, articles):
    """The story that each article is put into, where the articles come in this order."""
    desk = Desk(linguist)
    return {(one.story, one.outlet, one.slug): desk.take(one) for one in articles}


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=lambda order: "".join(map(str, order)))
def test_the_talks_told_by_four_outlets_are_one_story_in_any_order(linguist, order):
    stories = stories_of(linguist, [*DAY_BEFORE, *(THE_FOUR[at] for at in order)])
    assert len({story for (slug, _, _), story in stories.items() if slug == TALKS}) == 1


@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_a_near_miss_never_joins_the_talks(linguist, when):
    told = {"before": [*NEAR_MISSES, *THE_FOUR], "after": [*THE_FOUR, *NEAR_MISSES]}
    told["between"] = [*THE_FOUR[:2], *NEAR_MISSES, *THE_FOUR[2:]]
    stories = stories_of(linguist, [*(one for one in DAY_BEFORE if one.story not in NEAR), *told[when]])
    talks = {story for (slug, _, _), story in stories.items() if slug == TALKS}
    assert NEAR_MISSES
    assert len(talks) == 1
    assert not talks & {story for (slug, _, _), story in stories.items() if slug in NEAR}


def test_stories_that_only_sound_alike_are_apart_in_the_order_of_the_two_days(linguist):
    stories = stories_of(linguist, WORLD.articles)
    for one in WORLD.stories:
        mine = {story for (slug, _, _), story in stories.items() if slug == one.slug}
        others = {story for (slug, _, _), story in stories.items() if slug in one.unlike}
        assert not mine & others, one.slug


def test_an_article_taken_in_twice_is_in_one_story(linguist):
    desk = Desk(linguist)
    for article in DAY_BEFORE:
        first = desk.take(article)
        assert desk.take(article) == first


def of_one_matter(one, other):
    """Whether they tell one story, or one goes on from the other."""
    return one.story in (other.story, other.link_to) or one.link_to in (other.story, other.link_to or "")


UNRELATED = [at for at, (one, other) in enumerate(pairwise(WORLD.articles)) if not of_one_matter(one, other)]


@settings(max_examples=6)
@given(at=st.sampled_from(UNRELATED))
def test_the_order_of_two_unrelated_articles_does_not_matter(linguist, at):
    before, one, other, after = WORLD.articles[:at], *WORLD.articles[at : at + 2], WORLD.articles[at + 2 :]
    assert grouped(linguist, [*before, one, other, *after]) == grouped(linguist, [*before, other, one, *after])


def grouped(linguist, articles):
    stories = stories_of(linguist, articles)
    return {frozenset(key for key, story in stories.items() if story == mine) for mine in stories.values()}


def gist(title, body="", *, names=(), numbers=()):
    return Gist(
        title=tuple(title.split()),
        body=tuple(body.split()),
        names=frozenset(names),
        numbers=frozenset(map(str, numbers)),
    )


def candidate(story, *told, checked=None):
    tellings = tuple(Telling(outlet=outlet, gist=gist, length=length_of(gist, FEW)) for outlet, gist in told)
    return Candidate(story=StoryId(story), checked=tellings if checked is None else checked, tellings=tellings)


FEW = Statistics(articles=100, holding={"сша": 40, "мінськ": 30, "калій": 1})


def test_the_first_article_opens_a_story():
    assert same_story(gist("калій мінськ"), "вежа", [], FEW) == Opens("nearest story 0.00 of 1")


def test_the_same_words_by_another_outlet_join():
    known = candidate(7, ("полісся", gist("калій мінськ санкція")))
    verdict = same_story(gist("калій мінськ санкція"), "вежа", [known], FEW)
    assert verdict == Joins(StoryId(7), "like 2.78 of 1, story 2.78 of 0.80")


def test_no_words_in_common_open_a_story():
    known = candidate(7, ("полісся", gist("футбол кубок гол")))
    assert same_story(gist("калій мінськ санкція"), "вежа", [known], FEW) == Opens("nearest story 0.00 of 1")


def test_an_article_without_words_opens_a_story_of_its_own():
    assert isinstance(same_story(gist(""), "вежа", [candidate(7, ("полісся", gist("")))], FEW), Opens)


def test_the_likelier_story_wins_and_of_equals_the_older():
    near = candidate(8, ("полісся", gist("калій мінськ санкція")))
    far = candidate(7, ("полісся", gist("калій мінськ посол")))
    assert same_story(gist("калій мінськ санкція"), "вежа", [far, near], FEW).story == 8
    twins = [candidate(number, ("полісся", gist("калій мінськ"))) for number in (9, 5, 6)]
    assert same_story(gist("калій мінськ"), "вежа", twins, FEW).story == 5


def test_a_rare_word_in_common_weighs_more_than_a_frequent_one():
    assert FEW.weight("калій") > FEW.weight("мінськ") > FEW.weight("сша") > 0
    assert FEW.weight("досі небачене") > FEW.weight("калій")
    rare = candidate(1, ("полісся", gist("калій раз два")))
    frequent = candidate(2, ("полісся", gist("сша чотири п'ять")))
    assert same_story(gist("калій сша шість"), "вежа", [frequent, rare], FEW) == Opens(
        "nearest story 0.93 of 1, follows story 1: 0.93 of 0.26", Follows(StoryId(1), True, None)
    )


def test_the_title_counts_twice():
    known = candidate(7, ("полісся", gist("калій санкція", "а б в г")))
    assert isinstance(same_story(gist("калій санкція", "д е є ж"), "вежа", [known], FEW), Joins)
    assert isinstance(same_story(gist("д е є ж", "калій санкція"), "вежа", [known], FEW), Opens)


def test_an_outlet_tells_an_event_once_more_only_as_the_same_entry_retouched():
    known = candidate(7, ("вежа", gist("аварія дніпро троє загинути", "а б в г")))
    retouched = gist("аварія дніпро троє загинути оновлено", "а б в г")
    retold = gist("трасою північніше дніпро троє загинути аварія повідомлення", "а б в г")
    another = gist("аварія дніпро водій суд", "а б в г")
    assert isinstance(same_story(retouched, "вежа", [known], FEW), Joins)
    assert isinstance(same_story(retold, "вежа", [known], FEW), Joins)
    assert isinstance(same_story(another, "вежа", [known], FEW), Opens)
    assert isinstance(same_story(another, "полісся", [known], FEW), Joins)


def test_a_rising_toll_is_news_of_the_same_outlet():
    known = candidate(7, ("вежа", gist("аварія дніпро загинути 3", numbers=[3])))
    assert isinstance(same_story(gist("аварія дніпро загинути 3", numbers=[3]), "вежа", [known], FEW), Joins)
    assert isinstance(same_story(gist("аварія дніпро загинути 5", numbers=[5]), "вежа", [known], FEW), Opens)
    assert isinstance(same_story(gist("аварія дніпро загинути 5", numbers=[5]), "полісся", [known], FEW), Joins)


def test_a_chain_of_look_alikes_does_not_drift_away():
    first = ("полісся", gist("один два три чотири"))
    newest = ("вежа", gist("чотири п'ять шість сім"))
    drifted = candidate(7, first, newest)
    verdict = same_story(gist("шість сім вісім дев'ять"), "реєстр", [drifted], FEW)
    assert verdict == Opens("nearest story 1.39 of 1, follows story 7: 1.39 of 0.26", Follows(StoryId(7), True, None))
    assert isinstance(same_story(gist("шість сім вісім дев'ять"), "реєстр", [candidate(7, newest)], FEW), Joins)


LONG = " ".join(f"слово{n}" for n in range(60))
OTHER_LONG = " ".join(f"інше{n}" for n in range(40))


def test_long_texts_may_share_less_than_leads():
    shared = gist("перший", f"{OTHER_LONG} {LONG}")
    known = candidate(7, ("полісся", gist("другий", f"{OTHER_LONG.replace('інше', 'ще')} {LONG}")))
    assert isinstance(same_story(shared, "вежа", [known], FEW), Joins)
    brief = candidate(7, ("полісся", gist("другий", " ".join(LONG.split()[:59]))))
    assert isinstance(same_story(shared, "вежа", [brief], FEW), Opens)


def test_headlines_that_each_name_somebody_the_other_never_does_are_of_two_events():
    one = gist("вирок петренко", LONG, names=["петренко"])
    other = candidate(7, ("полісся", gist("вирок сидоренко", LONG, names=["сидоренко"])))
    assert isinstance(same_story(one, "вежа", [other], FEW), Opens)
    of_both = candidate(7, ("полісся", gist("вирок сидоренко", f"{LONG} петренко", names=["сидоренко"])))
    assert isinstance(same_story(one, "вежа", [of_both], FEW), Joins)


def test_a_gist_is_lemmas_in_order(linguist):
    found = gist_of("США та Білорусь говорять про 100 політв’язнів", "У Білорусі почалися переговори.", linguist)
    assert found.title == ("сша", "той", "білорусь", "говорити", "про", "100", "політвʼязень")
    assert found.body == ("у", "білорусь", "початися", "переговори")
    assert found.numbers == {"100"}


def test_a_gist_is_the_same_for_every_spelling(linguist):
    one = gist_of("Політв'язні Мінська", "Про 31 людину", linguist)
    other = gist_of("ПОЛІТВ’ЯЗНІ МІНСЬКА", "ПРО 31 ЛЮДИНУ", linguist)
    assert (one.title, one.body) == (other.title, other.body)


def test_names_are_capitals_that_no_sentence_begins_with(linguist):
    assert gist_of("Суд у Житомирі: Прокурор просить", "", linguist).names == {"житомир"}
    assert gist_of("Житомир чекає", "Суд у Житомир приїхав.", linguist).names == {"житомир"}
    assert gist_of("Правда чекає", "Правда мовчить. «Правда» теж. Правда", linguist).names == frozenset()
    assert gist_of("Рухлевський чекає", "", linguist).names == {"рухле"}


def test_only_the_beginning_of_a_text_is_read(linguist):
    found = gist_of("Назва", "слово " * 200 + "кінець", linguist)
    assert len(found.body) == 150
    assert "кінець" not in gist_of("Назва", "а" * 3000 + " кінець", linguist).lemmas()


@pytest.fixture(scope="module")
def full_desk(linguist):
    desk = Desk(linguist)
    for article in WORLD.articles:
        desk.take(article)
    return desk


@settings(max_examples=40)
@given(article=st.sampled_from(WORLD.articles), outlet=st.sampled_from(["vezha", "hanak", "new"]), chance=st.randoms())
def test_the_verdict_does_not_depend_on_the_order_of_candidates(linguist, full_desk, article, outlet, chance):
    known = gist_of(article.title, article.text, linguist)
    candidates, statistics = full_desk.candidates(), full_desk.statistics()
    verdict = same_story(known, outlet, candidates, statistics)
    chance.shuffle(candidates)
    assert same_story(known, outlet, candidates, statistics) == verdict


@settings(max_examples=60)
@given(article=st.sampled_from(WORLD.articles), read=st.sampled_from([0, 200, 2000]), joins=st.booleans())
def test_what_does_not_promise_to_be_near_would_neither_have_been_joined_nor_followed(
    linguist, full_desk, article, read, joins
):
    known = gist_of(article.title, article.text[:read], linguist)
    candidates, statistics = full_desk.candidates(), full_desk.statistics()
    if not joins:
        candidates = [one for one in candidates if all(told.gist.title != known.title for told in one.tellings)]
    own = Statistics(articles=statistics.articles, holding={one: statistics.holding[one] for one in known.lemmas()})
    near = promising(known, candidates, own)
    assert len(near) <= 8
    verdict, among_all = (same_story(known, "new", these, statistics) for these in (near, candidates))
    assert type(verdict) is type(among_all)
    assert getattr(verdict, "story", None) == getattr(among_all, "story", None)
    assert getattr(verdict, "follows", None) == getattr(among_all, "follows", None)


def test_a_rising_toll_is_a_development_of_its_story():
    known = candidate(7, ("вежа", gist("аварія дніпро загинути 3", numbers=[3])))
    verdict = same_story(gist("аварія дніпро загинути 5", numbers=[5]), "вежа", [known], FEW)
    assert verdict.follows == Follows(StoryId(7), True, Change("number", "3", "5"))


def test_a_far_cousin_is_linked_but_no_development():
    known = candidate(7, ("вежа", gist("аварія дніпро загинути а б в г д е є ж", numbers=[3])))
    verdict = same_story(gist("ремонт траса дніпро міст дорога з и і ї аварія", numbers=[5]), "вежа", [known], FEW)
    assert verdict.follows == Follows(StoryId(7), False, None)


STRIKE = gist("порт страйк докер зарплата гданськ")


def test_two_stories_that_sound_like_one_to_a_third_telling_are_one():
    stories = [candidate(7, ("вежа", STRIKE)), candidate(9, ("ганок", STRIKE))]
    verdict = same_story(STRIKE, "дзвін", stories, FEW)
    assert (verdict.story, verdict.also) == (StoryId(7), (StoryId(9),))


def test_two_stories_that_one_outlet_told_apart_stay_two():
    stories = [candidate(7, ("вежа", STRIKE)), candidate(9, ("ганок", STRIKE), ("вежа", STRIKE))]
    assert same_story(STRIKE, "дзвін", stories, FEW).also == ()


def test_two_stories_that_only_a_third_telling_is_like_stay_two():
    stories = [candidate(7, ("вежа", gist("порт страйк а б"))), candidate(9, ("ганок", gist("докер зарплата в г")))]
    verdict = same_story(gist("порт страйк докер зарплата"), "дзвін", stories, FEW)
    assert (verdict.story, verdict.also) == (StoryId(7), ())
