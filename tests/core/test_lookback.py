"""Does a preview count what would have come?"""

from datetime import UTC, datetime, timedelta

import pytest

from core.lookback import MOST, Sample, look_back
from core.match.port import Span
from core.model import Article, ArticleId, StoryId
from core.query import parse
from core.text.words import words

NOW = datetime(2026, 1, 9, 9, 0, tzinfo=UTC)


class Shelf:
    """Articles kept in memory, asked for as the store is: by words, newest first, at most so many."""

    def __init__(self):
        self.articles = []

    def put(self, title, text="", *, days=1, story=None):
        number = len(self.articles) + 1
        self.articles.append(
            Article(
                id=ArticleId(number),
                story=StoryId(story or number),
                title=title,
                text=text,
                url=None,
                outlet="Вежа",
                published=NOW - timedelta(days=days),
            )
        )

    def articles_holding(self, groups, *, since, limit):
        def holds(article):
            keys = {word.key for word in words(f"{article.title} {article.text}")}
            return all(keys & group for group in groups)

        fresh = [article for article in self.articles if article.published >= since and holds(article)]
        return sorted(fresh, key=lambda article: article.published, reverse=True)[:limit]


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def back(shelf, linguist):
    return lambda query: look_back(shelf, linguist.meaning(parse(query)), linguist, now=NOW)


def test_articles_and_stories_of_the_last_seven_days_are_counted(shelf, back):
    shelf.put("Мінськ відпустив політв’язнів", days=1, story=5)
    shelf.put("Політв'язні вже вдома", days=2, story=5)
    shelf.put("Лист політвʼязневі", days=7, story=6)
    shelf.put("Політв'язні, давня новина", days=8)
    shelf.put("Погода", days=1)
    found = back("політв'язні")
    assert (found.articles, found.stories, found.at_least) == (3, 2, False)


def test_nothing_is_counted_where_nothing_was(back):
    found = back("політв'язні")
    assert (found.articles, found.stories, found.samples, found.at_least) == (0, 0, (), False)


def test_a_story_is_sampled_once_by_its_newest_article(shelf, back):
    for days, story in [(1, 5), (2, 5), (3, 6), (4, 6)]:
        shelf.put(f"Мінськ {days}", days=days, story=story)
    assert [sample.article.title for sample in back("Мінськ").samples] == ["Мінськ 1", "Мінськ 3"]


def test_samples_are_the_newest_of_different_stories(shelf, back):
    for days, story in [(1, 5), (2, 5), (3, 6), (4, 7), (5, 6), (6, 8)]:
        shelf.put(f"Мінськ {days}", days=days, story=story)
    assert [sample.article.title for sample in back("Мінськ").samples] == [
        "Мінськ 1",
        "Мінськ 3",
        "Мінськ 4",
        "Мінськ 6",
    ]


def test_a_sample_shows_its_words(shelf, back):
    shelf.put("Про Мінськ", "Там, у Мінську.")
    assert back("Мінськ").samples == (Sample(shelf.articles[0], (Span(4, 10, "title"), Span(7, 14, "text"))),)


def test_what_the_index_proposes_the_matcher_decides(shelf, back):
    shelf.put("Політичні новини", "В'язні пишуть.")
    shelf.put("Політичних в'язнів відпустили")
    shelf.put("Санкції у футболі")
    shelf.put("Санкції проти калію")
    assert back("політичні в'язні").articles == 1
    assert back("санкції -футбол").articles == 1


def test_where_more_are_proposed_than_read_the_count_is_at_least(shelf, back):
    for _ in range(MOST):
        shelf.put("Мінськ", days=2)
    assert (back("Мінськ").articles, back("Мінськ").at_least) == (400, False)
    shelf.put("Мінськ, новина", days=1)
    assert (back("Мінськ").articles, back("Мінськ").at_least) == (400, True)
    assert back("Мінськ").samples[0].article.title == "Мінськ, новина"


def test_an_article_proposed_wrongly_still_uses_up_the_reading(shelf, back):
    shelf.put("Політичних в'язнів відпустили", days=6)
    for _ in range(MOST):
        shelf.put("Політичні новини", "В'язні пишуть.", days=2)
    found = back("політичні в'язні")
    assert (found.articles, found.at_least) == (0, True)
