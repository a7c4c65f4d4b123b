"""News sitemaps and indexes of them, under any prefix, packed or not."""

import gzip
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import SourceError
from watchers.leafing import MOST_PARTS, parts_to_read
from watchers.parse.feed import Part
from watchers.parse.kind import parse_feed

KYIV = ZoneInfo("Europe/Kyiv")
URL = "https://vezha.example/sitemap.xml"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)


def parsed(body):
    body = body if isinstance(body, bytes) else body.encode()
    return parse_feed(body, url=URL, content_type="application/octet-stream", zone=KYIV)


def url(title, path="/1", *, prefix="news"):
    return (
        f"<url><loc>https://vezha.example{path}</loc><lastmod>2025-11-26</lastmod>"
        f"<image:image><image:loc>https://vezha.example/p.jpg</image:loc><image:title>Фото</image:title></image:image>"
        f"<{prefix}:news><{prefix}:publication><{prefix}:name>Вежа</{prefix}:name><{prefix}:language>uk"
        f"</{prefix}:language></{prefix}:publication><{prefix}:publication_date>2025-11-26T10:00:00+02:00"
        f"</{prefix}:publication_date><{prefix}:title>{title}</{prefix}:title></{prefix}:news></url>"
    )


def urlset(*urls, names=NEWS):
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://i"'
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {space} {names}>{"".join(urls)}</urlset>'


def index(*parts):
    return f"<sitemapindex>{''.join(f'<sitemap>{part}</sitemap>' for part in parts)}</sitemapindex>"


def test_news_are_read_with_what_their_publication_says():
    found = parsed(urlset(url("Сніг &amp; лід"), url("Дощ", "/2")))
    first, second = found.entries
    assert (found.kind, found.title, found.language) == ("news sitemap", "Вежа", "uk")
    assert (first.url, first.title, first.text) == ("https://vezha.example/1", "Сніг & лід", None)
    assert first.published == datetime(2025, 11, 26, 8, tzinfo=UTC)
    assert (second.url, second.title) == ("https://vezha.example/2", "Дощ")


@pytest.mark.parametrize("prefix", ["n", "news", "google"])
def test_any_prefix_will_do_declared_or_not(prefix):
    declared = f'xmlns:{prefix}="http://www.google.com/schemas/sitemap-news/0.9"'
    for names in (declared, ""):
        assert [entry.title for entry in parsed(urlset(url("Сніг", prefix=prefix), names=names)).entries] == ["Сніг"]


def test_a_packed_sitemap_is_unpacked():
    assert parsed(gzip.compress(urlset(url("Сніг")).encode())).entries[0].title == "Сніг"


@pytest.mark.parametrize(
    ("size", "reason"), [(4 << 20, "unpacks to more than 200 times its size"), (64 << 20, "larger than 8388608 bytes")]
)
def test_a_packed_bomb_is_refused(size, reason):
    with pytest.raises(SourceError, match=reason):
        parsed(gzip.compress(bytes(size)))


def test_addresses_without_headlines_are_no_news():
    plain = "<url><loc>https://vezha.example/kontakty</loc></url>"
    found = parsed(urlset(plain, url("Сніг"), plain))
    assert [entry.title for entry in found.entries] == ["Сніг"]
    assert parsed(urlset(plain)).kind == "sitemap without news"
    assert parsed(urlset()).kind == "news sitemap"


def test_a_sitemap_that_is_cut_gives_its_whole_items():
    whole = urlset(url("Перша"), url("Друга", "/2"))
    cut = whole[: whole.rindex("<news:title>") + 15]
    assert [entry.title for entry in parsed(cut).entries] == ["Перша"]


def test_an_index_names_its_parts_with_the_minute_they_changed_where_it_says_so():
    found = parsed(
        index(
            "<loc>https://vezha.example/news.xml</loc><lastmod>2025-11-26T10:00:00+02:00</lastmod>",
            "<loc>/old.xml.gz</loc><lastmod>2025-11-26</lastmod>",
            "<loc>mailto:red@vezha.example</loc>",
        )
    )
    assert (found.kind, found.entries) == ("index of sitemaps", ())
    assert found.parts == (
        Part("https://vezha.example/news.xml", datetime(2025, 11, 26, 8, tzinfo=UTC)),
        Part("https://vezha.example/old.xml.gz", None),
    )


def chosen(*parts, since=None):
    return [part.url.rpartition("/")[2] for part in parts_to_read(parts, of=URL, since=since)]


def part(name, hours=None, *, host="vezha.example"):
    return Part(f"https://{host}/{name}", None if hours is None else NOON - timedelta(hours=hours))


def test_only_parts_that_may_hold_something_new_are_read_the_newest_first():
    parts = [part("a", 5), part("b", 1), part("c"), part("d", 3)]
    assert chosen(*parts) == ["c", "b", "d", "a"]
    assert chosen(*parts, since=NOON - timedelta(hours=2)) == ["c", "b", "d"]
    assert chosen(part("a", 9), since=NOON) == []


def test_where_parts_are_called_news_the_others_are_left():
    assert chosen(part("pages.xml", 1), part("news-1.xml", 2), part("tags.xml")) == ["news-1.xml"]


def test_parts_of_other_sites_are_not_read():
    assert chosen(part("a", 1, host="elsewhere.example"), part("b", 2, host="cdn.vezha.example")) == ["b"]


def test_no_more_than_the_newest_few_are_read():
    assert len(chosen(*(part(str(number), number) for number in range(50_000)))) == MOST_PARTS
