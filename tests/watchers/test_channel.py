"""Of a channel's page only its own posts are read, in their own words."""

import time
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import NOON
from telegram_page import SERVICE, forwarded, linked, page_of, post, quote

from core.errors import SourceError
from core.model import Entry
from watchers.parse.headline import LONGEST, parted
from watchers.parse.kind import parse_feed

URL = "https://t.me/s/vezha"


def parsed(*posts, url=URL, earlier=None):
    return read(page_of(*posts, earlier=earlier), url=url)


def read(text, *, url=URL):
    return parse_feed(text.encode(), url=url, content_type="text/html", zone=ZoneInfo("Europe/Kyiv"))


def only(*posts):
    (entry,) = parsed(*posts).entries
    return entry


def test_a_post_is_an_entry_with_a_headline_and_the_text_below_it():
    assert only(post(7, "Сніг у Карпатах\n\nДороги засипало.\nРух зупинено.")) == Entry(
        url="https://t.me/vezha/7",
        guid="vezha/7",
        title="Сніг у Карпатах",
        summary="",
        text="Дороги засипало.\nРух зупинено.",
        published=NOON,
    )


def test_the_channel_says_who_it_is_and_where_earlier_posts_are():
    found = parsed(post(7, "Сніг"), post(8, "Дощ"), earlier=7)
    assert (found.kind, found.title, found.earlier) == ("Telegram channel", "Вежа", "https://t.me/s/vezha?before=7")
    assert [entry.title for entry in found.entries] == ["Дощ", "Сніг"]
    assert parsed(post(7, "Сніг")).earlier is None


@pytest.mark.parametrize(
    "changes",
    [
        {"before": quote("Чужі слова про Мінськ")},
        {"before": forwarded("Голос Мінська")},
        {"before": quote("Мінськ<br/>") + forwarded("Мінськ")},
        {"after": linked("Мінськ", "Про Мінськ")},
        {"after": '<div class="message_media_not_supported">Мінськ</div>'},
        {"after": '<a class="tgme_widget_message_inline_button">Мінськ</a>'},
    ],
)
def test_words_of_others_around_a_post_are_not_its_text(changes):
    entry = only(post(7, "Сніг у Карпатах", **changes))
    assert (entry.title, entry.text) == ("Сніг у Карпатах", "")


def test_a_quote_inside_of_a_text_of_the_same_class_is_given_once():
    inner = '<div class="tgme_widget_message_text js-message_text">Сніг</div>'
    assert only(post(7, text_markup=inner)).title == "Сніг"


def test_what_telegram_itself_says_is_no_post():
    assert parsed(SERVICE, post(2, "Сніг")).entries == (only(post(2, "Сніг")),)


def test_pictures_without_a_word_are_left_out_and_an_emoji_is_no_word():
    photo = '<a class="tgme_widget_message_photo_wrap" style="background-image:url(\'x.jpg\')"></a>'
    assert parsed(post(7, after=photo), post(8, "❗️❗️", after=photo)).entries == ()


@pytest.mark.parametrize(
    ("after", "title", "text"),
    [
        ('<div class="tgme_widget_message_document_title">Звіт.pdf</div>', "Звіт.pdf", ""),
        (
            '<div class="tgme_widget_message_poll_question">Чи буде сніг?</div>'
            '<div class="tgme_widget_message_poll_option_text">Так</div>',
            "Чи буде сніг?",
            "Так",
        ),
        (linked("Сніг у Карпатах", "Дороги засипало."), "Сніг у Карпатах", "Дороги засипало."),
    ],
)
def test_a_post_without_a_text_is_known_by_what_it_brings(after, title, text):
    entry = only(post(7, after=after))
    assert (entry.title, entry.text) == (title, text)


def test_an_address_alone_is_told_by_what_stands_there():
    entry = only(post(7, "https://x.example/1", after=linked("Сніг у Карпатах", "Дороги засипало.")))
    assert (entry.title, entry.text) == ("Сніг у Карпатах", "Дороги засипало.\nhttps://x.example/1")


def test_emoji_spoilers_and_references_escaped_twice_are_read_as_seen():
    emoji = '<tg-emoji emoji-id="5"><i class="emoji" style="background-image:url(\'//x\')"><b>🇺🇦</b></i></tg-emoji>'
    markup = f"{emoji}<b>Сніг &amp;amp; лід</b><br/><tg-spoiler>Дороги</tg-spoiler> засипало"
    entry = only(post(7, text_markup=markup))
    assert (entry.title, entry.text) == ("🇺🇦Сніг & лід", "Дороги засипало")


def test_posts_of_another_channel_are_not_this_ones():
    assert [entry.guid for entry in parsed(post(7, "Сніг"), post(9, "Мінськ", name="chuzhyi")).entries] == ["vezha/7"]
    assert parsed(post(7, "Сніг", name="Vezha"), url="https://t.me/s/vezha").entries[0].url == "https://t.me/Vezha/7"


@pytest.mark.parametrize("number", ["x", "", "7/8/../../evil", "-1", "9" * 19])
def test_a_post_without_a_number_is_none(number):
    assert [entry.guid for entry in parsed(post(number, "Мінськ"), post(8, "Сніг")).entries][:1] == ["vezha/8"]


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE html><html><body><div class="tgme_page">Contact @vezha</div></body></html>',
        '<!DOCTYPE html><html class="tgme_webpreview"><body>Приватний</body></html>',
    ],
)
def test_a_channel_that_shows_nothing_says_so(body):
    with pytest.raises(SourceError, match="Telegram shows no posts there"):
        read(body)


def test_an_empty_channel_is_a_source_without_entries():
    assert parsed().entries == ()


DEEP = "<b>" * 200_000
HOSTILE = {
    "depth": page_of(post(7, text_markup=DEEP), post(8, "Сніг")),
    "depth without an end": page_of(post(8, "Сніг")) + "<div class='tgme_widget_message'>" * 100_000,
    "a reply that never ends": page_of(post(8, "Сніг"), post(9, before='<a class="tgme_widget_message_reply">')),
    "many texts": page_of(post(7, "Дощ", after='<div class="tgme_widget_message_text">Так</div>' * 50_000)),
    "many texts and names": page_of(
        post(7, "Дощ", after='<div class="tgme_widget_message_document_title">Так</div>' * 50_000)
    ),
    "many posts": page_of(*(post(number, "Сніг") for number in range(3000))),
    "many classes": page_of(post(7, text_markup=f'<b class="{"a " * 500_000}">Сніг</b>')),
    "many more-links": page_of(post(7, "Сніг")).replace("</section>", '<a class="tme_messages_more">' * 50_000),
    "a long text": page_of(post(7, "сніг " * 200_000)),
    "scripts": page_of(post(7, text_markup="Сніг<script>alert(1)</script><iframe src='javascript:1'></iframe>")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_quick_and_bring_only_text(name):
    begun = time.process_time()
    entries = read(HOSTILE[name]).entries
    assert time.process_time() - begun < 2
    assert len(entries) <= 1000
    for entry in entries:
        assert len(entry.title) <= LONGEST + 1
        assert len(entry.text) <= 200_000
        assert "alert" not in entry.text + entry.title


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_pages_are_a_feed_or_a_source_error(data):
    page = page_of(post(7, "Сніг", before=quote("так")), post(8, "Дощ"), earlier=7)
    at, gone = data.draw(st.integers(0, len(page))), data.draw(st.integers(0, 80))
    with suppress(SourceError):
        read(page[:at] + data.draw(st.text(alphabet="<>/'\"= abдclsdiv", max_size=12)) + page[at + gone :])


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Сніг\nДалі", ("Сніг", "Далі")),
        ("❗️\n⚡️ Сніг\nДалі", ("⚡️ Сніг", "Далі")),
        ("", ("", "")),
        ("❗️ — …", ("", "")),
        ("Сніг", ("Сніг", "")),
    ],
)
def test_the_first_line_in_words_is_the_headline(text, headline):
    assert parted(text) == headline


def test_of_a_long_line_the_sentences_that_fit_are_the_headline_and_the_text_is_whole():
    sentence = "Президент підписав закон, який давно обговорювали в парламенті й поза ним."
    long = " ".join([sentence] * 5)
    assert parted(long + "\nДалі") == (f"{sentence} {sentence}", long + "\nДалі")
    title, text = parted("слово " * 100)
    assert (title.endswith("слово…"), len(title) <= LONGEST, text) == (True, True, "слово " * 100)
