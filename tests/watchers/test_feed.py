"""Every whole item of a feed becomes an entry, whatever state the feed is in."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import SourceError
from watchers.parse.kind import parse_feed
from watchers.parse.markup import line, paragraphs

DATA = Path(__file__).parent / "data"
KYIV = ZoneInfo("Europe/Kyiv")
URL = "https://news.example.ua/rss.xml"


def parsed(body, *, url=URL, content_type=None):
    body = body.encode() if isinstance(body, str) else body
    return parse_feed(body, url=url, content_type=content_type, zone=KYIV)


def rss(*items, root='<rss version="2.0">'):
    return f'<?xml version="1.0"?>{root}<channel><title>Новини</title>{"".join(items)}</channel></rss>'


def item(title="Назва", *inner):
    return f"<item><title>{title}</title>{''.join(inner)}</item>"


def only(body, **kwargs):
    (entry,) = parsed(body, **kwargs).entries
    return entry


def titles(body):
    return [entry.title for entry in parsed(body).entries]


@pytest.mark.parametrize("name", ["full-text", "atom", "rdf-windows-1251", "broken-and-cut"])
def test_feeds_as_they_come_are_read_as_written_beside_them(name):
    expected = json.loads((DATA / f"{name}.json").read_text())
    feed = parsed((DATA / f"{name}.xml").read_bytes(), url="https://pryklad.example/feed/")
    assert feed.title == expected["title"]
    for entry, wanted in zip(feed.entries, expected["entries"], strict=True):
        moment = entry.published.isoformat() if entry.published else None
        fields = {field: getattr(entry, field) for field in wanted if field != "published"}
        assert fields | {"published": moment} == wanted


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "the body is empty"),
        (" \r\n ", "the body is empty"),
        ("<!DOCTYPE html><html><body>Перевіряємо ваш браузер</body></html>", "an HTML page, not a feed"),
        ("<html><rss/></html>", "an HTML page, not a feed"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "an HTML page"),
        ('{"items": {}}', "it is JSON, but no JSON Feed"),
        ("[1, 2]", "it is JSON, but no JSON Feed"),
        ("/etc/passwd", "there is no feed in it"),
        ("https://news.example.ua/rss", "there is no feed in it"),
        ('<?xml version="1.0"?><opml><body/></opml>', "its root is <opml>"),
        ("<rss><channel><title>Новини</title><item><title>Півназви", "no item in it is whole"),
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "y"><rss/>', "its DOCTYPE has no end"),
        (bytes((8 << 20) + 1), "larger than 8388608 bytes"),
    ],
)
def test_what_is_no_feed_says_so(body, reason):
    with pytest.raises(SourceError, match=reason):
        parsed(body)


def test_an_empty_channel_is_a_feed_without_entries():
    assert parsed(rss()).entries == ()


def test_half_an_item_is_never_given():
    whole = rss(item("Перша"), item("Друга", "<description>Опис другої</description>"))
    start, end = whole.index("<item>", whole.index("</item>")), whole.rindex("</item>")
    assert all(titles(whole[:cut]) == ["Перша"] for cut in range(start, end + len("</item")))


def test_an_item_that_never_ends_costs_nobody_else():
    broken = rss(item("Перша"), "<item><title>Без кінця", item("Третя"), item("<b>Четверта"), item("П'ята"))
    assert titles(broken) == ["Перша", "Третя", "Четверта", "П'ята"]


def test_an_item_named_inside_cdata_is_only_text():
    text = "<![CDATA[Тег <item> і тег </item> та </rss>]]>"
    assert titles(rss(item("Перша", f"<description>{text}</description>"), item("Друга"), "<oops>")) == [
        "Перша",
        "Друга",
    ]


def test_cdata_without_an_end_stays_in_its_item():
    body = rss(item("Перша", "<description><![CDATA[обірвано</description>"), item("<![CDATA[Друга]]>"))
    assert titles(body)[-1] == "Друга"


def test_links_in_cdata_keep_their_ampersands_in_a_repaired_feed():
    guid = "<guid><![CDATA[https://x.example/?a=1&b=2]]></guid>"
    entry = only(rss(item("Кава & чай", guid)))
    assert (entry.guid, entry.url) == ("https://x.example/?a=1&b=2",) * 2


@pytest.mark.parametrize(
    ("inner", "url"),
    [
        ("<link>/svit/1.html</link>", "https://news.example.ua/svit/1.html"),
        ("<link>\n https://x.example/a b \n</link>", "https://x.example/a%20b"),
        ("<link>https://x.example/?a=1&amp;amp;b=2</link>", "https://x.example/?a=1&b=2"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>mailto:red@x.example</link>", None),
        ("<link>http://[</link>", None),
        (f"<link>https://x.example/{'a' * 2048}</link>", None),
        ("<guid>https://x.example/7</guid>", "https://x.example/7"),
        ('<guid isPermaLink="true">https://x.example/7</guid>', "https://x.example/7"),
        ('<guid isPermaLink="false">https://x.example/7</guid>', None),
        ("<guid>7</guid>", None),
        ("<link/><guid>https://x.example/7</guid>", "https://x.example/7"),
        ('<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="https://x.example/self"/>', None),
        ("", None),
    ],
)
def test_the_link_is_an_absolute_web_address_or_none(inner, url):
    assert only(rss(item("Назва", inner))).url == url


@pytest.mark.parametrize(
    ("summary", "text", "kept"),
    [
        ("Коротко", "Довгий повний текст новини", "Довгий повний текст новини"),
        ("Той самий текст", "Той самий текст", None),
        ("Той самий текст", "<p>Той самий текст</p>", None),
        ("Довгий опис новини", "Уривок", None),
        ("", "Лише текст", "Лише текст"),
    ],
)
def test_the_text_is_there_only_where_it_says_more_than_the_summary(summary, text, kept):
    fields = f"<description>{summary}</description><fulltext><![CDATA[{text}]]></fulltext>"
    assert only(rss(item("Назва", fields))).text == kept


@pytest.mark.parametrize("name", ["fulltext", "full-text", "yandex:full-text", "turbo:content", "content:encoded"])
def test_full_text_is_found_under_all_its_names_declared_or_not(name):
    assert only(rss(item("Назва", f"<{name}>Повний текст новини</{name}>"))).text == "Повний текст новини"


def test_the_longest_of_several_texts_is_the_text():
    texts = "<content>Уривок</content><fulltext>Увесь текст новини</fulltext><body>Ще уривок</body>"
    assert only(rss(item("Назва", texts))).text == "Увесь текст новини"


def test_a_feed_in_a_namespace_of_its_own_is_still_a_feed():
    assert titles(rss(item("Назва"), root='<rss version="2.0" xmlns="http://x.example/own">')) == ["Назва"]


def test_tags_in_capitals_are_tags():
    assert titles(rss("<ITEM><TITLE>Назва</TITLE></ITEM>")) == ["Назва"]


def test_text_after_the_feed_is_not_the_feed():
    assert titles(rss(item("Перша")) + "<script>counter()</script> 0.03 s") == ["Перша"]


def test_a_thousand_entries_are_enough():
    assert len(parsed(rss(*(item(str(number)) for number in range(1500)))).entries) == 1000
    assert len(parsed(rss(*(item(str(number)) for number in range(1500)), "<oops>")).entries) == 1000


def test_what_comes_after_the_thousandth_entry_is_not_even_read():
    many = rss(*(item(str(number), "<b>x</b>") for number in range(200_000)), root='<rss version="2.0"><extra/>')
    begun = time.process_time()
    assert titles(many)[::999] == ["0", "999"]
    assert titles(many + "<oops>")[::999] == ["0", "999"]
    assert time.process_time() - begun < 2


def test_a_field_is_not_longer_than_its_bound():
    entry = only(rss(item("а" * 300_000, f"<fulltext>{'слово ' * 100_000}</fulltext>")))
    assert len(entry.title) == 200_000
    assert 199_000 < len(entry.text) <= 200_000


def test_dates_without_a_zone_are_in_the_zone_of_the_source():
    assert only(rss(item("Назва", "<pubDate>26.11.2025 10:00</pubDate>"))).published == datetime(
        2025, 11, 26, 8, tzinfo=UTC
    )


def test_a_date_that_cannot_be_read_gives_way_to_one_that_can():
    dates = "<pubDate>вчора</pubDate><updated>2025-11-26T08:00:00Z</updated>"
    assert only(rss(item("Назва", dates))).published == datetime(2025, 11, 26, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Об&amp;#039;єкт &amp;quot;Північ&amp;quot; &amp;amp; Ко", 'Об\'єкт "Північ" & Ко'),
        ("&lt;b&gt;Терміново:&lt;/b&gt; сніг", "Терміново: сніг"),
        ("Курс &lt; 42 і > 40", "Курс < 42 і > 40"),
        ("Книга <Місто> вийшла", "Книга <Місто> вийшла"),
        ("<b>По</b>літв\u02bcязні", "Політв\u02bcязні"),
        ("Білий\x0b дім\x1f каже", "Білий дім каже"),
        ("\u202eтидорев\u202c \u2066ліво\u2069\u200f", "тидорев ліво"),
        ("тире \x96 і &#150;", "тире – і –"),
        ("рядок\u2028другий\xa0третій", "рядок другий третій"),
        ("<p>Обірваний <a href='https://x.exam", "Обірваний"),
        ('<img alt="a > b">після', "після"),
        ("до<!-- ні -->після", "допісля"),
        ("<style>p {}</style>Текст<script>1 < 2</script>", "Текст"),
        ("\ud83dполовина емодзі", "половина емодзі"),
        ("я\u0301блуко і зв\u200bязок", "я\u0301блуко і зв\u200bязок"),
    ],
)
def test_markup_becomes_the_line_a_reader_would_see(markup, text):
    assert line(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Перший.</p><p>Другий.</p>", "Перший.\nДругий."),
        ("<p>Перший\nі далі.</p>\n\n<div>Другий.</div>", "Перший і далі.\nДругий."),
        ("Перший.<br/><br/>Другий.", "Перший.\nДругий."),
        ("Перший  рядок.\n\nДругий.", "Перший рядок.\nДругий."),
        ("<ul><li>раз</li><li>два</li></ul>", "раз\nдва"),
        ("&lt;p&gt;Перший.&lt;/p&gt;&lt;p&gt;Другий.&lt;/p&gt;", "Перший.\nДругий."),
    ],
)
def test_paragraphs_stay_paragraphs(markup, text):
    assert paragraphs(markup) == text


def deep(depth):
    return item("Глибока", "<description>" + "<a>" * depth + "</a>" * depth + "</description>")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": rss(item("Перша", "&l9;"), root=f'<!DOCTYPE rss [<!ENTITY l0 "ха">{LAUGHS}]><rss>'),
    "a file as an entity": rss(item("&x;"), root='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss>'),
    "a file included": rss(
        item('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>')
    ),
    "depth": rss(deep(100_000)),
    "depth without an end": "<rss><channel><item><title>x" + "<b>" * 300_000,
    "many attributes": rss(item("x", "<enclosure " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>")),
    "many namespaces": "<rss " + " ".join(f'xmlns:n{n}="http://n/{n}"' for n in range(50_000)) + "><channel/>",
    "many <": "<rss><channel><item><title>" + "<" * 1_000_000,
    "many &": rss(item("x", f"<description>{'&' * 1_000_000}</description>")),
    "many comments": "<rss><channel>" + "<!--" * 250_000,
    "many CDATA": "<rss><channel><item><description>" + "<![CDATA[" * 110_000,
    "many spaces": "<rss version=2.0><channel>" + " " * 300_000 + "=" + " " * 300_000,
    "many quotes": rss(item("x", "<description><![CDATA[" + '<a href="' * 100_000 + "]]></description>")),
    "many boxes": rss(item("x", "<title>" * 100_000)),
    "many items": rss("<item></item>" * 300_000, "<oops>"),
    "many ends": rss("</item>" * 100_000),
    "many doctypes": "<!DOCTYPE [" * 30_000 + "<rss></rss>",
    "a long date": rss(item("x", f"<pubDate>{'1' * 1_000_000}</pubDate>")),
    "random bytes": bytes((n * n * 7919 >> 5) & 0xFF for n in range(500_000)),
    "a codec that runs escapes": b'<?xml version="1.0" encoding="unicode_escape"?><rss>\\x41\xff</rss>',
    "a codec that unpacks": b'<?xml version="1.0" encoding="zlib_codec"?><rss>\xff</rss>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_quick_and_tell_nothing(name):
    begun = time.process_time()
    try:
        entries = parsed(HOSTILE[name]).entries
    except SourceError:
        entries = ()
    assert time.process_time() - begun < 2
    hostname = Path("/etc/hostname")
    assert not hostname.exists() or hostname.read_text().strip() not in repr(entries)
    assert not any("ха" * 100 in repr(entry) for entry in entries)


GOOD = [
    (DATA / "full-text.xml").read_bytes(),
    (DATA / "atom.xml").read_bytes(),
    rss(*(item(f"Назва {n}", f"<link>/{n}</link><description>Опис {n}</description>") for n in range(5))).encode(),
]
PIECES = [
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<item>", b"</item>", b"<title>", b"&", b"&#x", b"&#0;",
    b"<!DOCTYPE x [", b"\x00", b"\xff\xfe", b"<?xml", b"?>", b"xmlns:a=", b'"', b"<", b">", b"\xd1",
    b"<rss>", b"</rss>", b"</channel>", b"</feed>", b'encoding="x"',
]  # fmt: skip


@st.composite
def damages(draw):
    """A good feed, and the same with pieces put in, cut out or overwritten from some place on."""
    good = draw(st.sampled_from(GOOD))
    place = draw(st.integers(0, len(good)))
    tail = bytearray(good[place:])
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(tail)))
        gone = draw(st.integers(0, 60))
        tail[at : at + gone] = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
    return good, place, good[:place] + bytes(tail)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damages())
def test_damage_loses_no_item_that_stands_whole_before_it(damage):
    good, place, damaged = damage
    before = max(good[:place].count(b"</item>"), good[:place].count(b"</entry>"))
    whole = parsed(good).entries[:before]
    try:
        entries = parsed(damaged).entries
    except SourceError:
        entries = ()
    assert entries[:before] == whole


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet="<>/!&;[]- \n\"'=rssitemfdxlnCDATA?", max_size=200))
def test_any_bytes_are_a_feed_or_a_source_error(body):
    with suppress(SourceError):
        parsed(body)
