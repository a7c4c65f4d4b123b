"""Is the past that a query would have brought told by story, whole, and by the live matcher?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import past as months
from core.model import Article, ArticleId, StoryId
from core.past import PAGE, past
from core.query import parse

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)


class Shelf:
    """Articles in order of arrival, all proposed whatever is asked for: the matcher alone decides."""

    def __init__(self, *told):
        """Each: title, days ago, story."""
        self.read = 0
        self.articles = [
            Article(
                id=ArticleId(number),
                story=StoryId(story),
                title=title,
                text="",
                url=None,
                outlet="Вежа",
                published=NOW - timedelta(days=days),
            )
            for number, (title, days, story) in enumerate(told, start=1)
        ]

    def articles_holding(self, groups, *, since, limit, before=None):
        fresh = [one for one in self.articles if one.published >= since and (before is None or one.id < before)]
        found = fresh[::-1][:limit]
        self.read += len(found)
        return found


@pytest.fixture(scope="module")
def looked(linguist):
    meaning = linguist.meaning(parse("Мінськ"))
    return lambda shelf, **asked: past(shelf, meaning, linguist, now=NOW, **asked)


def minsk(*stories):
    return Shelf(*[("Мінськ", 1, story) for story in stories])


def test_stories_come_newest_first_each_by_its_newest_article(looked):
    found = looked(Shelf(("Мінськ а", 3, 1), ("У Мінську", 2, 2), ("Київ", 1, 3), ("Мінськ б", 1, 1)))
    assert [one.article.title for one in found.stories] == ["Мінськ б", "У Мінську"]
    assert (found.page, found.more, found.count, found.unread) == (0, False, 2, None)


def test_thirty_days_are_looked_back_on(looked):
    assert looked(Shelf(("Мінськ", 31, 2), ("Мінськ", 30, 1))).count == 1


@given(st.lists(st.integers(1, 9), max_size=60), st.integers(1, 70))
def test_pages_hold_every_story_once_in_order_of_its_newest_article(looked, stories, piece):
    shelf, shown, page = minsk(*stories), [], 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(months, "_PIECE", piece)
        while True:
            found = looked(shelf, page=page)
            assert found.page == page
            shown += [one.article.story for one in found.stories]
            page += 1
            if not found.more:
                break
            assert len(found.stories) == PAGE
    assert shown == list(dict.fromkeys(reversed(stories)))


def test_no_more_is_read_than_is_shown(looked):
    shelf = minsk(*range(500))
    assert looked(shelf).more
    assert shelf.read < 100


def test_what_takes_too_long_is_read_on_from_there(looked, monkeypatch):
    monkeypatch.setattr(months, "MOST", 3)
    shelf = Shelf(("Мінськ", 1, 1), ("Мінськ", 1, 2), *[("Київ", 1, 3)] * 2, ("Мінськ", 1, 4))
    first = looked(shelf)
    assert [one.article.story for one in first.stories] == [4]
    assert (first.more, first.count, first.unread) == (False, None, ArticleId(3))
    rest = looked(shelf, before=first.unread)
    assert [one.article.story for one in rest.stories] == [2, 1]
    assert (rest.count, rest.unread) == (None, None)


def test_a_page_that_is_not_there_is_the_last_one(looked):
    assert looked(minsk(*range(7)), page=9).page == 1
    assert looked(minsk(), page=9).page == 0
