"""Does a digest tell every alert once and whole, within what Telegram takes?"""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import BYTES, ENTITIES, UNITS, digest
from bot.digest import units as units_of
from bot.says import catalogue
from chatovyi.demo.entities import units
from chatovyi.demo.markup import parse_html
from core.bundle import MOST
from core.model import AlertId, Article, ArticleId, StoryId
from core.ports import AlertView

NOW = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
UK = catalogue("uk")


def view(number, title="Мінськ мовчить", *, text="", url="https://vezha.ua/1", name="Вежа"):
    published = NOW - timedelta(days=1, minutes=-number)
    article = Article(
        id=ArticleId(number), story=StoryId(number), title=title, text=text, url=url, outlet=name, published=published
    )
    return AlertView(
        alert=AlertId(number),
        language="uk",
        article=article,
        source_name=name,
        spans=(),
        labels=("Мінськ",),
        also=(),
        message=None,
        muted_until=None,
    )


def packed(views):
    return digest(views, UK, now=NOW, zone=UTC)


def items(screen):
    """The lines of the digest below its heading."""
    return screen.text.split("\n")[2:]


def test_a_digest_tells_the_newest_first():
    shown = packed([view(1, "Перше"), view(2, "Друге"), view(3, "Третє")])
    assert shown.told == (1, 2, 3)
    assert items(shown.screen) == [
        '• <a href="https://vezha.ua/1">Третє</a> – Вежа, 01.01, 09:03',
        '• <a href="https://vezha.ua/1">Друге</a> – Вежа, 01.01, 09:02',
        '• <a href="https://vezha.ua/1">Перше</a> – Вежа, 01.01, 09:01',
    ]


def test_what_does_not_fit_is_the_newest():
    shown = packed([view(number, "слово " * 33) for number in range(1, MOST + 1)])
    assert 1 < len(shown.told) < MOST
    assert shown.told == tuple(range(1, len(shown.told) + 1))


def test_long_addresses_do_not_make_a_message_that_telegram_does_not_read():
    shown = packed([view(number, url="https://vezha.ua/?" + "a&" * 1000) for number in range(1, MOST + 1)])
    assert len(shown.screen.text.encode()) <= BYTES
    assert 1 <= len(shown.told) < MOST


def test_an_article_without_a_headline_is_told_by_its_text():
    assert "перші слова" in packed([view(1, " ", text="перші слова\nі далі")]).screen.text
    assert "Вежа – Вежа" in packed([view(1, "", text="", url=None)]).screen.text


NASTY = st.text(st.sampled_from("аб 😀&<>\"'\n\u0000\u202e\u200d🇧🇾/a") | st.characters(codec="utf-8"), max_size=250)
VIEWS = st.lists(
    st.builds(
        view,
        st.integers(1, 999),
        NASTY,
        text=NASTY,
        url=st.none() | st.text("aй&/?%", max_size=1500).map(lambda path: f"https://vezha.ua/{path}"),
        name=NASTY.map(lambda name: name.strip() or "Вежа"),
    ),
    min_size=1,
    max_size=MOST,
    unique_by=lambda view: view.alert,
)


@given(VIEWS)
def test_whatever_outlets_write_a_digest_is_taken_and_tells_what_it_says_it_tells(views):
    shown = packed(views)
    parsed = parse_html(shown.screen.text).formatted
    assert shown.told == tuple(view.alert for view in views[: len(shown.told)])
    assert len(shown.told) >= 1
    assert units(parsed.text) <= units_of(shown.screen.text) <= UNITS
    assert len(parsed.entities) <= ENTITIES
    assert len(shown.screen.text.encode()) <= BYTES
    assert len(items(shown.screen)) == len(shown.told)


@given(VIEWS)
def test_digests_one_after_another_tell_everything_once(views):
    told, left = [], views
    while left:
        shown = packed(left)
        told += shown.told
        left = left[len(shown.told) :]
    assert told == [view.alert for view in views]
