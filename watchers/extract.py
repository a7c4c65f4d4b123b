"""The process in which articles' pages are read: one page can stop it, and nothing else."""

import asyncio
import contextlib
import json
import logging
import os
import queue
import signal
import struct
import sys
import threading
from asyncio.subprocess import PIPE, Process
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import IO, Self
from zoneinfo import ZoneInfo

from core.model import Extracted
from watchers.parse.article import extract

__all__ = ["Extractor", "extract", "serve"]

PATIENCE = timedelta(seconds=20)
START_PATIENCE = timedelta(seconds=60)
END_PATIENCE = timedelta(seconds=1)
ATTEMPTS = 2
MOST_MEMORY = 2 << 30
LARGEST_ANSWER = 8 << 20

_SIZE = struct.Struct(">I")
_READY = b"ready"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    url: str
    content_type: str | None
    zone: str | None


WORKERS = 3
"""So that one page that takes its whole time holds up no other source."""


class Extractor:
    """A few workers for the whole program, inside `async with`; each starts with the first page that finds none free.

    A page that takes longer than `patience` is given up and its worker replaced, and so is a worker that died.
    """

    def __init__(self, *, patience: timedelta = PATIENCE, workers: int = WORKERS) -> None:
        self._seats = [_Seat(patience) for _ in range(workers)]
        # Last in, first out: while one seat is enough, only one worker is ever started.
        self._free: asyncio.LifoQueue[_Seat] = asyncio.LifoQueue()
        for seat in self._seats:
            self._free.put_nowait(seat)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for seat in self._seats:
            await seat.close()

    async def text_of(
        self, body: bytes, *, url: str, content_type: str | None, zone: ZoneInfo | None = None
    ) -> Extracted | None:
        """What `extract` says of the page; `None` also where it could not be read at all."""
        page = _Page(url=url, content_type=content_type, zone=zone.key if zone else None)
        seat = await self._free.get()
        try:
            return await seat.read(page, body)
        finally:
            self._free.put_nowait(seat)


class _Seat:
    """Where one worker sits, if there is one."""

    def __init__(self, patience: timedelta) -> None:
        self._patience = patience
        self._worker: _Worker | None = None

    async def read(self, page: _Page, body: bytes) -> Extracted | None:
        """The worker's answer; `None` where the page took too long or broke two workers."""
        for _ in range(ATTEMPTS):
            with contextlib.suppress(_WorkerLost):
                return await self._read(page, body)
        _log.warning("page broke its reader", extra={"url": page.url})
        return None

    async def close(self) -> None:
        """Ends the worker."""
        await self._end_worker()

    async def _read(self, page: _Page, body: bytes) -> Extracted | None:
        worker = await self._running_worker()
        is_idle = False
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                answer = await worker.read(page, body)
            is_idle = True
        except TimeoutError:
            _log.warning("page not read in time", extra={"url": page.url})
            return None
        finally:
            if not is_idle:  # cancelled, timed out or lost: its next answer would be to this page
                await self._end_worker()
        return answer

    async def _running_worker(self) -> "_Worker":
        if self._worker is None:
            self._worker = await _Worker.start(self._patience)
            is_ready = False
            try:
                await self._worker.ready()
                is_ready = True
            finally:
                if not is_ready:
                    await self._end_worker()
        return self._worker

    async def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            await worker.end()


class _WorkerLost(Exception):
    """The worker is gone, or talks nonsense."""


class _Worker:
    """The near end of the two pipes. Answers come as JSON: what has read a hostile page is not trusted."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._questions = process.stdin
        self._answers = process.stdout

    @classmethod
    async def start(cls, patience: timedelta) -> Self:
        """In a session of its own, so that Ctrl-C reaches the parent alone."""
        command = f"from watchers.extract import serve; serve({patience.total_seconds()})"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", command,
            stdin=PIPE, stdout=PIPE, env=_environment(), start_new_session=True,
        )  # fmt: skip
        return cls(process)

    async def ready(self) -> None:
        try:
            async with asyncio.timeout(START_PATIENCE.total_seconds()):
                said = await self._answer()
        except TimeoutError as error:
            raise _WorkerLost from error
        if said != _READY:
            raise _WorkerLost

    async def read(self, page: _Page, body: bytes) -> Extracted | None:
        try:
            for frame in (json.dumps(asdict(page)).encode(), body):
                self._questions.write(_SIZE.pack(len(frame)) + frame)
                await self._questions.drain()
        except ConnectionError as error:
            raise _WorkerLost from error
        return _extracted(await self._answer())

    async def end(self) -> None:
        """It goes by itself when its pipe is closed; killing is for one that has stopped listening."""
        self._questions.close()
        try:
            async with asyncio.timeout(END_PATIENCE.total_seconds()):
                await self._process.communicate()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.communicate()

    async def _answer(self) -> bytes:
        try:
            (size,) = _SIZE.unpack(await self._answers.readexactly(_SIZE.size))
            if size > LARGEST_ANSWER:
                raise _WorkerLost
            return await self._answers.readexactly(size)
        except (EOFError, ConnectionError) as error:
            raise _WorkerLost from error


def _environment() -> dict[str, str]:
    """The parent's ways to its modules, and none of its secrets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHATOVYI_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}


def _extracted(answer: bytes) -> Extracted | None:
    try:
        found = json.loads(answer)
        if found is None:
            return None
        published = found.pop("published")
        return Extracted(**found, published=datetime.fromisoformat(published) if published else None)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise _WorkerLost from error


def serve(patience: float) -> None:
    """The far end: reads pages until the parent goes, by whatever way it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    logging.disable(logging.CRITICAL)
    _bound_memory()
    pages: queue.SimpleQueue[tuple[_Page, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, pages), daemon=True).start()
    extract(b"<p>", url="", content_type=None)  # so that the first page does not pay for the imports
    _send(answers, _READY)
    while True:
        _send(answers, _answer_to(*pages.get(), patience=patience))


def _listen(questions: IO[bytes], pages: "queue.SimpleQueue[tuple[_Page, bytes]]") -> None:
    """Beside the work, so that the end of the parent ends the work too."""
    while True:
        head, body = _frame(questions), _frame(questions)
        if head is None or body is None:
            os._exit(0)
        pages.put((_Page(**json.loads(head)), body))


def _answer_to(page: _Page, body: bytes, *, patience: float) -> bytes:
    _set_alarm(patience + 1)
    try:
        zone = ZoneInfo(page.zone) if page.zone else None
        found = extract(body, url=page.url, content_type=page.content_type, zone=zone)
    except MemoryError:
        os._exit(1)
    except Exception:  # no page may end the reading of others
        found = None
    _set_alarm(0)
    return json.dumps(asdict(found) if found else None, default=datetime.isoformat).encode()


def _set_alarm(seconds: float) -> None:
    """The system's own: it ends this process even inside a library that has stopped listening."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _frame(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    frame = stream.read(size)
    return frame if len(frame) == size else None


def _send(stream: IO[bytes], frame: bytes) -> None:
    stream.write(_SIZE.pack(len(frame)) + frame)
    stream.flush()
