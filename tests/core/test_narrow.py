"""Do the words that are proposed narrow a query, and are they what its stories are about?"""

from datetime import UTC, datetime

import pytest

from chatovyi.dictionaries import linguist as the_linguist
from core.match.port import Span
from core.model import Article, ArticleId, StoryId
from core.narrow import Companion, companions

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def linguist():
    return the_linguist()


def headlines(*titles):
    """Headlines of different stories, all found by «Мінськ»."""
    for number, title in enumerate(titles):
        article = Article(
            id=ArticleId(number), story=StoryId(number), title=title, text="", url=None, outlet="a", published=NOON
        )
        at = title.index("Мінськ")
        yield article, (Span(at, at + len("Мінськ"), "title"),)


def test_words_of_several_stories_are_proposed_in_their_base_form_the_commonest_first(linguist):
    found = companions(
        headlines(
            "Мінськ готується до саміту",
            "Мінськ під санкціями",
            "Мінськ знову просить про зняття санкцій",
            "Санкції торкнулися і Мінська",
            "Мінськ і Москва домовляються",
            "У Москві чекають, що скаже Мінськ",
            "Мінськ засніжило",
        ),
        linguist,
    )
    assert found == (Companion("санкція", 3), Companion("москва", 2))


def test_a_word_of_most_stories_narrows_nothing(linguist):
    assert companions(headlines("Мінськ і санкції", "Мінськ: санкції діють", "Мінськ чекає"), linguist) == ()


def test_small_words_verbs_and_what_was_found_are_not_proposed(linguist):
    titles = ["Мінськ каже про це", "Мінськ каже про те", "Мінськ мовчить", "Мінськ далі", "Мінськ сьогодні"]
    assert companions(headlines(*titles), linguist) == ()


def test_of_nothing_nothing_is_proposed(linguist):
    assert companions([], linguist) == ()
