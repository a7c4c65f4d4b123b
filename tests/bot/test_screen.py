"""Is a screen safe to send: its addresses, its times, its way through the outbox?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.says import Html, html
from bot.screen import Button, Screen, bold, link, opens, press, shortened, when
from chatovyi.demo.addresses import kept_address
from chatovyi.demo.markup import parse_html
from core.excerpt import Excerpt

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "https://site.ua/1",
        "http://127.0.0.1:8080/1?a=1&b=2#c",
        "https://новини.укр/свіже",
        "HTTPS://Site.UA/",
        "https://user@site.ua/%D0%BD",
        'https://site.ua/"quoted"',
        "http://[2001:db8::1]:8080/1",
    ],
)
def test_an_address_telegram_opens_is_kept_as_it_is(address):
    assert opens(address) == address
    assert kept_address(address) is not None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "site.ua/1",
        "//site.ua/1",
        "/1",
        "ftp://site.ua/1",
        "javascript:alert(1)",
        "tg://user?id=1",
        "http://localhost/1",
        "http://./",
        "https:///1",
        "https://site.ua:99999/1",
        "https://site.ua:http/1",
        "https://[site.ua/1",
        "https://site.ua/a b",
        "https://site.ua/\n",
        "https://site.ua/" + "a" * 2048,
    ],
)
def test_an_address_that_telegram_does_not_open_is_none(address):
    assert opens(address) is None


@pytest.mark.parametrize(
    "address", ["http://a.b:0/", "http://a.b:/", "http://a.b%zz/", "http://a.b|c/", 'http://a.b"c/', "http://a.b\\c/"]
)
def test_an_address_with_a_host_or_port_that_cannot_be_is_none(address):
    assert kept_address(address) is None
    assert opens(address) is None


@pytest.mark.parametrize("address", ["http://cafe/1", "http://127/1"])
def test_a_host_without_a_dot_is_none_whatever_its_letters(address):
    assert kept_address(address) is None
    assert opens(address) is None


@given(
    st.from_regex(r"https?://(www\.)?[a-zа-яїґ0-9-]{1,8}\.[a-zа-я]{2,4}(:80)?(/[^\s\\]{0,8}){0,2}", fullmatch=True),
)
def test_every_address_that_opens_is_one_that_telegram_keeps(address):
    assert opens(address) is None or kept_address(address) is not None


def test_a_link_is_made_of_an_address_that_opens_and_else_the_text_stays():
    assert link(html("<a>"), "https://site.ua/?a=1&b=2") == '<a href="https://site.ua/?a=1&amp;b=2">&lt;a&gt;</a>'
    assert link(Html("<b>а</b>"), 'https://site.ua/"x"') == '<a href="https://site.ua/&quot;x&quot;"><b>а</b></a>'
    assert link(Html("а"), "javascript:alert(1)") == "а"
    assert link(Html("а"), None) == "а"


def test_marks_are_bold_and_everything_else_is_escaped():
    assert bold(Excerpt("<a> Мінськ & <b>", ((4, 10), (13, 16)))) == "&lt;a&gt; <b>Мінськ</b> &amp; <b>&lt;b&gt;</b>"
    assert bold(Excerpt("Мінськ", ())) == "Мінськ"
    assert bold(Excerpt("", ())) == ""


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Мінськ", 6, "Мінськ"),
        ("Мінськ", 5, "Мінс…"),
        ("Мінськ і Київ", 8, "Мінськ…"),
        ("  Мінськ \n\t і ", 20, "Мінськ і"),
        ("", 5, ""),
        ("😀" * 10, 5, "😀😀😀😀…"),
    ],
)
def test_a_text_is_shortened_to_so_many_characters(text, most, short):
    assert shortened(text, most) == short


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (datetime(2026, 1, 2, 6, 5, tzinfo=UTC), "08:05"),
        (datetime(2026, 1, 1, 22, 0, tzinfo=UTC), "00:00"),
        (datetime(2026, 1, 1, 21, 59, tzinfo=UTC), "01.01, 23:59"),
        (datetime(2025, 12, 31, 22, 0, tzinfo=UTC), "01.01, 00:00"),
        (datetime(2025, 12, 31, 21, 59, tzinfo=UTC), "31.12.2025"),
        (datetime(2026, 7, 2, 6, 5, tzinfo=UTC), "02.07, 09:05"),
    ],
)
def test_a_time_is_shown_in_the_readers_zone_as_short_as_it_can_be(time, shown):
    assert when(time, now=NOW, zone=KYIV) == shown


def test_a_button_that_tells_the_bot_is_a_word_and_numbers():
    assert press("Стежити", "follow", 7) == Button("Стежити", "press", "follow:7")
    assert press("Ні", "refuse") == Button("Ні", "press", "refuse")


BUTTONS = st.builds(Button, st.text(), st.sampled_from(["press", "url"]), st.text())


@given(st.text().map(Html), st.lists(st.lists(BUTTONS, max_size=3).map(tuple), max_size=3).map(tuple))
def test_a_screen_comes_out_of_the_outbox_as_it_went_in(text, rows):
    screen = Screen(text, rows)
    again = Screen.from_json(screen.to_json())
    assert again == screen
    assert isinstance(again.text, Html)


@given(st.text(), st.integers(2, 50))
def test_a_shortened_text_is_a_line_no_longer_than_asked(text, most):
    short = shortened(text, most)
    assert len(short) <= most
    assert short == " ".join(short.split())
    assert short.removesuffix("…") in " ".join(text.split()) + "…"


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.from_regex(r"https://[a-z]{1,5}\.ua/[ -~]{0,9}", fullmatch=True),
)
def test_no_text_and_no_address_breaks_out_of_its_link(text, address):
    parsed = parse_html(link(html(text), address))
    assert parsed.formatted.text == text
    assert len(parsed.formatted.entities) <= 1
