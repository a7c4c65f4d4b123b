"""A visit ends with what the site said, or with why nothing came of it, and always ends."""

import asyncio
import gzip
import random
import ssl
import struct
import subprocess
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from shutil import which
from socket import SO_LINGER, SOL_SOCKET

import pytest
from raw_web import answer, redirect

from core.model import Failed, Fresh, Unchanged, Validators
from watchers.asking import Limits
from watchers.fetch import FEED_ACCEPT, PAGE_ACCEPT

NOW = datetime(2025, 11, 26, 8, 0, tzinfo=UTC)
QUICK = Limits(total=timedelta(seconds=0.3))
IMPATIENT = Limits(read=timedelta(seconds=0.1), total=timedelta(seconds=5))
SMALL = Limits(wire=20_000, decoded=100_000)


async def test_what_a_site_says_is_given_as_it_was_said(fetcher, site):
    site.says["/rss"] = answer(
        "Київ".encode(),
        "Content-Type: text/xml; charset=utf-8",
        'ETag: W/"7"',
        "Last-Modified: вчора".encode().decode("latin-1"),
    )
    visit = await fetcher.get(site.url("/rss"), accept=FEED_ACCEPT)
    assert visit == Fresh(
        url=site.url("/rss"),
        body="Київ".encode(),
        content_type="text/xml; charset=utf-8",
        wire=8,
        validators=Validators(etag='W/"7"', last_modified="вчора".encode().decode("latin-1")),
    )


async def test_the_question_names_us_and_asks_only_for_what_can_be_unpacked(fetcher, site):
    await fetcher.get(site.url("/rss"), accept=FEED_ACCEPT)
    question = site.asked[0].decode().lower()
    assert "user-agent: test/1 (+https://example.org)" in question
    assert "accept-encoding: gzip, deflate\r\n" in question
    assert f"accept: {FEED_ACCEPT}\r\n" in question
    assert "if-" not in question


async def test_validators_go_back_byte_for_byte_and_304_means_unchanged(fetcher, site):
    site.says["/rss"] = answer(b"x", 'ETag: "a\xd0\xbf"', "Last-Modified: yesterday-ish")
    first = await fetcher.get(site.url("/rss"), accept=FEED_ACCEPT)
    site.says["/rss"] = answer(status="304 Not Modified")
    assert await fetcher.get(site.url("/rss"), accept=FEED_ACCEPT, validators=first.validators) == Unchanged()
    assert b'If-None-Match: "a\xd0\xbf"\r\n' in site.asked[1]
    assert b"If-Modified-Since: yesterday-ish\r\n" in site.asked[1]


async def test_a_304_nobody_asked_for_is_a_failure(fetcher, site):
    site.says["/rss"] = answer(status="304 Not Modified")
    visit = await fetcher.get(site.url("/rss"), accept=FEED_ACCEPT, validators=Validators())
    assert visit == Failed(reason="HTTP 304 Not Modified, though the question was not conditional", status=304)


async def test_a_validator_too_long_to_give_back_is_not_kept(fetcher, site):
    site.says["/rss"] = answer(b"x", f'ETag: "{"a" * 2000}"')
    visit = await fetcher.get(site.url("/rss"), accept=FEED_ACCEPT)
    assert visit.validators == Validators()


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "HTTP 404 Not Found"),
        ("410 Gone", "HTTP 410 Gone"),
        ("204 No Content", "HTTP 204 No Content"),
        ("500 Internal Server Error", "HTTP 500 Internal Server Error"),
        ("302 Found", "HTTP 302 Found"),
    ],
)
async def test_any_other_status_is_the_reason(status, reason, fetcher, site):
    site.says["/"] = answer(b"words for people", status=status)
    assert await fetcher.get(site.url(), accept=PAGE_ACCEPT) == Failed(reason=reason, status=int(status[:3]))


async def test_a_bot_check_is_called_so(fetcher, site):
    site.says["/"] = answer(b"", "cf-mitigated: challenge", status="403 Forbidden")
    visit = await fetcher.get(site.url(), accept=PAGE_ACCEPT)
    assert visit == Failed(reason="HTTP 403 Forbidden (a bot check stands before the site)", status=403)


async def test_a_failure_carries_what_the_server_asked_us_to_wait(fetcher, site):
    site.says["/"] = answer(b"", "Retry-After: 90", status="429 Too Many Requests")
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit == Failed(reason="HTTP 429 Too Many Requests", status=429, retry_after=timedelta(seconds=90))


async def test_redirects_are_followed_to_the_address_that_answers(fetcher, site):
    site.says["/old"] = redirect("/new feed", status="301 Moved Permanently")
    site.says["/new%20feed"] = answer(b"here")
    visit = await fetcher.get(site.url("/old"), accept=FEED_ACCEPT)
    assert (visit.url, visit.body) == (site.url("/new%20feed"), b"here")


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [
        (["301 Moved Permanently"], "/1"),
        (["308 Permanent Redirect", "301 Moved Permanently"], "/2"),
        (["301 Moved Permanently", "302 Found"], "/1"),
        (["302 Found", "301 Moved Permanently"], None),
        (["307 Temporary Redirect"], None),
    ],
)
async def test_where_an_address_moved_for_good_is_said(hops, moved_to, fetcher, site):
    for number, status in enumerate(hops):
        site.says[f"/{number}"] = redirect(f"/{number + 1}", status=status)
    site.says[f"/{len(hops)}"] = answer(b"here")
    visit = await fetcher.get(site.url("/0"), accept=FEED_ACCEPT)
    assert visit.moved_to == (site.url(moved_to) if moved_to else None)


async def test_a_move_is_said_also_where_nothing_changed(fetcher, site):
    site.says["/old"] = redirect("/new", status="301 Moved Permanently")
    site.says["/new"] = answer(status="304 Not Modified")
    visit = await fetcher.get(site.url("/old"), accept=FEED_ACCEPT, validators=Validators(etag="x"))
    assert visit == Unchanged(moved_to=site.url("/new"))


async def test_how_long_an_answer_stays_as_it_is_is_said(fetcher, site):
    site.says["/"] = answer(b"x", "Cache-Control: public, max-age=300", "Age: 60")
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit.fresh_for == timedelta(minutes=4)
    site.says["/"] = answer(b"", "Expires: Wed, 26 Nov 2025 09:00:00 GMT", status="304 Not Modified")
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT, validators=Validators(etag="x"))
    assert visit == Unchanged(fresh_for=timedelta(hours=1))


async def test_bytes_are_counted_as_they_came(fetcher, site):
    packed = gzip.compress(b"words " * 1000, mtime=0)
    site.says["/"] = answer(packed, "Content-Encoding: gzip")
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert (visit.wire, len(visit.body)) == (len(packed), 6000)


async def test_a_circle_of_redirects_ends(fetcher, site):
    site.says["/"] = redirect("/")
    assert await fetcher.get(site.url(), accept=FEED_ACCEPT) == Failed(reason="redirected more than 5 times")
    assert len(site.asked) == 6


async def test_cookies_are_not_kept(fetcher, site):
    site.says["/"] = answer(b"x", "Set-Cookie: reader=1; Path=/")
    await fetcher.get(site.url(), accept=PAGE_ACCEPT)
    await fetcher.get(site.url(), accept=PAGE_ACCEPT)
    assert b"ookie" not in site.asked[1]


async def test_connections_are_not_kept(fetcher, site):
    async def stay(reader, writer):
        writer.write(answer(b"x"))
        await reader.read()

    site.says["/"] = stay
    for _ in range(3):
        await fetcher.get(site.url(), accept=PAGE_ACCEPT)
    assert site.connections == 3


async def test_a_proxy_of_the_environment_is_not_taken(monkeypatch, make_fetcher, site):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.says["/"] = answer(b"x")
    async with make_fetcher(tls=None) as fetcher:
        assert isinstance(await fetcher.get(site.url(), accept=PAGE_ACCEPT), Fresh)


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"words " * 1000, mtime=0)),
        ("x-gzip", gzip.compress(b"words " * 1000, mtime=0)),
        ("gzip", gzip.compress(b"words " * 400, mtime=0) + gzip.compress(b"words " * 600, mtime=0)),
        ("deflate", zlib.compress(b"words " * 1000)),
        ("deflate", raw_deflate(b"words " * 1000)),
        ("identity", b"words " * 1000),
        ("utf-8", b"words " * 1000),
    ],
    ids=["gzip", "x-gzip", "gzip in two parts", "deflate", "raw deflate", "identity", "a slip of the pen"],
)
async def test_packed_bodies_are_unpacked(coding, packed, fetcher, site):
    site.says["/"] = answer(packed, f"Content-Encoding: {coding}")
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit.body == b"words " * 1000


@pytest.mark.parametrize(
    ("coding", "packed", "reason"),
    [
        ("br", b"\x0b\x02\x80words\x03", "packed as 'br', which was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"words", mtime=0), mtime=0), "was not asked for"),
        ("gzip", b"plain words", "not the gzip it says"),
        ("deflate", b"plain words", "not the deflate it says"),
        ("gzip", gzip.compress(b"words " * 1000, mtime=0)[:-20], "cut short"),
        ("gzip", gzip.compress(b"", mtime=0) * 200, "too many parts"),
    ],
)
async def test_bodies_that_cannot_be_unpacked_say_why(coding, packed, reason, fetcher, site):
    site.says["/"] = answer(packed, f"Content-Encoding: {coding}")
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert isinstance(visit, Failed)
    assert reason in visit.reason


async def test_a_bomb_is_put_down_before_it_goes_off(fetcher, site):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(256)) + packer.flush()
    site.says["/"] = answer(bomb, "Content-Encoding: gzip")
    tracemalloc.start()
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(visit, Failed)
    assert peak < 32 << 20


async def test_a_body_that_unpacks_beyond_belief_is_refused(make_fetcher, site):
    site.says["/"] = answer(gzip.compress(bytes(5 << 20), mtime=0), "Content-Encoding: gzip")
    async with make_fetcher(limits=Limits()) as fetcher:
        visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit == Failed(reason="the body unpacks to more than 200 times its size")


async def test_a_body_announced_too_large_is_not_read(make_fetcher, site):
    site.says["/"] = answer(b"only this comes", length=1 << 40)
    async with make_fetcher(limits=SMALL) as fetcher:
        visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit == Failed(reason="the body is larger than 20000 bytes")


async def test_a_body_without_an_end_is_left(make_fetcher, site):
    async def endless(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    site.says["/"] = endless
    async with make_fetcher(limits=SMALL) as fetcher:
        visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit == Failed(reason="the body is larger than 20000 bytes")


async def test_the_endless_body_of_an_error_is_not_waited_for(fetcher, site):
    async def endless(reader, writer):
        writer.write(b"HTTP/1.1 404 Not Found\r\n\r\n")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    site.says["/"] = endless
    assert await fetcher.get(site.url(), accept=FEED_ACCEPT) == Failed(reason="HTTP 404 Not Found", status=404)


async def test_headers_without_an_end_are_left(fetcher, site):
    async def endless(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-Filler: " + b"x" * 10_000 + b"\r\n")
            await writer.drain()

    site.says["/"] = endless
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit.reason.startswith("not a whole HTTP answer")


async def test_a_body_shorter_than_its_length_is_a_failure(fetcher, site):
    site.says["/"] = answer(b"<rss><chan", length=1000)
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit.reason.startswith("not a whole HTTP answer")


async def test_a_byte_now_and_then_does_not_outlive_the_deadline(make_fetcher, site):
    async def drip(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    site.says["/"] = drip
    async with make_fetcher(limits=QUICK) as fetcher:
        assert await fetcher.get(site.url(), accept=FEED_ACCEPT) == Failed(reason="not done within 0.3 s")


async def test_silence_is_left_after_the_patience_for_reading(make_fetcher, site):
    async def silent(reader, writer):
        await reader.read()

    site.says["/"] = silent
    async with make_fetcher(limits=IMPATIENT) as fetcher:
        assert await fetcher.get(site.url(), accept=FEED_ACCEPT) == Failed(reason="no byte within 0.1 s")


async def test_a_name_server_that_does_not_answer_is_left(make_fetcher):
    async def silent(host, port):
        await asyncio.Event().wait()

    limits = Limits(name=timedelta(seconds=0.05), total=timedelta(seconds=1.5))
    async with make_fetcher(limits=limits, resolve=silent) as fetcher:
        visit = await fetcher.get("http://slow.test/", accept=FEED_ACCEPT)
    assert visit == Failed(reason="the name slow.test was not resolved in time", unreached=True)


def reset(writer):
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def test_a_reset_is_tried_once_more(fetcher, site):
    async def reset_first(reader, writer):
        if site.connections == 1:
            reset(writer)
        else:
            writer.write(answer(b"well then"))

    site.says["/"] = reset_first
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit.body == b"well then"


async def test_a_second_reset_is_a_failure(fetcher, site):
    async def reset_always(reader, writer):
        reset(writer)

    site.says["/"] = reset_always
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit == Failed(reason="the connection was lost")
    assert site.connections == 2


async def test_only_a_reset_is_tried_once_more(fetcher, names):
    await fetcher.get("http://nowhere.test/", accept=FEED_ACCEPT)
    assert names.asked == ["nowhere.test"]


async def test_a_server_that_says_nothing_and_leaves_is_not_asked_again(fetcher, site):
    site.says["/"] = b""
    visit = await fetcher.get(site.url(), accept=FEED_ACCEPT)
    assert visit.reason.startswith("not a whole HTTP answer")
    assert site.connections == 1


@pytest.mark.parametrize(
    "nonsense", [b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x16\x03\x01\x00\x05", b"HTTP/1.1 200\r\n\r\n"]
)
async def test_whatever_is_said_ends_in_a_visit(nonsense, fetcher, site):
    site.says["/"] = nonsense
    assert isinstance(await fetcher.get(site.url(), accept=FEED_ACCEPT), Failed | Fresh)


GOOD = [
    answer(b"words", "Content-Type: text/html", 'ETag: "x"', "Content-Encoding: identity"),
    answer(b"", "Retry-After: Wed, 26 Nov 2025 09:00:00 GMT", status="503 Service Unavailable"),
    answer(b"", "Location: http://[::1]:99/x?y=1", status="302 Found"),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
]
PIECES = [
    b"\r\n", b":", b"\xff", b"\xd0\x96", b"\x00", b"http://", b"[", b"]", b"@", b"//", b"%", b" ", b"xn--", b"..",
    b"99999999", b"-1", b"Content-Length: ", b"HTTP/1.1 ", b"100 Continue\r\n\r\n", b"301", "㉠".encode(),
]  # fmt: skip


async def test_no_damage_to_an_answer_gets_past_the_door(make_fetcher, site):
    dice = random.Random(4)
    async with make_fetcher(limits=QUICK) as fetcher:
        for _ in range(300):
            damaged = bytearray(dice.choice(GOOD))
            for _ in range(dice.randint(1, 3)):
                place = dice.randrange(len(damaged))
                damaged[place : place + dice.choice((0, 0, 3))] = dice.choice(PIECES)
            site.says["/"] = bytes(damaged)
            assert isinstance(await fetcher.get(site.url(), accept=FEED_ACCEPT), Failed | Fresh)


@pytest.mark.parametrize("location", ["http://[", "http:example.org", "http://example.org:x/", "http://xn--/", "///x"])
async def test_a_redirect_to_no_address_is_a_failure(location, fetcher, site):
    site.says["/"] = redirect(location)
    assert isinstance(await fetcher.get(site.url(), accept=FEED_ACCEPT), Failed)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.2:1/", "no connection: 127.0.0.2: Connection refused"),
        ("http://nowhere.test/", "no connection: the name nowhere.test cannot be resolved"),
        ("http://10.0.0.1/", "10.0.0.1: not a public address"),
        ("gopher://example.org/", "only http and https are visited"),
        ("http://" + "a" * 70 + ".test/", "no connection: the name aaaa"),
        ("http://\u200b/", "not an address"),
        ("", "only http and https are visited"),
    ],
)
async def test_an_address_that_leads_nowhere_says_why(url, reason, fetcher):
    visit = await fetcher.get(url, accept=FEED_ACCEPT)
    assert isinstance(visit, Failed)
    assert visit.reason.startswith(reason)


async def test_a_visit_that_is_called_off_is_called_off(fetcher, site):
    begun = asyncio.Event()

    async def silent(reader, writer):
        begun.set()
        await reader.read()

    site.says["/"] = silent
    visit = asyncio.create_task(fetcher.get(site.url(), accept=FEED_ACCEPT))
    await begun.wait()
    visit.cancel()
    with pytest.raises(asyncio.CancelledError):
        await visit


async def test_a_hundred_visits_share_the_fetcher(fetcher, site):
    site.says["/"] = answer(b"x")
    visits = await asyncio.gather(*(fetcher.get(site.url(), accept=FEED_ACCEPT) for _ in range(100)))
    assert all(isinstance(visit, Fresh) for visit in visits)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """For the name public.test alone, signed by itself."""
    if not which("openssl"):
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout {key} -out {cert}"
    )
    subprocess.run(
        [*command.split(), "-subj", "/CN=public.test", "-addext", "subjectAltName=DNS:public.test"],
        check=True,
        capture_output=True,
    )
    return cert, key


@pytest.mark.parametrize(("host", "kind"), [("public.test", Fresh), ("other.test", Failed), ("127.0.0.2", Failed)])
async def test_a_certificate_is_checked_against_the_name_not_the_address(
    host, kind, certificate, make_fetcher, names, site
):
    names.answers["other.test"] = [["127.0.0.2"]]
    cert, key = certificate
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(cert, key)
    site.says["/"] = answer(b"x")
    server = await asyncio.start_server(site.serve, "127.0.0.2", 0, ssl=theirs)
    port = server.sockets[0].getsockname()[1]
    async with make_fetcher(tls=ssl.create_default_context(cafile=cert)) as fetcher:
        visit = await fetcher.get(f"https://{host}:{port}/", accept=PAGE_ACCEPT)
    server.close()
    assert isinstance(visit, kind)
