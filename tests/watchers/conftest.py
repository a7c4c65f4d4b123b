"""A public site, an intranet nobody may reach, and a fetcher between them."""

import ssl
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from raw_web import Names, Site, answer, open_site
from rounds import clock, desk, round_, store  # noqa: F401 (fixtures for every file of this folder)

from watchers.asking import Limits
from watchers.fetch import Fetcher
from watchers.gate import Gate

NOW = datetime(2025, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Stands for the public web: the one address that the fetchers of these tests may visit."""
    async with open_site("127.0.0.2") as site:
        yield site


@pytest.fixture
async def intranet() -> AsyncIterator[Site]:
    async with open_site("127.0.0.1") as site:
        site.says["/secret"] = answer(b"secret")
        yield site


@pytest.fixture
def names() -> Names:
    names = Names()
    names.answers["public.test"] = [["127.0.0.2"]]
    return names


@pytest.fixture
def make_fetcher(names: Names) -> Callable[..., Fetcher]:
    settled = {
        "allow_private": [ip_network("127.0.0.2/32")],
        "user_agent": "Test/1 (+https://example.org)",
        "limits": Limits(),
        "clock": lambda: NOW,
        "resolve": names,
        "gate": Gate(clock=lambda: NOW, gap=timedelta(0)),
        "tls": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # knows no authority, and so is made at once
    }
    return lambda **changes: Fetcher(**(settled | changes))


@pytest.fixture
async def fetcher(make_fetcher: Callable[..., Fetcher]) -> AsyncIterator[Fetcher]:
    async with make_fetcher() as fetcher:
        yield fetcher
