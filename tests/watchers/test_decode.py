"""The bytes of a feed or a page become the letters that were meant, whatever the labels say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.parse.decode import decode

TEXT = "Ґанок, їжак і щастя: об'єднання громад почалося у Києві та Львові"


def declared(label):
    return f'<?xml version="1.0" encoding="{label}"?><t>{TEXT}</t>'


@pytest.mark.parametrize(
    ("label", "codec", "content_type"),
    [
        ("UTF-8", "utf-8", None),
        ("windows-1251", "cp1251", None),
        ("windows-1251", "cp1251", "text/xml; charset=utf-8"),
        ("windows-1251", "cp1251", "text/xml; charset=ISO-8859-1"),
        ("UTF-8", "cp1251", "application/rss+xml"),
        ("UTF-8", "cp1251", 'text/xml; charset="windows-1251"'),
        ("windows-1251", "utf-8", None),
        ("windows-1251", "utf-8", "text/xml; charset=windows-1251"),
        ("koi8-u", "koi8-u", None),
        ("nonsense", "koi8-u", None),
        ("zlib_codec", "cp1251", None),
        ("idna", "cp1251", None),
        ("utf-7", "utf-8", None),
        ("ISO-8859-1", "cp1251", None),
        ("windows-1252", "cp1251", None),
        ("UTF-16", "utf-16", None),
        ("UTF-16", "utf-16-le", None),
        ("UTF-16", "utf-16-be", None),
        ("UTF-8", "utf-8-sig", None),
        ("UTF-32", "utf-32", None),
        ("UTF-32", "utf-32-be", None),
    ],
)
def test_bytes_beat_labels_and_labels_beat_guesses(label, codec, content_type):
    assert decode(declared(label).encode(codec), content_type=content_type) == declared(label)


def test_the_header_beats_the_declaration():
    body = declared("koi8-u").encode("cp1251")
    assert TEXT in decode(body, content_type="text/xml; charset=windows-1251")


def test_a_page_is_labelled_by_its_meta():
    page = f"<html><head><meta charset='koi8-u'></head>{TEXT}"
    assert decode(page.encode("koi8-u"), content_type="text/html") == page


@pytest.mark.parametrize("label", ["UTF-8", "windows-1251"])
def test_one_bad_byte_costs_only_its_own_character(label):
    body = declared(label).encode()
    place = body.index("щастя".encode())
    assert decode(body[:place] + b"\xd0" + body[place:], content_type=None) == declared(label).replace("щ", "\ufffdщ")


def test_a_letter_cut_in_two_costs_only_itself():
    assert decode(declared("UTF-8").encode() + "ж".encode()[:1], content_type=None) == declared("UTF-8") + "\ufffd"


def test_letters_that_windows_1251_does_not_have_do_not_spoil_the_rest():
    body = declared("windows-1251").encode("cp1251").replace("щ".encode("cp1251"), b"\x98")
    assert decode(body, content_type=None) == declared("windows-1251").replace("щ", "\ufffd")


def test_western_text_without_a_label_is_not_taken_for_cyrillic():
    text = "<t>Café, naïve façade – über “Straße”, año de Españá</t>"
    assert decode(text.encode("cp1252"), content_type=None) == text


def test_a_mark_does_not_become_a_letter():
    assert decode(b"\xef\xbb\xbf<rss/>", content_type=None) == "<rss/>"


@given(st.binary(max_size=400), st.text(max_size=30) | st.none())
def test_any_bytes_become_text(body, label):
    assert isinstance(decode(body, content_type=f"text/xml; charset={label}"), str)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text[0] not in "\ufeff<\x00"))
def test_utf8_is_read_as_utf8_under_any_label(text):
    assert decode(text.encode(), content_type="text/plain; charset=windows-1251") == text
