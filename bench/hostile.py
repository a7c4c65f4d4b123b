"""What hostile bodies cost, and whether any address leads into one's own network.

    python -m bench.hostile

Each body is read in a process of its own, twice: time is the second reading's, memory is how far the process grew in
both. None may be read longer than a second, grow by more than 32 MiB beyond twenty times its own size (its text, its
bytes again, its tree), give a file of this machine away, or ask anybody anything. Then addresses, redirects and names
that lead to an internal server on loopback are given to the fetcher: none may reach it.
"""

import argparse
import asyncio
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.errors import SourceError
from watchers.asking import Limits
from watchers.fetch import FEED_ACCEPT, Fetcher
from watchers.gate import Gate
from watchers.parse.kind import parse_feed

SECRET = "the-secret-of-this-machine"
LONGEST = 1.0
MOST_GROWTH = 32
SHARE = 20
PUBLIC, INTERNAL = "127.0.0.2", "127.0.0.1"
HEAD = '<?xml version="1.0"?>'
JSON = '{"version":"https://jsonfeed.org/version/1","items":'


def main() -> None:
    """Prints a line for each body and each address, and ends with 1 where one is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--body", help="read this one here, and print what it took")
    asked = parser.parse_args()
    if asked.body:
        print(json.dumps(took(Path(asked.body).read_bytes())))
        return
    bad = asyncio.run(everything())
    print(f"\n{bad} not as they must be" if bad else "\nall as they must be")
    sys.exit(bool(bad))


async def everything() -> int:
    """How many are not as they must be."""
    async with internal() as (port, asked), public(port) as outside:
        bad = await bodies_read(port, asked)
        return bad + await addresses_asked(port, outside, asked)


async def bodies_read(port: int, asked: list[str]) -> int:
    """The worst of time and memory, a line each."""
    bad, slowest, largest = 0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret.txt"
        secret.write_text(f"<rss><channel><item><title>{SECRET}</title></item></channel></rss>", encoding="utf-8")
        file = Path(folder) / "body"
        for name, body in bodies(port, secret):
            file.write_bytes(body)
            asked.clear()
            seen = await asyncio.to_thread(in_a_process, file)
            room = MOST_GROWTH + SHARE * len(body) / 2**20
            wrong = [
                word
                for word, is_so in (
                    ("SLOW", seen["seconds"] > LONGEST),
                    ("LARGE", seen["grown"] > room),
                    ("LEAK", seen["leak"]),
                    ("ASKED", bool(asked)),
                    ("BROKE", bool(seen["broke"])),
                )
                if is_so
            ]
            bad += bool(wrong)
            slowest, largest = max(slowest, seen["seconds"]), max(largest, seen["grown"])
            size = f"{len(body) / 2**20:6.2f} MiB {seen['seconds']:6.3f} s {seen['grown']:+7.1f} MiB"
            print(f"{name:34} {size}  {seen['said'][:60]} {' '.join(wrong)}".rstrip(), flush=True)
    print(f"bodies: slowest {slowest:.2f} s, most memory {largest:+.0f} MiB\n")
    return bad


def in_a_process(file: Path) -> dict[str, Any]:
    """What one body took, or that it took too long."""
    command = [sys.executable, "-m", "bench.hostile", "--body", str(file)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        seen: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        return {"seconds": 30.0, "grown": 0.0, "leak": False, "broke": True, "said": str(error)}
    return seen


def took(body: bytes) -> dict[str, Any]:
    """One body, read in this process."""
    read(b"<rss><channel><item><title>x</title></item></channel></rss>")
    before = resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    said, broke = read(body)
    began = time.process_time()
    read(body)
    seconds = time.process_time() - began
    grown = (resident("VmHWM") - before) / 1024
    return {"seconds": seconds, "grown": grown, "leak": SECRET in said, "broke": broke, "said": said[:80]}


def read(body: bytes) -> tuple[str, bool]:
    """What came of it in words, and whether that was a surprise."""
    try:
        feed = parse_feed(body, url="https://x.example/", content_type=None, zone=ZoneInfo("Europe/Kyiv"))
    except SourceError as error:
        return str(error), False
    except Exception as error:
        return repr(error), True
    return f"{len(feed.entries)} entries {SECRET if SECRET in repr(feed) else ''}", False


def resident(what: str) -> int:
    """Kibibytes that this process holds, or has held at most."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1])


def rss(item: str, before: str = "") -> bytes:
    """A feed of one item."""
    return f"{HEAD}{before}<rss version='2.0'><channel><item><title>x</title>{item}</item></channel></rss>".encode()


def page(inner: str) -> bytes:
    """Of a Telegram channel, with one post."""
    return (
        "<!doctype html><html><body><section class='tgme_channel_history'>"
        f"<div class='tgme_widget_message' data-post='vezha/1'>{inner}</div></section></body></html>"
    ).encode()


def bodies(port: int, secret: Path) -> Iterator[tuple[str, bytes]]:
    """Each with its name. Those that would ask somebody ask the server on this port."""
    ask = f"http://{INTERNAL}:{port}"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield "billion laughs", rss("<a>&l9;</a>", f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>')
    yield "one entity, fifty thousand times", rss("&a;" * 50_000, f'<!DOCTYPE rss [<!ENTITY a "{"A" * 50_000}">]>')
    yield "a file as an entity", rss("<link>&x;</link>", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>')
    yield "an address as an entity", rss("&x;", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{ask}/entity">]>')
    yield "an external DTD", rss("", f'<!DOCTYPE rss SYSTEM "{ask}/dtd">')
    yield "a parameter entity", rss("", f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{ask}/p"> %p;]>')
    include = f"<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}' parse='text'/>"
    yield "a file included", rss(f"<description>{include}</description>")
    yield "a style sheet elsewhere", rss("", f"<?xml-stylesheet href='{ask}/style.xsl' type='text/xsl'?>")
    yield "depth", rss("<description>" + "<a>" * 100_000 + "</a>" * 100_000 + "</description>")
    yield "depth without an end", b"<rss><channel><item><title>x" + b"<b>" * 300_000
    yield "depth inside of CDATA", rss("<description><![CDATA[" + "<div>" * 100_000 + "]]></description>")
    yield "many attributes", rss("<enclosure " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>")
    spaces = " ".join(f'xmlns:n{n}="http://n/{n}"' for n in range(50_000))
    yield "many namespaces", f"<rss {spaces}><channel/></rss>".encode()
    yield "many items", b"<rss><channel>" + b"<item><title>a</title></item>" * 280_000 + b"</channel></rss>"
    yield "many items, broken", b"<rss><channel>" + b"<item></item>" * 600_000 + b"<oops>"
    yield "one text of 8 MB", rss("<description>" + "A" * 8_000_000 + "</description>")
    yield "one text of 50 MB", rss("<description>" + "A" * 50_000_000 + "</description>")
    yield "many <", b"<rss><channel><item><title>" + b"<" * 1_000_000
    yield "many &", rss("<description>" + "&" * 1_000_000 + "</description>")
    yield "many names after &", rss("<title>" + "&aaaaaaaaaaaaaaaaaaaaaaaaaaaa" * 30_000 + "</title>")
    yield "many DOCTYPEs", b"<!DOCTYPE [" * 30_000 + b"<rss></rss>"
    yield "many comments", b"<rss><channel>" + b"<!--" * 250_000
    yield "many CDATAs", b"<rss><channel><item><description>" + b"<![CDATA[" * 110_000
    yield "many spaces in a tag", b"<rss><channel><item><title" + b" " * 1_000_000 + b"x"
    yield "many spaces around a value", b"<rss version=2.0><channel>" + b" " * 300_000 + b"=" + b" " * 300_000
    yield "many links", b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<link href='a'>\n" * 60_000
    yield "many quotes", rss("<description><![CDATA[" + '<a href="' * 100_000 + "]]></description>")
    yield "many boxes", rss("<title>" * 100_000)
    yield "a long date", rss("<pubDate>" + "1" * 1_000_000 + "</pubDate>")
    yield "a date of many words", rss("<pubDate>" + "Wed, " * 100_000 + "</pubDate>")
    yield "a body that is an address", f"{ask}/body".encode()
    yield "a body that is a path", str(secret).encode()
    yield "a body that is a file address", secret.as_uri().encode()
    yield "JSON, depth", (JSON + "[" * 200_000).encode()
    yield "JSON, depth of objects", (JSON + '[{"a":' * 200_000).encode()
    yield "JSON, a number without an end", (JSON + '[{"id":' + "9" * 1_000_000 + ',"title":"x"}]}').encode()
    yield "JSON, many items", (JSON + "[" + ",".join(['{"title":"x"}'] * 400_000) + "]}").encode()
    yield "JSON, cut", (JSON + "[" + ",".join(['{"title":"x"}'] * 400_000)).encode()
    yield "JSON, of other types", (JSON + '[1,null,{"id":{},"title":3},{"content_html":[[]]}]}').encode()
    yield "a sitemap of 50,000 addresses", b"<urlset>" + b"<url><loc>http://x/1</loc></url>" * 50_000 + b"</urlset>"
    yield (
        "an index of 90,000 parts",
        (b"<sitemapindex>" + b"<sitemap><loc>http://x/1</loc></sitemap>" * 90_000 + b"</sitemapindex>"),
    )
    yield "an encoding that runs (utf-7)", b'<?xml version="1.0" encoding="utf-7"?><rss>\xff+ADw-x+AD4-</rss>'
    yield "an encoding that unpacks", b'<?xml version="1.0" encoding="zlib_codec"?><rss>\xff</rss>'
    names = b"<rss><channel><item><title>" + b"\xff\xd0" * 200_000 + b"</title></item></channel></rss>"
    yield "an encoding that is quadratic", b'<?xml version="1.0" encoding="idna"?>' + names
    yield "a packed bomb of 1 GB", gzip.compress(gzip.compress(bytes(1 << 20)) + bytes(64 << 20))
    yield "a packed bomb of spaces", gzip.compress(b"<rss>" + b" " * (7 << 20))
    yield "random bytes", random.Random(1).randbytes(1_000_000)
    yield "bytes that are nothing", bytes(1_000_000)
    yield "a channel, depth", page("<div class='tgme_widget_message_text'>x" + "<b>" * 200_000)
    yield "a channel, many pages", page("<div class='tgme_widget_message_text'>x</div>") * 20_000
    yield "a channel, many texts", page("<div class='tgme_widget_message_text'>x</div>" * 60_000)
    yield "a channel, many classes", page(f"<b class='{'a ' * 1_000_000}'>x</b>")
    yield "a channel, a quote without an end", page("<a class='tgme_widget_message_reply'>" * 100_000)


@asynccontextmanager
async def internal() -> Any:
    """A server that nobody may reach, and what it was asked."""
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode("latin-1").strip())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, INTERNAL, 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


@asynccontextmanager
async def public(port: int) -> Any:
    """A server that may be asked, and sends whoever asks to where its path says."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        question = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode("latin-1")
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {question[1:]}\r\nContent-Length: 0\r\n\r\n".encode("latin-1"))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, PUBLIC, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def addresses(port: int, outside: int) -> Iterator[tuple[str, str]]:
    """Ways into one's own network, each with its name."""
    hosts = (
        "127.0.0.1 localhost localhost. 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 0 0.0.0.0 "
        "[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] 127。0。0。1 "
        "①②⑦.⓪.⓪.① ip6-localhost 169.254.169.254 [fd00:ec2::254] 100.100.100.200 192.0.0.192 10.0.0.1 [fe80::1%25lo]"
    )
    for host in hosts.split():
        yield host, f"http://{host}:{port}/x"
    yield "a name and a password", f"http://user:word@{INTERNAL}:{port}/x"
    yield "a name that looks like a host", f"http://x.example@{INTERNAL}:{port}/x"
    yield "a backslash", f"http://{INTERNAL}:{port}\\@x.example/x"
    yield "a name with one bad address of two", f"http://mixed.test:{port}/x"
    yield "a name that changes its mind", f"http://rebind.test:{port}/x"
    yield "a name of an internal host", f"http://inside.test:{port}/x"
    for where in (f"http://{INTERNAL}:{port}/x", f"//{INTERNAL}:{port}/x", f"http://[::ffff:7f00:1]:{port}/x"):
        yield f"a redirect to {where.partition(':')[2] or where}"[:34], f"http://public.test:{outside}/{where}"
    yield "a redirect to a name that changes", f"http://public.test:{outside}/http://rebind.test:{port}/x"
    yield "a redirect to a file", f"http://public.test:{outside}/file:///etc/passwd"
    yield "a redirect to another scheme", f"http://public.test:{outside}/gopher://{INTERNAL}:{port}/x"
    yield "a file", "file:///etc/passwd"


class Names:
    """A name server, of which one name gives a good address first and a bad one afterwards."""

    def __init__(self) -> None:
        self._asked = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        if host == "rebind.test":
            self._asked += 1
            return [PUBLIC] if self._asked == 1 else [INTERNAL]
        known = {"public.test": [PUBLIC], "mixed.test": [PUBLIC, INTERNAL], "inside.test": [INTERNAL]}
        if host in known:
            return known[host]
        loop = asyncio.get_running_loop()
        return [str(one[4][0]) for one in await loop.getaddrinfo(host, port)]


async def addresses_asked(port: int, outside: int, asked: list[str]) -> int:
    """How many reached the internal server: once as feeds, once as pages, for which robots.txt is asked first."""
    reached = tried = 0
    for name, url in addresses(port, outside):
        asked.clear()
        for _ in range(2):
            async with door() as fetcher:
                said = await fetcher.get(url, accept=FEED_ACCEPT)
                await fetcher.page(url)
        tried, reached = tried + 1, reached + bool(asked)
        print(f"{name:36} {'REACHED' if asked else getattr(said, 'reason', 'answered')[:80]}")
    print(f"addresses: {reached} of {tried} reached the internal server")
    return reached


def door() -> Fetcher:
    """One that may visit the public server, and else only the public."""
    return Fetcher(
        allow_private=[ip_network(f"{PUBLIC}/32")],
        user_agent="Chatovyi-bench/1",
        limits=Limits(total=timedelta(seconds=5), connect=timedelta(seconds=2)),
        clock=lambda: datetime.now(UTC),
        gate=Gate(clock=lambda: datetime.now(UTC), gap=timedelta(0)),
        resolve=Names(),
    )


if __name__ == "__main__":
    main()
