"""A web on loopback that says exactly the bytes it is told to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

Play = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Site:
    """One server: `says[path]` is what it sends, as bytes or as a coroutine that has the connection."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.port = 0
        self.says: dict[str, bytes | Play] = {}
        self.asked: list[bytes] = []
        self.connections = 0

    @property
    def paths(self) -> list[str]:
        return [question.split()[1].decode("latin-1") for question in self.asked]

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            self.asked.append(await reader.readuntil(b"\r\n\r\n"))
            says = self.says.get(self.paths[-1], answer(b"not here", status="404 Not Found"))
            if isinstance(says, bytes):
                writer.write(says)
                await writer.drain()
            else:
                await says(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


class Names:
    """A name server that may change its mind: each look-up takes the next answer, the last one stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Sequence[str]]] = {}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self.answers.get(host)
        if not answers:
            raise OSError("no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]


@asynccontextmanager
async def open_site(host: str) -> AsyncIterator[Site]:
    site = Site(host)
    server = await asyncio.start_server(site.serve, host, 0)
    site.port = server.sockets[0].getsockname()[1]
    yield site
    server.close()


def answer(body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, *, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {location}", status=status)
