"""Which addresses of the web may be connected to."""

import asyncio
import errno
import os
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore
import httpx

from core.errors import ChatovyiError
from watchers.network import Network as Streams
from watchers.network import Stream

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""A name and a port in, every address of the name out; raises `OSError` where there is none."""

PUBLIC_PORTS = frozenset({80, 443, 8080, 8443})
LONGEST_URL = 2048
TRIES = 3
RESOLVERS = 16

_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT, and the metadata service of one cloud
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",  # site-local
    )
)  # more than `is_global` of Python 3.11 knows


class Unreached(httpcore.ConnectError):
    """No machine was met: the name leads nowhere, or no way leads to where it does."""


class Refused(ChatovyiError):
    """The guard does not let this address be visited; the text says why."""


def checked_url(url: str) -> httpx.URL:
    """The parsed address, or `Refused`: only plain http and https, with a host and without a password."""
    if len(url) > LONGEST_URL:
        raise Refused(f"the address is longer than {LONGEST_URL} characters")
    if "\\" in url or any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in url):
        raise Refused("the address holds a backslash, a space or a control character")
    try:
        parsed = httpx.URL(url)
        host = parsed.host  # decoded here and now, so it may fail here
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused(f"not an address: {error}") from error
    if parsed.scheme not in ("http", "https"):
        raise Refused(f"only http and https are visited, not {parsed.scheme or 'an address without a scheme'}")
    if parsed.userinfo:
        raise Refused("the address holds a user name or a password")
    if not host:
        raise Refused("the address names no host")
    if parsed.port is not None and not 0 < parsed.port < 1 << 16:
        raise Refused(f"there is no port {parsed.port}")
    return parsed


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet could be meant; an IPv4 address carried inside an IPv6 one decides."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        inner = _carried(address)
        if inner is not None:
            return is_public(inner)
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _NOT_PUBLIC if network.version == address.version)


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def admitted(host: str, port: int, answers: Iterable[str], *, allowed: Sequence[Network]) -> tuple[Address, ...]:
    """The addresses to try, one family after the other; `Refused` if any answer is not to be visited."""
    addresses = [ip_address(answer) for answer in dict.fromkeys(answers)]
    for address in addresses:
        reason = _reason_to_refuse(address, port, allowed=allowed)
        if reason:
            raise Refused(f"{host} is {address}: {reason}" if host != str(address) else f"{host}: {reason}")
    return _families_in_turn(addresses)[:TRIES]


def _reason_to_refuse(address: Address, port: int, *, allowed: Sequence[Network]) -> str | None:
    if any(address in network for network in allowed if network.version == address.version):
        return None
    if not is_public(address):
        return "not a public address"
    if port not in PUBLIC_PORTS:
        return f"port {port} is not visited"
    return None


def _families_in_turn(addresses: Sequence[Address]) -> tuple[Address, ...]:
    """The order the system prefers, but a family that does not work costs one try, not all."""
    if not addresses:
        return ()
    preferred = [address for address in addresses if address.version == addresses[0].version]
    other = [address for address in addresses if address.version != addresses[0].version]
    return (*preferred[:1], *other[:1], *preferred[1:], *other[1:])


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name once, checks every answer and connects to the very address that was checked.

    A look-up before the request and another inside it would let a name change its mind in between.
    """

    def __init__(self, *, allowed: Sequence[Network], resolve: Resolve, patience: float) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._patience = patience
        self._network = Streams()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> Stream:
        trouble: Exception = Unreached(f"the name {host} has no address")
        for address in admitted(host, port, await self._answers(host, port), allowed=self._allowed):
            try:
                return await self._network.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except httpcore.ConnectTimeout as error:
                trouble = error
            except httpcore.ConnectError as error:
                trouble = _no_connection(address, error)
        raise trouble

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise Refused("a socket of this machine is not the web")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _answers(self, host: str, port: int) -> Sequence[str]:
        if is_address(host):
            return [host]
        try:
            async with asyncio.timeout(self._patience):
                return await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time") from error
        except (OSError, UnicodeError) as error:
            raise Unreached(f"the name {host} cannot be resolved") from error


def _no_connection(address: Address, error: httpcore.ConnectError) -> httpcore.ConnectError:
    """In the system's own words. Who refuses a connection was met."""
    cause = error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    said = f"{address}: {os.strerror(number) if number else error}"
    return httpcore.ConnectError(said) if number == errno.ECONNREFUSED else Unreached(said)


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class SystemResolver:
    """The system's look-up, in threads of its own: a slow name server holds up nobody else's threads."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(RESOLVERS, thread_name_prefix="resolver")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port)
        return [str(answer[4][0]) for answer in found]

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int) -> list[tuple[object, object, object, str, tuple[object, ...]]]:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
