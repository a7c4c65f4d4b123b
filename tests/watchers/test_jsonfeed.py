"""A JSON Feed is read whatever its label, its types and its end."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SourceError
from core.model import Entry
from watchers.parse.kind import parse_feed

KYIV = ZoneInfo("Europe/Kyiv")
VERSION = "https://jsonfeed.org/version/1.1"


def parsed(body):
    body = body if isinstance(body, bytes) else body.encode()
    return parse_feed(body, url="https://vezha.example/feed.json", content_type="text/html", zone=KYIV)


def feed(*items, **head):
    return json.dumps({"version": VERSION, "title": "Вежа", "items": items} | head, ensure_ascii=False)


def only(item):
    (entry,) = parsed(feed(item)).entries
    return entry


def test_every_field_is_read():
    entry = only(
        {
            "id": "7",
            "url": "/svit/7.html",
            "title": "Сніг &amp; лід",
            "summary": "Коротко про сніг.",
            "content_html": "<p>Випав сніг.</p><p>Дороги засипало, рух зупинено.</p>",
            "date_published": "2025-11-26T10:00:00+02:00",
        }
    )
    assert entry == Entry(
        url="https://vezha.example/svit/7.html",
        guid="7",
        title="Сніг & лід",
        summary="Коротко про сніг.",
        text="Випав сніг.\nДороги засипало, рух зупинено.",
        published=datetime(2025, 11, 26, 8, tzinfo=UTC),
    )


def test_it_says_who_it_is():
    found = parsed(feed(language="uk-UA"))
    assert (found.kind, found.title, found.language, found.entries) == ("JSON Feed", "Вежа", "uk-UA", ())


def test_in_a_plain_text_angle_brackets_are_meant():
    assert only({"id": "1", "content_text": "Курс <b> 42 &amp; далі\n\nДругий рядок"}).text == (
        "Курс <b> 42 &amp; далі\nДругий рядок"
    )


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ({"url": "https://x.example/1", "external_url": "https://y.example/"}, "https://x.example/1"),
        ({"external_url": "https://y.example/"}, "https://y.example/"),
        ({"id": "https://x.example/7"}, "https://x.example/7"),
        ({"id": "7"}, None),
        ({"id": "7", "url": "javascript:alert(1)"}, None),
    ],
)
def test_the_link_is_an_absolute_web_address_or_none(item, url):
    assert only({"title": "Назва"} | item).url == url


@pytest.mark.parametrize("item", [1, None, "x", [], {}, {"id": {}, "title": [3], "url": ["x"], "date_published": 7}])
def test_an_item_of_wrong_types_costs_only_itself(item):
    assert [entry.title for entry in parsed(feed(item, {"title": "Друга"})).entries] == ["Друга"]


def test_half_an_item_is_never_given_and_whole_ones_always():
    whole = feed({"id": "1", "title": "Перша"}, {"id": "2", "title": "Друга"})
    start, end = whole.index('{"id": "2"'), whole.rindex("}]")
    for cut in range(start, end + 1):
        assert [entry.title for entry in parsed(whole[:cut]).entries] == ["Перша"]


def test_damage_costs_its_own_characters():
    assert only({"id": "1", "title": "Сніг\x01"}).title == "Сніг"
    body = feed({"id": "1", "title": "Сніг падає"}).encode().replace("С".encode(), b"\xd0")
    assert parsed(body).entries[0].title.endswith("ніг падає")
    assert parsed(feed({"id": "1", "title": "Назва"}).replace("Назва", "На\nзва")).entries[0].title == "На зва"


def test_a_number_of_a_million_digits_is_no_work():
    entry = parsed(feed({"id": "x", "title": "Назва"}).replace('"x"', "9" * 1_000_000)).entries[0]
    assert entry.title == "Назва"


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '{"items": 1}', '{"version": "https://jsonfeed.org/version/1", "items": [' + "[" * 200_000],
)
def test_other_json_is_a_source_error(body):
    with pytest.raises(SourceError):
        parsed(body)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("id", "url", "external_url", "title", "summary", "content_html", "content_text", "date_published")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES) | VALUES, max_size=4), st.integers(0, 400))
def test_whatever_stands_in_it_every_whole_titled_item_is_given(items, cut):
    body = feed({"title": "Перша"}, *items, {"title": "Остання"})
    titles = [entry.title for entry in parsed(body).entries]
    assert (titles[0], titles[-1]) == ("Перша", "Остання")
    with suppress(SourceError):
        assert [entry.title for entry in parsed(body[:cut]).entries] == titles[: len(parsed(body[:cut]).entries)]
