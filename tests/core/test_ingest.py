"""Is an entry made ours: its key, its time, its words, and whether it is told?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from core.ingest import key_of, prepare, trusted_time
from core.match.followed import Changes, Followed
from core.match.port import Span
from core.model import Entry, QueryId, Source, SourceId, Validators

NOW = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)


def source(*, visited=True, number=3):
    return Source(
        id=SourceId(number),
        url="https://vezha.ua/feed",
        name="Вежа",
        outlet="vezha.ua",
        every=timedelta(minutes=5),
        validators=Validators(),
        visited=visited,
        failures=0,
        epoch=1,
    )


def entry(**changes):
    told = {
        "url": "https://vezha.ua/1",
        "guid": "g1",
        "title": "Мінськ відпустив політв’язнів",
        "summary": "Коротко.",
        "text": "Вони вже вдома.",
        "published": NOW - timedelta(minutes=5),
    }
    return Entry(**(told | changes))


@pytest.fixture
def prepared(linguist):
    """What becomes of an entry; the queries are numbered from 1."""

    def prepared(entry, *queries, source=source(), now=NOW):  # noqa: B008 - a frozen value
        followed = Followed(linguist, left_out=pytest.fail)
        numbered = [(QueryId(number), query, True) for number, query in enumerate(queries, start=1)]
        followed.follow(Changes(1, numbered, None))
        return prepare(entry, source, followed=followed, now=now)

    return prepared


def test_an_article_is_known_by_its_address_however_linked():
    assert key_of(entry(url="https://www.vezha.ua/1/?utm_source=rss"), source()) == "vezha.ua/1"
    assert key_of(entry(url="http://vezha.ua/1"), source(number=9)) == "vezha.ua/1"


def test_without_an_address_it_is_known_by_its_sources_number_for_it():
    assert key_of(entry(url=None), source()) == "3:g1"
    assert key_of(entry(url=None), source(number=9)) != key_of(entry(url=None), source())
    assert key_of(entry(url="", guid=None, title="Назва"), source()) == "3:Назва"


@pytest.mark.parametrize(
    "published",
    [
        NOW,
        NOW - timedelta(days=400),
        NOW + timedelta(minutes=15),
        datetime(1990, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 2, 10, 30, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_the_sources_word_for_the_time_is_taken(published):
    assert trusted_time(published, now=NOW) == published


@pytest.mark.parametrize(
    "published",
    [None, NOW + timedelta(minutes=15, seconds=1), NOW + timedelta(days=365), datetime(1970, 1, 1, tzinfo=UTC)],
)
def test_a_time_that_is_missing_ahead_or_from_before_the_web_is_when_we_saw_it(published):
    assert trusted_time(published, now=NOW) == NOW


def test_an_entry_keeps_what_its_source_said(prepared):
    made = prepared(entry())
    assert (made.key, made.url, made.title) == ("vezha.ua/1", "https://vezha.ua/1", "Мінськ відпустив політв’язнів")
    assert (made.text, made.published, made.told) == ("Вони вже вдома.", NOW - timedelta(minutes=5), True)


@pytest.mark.parametrize("text", [None, ""])
def test_without_a_text_the_summary_is_the_text(prepared, text):
    assert prepared(entry(text=text)).text == "Коротко."


def test_a_headline_repeated_in_the_text_is_left_out_before_it_is_matched(prepared):
    made = prepared(entry(text="Світ\nМінськ відпустив політв'язнів\nВони вже вдома."), "світ")
    assert made.text == "Вони вже вдома."
    assert made.matches == ()


def test_an_entry_carries_every_match_with_places_in_its_own_title_and_text(prepared):
    made = prepared(entry(), "Мінськ", "Польща", "політв'язні вдома")
    assert [(match.query, match.spans) for match in made.matches] == [
        (1, (Span(0, 6, "title"),)),
        (3, (Span(17, 29, "title"), Span(9, 14, "text"))),
    ]


def test_the_words_kept_for_looking_back_hold_title_text_and_parts(prepared):
    made = prepared(entry(title="Прес-секретар", text="Ні слова"))
    assert made.words == ("прес-секретар", "прес", "секретар", "ні", "слова")


def test_the_gist_is_of_title_and_text(prepared):
    made = prepared(entry())
    assert made.gist.title == ("мінськ", "відпустити", "політвʼязень")
    assert "вдома" in made.gist.body


@pytest.mark.parametrize(
    ("age", "told"),
    [(timedelta(minutes=30), True), (timedelta(minutes=30, seconds=1), False), (timedelta(days=3), False)],
)
def test_on_a_first_visit_what_is_old_is_remembered_and_not_told(prepared, age, told):
    assert prepared(entry(published=NOW - age), source=source(visited=False)).told is told


def test_on_a_first_visit_what_has_no_date_is_not_told(prepared):
    assert prepared(entry(published=None), source=source(visited=False)).told is False


@pytest.mark.parametrize("published", [datetime(1970, 1, 1, tzinfo=UTC), NOW + timedelta(days=365)])
def test_on_a_first_visit_what_has_no_date_to_believe_is_not_told(prepared, published):
    assert prepared(entry(published=published), source=source(visited=False)).told is False


@pytest.mark.parametrize("published", [None, NOW - timedelta(days=3), datetime(1970, 1, 1, tzinfo=UTC)])
def test_on_later_visits_everything_new_is_told(prepared, published):
    assert prepared(entry(published=published)).told is True


def test_a_source_that_says_nothing_makes_an_article_all_the_same(prepared):
    made = prepared(entry(title="", summary="", text=None, published=None), "Мінськ")
    assert (made.title, made.text, made.words, made.matches) == ("", "", (), ())


@pytest.mark.parametrize(
    ("published", "told", "presumed"),
    [
        (NOW - timedelta(minutes=61), False, True),
        (NOW - timedelta(minutes=59), True, False),
        (None, False, True),
    ],
)
def test_on_the_first_visit_after_a_restore_only_what_came_after_the_loss_is_told(prepared, published, told, presumed):
    anew = replace(source(visited=False), told_until=NOW - timedelta(hours=1))
    one = prepared(entry(published=published), source=anew)
    assert (one.told, one.presumed) == (told, presumed)
