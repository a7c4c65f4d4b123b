"""One question to one address, one answer; redirects are said, not followed."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urljoin

import httpcore
import httpx

from core.errors import SourceError
from core.model import Failed, Fresh, Unchanged, Validators, Visit
from core.ports import Clock
from watchers.freshness import fresh_for, retry_after
from watchers.guard import GuardedBackend, Refused, checked_url
from watchers.parse.inflate import CODINGS, Inflater

REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
LONGEST_VALIDATOR = 1024
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much patience and room one visit gets."""

    name: timedelta = timedelta(seconds=3)
    """For the look-up of the host's name."""
    connect: timedelta = timedelta(seconds=5)
    read: timedelta = timedelta(seconds=10)
    """Between two bytes."""
    total: timedelta = timedelta(seconds=30)
    """For everything, redirects and a second try included: a byte a second outlives any other limit."""
    head: int = 256 << 10
    """Bytes until the answer begins, `100 Continue` and its like included."""
    headers: int = 200
    wire: int = 5 << 20
    decoded: int = 8 << 20
    ratio: int = 200
    pieces: int = 50_000
    """Chunks that a body comes in: each costs time, however small."""
    redirects: int = 5
    connections: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for, and what is known already."""

    accept: str
    validators: Validators = field(default_factory=Validators)

    def is_conditional(self) -> bool:
        return bool(self.validators.etag or self.validators.last_modified)

    def headers(self) -> list[tuple[bytes, bytes]]:
        lines = {
            b"Accept": self.accept,
            b"If-None-Match": self.validators.etag,
            b"If-Modified-Since": self.validators.last_modified,
        }
        return [(name, line.encode("latin-1", "replace")) for name, line in lines.items() if line]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was asked for is at another address."""

    url: str
    for_good: bool


class Asker:
    """Connections are not kept: visits of one site are minutes apart, and idle ones cost more than new ones."""

    def __init__(
        self, backend: GuardedBackend, *, tls: ssl.SSLContext, user_agent: str, limits: Limits, clock: Clock
    ) -> None:
        self._backend = backend
        self._tls = tls
        self._us = [
            (b"User-Agent", user_agent.encode("ascii")),
            (b"Accept-Encoding", CODINGS.encode("ascii")),
            (b"Connection", b"close"),
        ]
        self._limits = limits
        self._clock = clock
        self._connections = asyncio.Semaphore(limits.connections)

    async def ask(self, url: str, question: Question) -> Visit | Elsewhere:
        """Bodies of other answers than 200 are not read: nothing in them counts.

        Raises `Refused`, `SourceError` where more comes than there is room for, and what httpcore raises.
        """
        async with self._connections, self._answer(checked_url(url), question) as response:
            if len(response.headers) > self._limits.headers:
                raise SourceError(f"the answer has more than {self._limits.headers} headers")
            if response.status == 200:
                return await self._fresh(url, response)
            if response.status == 304 and question.is_conditional():
                return Unchanged(fresh_for=self._fresh_for(response))
            if response.status in REDIRECTS and _header(response, "location"):
                return _elsewhere(url, response)
            return self._failed(response)

    @asynccontextmanager
    async def _answer(self, url: httpx.URL, question: Question) -> AsyncIterator[httpcore.Response]:
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        request = httpcore.Request(
            "GET",
            target,
            headers=[(b"Host", url.netloc), *self._us, *question.headers()],
            extensions={"timeout": {"read": self._limits.read.total_seconds()}},
        )
        connect = self._limits.connect.total_seconds()
        port = url.port or (443 if url.scheme == "https" else 80)
        stream = await self._backend.connect_tcp(url.raw_host.decode("ascii"), port, timeout=connect)
        stream.room = self._limits.head
        try:
            if url.scheme == "https":
                # The certificate is checked against the name, whatever address it led to.
                name = url.raw_host.decode("ascii").rstrip(".")
                await stream.start_tls(self._tls, server_hostname=name, timeout=connect)
            connection = httpcore.AsyncHTTP11Connection(origin=target.origin, stream=stream)
            response = await connection.handle_async_request(request)
            stream.room = 2 * self._limits.wire
            yield response
        finally:
            await stream.aclose()

    async def _fresh(self, url: str, response: httpcore.Response) -> Fresh:
        body, wire = await _body(response, self._limits)
        return Fresh(
            url=url,
            body=body,
            wire=wire,
            fresh_for=self._fresh_for(response),
            content_type=_header(response, "content-type") or None,
            validators=Validators(
                etag=_validator(response, "etag"), last_modified=_validator(response, "last-modified")
            ),
        )

    def _fresh_for(self, response: httpcore.Response) -> timedelta | None:
        return fresh_for(lambda name: ", ".join(_all(response, name)), now=self._clock())

    def _failed(self, response: httpcore.Response) -> Failed:
        phrase = response.extensions.get("reason_phrase", b"").decode("latin-1")
        reason = f"HTTP {response.status} {phrase}".strip()
        if response.status == 304:
            reason += ", though the question was not conditional"
        if _header(response, "cf-mitigated"):
            reason += " (a bot check stands before the site)"
        return Failed(
            reason=reason[:LONGEST_REASON],
            status=response.status,
            retry_after=retry_after(_header(response, "retry-after"), now=self._clock()),
        )


def _all(response: httpcore.Response, name: str) -> list[str]:
    """Byte for byte: latin-1 is the one encoding that gives every byte back."""
    wanted = name.encode("ascii")
    return [value.decode("latin-1") for header, value in response.headers if header.lower() == wanted]


def _header(response: httpcore.Response, name: str) -> str:
    return next(iter(_all(response, name)), "")


def _validator(response: httpcore.Response, name: str) -> str | None:
    value = _header(response, name)
    return value if 0 < len(value) <= LONGEST_VALIDATOR else None


def _elsewhere(url: str, response: httpcore.Response) -> Elsewhere:
    location = _header(response, "location").strip().replace(" ", "%20")
    try:
        target = urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise Refused(f"redirected to what is not an address: {error}") from error
    downgraded = url.startswith("https:") and not target.startswith("https:")
    return Elsewhere(target, for_good=response.status in FOR_GOOD and not downgraded)


async def _body(response: httpcore.Response, limits: Limits) -> tuple[bytes, int]:
    """Unpacked, and how many bytes came."""
    promised = _header(response, "content-length")
    if promised.isascii() and promised.isdigit() and int(promised[:18]) > limits.wire:
        raise SourceError(f"the body is larger than {limits.wire} bytes")
    inflater = Inflater(_header(response, "content-encoding"), most=limits.decoded, ratio=limits.ratio)
    taken = pieces = 0
    async for chunk in response.aiter_stream():
        taken += len(chunk)
        pieces += 1
        if taken > limits.wire:
            raise SourceError(f"the body is larger than {limits.wire} bytes")
        if pieces > limits.pieces:
            raise SourceError(f"the body comes in more than {limits.pieces} pieces")
        inflater.take(chunk)
    return inflater.body(), taken
