"""Is the world of the demo sound, and does it hold what stories and matching are tried on?"""

import re
from collections import Counter
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from seeds import APOSTROPHES, OutletKey, SeedArticle, StorySlug, World, load_world

TALKS = StorySlug("us-belarus-talks")
PARDON = StorySlug("pardon-31")

MODIFIER = "\u02bc"
CURLY = "\u2019"
KEYBOARD = "\u0027"
APOSTROPHES_OF = {
    "vezha": {MODIFIER},
    "dniprochas": {CURLY},
    "polissia": {KEYBOARD},
    "reiestr": {CURLY, MODIFIER},
    "hanak": {CURLY},
    "northwire": {KEYBOARD},
}

POLITICAL_PRISONER = re.compile(f"політв[{KEYBOARD}{CURLY}{MODIFIER}]яз", re.IGNORECASE)

# Digests of six-word runs of the report the world grew from, so that none of its words stand here.
RUNS_OF_THE_REPORT = """
863a2aaa 0cc6cd67 679f0af9 3a3b527e f9700bec 48166076 5885d571 cc42b110 606f3ac3 bc4bb870 d75d509e
adbb0d9c 7fbb822e 1498ea5a 8d80f9a4 3e027119 eab1e9e7 5c90d388 eae23fba ae5d3d2e e1c53ec2 766a6ee3
efd2f76f f17b76d5 d60507a6 569d9137 2d005d41 20a252e2 df414458 fab184de 3872c0d8 c14103d1 f2742828
14cbbd2f d7752c15 ce42fd5e c41a6540 d10b4e21 557b1acc f07aa73f 6fa61fa5 90d7646b 5b254065 722a03b0
8d760a1b fb3f7073 72e4ba36 34c8ebab 06f583dc 2a357d8f f96986f8 4e6deba6 618d7286 d47f6038 8f49d5f8
e05bef14 d021c057 8edfb64b 2b7ab9f3 e88ff37d 4b7fc532 dab396cb 69130b8d bbf72e7a ba2a6d1f ab8377f3
"""


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def told(world: World, story: str) -> list[SeedArticle]:
    return [article for article in world.articles if article.story == story]


def whole(article: SeedArticle) -> str:
    return "\n".join([article.title, article.summary, article.text])


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(f"[{''.join(APOSTROPHES)}]", "", text.lower()))


def test_six_outlets_tell_at_least_48_articles_on_two_days(world):
    days = Counter(article.day for article in world.articles)
    assert len(world.outlets) == 6
    assert {article.outlet for article in world.articles} == {outlet.key for outlet in world.outlets}
    assert len(world.articles) >= 48
    assert len(world.stories) >= 26
    assert days[1] >= 22
    assert days[2] >= 26


def test_feeds_are_of_both_kinds_and_some_hold_back_the_text(world):
    assert Counter(outlet.feed for outlet in world.outlets)["atom"] >= 2
    assert [outlet.full_text for outlet in world.outlets].count(False) >= 3


def test_articles_come_in_the_order_of_time_one_a_minute(world):
    times = [(article.day, article.minute) for article in world.articles]
    assert times == sorted(set(times))


def test_every_text_is_a_short_news_article(world):
    for article in world.articles:
        assert 120 <= len(article.text.split()) <= 350, article.slug
        assert 3 <= len(article.paragraphs) <= 7, article.slug
        assert all(part == part.strip() and "\n" not in part for part in article.paragraphs), article.slug
        assert len(re.findall(r"[.!?](?:\s|$)", article.summary)) <= 2, article.slug


def test_ukrainian_texts_are_set_with_ukrainian_signs(world):
    for article in world.articles:
        if world.outlet(article.outlet).language != "en":
            assert not re.search(r'"| - |—|\.\.\.|  ', whole(article)), article.slug


@pytest.mark.parametrize(("outlet", "signs"), APOSTROPHES_OF.items())
def test_an_outlet_writes_its_own_apostrophes(world, outlet, signs):
    texts = [whole(article) for article in world.articles if article.outlet == outlet]
    assert set("".join(texts)) & APOSTROPHES <= signs
    if outlet != "hanak":
        assert set("".join(texts)) & APOSTROPHES == signs


def test_an_editor_with_two_keyboards_mixes_apostrophes_in_one_article(world):
    [mixed] = [article for article in told(world, TALKS) if article.outlet == "reiestr"]
    assert f"політичних в{MODIFIER}язнів" in mixed.text
    assert f"політв{CURLY}язні" in mixed.text


def test_slugs_are_unique_within_an_outlet(world):
    assert max(Counter((article.outlet, article.slug) for article in world.articles).values()) == 1


def test_every_link_leads_to_a_story_that_began_earlier(world):
    for article in world.articles:
        if article.link_to is not None:
            began = told(world, article.link_to)[0]
            assert (began.day, began.minute) < (article.day, article.minute), article.slug


def test_the_talks_are_told_by_four_ukrainian_outlets_and_the_agency(world):
    assert [article.outlet for article in told(world, TALKS)] == [
        "vezha",
        "northwire",
        "dniprochas",
        "reiestr",
        "polissia",
        "hanak",
    ]


def test_the_talks_open_the_second_day(world):
    second = [article for article in world.articles if article.day == 2]
    places = [place for place, article in enumerate(second) if article.story == TALKS]
    assert (second[places[0]].minute, places[0] < 3) == (8 * 60 + 5, True)
    assert places[-1] - places[0] <= 10


def test_one_telling_names_political_prisoners_only_deep_in_a_text_its_feed_holds_back(world):
    deep = [
        article
        for article in told(world, TALKS)
        if POLITICAL_PRISONER.search(article.text)
        and not POLITICAL_PRISONER.search(" ".join([article.title, article.summary, *article.paragraphs[:3]]))
    ]
    assert any(not world.outlet(article.outlet).full_text for article in deep)


def test_names_stand_in_several_cases(world):
    texts = " ".join(whole(article) for article in told(world, TALKS))
    belarus = ["Білорусь", "Білорусі", "Білоруссю", "білоруських", "білоруської"]
    lukashenko = ["Лукашенко", "Лукашенка", "Лукашенку", "Лукашенком"]
    for form in belarus + lukashenko:
        assert re.search(rf"\b{form}\b", texts), form


def test_the_first_day_already_knows_political_prisoners(world):
    found = [article for article in world.articles if article.day == 1 if matches(article)]
    assert 2 <= len(found) <= 4


def test_on_the_second_day_something_on_political_prisoners_comes_every_few_articles(world):
    second = [article for article in world.articles if article.day == 2]
    places = [place for place, article in enumerate(second) if matches(article)]
    gaps = [after - before for before, after in pairwise(places)]
    assert len(places) >= 10
    assert max(gaps) <= 6


def matches(article: SeedArticle) -> bool:
    return POLITICAL_PRISONER.search(whole(article)) is not None


def test_follow_ups_hang_together_and_near_misses_do_not(world):
    assert {article.link_to for article in told(world, PARDON)} == {TALKS}
    assert {article.link_to for article in told(world, "arrival-31")} == {PARDON}
    assert {article.link_to for article in told(world, "bus-crash-dnipro-toll")} == {"bus-crash-dnipro"}
    for story in ("prisoner-exchange", "knitting", "firewood", "tram-biloruska", "bus-crash-zhytomyr"):
        assert world.story(StorySlug(story)).unlike
        assert not any(article.link_to for article in told(world, story))


def test_no_sentence_is_borrowed_from_the_report(world):
    borrowed = set(RUNS_OF_THE_REPORT.split())
    for article in world.articles:
        running = words(whole(article))
        runs = (" ".join(running[start : start + 6]) for start in range(len(running) - 5))
        assert not {sha256(run.encode()).hexdigest()[:8] for run in runs} & borrowed, article.slug


GOOD_OUTLET = """
[[outlet]]
key = "ganok"
name = "Ґанок"
tagline = "Новини"
language = "uk"
feed = "rss"
full_text = true
feed_path = "/ganok/feed.xml"
article_path = "/ganok/{slug}"
colour = "#123456"
apostrophes = "\\u2019"
"""
GOOD_STORY = """
story = "Щось сталося."
kind = "society"
[[article]]
outlet = "ganok"
at = "day 1 08:10"
slug = "shchos"
title = "Щось"
summary = "Сталося."
text = "Перший.\\n\\nДругий."
"""


def world_in(folder: Path, outlets: str = GOOD_OUTLET, story: str = GOOD_STORY) -> World:
    (folder / "world").mkdir()
    (folder / "outlets.toml").write_text(outlets, encoding="utf-8")
    (folder / "world" / "shchos-stalosia.toml").write_text(story, encoding="utf-8")
    return load_world(folder)


def test_a_small_world_of_ones_own_can_be_read(tmp_path):
    [article] = world_in(tmp_path).articles
    assert (article.outlet, article.day, article.minute) == (OutletKey("ganok"), 1, 490)
    assert article.story == "shchos-stalosia"
    assert article.paragraphs == ("Перший.", "Другий.")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('slug = "shchos"', "", "slug is missing"),
        ('slug = "shchos"', 'slug = "Щось"', "not small Latin letters"),
        ("08:10", "06:59", "not between 07:00 and 22:00"),
        ("day 1", "day 3", 'is not like "day 1 08:10"'),
        ('"society"', '"gossip"', "kind 'gossip' is not one of"),
        ('"ganok"', '"taverna"', "there is no outlet 'taverna'"),
        ("Перший", "П\u02bcятий", r"apostrophe U\+02BC is not one that Ґанок uses"),
        ("summary", 'link_to = "nowhere"\nsummary', "link_to: there is no other story 'nowhere'"),
        ("summary", 'mood = "good"\nsummary', "unknown field mood"),
    ],
)
def test_a_fault_in_a_story_is_named(tmp_path, old, new, fault):
    with pytest.raises(ValueError, match=fault):
        world_in(tmp_path, story=GOOD_STORY.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"rss"', '"fax"', "feed is 'fax', not rss or atom"),
        ("true", '"yes"', "full_text must be true or false"),
        ("{slug}", "slug", "article_path must contain {slug} once"),
        ("/ganok/feed", "/feed", "does not start with /ganok/"),
    ],
)
def test_a_fault_in_an_outlet_is_named(tmp_path, old, new, fault):
    with pytest.raises(ValueError, match=fault):
        world_in(tmp_path, outlets=GOOD_OUTLET.replace(old, new))
