"""Sources that are no RSS: one visit each, whatever it takes to read them."""

import gzip
import json
from datetime import timedelta

import pytest
from raw_web import answer
from rounds import LONG, MINUTE, NOON, page

from core.health import health
from core.model import Listing


def json_feed(*items):
    return answer(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode())


def sitemap(site, *titles):
    news = "".join(
        f"<url><loc>{site.url('/' + title)}</loc><n:news><n:publication_date>{NOON.isoformat()}</n:publication_date>"
        f"<n:title>{title}</n:title></n:news></url>"
        for title in titles
    )
    return f"<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>{news}</urlset>".encode()


def index(site, *parts, tag=None):
    def part(path, changed):
        since = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        return f"<sitemap><loc>{site.url(path)}</loc>{since}</sitemap>"

    inner = "".join(part(*one) for one in parts)
    return answer(f"<sitemapindex>{inner}</sitemapindex>".encode(), *([f'ETag: "{tag}"'] if tag else []))


async def test_a_json_feed_is_watched_like_any_other(round_, site):
    await round_.follows("сніг")
    site.says["/feed"] = json_feed({"id": "1", "url": site.url("/1"), "title": "Сніг", "content_text": "Випав."})
    await round_.watch("/feed")
    await round_.visit()
    assert (await round_.alerts(), site.paths) == (["Сніг"], ["/feed"])


async def test_a_news_sitemap_gives_headlines_and_pages_give_their_texts(round_, site):
    await round_.follows("помилування")
    site.says["/news.xml"] = answer(sitemap(site, "a"))
    site.says["/a"] = page(LONG, f"{LONG} Про помилування теж.")
    await round_.watch("/news.xml")
    await round_.visit()
    assert (await round_.alerts(), site.paths) == (["a"], ["/news.xml", "/a"])


async def test_an_index_is_read_on_in_its_parts_packed_or_not(round_, site):
    site.says["/index.xml"] = index(site, ("/one.xml", NOON), ("/two.xml.gz", NOON))
    site.says["/one.xml"] = answer(sitemap(site, "a"))
    site.says["/two.xml.gz"] = answer(gzip.compress(sitemap(site, "b")), "Content-Type: application/x-gzip")
    await round_.watch("/index.xml")
    await round_.visit()
    assert sorted(await round_.titles()) == ["a", "b"]


async def test_of_an_index_only_parts_that_changed_are_read_again(round_, site):
    site.says["/index.xml"] = index(site, ("/one.xml", NOON - timedelta(hours=5)), ("/two.xml", NOON))
    site.says["/one.xml"], site.says["/two.xml"] = answer(sitemap(site, "a")), answer(sitemap(site, "b"))
    await round_.watch("/index.xml")
    await round_.visit()
    later = round_.clock.move(hours=3)
    site.says["/index.xml"] = index(site, ("/one.xml", NOON - timedelta(hours=5)), ("/two.xml", later))
    site.says["/two.xml"] = answer(sitemap(site, "b", "c"))
    site.asked.clear()
    await round_.visit()
    assert [path for path in site.paths if path.endswith(".xml")] == ["/index.xml", "/two.xml"]
    assert sorted(await round_.titles()) == ["a", "b", "c"]


@pytest.mark.parametrize("tag", [None, "frozen"])
async def test_an_index_that_never_changes_itself_is_read_on_all_the_same(round_, site, tag):
    site.says["/index.xml"] = index(site, ("/one.xml", None), tag=tag)
    site.says["/one.xml"] = answer(sitemap(site, "a"))
    await round_.watch("/index.xml")
    await round_.visit()
    round_.clock.move(minutes=2)
    site.says["/one.xml"] = answer(sitemap(site, "a", "b"))
    await round_.visit()
    assert sorted(await round_.titles()) == ["a", "b"]
    assert not any(b"if-none-match" in question.lower() for question in site.asked)


async def test_an_index_without_anything_new_is_no_empty_source(round_, site):
    site.says["/one.xml"] = answer(sitemap(site, "a"))
    await round_.watch("/index.xml")
    for hour in range(5):
        site.says["/index.xml"] = index(site, ("/one.xml", NOON), ("/two.xml", NOON - timedelta(days=hour + 9)))
        site.says["/two.xml"] = answer(sitemap(site))
        await round_.visit()
        round_.clock.move(hours=3)
    assert health(await round_.state(), now=round_.clock()).condition == "fine"


async def test_a_part_that_cannot_be_had_is_read_the_next_time(round_, site):
    site.says["/index.xml"] = index(site, ("/one.xml", NOON), ("/two.xml", NOON), tag="v1")
    site.says["/one.xml"] = answer(sitemap(site, "a"))
    await round_.watch("/index.xml")
    await round_.visit()
    assert await round_.titles() == ["a"]
    site.says["/two.xml"] = answer(sitemap(site, "b"))
    round_.clock.move(minutes=2)
    await round_.visit()
    assert await round_.titles() == ["a", "b"]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (["/pages.xml"], "it is an index of sitemaps without news"),
        (["/gone.xml"], "no part of it can be read: HTTP 404 Not Found"),
    ],
)
async def test_an_index_without_news_says_so(round_, site, parts, reason):
    site.says["/index.xml"] = index(site, *((path, NOON) for path in parts))
    site.says["/pages.xml"] = answer(f"<urlset><url><loc>{site.url('/k')}</loc></url></urlset>".encode())
    await round_.watch("/index.xml", every=MINUTE, visited=False)
    await round_.visit()
    assert (await round_.state()).source.reason.startswith(reason)


def listing_page(*rows):
    inner = "".join(f"<li><a href='{path}'>{title}</a></li>" for path, title in rows)
    return answer(f"<!doctype html><html><body><ul>{inner}</ul></body></html>".encode(), 'ETag: "v1"')


async def watch_page(round_, site):
    url, now = site.url("/list"), round_.clock()
    listing = Listing(item="li")
    await round_.verb("add_source", url, name="Вежа", outlet="Вежа", every=MINUTE, now=now, listing=listing)


async def test_a_page_is_watched_by_its_selectors_as_robots_txt_lets(round_, site):
    await round_.follows("сніг")
    site.says["/list"] = listing_page(("/1", "Сніг торік"))
    site.says["/1"] = site.says["/2"] = page(LONG)
    await watch_page(round_, site)
    await round_.visit()
    round_.clock.move(minutes=2)
    site.says["/list"] = listing_page(("/2", "Сніг сьогодні"), ("/1", "Сніг торік"))
    await round_.visit()
    assert await round_.titles() == ["Сніг торік", "Сніг сьогодні"]
    assert await round_.alerts() == ["Сніг сьогодні"], "what a first visit finds without a date is old"
    assert b"if-none-match" in site.asked[-2].lower()


async def test_a_page_that_was_rebuilt_is_said_to_be_empty(round_, site):
    site.says["/list"] = listing_page(("/1", "Сніг"))
    await watch_page(round_, site)
    await round_.visit()
    for number in range(3):
        round_.clock.move(minutes=2)
        site.says["/list"] = answer(f"<!doctype html><html><main>Нове {number}</main></html>".encode())
        await round_.visit()
    assert health(await round_.state(), now=round_.clock()).condition == "empty"


async def test_other_selectors_are_tried_at_once_also_on_the_same_bytes(round_, site):
    site.says["/list"] = answer("<!doctype html><html><h3><a href='/1'>Дощ</a></h3></html>".encode(), 'ETag: "v1"')
    await watch_page(round_, site)
    await round_.visit()
    await round_.verb("read_by", site.url("/list"), Listing(item="h3"), now=round_.clock())
    await round_.visit()
    assert await round_.titles() == ["Дощ"]
    assert not any(b"if-none-match" in question.lower() for question in site.asked)
