"""Does the news site of the demo show what was published, the way real outlets would?"""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest
from lxml import etree, html

from chatovyi.demo.site import FEED_LENGTH, NewsSite
from seeds import KINDS, SeedArticle, World, load_world

OPENED = datetime(2025, 11, 26, 5, 0, tzinfo=UTC)
AT = datetime(2025, 11, 26, 6, 5, 30, tzinfo=UTC)
BASE = "http://news.test:8080"
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture
def site(world) -> NewsSite:
    return NewsSite(world, clock=lambda: OPENED)


@pytest.fixture
async def browser(site) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(site) as client:
        yield client


def browser_of(site: NewsSite, address: str = BASE) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(site.app), base_url=address)


def article_of(world: World, outlet: str, story: str) -> SeedArticle:
    return next(each for each in world.articles if (each.outlet, each.story) == (outlet, story))


def publish_all(site: NewsSite, world: World) -> None:
    for number, article in enumerate(world.articles):
        site.publish(article, at=AT + timedelta(minutes=number))


def titles(feed: bytes) -> list[str]:
    return etree.fromstring(feed).xpath("//item/title/text() | //atom:entry/atom:title/text()", namespaces=NAMES)


async def test_nothing_is_visible_before_it_is_published(site, browser, world):
    for outlet in world.outlets:
        answer = await browser.get(outlet.feed_path)
        assert answer.status_code == 200
        assert titles(answer.content) == []
    first = world.articles[0]
    assert (await browser.get(f"/{first.outlet}/{first.slug}")).status_code == 404
    assert first.title not in (await browser.get("/")).text
    assert site.published == []


def test_published_articles_are_listed_oldest_first(site, world):
    later, sooner = world.articles[0], world.articles[1]
    site.publish(later, at=AT)
    site.publish(sooner, at=AT - timedelta(hours=1))
    assert [each.article for each in site.published] == [sooner, later]


async def test_every_feed_is_well_formed_and_newest_first(site, browser, world):
    publish_all(site, world)
    for outlet in world.outlets:
        own = [article.title for article in world.articles if article.outlet == outlet.key]
        answer = await browser.get(outlet.feed_path)
        assert answer.headers["content-type"] == f"application/{outlet.feed}+xml; charset=utf-8"
        assert titles(answer.content) == own[::-1][:FEED_LENGTH]


async def test_an_rss_item_says_what_and_when(site, browser, world):
    article = article_of(world, "vezha", "us-belarus-talks")
    site.publish(article, at=AT)
    [item] = etree.fromstring((await browser.get("/vezha/feed.xml")).content).iter("item")
    assert item.findtext("title") == article.title
    assert item.findtext("link") == item.findtext("guid") == f"{BASE}/vezha/{article.slug}"
    assert parsedate_to_datetime(item.findtext("pubDate")) == AT
    assert item.findtext("description") == article.summary
    assert item.findtext("dc:creator", namespaces=NAMES) == article.author
    assert item.find("content:encoded", NAMES) is None


async def test_an_rss_feed_with_full_text_carries_it(site, browser, world):
    article = article_of(world, "dniprochas", "us-belarus-talks")
    site.publish(article, at=AT)
    [item] = etree.fromstring((await browser.get("/dniprochas/feed.xml")).content).iter("item")
    shown = html.fragments_fromstring(item.findtext("content:encoded", namespaces=NAMES))
    assert [each.text for each in shown] == list(article.paragraphs)


async def test_an_atom_entry_says_what_and_when(site, browser, world):
    article = article_of(world, "polissia", "us-belarus-talks")
    site.publish(article, at=AT)
    [entry] = etree.fromstring((await browser.get("/polissia/feed.xml")).content).iterfind("atom:entry", NAMES)
    assert entry.findtext("atom:title", namespaces=NAMES) == article.title
    assert entry.find("atom:link", NAMES).get("href") == f"{BASE}/polissia/{article.slug}"
    assert datetime.fromisoformat(entry.findtext("atom:updated", namespaces=NAMES)) == AT
    assert entry.findtext("atom:summary", namespaces=NAMES) == article.summary
    assert entry.find("atom:content", NAMES) is None


async def test_an_atom_feed_with_full_text_carries_it(site, browser, world):
    article = article_of(world, "hanak", "us-belarus-talks")
    site.publish(article, at=AT)
    content = etree.fromstring((await browser.get("/hanak/feed.xml")).content).find(".//atom:content", NAMES)
    assert content.get("type") == "html"
    assert [each.text for each in html.fragments_fromstring(content.text)] == list(article.paragraphs)


async def test_signs_of_markup_in_a_text_stay_text(site, browser, world):
    risky = replace(article_of(world, "vezha", "metro-night"), title="A & B </script><b>", text="1 < 2 & </script> ]]>")
    site.publish(risky, at=AT)
    site.publish(replace(risky, outlet="dniprochas"), at=AT)
    page = html.fromstring((await browser.get(f"/vezha/{risky.slug}")).content)
    assert page.findtext(".//h1") == risky.title
    told = page.findtext(".//script[@type='application/ld+json']")
    assert json.loads(told)["headline"] == risky.title
    assert page.findtext(".//div[@class='text']/p") == risky.text
    feed = etree.fromstring((await browser.get("/dniprochas/feed.xml")).content)
    assert feed.findtext(".//item/title") == risky.title
    [body] = html.fragments_fromstring(feed.findtext(".//content:encoded", namespaces=NAMES))
    assert body.text == risky.text


@pytest.mark.parametrize("path", ["/vezha/feed.xml", "/polissia/feed.xml", "/vezha/", "/"])
async def test_what_has_not_changed_is_not_sent_again(site, browser, world, path):
    site.publish(article_of(world, "vezha", "us-belarus-talks"), at=AT)
    first = await browser.get(path)
    for condition in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"other", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = await browser.get(path, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


async def test_a_new_article_makes_the_feed_new(site, browser, world):
    site.publish(article_of(world, "vezha", "us-belarus-talks"), at=AT)
    first = await browser.get("/vezha/feed.xml")
    site.publish(article_of(world, "vezha", "pardon-31"), at=AT + timedelta(seconds=5))
    for condition in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
        {"If-None-Match": first.headers["etag"], "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        again = await browser.get("/vezha/feed.xml", headers=condition)
        assert again.status_code == 200
        assert len(titles(again.content)) == 2


async def test_an_edited_article_takes_the_place_of_the_old_one(site, browser, world):
    article = article_of(world, "vezha", "us-belarus-talks")
    site.publish(article, at=AT)
    site.publish(replace(article, title="Новий заголовок"), at=AT + timedelta(minutes=1))
    assert titles((await browser.get("/vezha/feed.xml")).content) == ["Новий заголовок"]
    assert len(site.published) == 1


async def test_every_page_carries_its_text_and_says_what_it_is(site, browser, world):
    publish_all(site, world)
    for number, article in enumerate(world.articles):
        address = f"{BASE}/{article.outlet}/{article.slug}"
        answer = await browser.get(address)
        page = html.fromstring(answer.content)
        assert page.get("lang") == world.outlet(article.outlet).language
        assert page.findtext(".//h1") == article.title
        assert [p.text for p in page.findall(".//div[@class='text']/p")] == list(article.paragraphs)
        assert page.find(".//link[@rel='canonical']").get("href") == address
        assert page.find(".//meta[@property='og:title']").get("content") == article.title
        told = json.loads(page.findtext(".//script[@type='application/ld+json']"))
        assert told["headline"] == article.title
        assert datetime.fromisoformat(told["datePublished"]) == AT + timedelta(minutes=number)


async def test_at_least_half_of_the_outlets_keep_the_text_out_of_their_linked_data(site, browser, world):
    publish_all(site, world)
    telling = {
        article.outlet
        for article in world.articles
        if "articleBody" in (await browser.get(f"/{article.outlet}/{article.slug}")).text
    }
    assert len(telling) <= len(world.outlets) / 2


async def test_a_page_leads_on_to_its_thread_and_to_other_headlines(site, browser, world):
    publish_all(site, world)
    arrival, pardon = (article_of(world, "vezha", story) for story in ("arrival-31", "pardon-31"))
    page = html.fromstring((await browser.get(f"/vezha/{arrival.slug}")).content)
    also = [link.get("href") for link in page.findall(".//section[@class='also']//a")]
    sidebar = [link.get("href") for link in page.findall(".//section[@class='latest']//a")]
    assert also[0] == f"/vezha/{pardon.slug}"
    assert len(sidebar) >= 5
    assert f"/vezha/{arrival.slug}" not in also + sidebar


async def test_every_link_of_every_page_leads_somewhere(site, browser, world):
    publish_all(site, world)
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = await browser.get(path)
        assert answer.status_code == 200, path
        links = re.findall(r'<a (?:class="\w+" )?href="([^"]+)"', answer.text)
        waiting += {link for link in links if link not in seen and link not in waiting}
    assert len(seen) == 1 + 2 * len(world.outlets) + len(world.articles)


async def test_addresses_begin_with_the_address_that_was_asked(site, world):
    site.publish(article_of(world, "vezha", "us-belarus-talks"), at=AT)
    async with browser_of(site, "http://127.0.0.1:41999") as other:
        assert (
            "<link>http://127.0.0.1:41999/vezha/ssha-bilorus-politviazni</link>"
            in (await other.get("/vezha/feed.xml")).text
        )


async def test_every_kind_of_story_has_a_section_in_every_language(site, browser, world):
    for kind in KINDS:
        story = replace(world.stories[0], kind=kind)
        small = replace(world, stories=(story, *world.stories[1:]))
        told = next(each for each in world.articles if each.story == story.slug)
        shown = NewsSite(small, clock=lambda: OPENED)
        async with browser_of(shown) as client:
            for outlet in world.outlets:
                shown.publish(replace(told, outlet=outlet.key), at=AT)
                assert (await client.get(f"/{outlet.key}/{told.slug}")).status_code == 200


def test_what_cannot_be_published_is_refused(site, world):
    article = world.articles[0]
    with pytest.raises(ValueError, match="no time zone"):
        site.publish(article, at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="there is no outlet 'taverna'"):
        site.publish(replace(article, outlet="taverna"), at=AT)
