"""What `source add` says of what it found."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from chatovyi.clock import system_clock
from chatovyi.findings import shown_found, shown_nothing
from core.model import Entry
from tests.chatovyi.terminal import refused
from watchers.parse.feed import Feed
from watchers.scout import Found, Nothing

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def entry(title, *, hours=0, text=None):
    published = NOON - timedelta(hours=hours)
    return Entry(url="https://v.example/1", guid=None, title=title, summary="", text=text, published=published)


def test_what_was_found_is_told_in_words():
    entries = tuple(entry(f"Сніг у Карпатах, день {n}", hours=n, text="Є." if n < 4 else None) for n in range(24))
    feed = Feed(kind="RSS", title="Вежа", entries=entries, language="en-US")
    found = Found(url="https://v.example/rss", feed=feed, on="https://v.example/", others=("https://v.example/en/rss",))
    assert shown_found(found, zone=ZoneInfo("Europe/Kyiv"), now=NOON) == (
        "Вежа: RSS, in Ukrainian, 24 entries, about 24 a day, 4 with their full text\n"
        "  02.03 14:00  Сніг у Карпатах, день 0\n"
        "  02.03 13:00  Сніг у Карпатах, день 1\n"
        "  02.03 12:00  Сніг у Карпатах, день 2\n"
        "  02.03 11:00  Сніг у Карпатах, день 3\n"
        "  02.03 10:00  Сніг у Карпатах, день 4\n"
        "Found on https://v.example/, the best of what is there; also:\n"
        "  https://v.example/en/rss"
    )


def test_where_nothing_was_found_it_says_what_to_do():
    nothing = Nothing(reason="it is an HTML page, not a feed", channels=("https://t.me/s/vezha_news",))
    assert shown_nothing(nothing, "https://v.example/") == (
        "https://v.example/ gives nothing to watch: it is an HTML page, not a feed. "
        "It links to Telegram: chatovyi source add https://t.me/s/vezha_news. "
        "Paste the address of a feed, a news sitemap or a Telegram channel (@name) of theirs; a page that lists news "
        "is watched by what an item on it is: --item CSS. To watch this address all the same: --unasked."
    )


async def test_a_site_is_added_by_its_front_page(chatovyi, site, site_address, news_world):
    outlet = news_world.outlet("dniprochas")
    article = next(one for one in news_world.articles if one.outlet == outlet.key)
    site.publish(article, at=system_clock())

    def typed(*arguments):
        return chatovyi("source", *arguments, FETCH_ALLOW_PRIVATE="127.0.0.0/8", DATABASE="sqlite:///x.db")

    added = await asyncio.to_thread(typed, "add", f"{site_address}/{outlet.key}/")
    nothing = await asyncio.to_thread(typed, "add", f"{site_address}{outlet.path_of(article.slug)}x")

    assert f"Source 1 added: {site_address}{outlet.feed_path}, visited as often as it publishes." in added.stdout
    assert outlet.name in added.stdout
    assert article.title in added.stdout
    assert f"Found on {site_address}/{outlet.key}/" in added.stdout
    refused(nothing, "gives nothing to watch", "404")
