"""A page gives its article, and a page that breaks its reader breaks nothing else."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.model import Extracted
from watchers.extract import Extractor, extract
from watchers.parse.page import read_page

DATA = Path(__file__).parent / "data"
KYIV = ZoneInfo("Europe/Kyiv")
EIGHT = datetime(2025, 11, 26, 8, tzinfo=UTC)
URL = "https://news.example.com.ua/misto/1.html"
SENTENCE = "Перше речення про те, як місто готується до зими і що про це кажуть мешканці. "


def page(*head, body=None):
    body = body or f"<article><h1>Назва</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></article>"
    return f"<html><head>{''.join(head)}</head><body>{body}</body></html>"


def linked(**article):
    node = json.dumps({"@type": "NewsArticle"} | article, ensure_ascii=False)
    return f'<script type="application/ld+json">{node}</script>'


def read(*head, body=None, url=URL, zone=None):
    return read_page(page(*head, body=body), url=url, zone=zone)


def text_of(html):
    found = extract(html.encode(), url=URL, content_type="text/html")
    return found.text if found else None


@pytest.mark.parametrize("name", ["page-linked", "page-plain"])
def test_pages_as_they_come_are_read_as_written_beside_them(name):
    wanted = json.loads((DATA / f"{name}.json").read_text())
    body, url = (DATA / f"{name}.html").read_bytes(), wanted.pop("url")
    published = datetime.fromisoformat(wanted.pop("published"))
    assert extract(body, url=url, content_type="text/html", zone=KYIV) == Extracted(published=published, **wanted)


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\xff\xfe", b"<html></html>", b"<!-- -->", b"{}", b"<p>"])
def test_what_holds_no_article_gives_none(body):
    assert extract(body, url=URL, content_type=None) is None


def test_the_beginning_of_an_article_in_json_ld_is_not_its_text():
    html = page(linked(articleBody=SENTENCE), body="".join(f"<p>{n}. {SENTENCE}</p>" for n in range(12)))
    assert len(text_of(html)) > 10 * len(SENTENCE)


def test_json_ld_is_better_than_no_text():
    assert text_of(page(linked(articleBody=SENTENCE), body="<div></div>")) == SENTENCE.strip()


def test_text_carries_no_characters_that_nobody_sees():
    assert "\u202e" not in text_of(page(body=f"<article><p>\u202e{SENTENCE}</p></article>"))
    script = '<script type="application/ld+json">{"@type": "Article", "articleBody": "\\ud83d Текст"}</script>'
    assert text_of(page(script, body="<div></div>")) == "Текст"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ((linked(headline="З даних"), "<meta property='og:title' content='З мети'>"), "З даних"),
        ((linked(headline=""), "<meta property='og:title' content='З &amp;laquo;мети&amp;raquo;'>"), "З «мети»"),
        (("<meta name='twitter:title' content='З мети'>",), "З мети"),
        (("<title>З заголовка вікна</title>",), "Назва"),
    ],
)
def test_the_title_is_the_one_given_to_machines_then_the_one_shown(head, title):
    assert read(*head).title == title


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ((linked(datePublished="2025-11-26T10:00:00+02:00"),), EIGHT),
        ((linked(datePublished=["2025-11-26T10:00:00+02:00"]),), EIGHT),
        (("<meta itemprop='datePublished' content='2025-11-26T08:00Z'>",), EIGHT),
        ((linked(datePublished="2025-11-26"), "<time datetime='2025-11-26T08:00Z'>"), EIGHT),
        ((linked(datePublished="скоро"), "<meta name='pubdate' content='26.11.2025 08:00 GMT'>"), EIGHT),
        ((linked(datePublished="2025-11-26"),), None),
        ((linked(datePublished="2025-11-26T10:00:00"),), None),
        ((), None),
    ],
)
def test_the_minute_of_publication_is_told_or_none(head, published):
    assert read(*head).published == published


def test_a_minute_without_a_zone_is_in_the_zone_of_the_source():
    moment = read(linked(datePublished="2025-11-26T10:00:00"), zone=KYIV).published
    assert moment == EIGHT


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("https://news.example.com.ua/misto/1", "https://news.example.com.ua/misto/1"),
        ("/misto/1#comments", "https://news.example.com.ua/misto/1"),
        ("https://www.example.com.ua/misto/1", "https://www.example.com.ua/misto/1"),
        ("https://other.com.ua/misto/1", None),
        ("https://evil.example/misto/1", None),
        ("https://com.ua/misto/1", None),
        ("https://news.example.com.ua/", None),
        ("https://news.example.com.ua", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_canonical_address_stays_at_home(canonical, kept):
    assert read(f"<link rel='canonical' href='{canonical}'>").canonical_url == kept


def test_og_url_stands_in_for_a_canonical_address():
    head = "<meta property='og:url' content='https://news.example.com.ua/misto/1'>"
    assert read(head).canonical_url == "https://news.example.com.ua/misto/1"


def test_two_blogs_of_one_host_are_two_sites():
    head = "<link rel='canonical' href='https://theirs.blogspot.com/1'>"
    assert read(head, url="https://ours.blogspot.com/1").canonical_url is None


@pytest.mark.parametrize("wrap", ["{}", "{};", "// <![CDATA[\n{}\n// ]]>", " <![CDATA[{}]]> "])
def test_json_ld_is_read_through_its_wrapping(wrap):
    script = wrap.replace("{}", '{"@type": "NewsArticle", "headline": "З даних"}')
    assert read(f'<script type="application/ld+json">{script}</script>').title == "З даних"


@pytest.mark.parametrize(
    "script",
    [
        "[" * 100_000,
        '{"@type": "NewsArticle", "headline": {"@value": ["Назва"]}}',
        '{"@type": ["NewsArticle", 7], "headline": 5, "datePublished": {}, "articleBody": [1]}',
        " " * 1_000_000 + "x",
        "null",
        "not json",
        json.dumps([{"@type": "NewsArticle"}] * 10_000),
    ],
)
def test_no_json_ld_breaks_a_page(script):
    assert read(f'<script type="application/ld+json">{script}</script>').title == "Назва"


SHORT = page().encode()
ENDLESS = page(body="".join(f"<p>{n}. {SENTENCE}</p>" for n in range(20_000))).encode()
"""Not quite, but seconds against the milliseconds of others."""


def worker_of(extractor):
    return extractor._seats[-1]._worker._process.pid


def lives(pid):
    """A zombie that nobody has buried yet does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def is_gone(pid):
    deadline = time.monotonic() + 5
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not lives(pid)


def environment_of(pid):
    return Path(f"/proc/{pid}/environ").read_bytes()


async def ask(extractor, body=SHORT):
    return await extractor.text_of(body, url=URL, content_type="text/html", zone=KYIV)


async def test_the_worker_reads_as_the_function_does_and_goes_when_it_is_done():
    async with Extractor() as extractor:
        assert extractor._seats[-1]._worker is None
        assert await ask(extractor) == extract(SHORT, url=URL, content_type="text/html", zone=KYIV)
        first = worker_of(extractor)
        assert await ask(extractor, b"") is None
        assert worker_of(extractor) == first
    assert not lives(first)


async def test_pages_asked_for_at_once_get_each_its_own_answer():
    pages = [page(f"<title>{n}</title>").replace("<h1>Назва</h1>", "").encode() for n in range(20)]
    async with Extractor() as extractor:
        found = await asyncio.gather(*(ask(extractor, body) for body in pages))
    assert [one.title for one in found] == [str(n) for n in range(20)]


async def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read():
    async with Extractor(patience=timedelta(seconds=0.3)) as extractor:
        assert await ask(extractor)
        first = worker_of(extractor)
        assert await ask(extractor, ENDLESS) is None
        assert not lives(first)
        assert await ask(extractor)


async def test_a_worker_that_died_is_replaced_unnoticed():
    async with Extractor() as extractor:
        assert await ask(extractor)
        first = worker_of(extractor)
        os.kill(first, signal.SIGKILL)
        assert is_gone(first)
        assert await ask(extractor)
        assert worker_of(extractor) != first


async def test_a_page_called_off_leaves_no_answer_to_the_next():
    async with Extractor() as extractor:
        assert await ask(extractor)
        reading = asyncio.create_task(ask(extractor, ENDLESS))
        await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert (await ask(extractor)).title == "Назва"


async def test_a_worker_that_cannot_start_gives_no_text(monkeypatch, caplog):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    async with Extractor() as extractor:
        assert await ask(extractor) is None
    assert caplog.messages == ["page broke its reader"]


async def test_a_worker_that_has_stopped_listening_is_killed():
    async with Extractor() as extractor:
        assert await ask(extractor)
        first = worker_of(extractor)
        os.kill(first, signal.SIGSTOP)
    assert not lives(first)


async def test_ctrl_c_is_the_parents_business():
    async with Extractor() as extractor:
        assert await ask(extractor)
        first = worker_of(extractor)
        os.kill(first, signal.SIGINT)
        assert await ask(extractor)
        assert worker_of(extractor) == first


async def test_the_worker_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("CHATOVYI_TELEGRAM_TOKEN", "1:hush")
    async with Extractor() as extractor:
        assert await ask(extractor)
        assert b"hush" not in environment_of(worker_of(extractor))


PARENT = """
import asyncio, sys
from watchers.extract import Extractor

async def main():
    async with Extractor() as extractor:
        await extractor.text_of(b"<p>", url="https://x.example/", content_type=None)
        print(extractor._seats[-1]._worker._process.pid, "trafilatura" in sys.modules, flush=True)
        await extractor.text_of(sys.stdin.buffer.read(), url="https://x.example/", content_type=None)

asyncio.run(main())
"""


@pytest.mark.parametrize("body", [b"", ENDLESS], ids=["idle", "busy"])
def test_the_worker_goes_with_a_parent_that_is_killed(body):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    with parent:
        pid, knows_trafilatura = parent.stdout.readline().split()
        if body:
            parent.stdin.write(body)
            parent.stdin.close()
            time.sleep(0.1)  # until it reads
        assert lives(int(pid))
        parent.kill()
    assert is_gone(int(pid))
    assert knows_trafilatura == b"False"
