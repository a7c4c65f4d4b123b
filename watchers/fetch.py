"""The door to the web: one address in, one visit out, whatever the other side does."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpcore
import httpx

from core.errors import SourceError
from core.model import Failed, Fresh, Unchanged, Validators, Visit
from watchers.freshness import fresh_for, retry_after
from watchers.guard import GuardedBackend, Network, Refused, Resolve, SystemResolver, checked_url
from watchers.parse.inflate import CODINGS, Inflater

Clock = Callable[[], datetime]

FEED_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.3"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.3"

REDIRECTS = frozenset({301, 302, 303, 307, 308})
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
    wire: int = 5 << 20
    decoded: int = 8 << 20
    ratio: int = 200
    redirects: int = 5
    connections: int = 100


class Fetcher:
    """One for the whole program, inside `async with`; trouble is a `Failed`, never an exception.

    Connections are not kept: the pool's upkeep of idle ones costs more than opening new ones.
    """

    def __init__(
        self,
        *,
        allow_private: Sequence[Network],
        user_agent: str,
        limits: Limits,
        clock: Clock,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed = tuple(allow_private)
        self._user_agent = user_agent
        self._limits = limits
        self._clock = clock
        self._resolver = SystemResolver()
        self._resolve = resolve or self._resolver
        self._tls = tls
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        backend = GuardedBackend(
            allowed=self._allowed, resolve=self._resolve, patience=self._limits.name.total_seconds()
        )
        tls = self._tls or httpx.create_ssl_context(trust_env=False)
        self._client = httpx.AsyncClient(
            transport=_GuardedTransport(backend, tls, connections=self._limits.connections),
            timeout=_timeout(self._limits),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": CODINGS},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._client:
            await self._client.aclose()
        self._resolver.close()

    async def get(self, url: str, *, accept: str, validators: Validators | None = None) -> Visit:
        """Visit `url`; with `validators`, ask only for what is newer."""
        question = _Question(accept=accept, validators=validators or Validators())
        try:
            async with asyncio.timeout(self._limits.total.total_seconds()):
                return await self._get_through_a_reset(url, question)
        except TimeoutError:
            return Failed(reason=f"not done within {self._limits.total.total_seconds():g} s")
        except (Refused, SourceError) as error:
            return Failed(reason=str(error)[:LONGEST_REASON])
        except (httpx.InvalidURL, UnicodeError) as error:  # httpx reads a Location even if it is not to follow it
            return Failed(reason=f"redirected to what is not an address: {error}"[:LONGEST_REASON])
        except httpx.HTTPError as error:
            unreached = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            return Failed(reason=_said(error, self._limits)[:LONGEST_REASON], unreached=unreached)

    async def _get_through_a_reset(self, url: str, question: "_Question") -> Visit:
        try:
            return await self._follow(url, question)
        except httpx.NetworkError as error:
            if not _is_reset(error):
                raise
        return await self._follow(url, question)

    async def _follow(self, url: str, question: "_Question") -> Visit:
        moved_to, for_good = None, True
        for _ in range(self._limits.redirects + 1):
            answer = await self._ask(url, question)
            if isinstance(answer, Failed):
                return answer
            if not isinstance(answer, _Elsewhere):
                return replace(answer, moved_to=moved_to)
            for_good = for_good and answer.for_good
            url = answer.url
            moved_to = url if for_good else moved_to
        return Failed(reason=f"redirected more than {self._limits.redirects} times")

    async def _ask(self, url: str, question: "_Question") -> "Visit | _Elsewhere":
        """One question, one answer. Bodies of other answers than 200 are not read: nothing in them counts."""
        assert self._client is not None, "a Fetcher is used inside async with"
        async with self._client.stream("GET", checked_url(url), headers=question.headers()) as response:
            status = response.status_code
            if status == 200:
                return await self._fresh(url, response)
            if status == 304 and question.is_conditional():
                return Unchanged(fresh_for=self._fresh_for(response))
            if status in REDIRECTS and response.headers.get("location"):
                return _elsewhere(url, response)
            return self._failed(response)

    async def _fresh(self, url: str, response: httpx.Response) -> Fresh:
        body, wire = await _body(response, self._limits)
        return Fresh(
            url=url,
            body=body,
            wire=wire,
            fresh_for=self._fresh_for(response),
            content_type=response.headers.get("content-type"),
            validators=Validators(
                etag=_validator(response, b"etag"), last_modified=_validator(response, b"last-modified")
            ),
        )

    def _fresh_for(self, response: httpx.Response) -> timedelta | None:
        return fresh_for(lambda name: response.headers.get(name, ""), now=self._clock())

    def _failed(self, response: httpx.Response) -> Failed:
        reason = f"HTTP {response.status_code} {response.reason_phrase}".strip()
        if response.status_code == 304:
            reason += ", though the question was not conditional"
        if "cf-mitigated" in response.headers:
            reason += " (a bot check stands before the site)"
        return Failed(
            reason=reason[:LONGEST_REASON],
            status=response.status_code,
            retry_after=retry_after(response.headers.get("retry-after", ""), now=self._clock()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    accept: str
    validators: Validators

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
class _Elsewhere:
    url: str
    for_good: bool


class _GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx has no argument for the network below it, so its pool is replaced; a test holds this to httpx."""

    def __init__(self, backend: GuardedBackend, tls: ssl.SSLContext, *, connections: int) -> None:
        super().__init__(verify=tls, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=0,
            network_backend=backend,
        )


def _timeout(limits: Limits) -> httpx.Timeout:
    return httpx.Timeout(
        limits.read.total_seconds(),
        connect=limits.connect.total_seconds(),
        pool=limits.total.total_seconds(),
    )


def _validator(response: httpx.Response, name: bytes) -> str | None:
    """Byte for byte: latin-1 is the one encoding that gives every byte back."""
    for header, value in response.headers.raw:
        if header.lower() == name and 0 < len(value) <= LONGEST_VALIDATOR:
            return value.decode("latin-1")
    return None


def _elsewhere(url: str, response: httpx.Response) -> _Elsewhere:
    try:
        target = urljoin(url, response.headers["location"].strip().replace(" ", "%20"))
    except ValueError as error:
        raise Refused(f"redirected to what is not an address: {error}") from error
    downgraded = url.startswith("https:") and not target.startswith("https:")
    return _Elsewhere(target, for_good=response.status_code in (301, 308) and not downgraded)


async def _body(response: httpx.Response, limits: Limits) -> tuple[bytes, int]:
    """Unpacked, and how many bytes came."""
    promised = response.headers.get("content-length", "")
    if promised.isascii() and promised.isdigit() and int(promised[:18]) > limits.wire:
        raise SourceError(f"the body is larger than {limits.wire} bytes")
    inflater = Inflater(response.headers.get("content-encoding", ""), most=limits.decoded, ratio=limits.ratio)
    taken = 0
    async for chunk in response.aiter_raw():
        taken += len(chunk)
        if taken > limits.wire:
            raise SourceError(f"the body is larger than {limits.wire} bytes")
        inflater.take(chunk)
    return inflater.body(), taken


def _is_reset(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ConnectionResetError | BrokenPipeError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _said(error: httpx.HTTPError, limits: Limits) -> str:
    match error:
        case httpx.ConnectTimeout():
            return str(error) or f"no connection within {limits.connect.total_seconds():g} s"
        case httpx.ReadTimeout():
            return f"no byte within {limits.read.total_seconds():g} s"
        case httpx.ConnectError():
            return f"no connection: {error}"
        case httpx.NetworkError():
            return "the connection was lost"
        case httpx.ProtocolError():
            return f"not a whole HTTP answer: {error}"
        case _:
            return f"{type(error).__name__}: {error}"
