"""A socket beside the database, so that a command reaches the process that owns it."""

import asyncio
import contextlib
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from chatovyi.admin import Admin, Request
from core.errors import ChatovyiError, ConfigError

log = logging.getLogger(__name__)

_LONGEST_PATH = 100
"""Bytes a socket's path may have: 108 on Linux, 104 on macOS, with room for a suffix."""
LONGEST_REQUEST = 32 << 20
"""Bytes; a file of concepts, or of a watch list, travels in one."""


def socket_path(database: Path) -> Path:
    """Beside the database; in the temporary folder, under a name made of the path, where that is too long."""
    beside = Path(os.path.abspath(database) + ".sock")
    if len(os.fsencode(beside)) <= _LONGEST_PATH:
        return beside
    name = hashlib.sha256(os.fsencode(beside)).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"chatovyi-{os.getuid()}-{name}.sock"


@contextlib.asynccontextmanager
async def listening(database: Path, admin: Admin) -> AsyncIterator[None]:
    """Answers commands while inside. Only the owner of the database file may connect."""
    path = socket_path(database)
    path.unlink(missing_ok=True)  # left by a process that was killed: the database's lock says that it is gone

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            said = await _said(admin, await _whole(reader))
            writer.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    before = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(answer, path)
    finally:
        os.umask(before)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


async def _whole(reader: asyncio.StreamReader) -> bytes:
    """A request to its end; one that is too long is cut, and makes no sense then."""
    try:
        return await reader.readexactly(LONGEST_REQUEST)
    except asyncio.IncompleteReadError as error:
        return error.partial


async def _said(admin: Admin, line: bytes) -> dict[str, str]:
    try:
        return {"text": await admin.do(json.loads(line))}
    except ChatovyiError as error:
        return {"error": str(error)}
    except Exception:  # one command, of whoever may write to the socket, stops nothing else
        log.exception("command broke")
        return {"error": "The running Chatovyi could not carry this out: see its log."}


async def ask(database: Path, request: Request) -> str:
    """Has the running process carry out a command; raises `ConfigError` with its words where it cannot."""
    try:
        reader, writer = await asyncio.open_unix_connection(socket_path(database))
    except OSError as error:
        raise ConfigError(
            f"Another Chatovyi owns {database} but does not answer commands yet: try again in a moment."
        ) from error
    try:
        writer.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
        await writer.drain()
        writer.write_eof()
        said = json.loads(await reader.read() or b'{"error": "The running Chatovyi stopped before it answered."}')
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
    if "error" in said:
        raise ConfigError(said["error"])
    return str(said["text"])
