"""How fast feeds are read, against feedparser in one run; how long one keeps its thread; whether both read the same.

    uv run --with-requirements bench/peers.txt python -m bench.parser [FOLDER] [--feeds N]

Feeds are made of the articles in `seeds/`: RSS and Atom, with summaries and with full texts, thirty items each; and the
same damaged as the web damages them. FOLDER holds feeds, one to a file, to be read too. Times are CPU time, the
best of the rounds, taken in turn. Agreement is by field, over feeds of which both give as many entries.
"""

import argparse
import calendar
import io
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chatovyi.demo.feeds import atom, rss
from chatovyi.demo.published import Published
from core.address import canonical
from core.errors import SourceError
from core.model import Entry
from seeds import World, load_world
from watchers.parse.kind import parse_feed
from watchers.parse.markup import line

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")
BASE = "https://news.example"
ITEMS = 30
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as it is compared."""

    title: str
    link: str
    moment: int | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One of the two: what is timed, and how its entries are compared."""

    read: Callable[[bytes], Sequence[Any]]
    item: Callable[[Any], Item]


def main() -> None:
    """Prints a line for each reader and sort of feed, then where they differ."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="of feeds, one to a file")
    parser.add_argument("--feeds", type=int, default=20, help="of each sort")
    asked = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, lxml {version('lxml')}, feedparser {version('feedparser')}")
    sorts = dict(made(asked.feeds))
    if asked.folder:
        sorts["real"] = [file.read_bytes() for file in sorted(asked.folder.rglob("*")) if file.is_file()]
    for sort, bodies in sorts.items():
        compare(sort, bodies)


def made(count: int) -> Iterator[tuple[str, list[bytes]]]:
    """Feeds of each sort, the same at every run."""
    world, dice = load_world(), random.Random(1)
    outlet = world.outlets[0]
    yield "RSS, full texts with all their markup", [laden(world, dice) for _ in range(count)]
    for name, write, whole in (("RSS, summaries", rss, False), ("RSS, full texts", rss, True), ("Atom", atom, True)):
        bodies = []
        for _ in range(count):
            articles = dice.sample(world.articles, ITEMS)
            newest = [Published(article=one, at=START - timedelta(minutes=11 * n)) for n, one in enumerate(articles)]
            bodies.append(write(world, replace(outlet, full_text=whole), newest, BASE, START))
        yield name, bodies
        if write is rss and whole:
            yield "RSS, damaged", [damaged(body, dice) for body in bodies]


def laden(world: World, dice: random.Random) -> bytes:
    """As publishing software writes it: pictures in five sizes, links, classes and styles, what to read besides."""
    items = []
    for number, article in enumerate(dice.sample(world.articles, ITEMS)):
        link = f"{BASE}/{article.slug}"
        paragraphs = (linked(one, link, dice) for one in article.paragraphs)
        sizes = ", ".join(f"{link}-{width}.jpg {width}w" for width in (150, 300, 768, 1024, 1536))
        fields = {
            "number": number,
            "link": link,
            "title": escape(article.title),
            "summary": escape(article.summary),
            "when": format_datetime(START - timedelta(minutes=11 * number)),
            "sizes": sizes,
            "body": "".join(f'<p class="wp-block" style="text-align:left">{one}</p>' for one in paragraphs),
            "more": "".join(f'<li><a href="{link}/{n}" rel="nofollow">Читайте &#8212; {n}</a></li>' for n in range(5)),
        }
        items.append(LADEN_ITEM.format_map(fields))
    return (LADEN_HEAD + "".join(items) + "</channel></rss>").encode()


LADEN_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Новини</title>"""
LADEN_ITEM = """
<item><title>{title} &#8212; новини</title><link>{link}</link><dc:creator><![CDATA[Редакція]]></dc:creator>
<pubDate>{when}</pubDate><category><![CDATA[Новини]]></category><guid isPermaLink="false">{link}?p={number}</guid>
<description><![CDATA[<p>{summary} [&#8230;]</p><p>Допис <a href="{link}">тут</a>.</p>]]></description>
<content:encoded><![CDATA[<figure class="wp-block-image size-large"><img decoding="async" width="1024" height="683"
src="{link}.jpg" alt="{title}" class="wp-image-{number}" srcset="{sizes}" sizes="(max-width: 1024px) 100vw"/>
<figcaption><em>Фото: архів</em></figcaption></figure>{body}<ul>{more}</ul>
<script async src="https://x.example/w.js"></script>]]></content:encoded></item>"""


def linked(paragraph: str, link: str, dice: random.Random) -> str:
    """With every tenth word a link, bold or in a style of its own."""
    marks = (f'<a href="{link}?utm_source=rss">{{}}</a>', "<strong>{}</strong>", '<span style="color:#333">{}</span>')
    return " ".join(
        dice.choice(marks).format(escape(word)) if dice.random() < 0.1 else escape(word) for word in paragraph.split()
    )


def damaged(body: bytes, dice: random.Random) -> bytes:
    """As it is met: in an old encoding, with half a letter, a bare ampersand, an entity of HTML's, without its end."""
    text = body.decode()
    match dice.randrange(5):
        case 0:
            old = text.replace("UTF-8", "windows-1251").replace("utf-8", "windows-1251")
            return old.encode("cp1251", "xmlcharrefreplace")
        case 1:
            at = body.index("і".encode(), len(body) // 3)
            return body[: at + 1] + body[at + 2 :]
        case 2:
            return text.replace("</title>", " & Ко</title>").encode()
        case 3:
            return text.replace("</title>", "&nbsp;&mdash; сніг</title>").encode()
        case _:
            return body[: int(len(body) * 0.9)]


def compare(sort: str, bodies: Sequence[bytes]) -> None:
    """One sort of feeds through both readers."""
    readers = {"ours": Reader(read=ours, item=our_item), "feedparser": Reader(read=theirs, item=their_item)}
    best, longest = dict.fromkeys(readers, float("inf")), dict.fromkeys(readers, 0.0)
    given: dict[str, list[list[Item]]] = {}
    for number in range(ROUNDS):
        for name, reader in readers.items():
            if name == "feedparser" and number == ROUNDS - 1:
                continue  # it is the slow one, and two rounds are enough for the best of it
            took, results = [], []
            for body in bodies:
                began = time.process_time()
                results.append(reader.read(body))
                took.append(time.process_time() - began)
            best[name], longest[name] = min(best[name], sum(took)), max(longest[name], *took)
            given[name] = [list(map(reader.item, entries)) for entries in results]
    print(f"\n{sort}: {len(bodies)} feeds, {sum(map(len, bodies)) / 1e6:.1f} MB")
    rates = {name: sum(map(len, given[name])) / best[name] for name in readers}
    for name, rate in rates.items():
        entries, mean = sum(map(len, given[name])), best[name] / len(bodies) * 1e3
        stall = f"longest {longest[name] * 1e3:.0f} ms"
        print(f"  {name:10} {entries:6} entries {rate:9,.0f}/s {mean:8.2f} ms a feed, {stall}")
    print(f"  {rates['ours'] / rates['feedparser']:.1f} times feedparser's entries a second; {agreement(given)}")


def agreement(given: dict[str, list[list[Item]]]) -> str:
    """In how many entries each field is the same."""
    same: Counter[str] = Counter()
    pairs = [(one, other) for one, other in zip(*given.values(), strict=True) if len(one) == len(other)]
    entries = [pair for one, other in pairs for pair in zip(one, other, strict=True)]
    for one, other in entries:
        same["title"] += one.title == other.title
        same["link"] += one.link == other.link
        same["date"] += one.moment == other.moment
        same["text"] += len(one.words & other.words) >= 0.98 * len(other.words)
    counts = f"as many entries in {len(pairs)} of {len(given['ours'])} feeds"
    if not entries:
        return counts
    shares = ", ".join(f"{field} {same[field] / len(entries):.3f}" for field in ("title", "link", "date", "text"))
    return f"{counts}; the same {shares}"


def ours(body: bytes) -> Sequence[Entry]:
    """As a visit reads it."""
    try:
        return parse_feed(body, url=BASE, content_type=None, zone=KYIV).entries
    except SourceError:
        return ()


def our_item(entry: Entry) -> Item:
    """What is kept of it."""
    return Item(
        title=entry.title,
        link=canonical(entry.url) if entry.url else "",
        moment=int(entry.published.timestamp()) if entry.published else None,
        words=words([entry.summary, entry.text or ""]),
    )


def theirs(body: bytes) -> Sequence[Any]:
    """With its defaults, and in the one way that never takes a body for an address."""
    import feedparser  # type: ignore[import-not-found, import-untyped, unused-ignore]

    entries: Sequence[Any] = feedparser.parse(io.BytesIO(body)).entries
    return entries


def their_item(entry: Any) -> Item:
    """The same fields; its markup is made text as ours is."""
    return Item(
        title=line(entry.get("title", "")),
        link=canonical(entry.link) if entry.get("link") else "",
        moment=calendar.timegm(entry.published_parsed) if entry.get("published_parsed") else None,
        words=words([entry.get("summary", ""), *(one.value for one in entry.get("content", ()))]),
    )


def words(markups: Iterable[str]) -> frozenset[str]:
    """Of all of them, as a reader sees them."""
    return frozenset(word for markup in markups for word in line(markup).lower().split())


if __name__ == "__main__":
    main()
