"""The door to the web: one address in, one visit out, whatever the other side does."""

import asyncio
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import httpcore
import httpx

from core.errors import SourceError
from core.model import Failed, Validators, Visit
from core.ports import Clock
from core.site import site_of
from watchers.asking import LONGEST_REASON, Asker, Elsewhere, Limits, Question
from watchers.gate import Gate
from watchers.guard import GuardedBackend, Network, Refused, Resolve, SystemResolver, Unreached, checked_url
from watchers.robots import Robots

FEED_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.9, text/html;q=0.5, */*;q=0.3"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.3"
ROBOTS_ACCEPT = "text/plain, */*;q=0.3"


class Fetcher:
    """One for the whole program, inside `async with`; trouble is a `Failed`, never an exception.

    Of a site one thing is asked at a time (`watchers.gate`), and the time for which a visit waits its turn is not held
    against it. Feeds are published for machines; pages go by the site's robots.txt.
    """

    def __init__(
        self,
        *,
        allow_private: Sequence[Network],
        user_agent: str,
        limits: Limits,
        clock: Clock,
        gate: Gate,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits
        self._gate = gate
        self._resolver = SystemResolver()
        backend = GuardedBackend(
            allowed=allow_private, resolve=resolve or self._resolver, patience=limits.name.total_seconds()
        )
        tls = tls or httpx.create_ssl_context(trust_env=False)
        tls.set_alpn_protocols(["http/1.1"])
        self._asker = Asker(backend, tls=tls, user_agent=user_agent, limits=limits, clock=clock)
        self._robots = Robots(self._rules, clock=clock)
        self._agent = user_agent

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._resolver.close()

    async def get(self, url: str, *, accept: str, validators: Validators | None = None) -> Visit:
        """Visit `url`; with `validators`, ask only for what is newer."""
        question = Question(accept=accept, validators=validators or Validators())
        return await self._visit(url, _Errand(question, page=False, lawful=True))

    async def page(self, url: str, *, validators: Validators | None = None) -> Visit:
        """Read a page, if its site lets it be read; with `validators`, only if it is newer."""
        question = Question(accept=PAGE_ACCEPT, validators=validators or Validators())
        return await self._visit(url, _Errand(question, page=True, lawful=False))

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Those that the robots.txt of the address's host names."""
        try:
            rules = await self._robots.rules(str(checked_url(url)))
        except Refused:
            return ()
        return tuple(rules.said.sitemaps) if rules.said else ()

    async def _rules(self, url: str) -> Visit:
        return await self._visit(url, _Errand(Question(accept=ROBOTS_ACCEPT), page=True, lawful=True))

    async def _visit(self, url: str, errand: "_Errand") -> Visit:
        limits = self._limits
        try:
            return await self._follow(url, errand, _Trip(limits))
        except TimeoutError:
            return Failed(reason=f"not done within {limits.total.total_seconds():g} s")
        except (Refused, SourceError) as error:
            return Failed(reason=str(error)[:LONGEST_REASON])
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            unreached = isinstance(error, Unreached | httpcore.ConnectTimeout)
            return Failed(reason=_in_words(error, limits)[:LONGEST_REASON], unreached=unreached)

    async def _follow(self, url: str, errand: "_Errand", trip: "_Trip") -> Visit:
        while True:
            site = site_of(str(checked_url(url)))
            if site and not errand.lawful and (refusal := await self._refusal(site, url)):
                return refusal
            async with self._gate.turn(site, page=errand.page):
                answer = await self._ask_site(url, site, errand, trip)
            if not isinstance(answer, Elsewhere):
                return answer if isinstance(answer, Failed) else replace(answer, moved_to=trip.moved_to)
            url = answer.url

    async def _ask_site(self, url: str, site: str | None, errand: "_Errand", trip: "_Trip") -> Visit | Elsewhere:
        """In one turn, as long as the site sends us to itself."""
        while True:
            answer = await self._ask(url, errand, trip)
            if not isinstance(answer, Elsewhere):
                return answer
            trip.go_on(answer)
            url = answer.url
            if site_of(str(checked_url(url))) != site:
                return answer

    async def _ask(self, url: str, errand: "_Errand", trip: "_Trip") -> Visit | Elsewhere:
        """A reset is tried once more: it is how a busy machine behaves."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(trip.left):
                try:
                    return await self._asker.ask(url, errand.question)
                except httpcore.NetworkError as error:
                    if not trip.again or not _is_reset(error):
                        raise
                trip.again = False
                return await self._asker.ask(url, errand.question)
        finally:
            trip.left -= time.monotonic() - began

    async def _refusal(self, site: str, url: str) -> Failed | None:
        """Why a page is not read, if it is not; how far apart its site wants pages is told to the gate."""
        rules = await self._robots.rules(url)
        if delay := rules.delay(self._agent):
            self._gate.keep_apart(site, delay)
        if rules.said is None:
            return Failed(reason="the site's robots.txt cannot be had now")
        return None if rules.allow(url, self._agent) else Failed(reason="the site's robots.txt asks not to read it")


@dataclass(frozen=True, slots=True)
class _Errand:
    """What a visit is for."""

    question: Question
    page: bool
    lawful: bool
    """It may be asked for without looking into robots.txt."""


class _Trip:
    """How far a visit has come: the time it has left, and where it was sent."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.total.total_seconds()
        self.again = True
        self.moved_to: str | None = None
        self._for_good = True
        self._hops = 0
        self._most = limits.redirects

    def go_on(self, answer: Elsewhere) -> None:
        """Raises `SourceError` where it was sent on too often."""
        self._hops += 1
        if self._hops > self._most:
            raise SourceError(f"redirected more than {self._most} times")
        self._for_good = self._for_good and answer.for_good
        if self._for_good:
            self.moved_to = answer.url


def _is_reset(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ConnectionResetError | BrokenPipeError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _in_words(error: Exception, limits: Limits) -> str:
    match error:
        case httpcore.ConnectTimeout():
            return str(error) or f"no connection within {limits.connect.total_seconds():g} s"
        case httpcore.ReadTimeout():
            return f"no byte within {limits.read.total_seconds():g} s"
        case httpcore.ConnectError():
            return f"no connection: {error}"
        case httpcore.NetworkError():
            return "the connection was lost"
        case httpcore.ProtocolError():
            return f"not a whole HTTP answer: {error}"
        case _:
            return f"{type(error).__name__}: {error}"
