"""What is found at an address that somebody pastes."""

from datetime import timedelta

import pytest
from raw_web import answer, redirect
from rounds import KYIV, NOON, feed, item

from core.model import Listing
from watchers.scout import MOST_TRIED, Found, Nothing, Scout, Unread

DAY = timedelta(days=1)


@pytest.fixture
def look(fetcher, site):
    scout = Scout(fetcher, clock=lambda: NOON, zone=KYIV)
    return lambda path="/": scout.look(site.url(path))


def home(*head, body=""):
    return answer(f"<!doctype html><html><head>{''.join(head)}</head><body>{body}</body></html>".encode())


def alternate(href, kind="rss+xml", title=""):
    return f'<link rel="alternate" type="application/{kind}" title="{title}" href="{href}">'


def news(site, count=3, *, apart=timedelta(hours=2), since=NOON, text=None, title="Вежа"):
    items = (item(site, f"/{title}{n}", f"{title} {n}", text=text, at=since - n * apart) for n in range(count))
    return feed(*items, title=title)


async def test_a_feed_is_found_where_it_stands(look, site):
    site.says["/rss"] = news(site)
    found = await look("/rss")
    assert (found.url, found.on, len(found.feed.entries)) == (site.url("/rss"), None, 3)
    assert site.paths == ["/rss"]


async def test_a_site_is_watched_by_the_feed_that_its_page_names(look, site):
    site.says["/"] = home(alternate("/strichka.xml"))
    site.says["/strichka.xml"] = news(site)
    found = await look()
    assert (found.url, found.on, found.others) == (site.url("/strichka.xml"), site.url("/"), ())


async def test_of_several_feeds_the_one_that_gives_most_is_chosen(look, site):
    site.says["/"] = home(alternate("/few"), alternate("/many"), alternate("/dead"), alternate("/broken"))
    site.says["/few"] = news(site, apart=DAY, text="Повний текст новини.")
    site.says["/many"] = news(site, 20)
    site.says["/dead"] = news(site, 90, since=NOON - 90 * DAY)
    found = await look()
    assert (found.url, found.others) == (site.url("/many"), (site.url("/few"), site.url("/dead")))


async def test_of_equal_feeds_the_one_with_full_texts_is_chosen(look, site):
    site.says["/"] = home(alternate("/short"), alternate("/full"))
    site.says["/short"], site.says["/full"] = news(site), news(site, text="Повний текст новини.")
    assert (await look()).url == site.url("/full")


async def test_a_part_of_a_site_is_watched_by_a_feed_of_its_own(look, site):
    site.says["/en/"] = home(alternate("/rss"), alternate("/en/rss"))
    site.says["/rss"], site.says["/en/rss"] = news(site, 20), news(site)
    assert (await look("/en/")).url == site.url("/en/rss")


async def test_feeds_of_comments_tags_and_programs_are_not_asked(look, site):
    site.says["/"] = home(
        alternate("/comments/feed/"),
        alternate("/wp-json/wp/v2/posts", "json"),
        alternate("/tag/snih/feed"),
        alternate("/f"),
    )
    site.says["/f"] = news(site)
    assert (await look()).url == site.url("/f")
    assert site.paths == ["/", "/f"]


async def test_links_that_look_like_feeds_are_tried_and_the_page_may_have_a_base(look, site):
    base = f'<base href="{site.url("/deep/")}">'
    site.says["/"] = home(base, body="<a href='rss.xml'>RSS</a><a href='/novyny'>Новини</a>")
    site.says["/deep/rss.xml"] = news(site)
    assert (await look()).url == site.url("/deep/rss.xml")


async def test_the_usual_places_are_tried_where_the_page_names_none(look, site):
    site.says["/"], site.says["/rss.xml"] = home(), news(site)
    found = await look()
    assert (found.url, found.on) == (site.url("/rss.xml"), site.url("/"))
    assert site.paths == ["/", "/rss", "/feed", "/rss.xml"]


async def test_a_news_sitemap_of_robots_txt_is_better_than_nothing(look, site):
    sitemap = (
        "<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<url><loc>{site.url('/1')}</loc><n:news><n:title>Сніг</n:title></n:news></url></urlset>"
    )
    site.says["/"] = home()
    site.says["/robots.txt"] = answer(
        f"Sitemap: {site.url('/pages.xml')}\nSitemap: {site.url('/map-news.xml')}".encode()
    )
    site.says["/pages.xml"] = answer(f"<urlset><url><loc>{site.url('/k')}</loc></url></urlset>".encode())
    site.says["/map-news.xml"] = answer(sitemap.encode())
    found = await look()
    assert (found.url, found.feed.kind) == (site.url("/map-news.xml"), "news sitemap")
    assert "/pages.xml" not in site.paths


async def test_a_dead_feed_is_better_than_nothing_too(look, site):
    site.says["/"] = home(alternate("/dead"))
    site.says["/dead"] = news(site, since=NOON - 90 * DAY)
    assert (await look()).url == site.url("/dead")


async def test_where_nothing_is_found_it_says_why_and_names_the_channels(look, site):
    site.says["/"] = home(body="<a href='https://t.me/vezha_news'>ТГ</a><a href='https://t.me/share/url?url=x'>+</a>")
    nothing = await look()
    assert nothing == Nothing(
        reason="it is an HTML page, not a feed, and none was found on its site",
        channels=("https://t.me/s/vezha_news",),
    )


async def test_what_is_neither_a_feed_nor_a_page_leads_nowhere(look, site):
    site.says["/x"] = answer(b"%PDF-1.7")
    assert await look("/x") == Nothing(reason="there is no feed in it")
    assert await look("/nowhere") == Nothing(reason="HTTP 404 Not Found")
    assert site.paths == ["/x", "/nowhere"]


async def test_what_cannot_be_asked_now_is_not_judged(look, site):
    site.says["/"] = answer(b"", status="503 Service Unavailable")
    assert await look() == Unread("HTTP 503 Service Unavailable")


async def test_a_page_cannot_send_us_into_ones_own_network(look, site, intranet):
    site.says["/"] = home(alternate(intranet.url("/secret")), alternate("/away"))
    site.says["/away"] = redirect(intranet.url("/secret"))
    assert isinstance(await look(), Nothing)
    assert intranet.connections == 0


async def test_a_page_with_a_thousand_feeds_costs_a_few_questions(look, site):
    site.says["/"] = home(*(alternate(f"/{number}.rss") for number in range(1000)), body="<a href='/x.rss'>" * 50_000)
    site.says["/0.rss"] = news(site)
    assert isinstance(await look(), Found)
    assert len(site.paths) == 1 + MOST_TRIED


async def test_a_page_is_looked_through_by_selectors(look, site, fetcher):
    site.says["/list"] = home(body="<li><a href='/1'>Сніг у Карпатах</a></li>")
    scout = Scout(fetcher, clock=lambda: NOON, zone=KYIV)
    found = await scout.look(site.url("/list"), listing=Listing(item="li"))
    assert [entry.title for entry in found.feed.entries] == ["Сніг у Карпатах"]
    nothing = await scout.look(site.url("/list"), listing=Listing(item=".no"))
    assert nothing == Nothing(reason="nothing on it with a link and a headline answers '.no'")
