"""Is everything that is followed there again after a restart?"""

import pytest

from core.match.followed import Changes, Followed
from core.model import QueryId

ARTICLE = ("Мінськ відпустив політв’язнів", "Про це каже Лукашенко.")


@pytest.fixture
def followed(linguist):
    """What follows these changes; a change is (generation, query's number, text or `None` for followed no more)."""

    def followed(*changes, snapshot=None):
        everything = Followed(linguist, left_out=pytest.fail, snapshot=snapshot)
        for generation, number, text in changes:
            everything.follow(Changes(generation, [(QueryId(number), text or "", text is not None)], None))
        return everything

    return followed


def answered(followed):
    return [match.query for match in followed.match(followed.linguist.read(*ARTICLE))]


def test_what_is_followed_is_matched_and_what_is_not_any_more_is_not(followed):
    assert answered(followed((1, 7, "Мінськ"), (2, 3, "політв'язні"), (3, 9, "Польща"))) == [3, 7]
    assert answered(followed((1, 7, "Мінськ"), (2, 7, None))) == []


def test_a_query_that_changed_is_replaced(followed):
    assert answered(followed((1, 7, "Мінськ"), (2, 7, "Польща"))) == []


def test_changes_of_an_older_generation_are_passed_over(followed):
    assert answered(followed((2, 7, "Мінськ"), (1, 7, None))) == [7]


def test_a_query_that_cannot_be_read_is_told_of_and_stops_no_other(linguist):
    told = []
    everything = Followed(linguist, left_out=told.append)
    everything.follow(Changes(1, [(QueryId(1), "-спорт", True), (QueryId(2), "Мінськ", True)], None))
    assert (told, answered(everything)) == ([1], [2])


def test_a_snapshot_answers_with_the_same_words_and_goes_on_from_its_generation(followed):
    before = followed((1, 7, "Мінськ"), (2, 3, "політв'язні"), (3, 5, "Лукашенко -спорт"))
    after = followed(snapshot=before.snapshot())
    article = before.linguist.read(*ARTICLE)
    assert after.generation == 3
    assert [(match.query, match.spans) for match in after.match(article)] == [
        (match.query, match.spans) for match in before.match(article)
    ]
    after.follow(Changes(4, [(QueryId(7), "", False), (QueryId(8), "Лукашенко", True)], None))
    assert answered(after) == [3, 5, 8]
    assert answered(followed(snapshot=after.snapshot())) == [3, 5, 8]
