"""Which addresses may be visited, and that no detour leads to the others."""

from ipaddress import ip_address, ip_network

import httpcore
import pytest
from raw_web import answer, redirect

from core.model import Failed, Fresh
from watchers.fetch import PAGE_ACCEPT
from watchers.guard import GuardedBackend, Refused, SystemResolver, admitted, checked_url, is_public

LOCAL = [ip_network("127.0.0.0/8")]


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "91.198.36.14", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "2001:0:53aa:64c:0:0:80ff:fffe",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1111%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_no_other_address_is_public(address):
    assert not is_public(ip_address(address))


def test_one_bad_answer_refuses_the_name():
    with pytest.raises(Refused, match=r"mixed.test is 10.0.0.1: not a public address"):
        admitted("mixed.test", 443, ["8.8.8.8", "10.0.0.1"], allowed=[])


def test_an_allowed_network_is_visited_on_any_port():
    assert admitted("intranet", 5432, ["10.1.2.3"], allowed=[ip_network("10.0.0.0/8")])


def test_an_allowed_ipv4_network_says_nothing_of_its_ipv6_disguise():
    with pytest.raises(Refused):
        admitted("x", 80, ["::ffff:127.0.0.1"], allowed=LOCAL)


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 8000, 11211])
def test_public_addresses_are_visited_on_ports_of_the_web_alone(port):
    with pytest.raises(Refused, match=f"port {port} is not visited"):
        admitted("8.8.8.8", port, ["8.8.8.8"], allowed=[])


def test_both_families_are_among_the_first_tries():
    answers = ["2606:4700::1", "2606:4700::2", "2606:4700::3", "1.1.1.1"]
    tries = admitted("x", 443, answers, allowed=[])
    assert [str(address) for address in tries] == ["2606:4700::1", "1.1.1.1", "2606:4700::2"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("//example.org/", "only http and https"),
        ("/news", "only http and https"),
        ("http://user:word@example.org/", "user name or a password"),
        ("http://example.org@127.0.0.1/", "user name or a password"),
        ("http://127.0.0.1\\@example.org/", "backslash"),
        ("http://example.org/\r\nX: y", "control character"),
        ("http://example.org/a b", "a space"),
        ("http:///path", "names no host"),
        ("http://[::1", "not an address"),
        ("http://xn--/", "not an address"),
        ("http://example.org:99999/", "no port 99999"),
        ("http://example.org/" + "a" * 2048, "longer than 2048"),
    ],
)
def test_addresses_that_are_no_plain_web_address_are_refused(url, reason):
    with pytest.raises(Refused, match=reason):
        checked_url(url)


def test_a_plain_address_passes():
    assert checked_url("https://новини.укр/світ?мова=укр#далі").host == "новини.укр"


HIDDEN = [
    "127.0.0.1",
    "localhost",
    "localhost.",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[::]",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "user:pw@127.0.0.1",
    "example.com@127.0.0.1",
    "ip6-localhost",
]


@pytest.mark.parametrize("host", HIDDEN)
async def test_no_spelling_of_loopback_reaches_it(host, make_fetcher, intranet):
    resolver = SystemResolver()
    async with make_fetcher(resolve=resolver) as fetcher:
        visit = await fetcher.get(intranet.url("/secret", host=host), accept=PAGE_ACCEPT)
    resolver.close()
    assert isinstance(visit, Failed)
    assert intranet.connections == 0


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "//127.0.0.1:{port}/secret",
        "http://127.0.0.1:{port}\\@public.test/secret",
        "http://user@127.0.0.1:{port}/secret",
        "file:///etc/passwd",
        "http://[",
    ],
)
async def test_a_redirect_is_guarded_like_a_first_visit(target, fetcher, site, intranet):
    site.says["/"] = redirect(target.format(port=intranet.port))
    visit = await fetcher.get(site.url(host="public.test"), accept=PAGE_ACCEPT)
    assert isinstance(visit, Failed)
    assert intranet.connections == 0


async def test_a_name_with_one_hidden_address_of_two_is_refused(fetcher, names, intranet):
    names.answers["mixed.test"] = [["127.0.0.2", "127.0.0.1"]]
    visit = await fetcher.get(intranet.url("/secret", host="mixed.test"), accept=PAGE_ACCEPT)
    assert visit == Failed(reason="mixed.test is 127.0.0.1: not a public address")


async def test_a_name_that_changes_its_mind_is_asked_once_and_held_to_it(fetcher, names, site, intranet):
    names.answers["rebind.test"] = [["127.0.0.2"], ["127.0.0.1"]]
    site.says["/secret"] = answer(b"public")
    visit = await fetcher.get(site.url("/secret", host="rebind.test"), accept=PAGE_ACCEPT)
    assert isinstance(visit, Fresh)
    assert visit.body == b"public"
    assert names.asked == ["rebind.test"]


async def test_a_name_that_changes_its_mind_on_a_redirect_is_refused(fetcher, names, site, intranet):
    names.answers["rebind.test"] = [["127.0.0.2"], ["127.0.0.1"]]
    site.says["/"] = redirect(intranet.url("/secret", host="rebind.test"))
    visit = await fetcher.get(site.url(host="rebind.test"), accept=PAGE_ACCEPT)
    assert visit == Failed(reason="rebind.test is 127.0.0.1: not a public address")
    assert intranet.connections == 0


async def test_the_next_address_is_tried_when_one_does_not_answer(fetcher, names, site, make_fetcher):
    names.answers["two.test"] = [["127.0.0.3", "127.0.0.2"]]
    site.says["/"] = answer(b"here")
    async with make_fetcher(allow_private=LOCAL) as fetcher:
        visit = await fetcher.get(site.url(host="two.test"), accept=PAGE_ACCEPT)
    assert isinstance(visit, Fresh)


async def test_a_socket_of_the_machine_is_never_opened():
    backend = GuardedBackend(allowed=LOCAL, resolve=SystemResolver(), patience=1)
    with pytest.raises(Refused):
        await backend.connect_unix_socket("/run/docker.sock")


async def test_a_name_without_addresses_is_no_connection(names):
    names.answers["empty.test"] = [[]]
    backend = GuardedBackend(allowed=LOCAL, resolve=names, patience=1)
    with pytest.raises(httpcore.ConnectError, match=r"empty.test has no address"):
        await backend.connect_tcp("empty.test", 80)
