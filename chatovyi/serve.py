"""An ASGI application on a loopback port, in the event loop that is already running."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from core.errors import ConfigError

_DROP = "chatovyi.drop"


@asynccontextmanager
async def serving(app: ASGIApp, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve until the block is left; gives the address, such as http://127.0.0.1:54321. A taken one is a `ConfigError`.

    Answers still open at the end, such as streams and long polls, are cut off.
    """
    requests = _Requests(app)
    server = _Server(_config(requests))
    with closing(_bound(host, port)) as listener:
        running = asyncio.create_task(server.serve([listener]))
        try:
            await _ready(server, running)
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            server.leaving.set()
            requests.cut()
            await running


def check_free(address: tuple[str, int]) -> None:
    """Raises `ConfigError` where the address cannot be served on; it is not held."""
    _bound(*address).close()


async def drop_connection(scope: Scope, receive: Receive) -> None:
    """Close the connection of this request without an answer; the application then just returns."""
    scope["extensions"][_DROP]["transport"].abort()
    while (await receive())["type"] != "http.disconnect":
        pass


def _bound(host: str, port: int) -> socket.socket:
    # The protocol is named, else asyncio leaves Nagle on and every second answer waits for 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigError(f"{host}:{port} cannot be served on: {error.strerror}. Choose another port.") from error
    return listener


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_Connection,
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        date_header=False,
    )


async def _ready(server: "_Server", running: asyncio.Task[None]) -> None:
    ready = asyncio.create_task(server.ready.wait())
    await asyncio.wait({ready, running}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    if running.done():
        raise RuntimeError("the server has stopped before it was ready") from running.exception()


class _Server(uvicorn.Server):
    """Leaves signals to the program, says when it is ready, and stops without a tick of delay."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.leaving = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=1)
        await self.lifespan.shutdown()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Connection(H11Protocol):
    """Shows the application its connection, so that `drop_connection` can close it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[_DROP] = {"transport": transport}
            await app(scope, receive, send)

        self.app = with_transport


class _Requests:
    """The application, with a way to cut all requests that are still open."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open: set[asyncio.Task[object]] = set()
        self._closed = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        if self._closed:
            return await drop_connection(scope, receive)
        answering = asyncio.current_task()
        assert answering is not None
        self._open.add(answering)
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            await drop_connection(scope, receive)
        finally:
            self._open.discard(answering)

    def cut(self) -> None:
        self._closed = True
        for answering in self._open:
            answering.cancel()
