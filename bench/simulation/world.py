"""What is around the program: Telegram, the web and the disk, and how they fail."""

import asyncio
import contextvars
import hashlib
import json
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bench.simulation.loop import VirtualLoop
from chatovyi.assemble import House
from chatovyi.demo.methods import METHODS
from chatovyi.demo.model import Refused
from chatovyi.demo.telegram import StandIn
from core.model import Failed, Fresh, Unchanged, Validators, Visit
from core.ports import Tx
from store.connection import Executor, connect
from store.schema import migrate
from store.tx import SqlTx

T = TypeVar("T")

BEGIN = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
_LIFE: contextvars.ContextVar["Life | None"] = contextvars.ContextVar("life", default=None)


class Killed(BaseException):
    """The process is no more: whatever still runs of it has no doors."""


@dataclass(slots=True)
class Life:
    """One process of the program, from its start to its end."""

    number: int
    dead: bool = False
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubles:
    """How much goes wrong: shares of calls, and kills and freezes in the first `lasting` of the run."""

    telegram: float = 0.15
    polls: float = 0.05
    web: float = 0.1
    kills: int = 2
    freezes: int = 1
    full_disks: int = 1
    clocks: int = 1
    """Times that the machine's clock is set, forward or back."""
    lasting: timedelta = timedelta(minutes=12)


class World:
    """Everything outside of the process, which outlives it."""

    def __init__(self, seed: int, troubles: Troubles) -> None:
        self.loop = VirtualLoop()
        self.loop.set_task_factory(_counted)
        self.dice = random.Random(seed)
        self.troubles = troubles
        self.set_by = timedelta(0)
        """How much the machine's clock is ahead of the world."""
        self.telegram = StandIn(clock=self.moment)
        self.disk = Disk(self)
        self.web = Web(self)
        self.steps = 0
        self.lives = 0
        self.life: Life | None = None
        self.house: House | None = None
        """Of the process that lives now."""
        self.died = asyncio.Event()
        self._trace = hashlib.sha256()
        self._next_kill = self._drawn_kill() if troubles.kills else None
        self._kills_left = troubles.kills

    def moment(self) -> datetime:
        """The time in the world."""
        return BEGIN + timedelta(seconds=self.loop.time())

    def now(self) -> datetime:
        """The time by the machine's clock."""
        return self.moment() + self.set_by

    @property
    def troubled(self) -> bool:
        """Whether things still go wrong."""
        return self.moment() < BEGIN + self.troubles.lasting

    def trace(self, what: str) -> None:
        self._trace.update(f"{self.loop.time():.6f} {what}\n".encode())

    @property
    def fingerprint(self) -> str:
        """Of everything that went through a door, and when."""
        return self._trace.hexdigest()[:16]

    async def step(self, what: str, *, least: float = 0.0, most: float = 0.0) -> None:
        """A door is passed: it takes a while, and the process may be killed in it."""
        life = _LIFE.get()
        self._pass(what, life)
        await asyncio.sleep(self.dice.uniform(least, most))
        if life and life.dead:
            raise Killed

    def _pass(self, what: str, life: Life | None) -> None:
        if life is None:
            return
        if life.dead:
            raise Killed
        self.trace(what)
        self.steps += 1
        if self._next_kill is not None and self.steps >= self._next_kill and self.troubled:
            self._kills_left -= 1
            self._next_kill = self.steps + self._drawn_kill() if self._kills_left else None
            self.kill()
            raise Killed

    def _drawn_kill(self) -> int:
        return self.dice.randint(20, 700)

    def kill(self) -> None:
        """`kill -9`."""
        assert self.life is not None
        self.trace("killed")
        self.life.dead = True
        self.died.set()

    def born(self) -> Life:
        """A process starts."""
        self.lives += 1
        self.died.clear()
        self.life = Life(self.lives)
        return self.life

    def freeze(self) -> None:
        """`SIGSTOP` for a while: nothing of ours runs, everything else goes on."""
        seconds = self.dice.uniform(30, 400)
        self.trace(f"frozen for {seconds:.0f}")
        self.loop.jump(seconds)

    def set_clock(self) -> None:
        """Somebody, or a time service, sets the machine's clock; ahead, less than makes an article too old to tell."""
        self.set_by = timedelta(seconds=self.dice.uniform(-7200, 1500))
        self.trace(f"clock set by {self.set_by}")

    def spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Something that goes on whatever becomes of the process."""
        return contextvars.Context().run(self.loop.create_task, work)


def living(life: Life, work: Coroutine[Any, Any, T], loop: VirtualLoop) -> asyncio.Task[T]:
    """A task of this process; so are all that it begins."""
    context = contextvars.Context()
    context.run(_LIFE.set, life)
    return context.run(loop.create_task, work)


def _counted(loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> asyncio.Task[Any]:
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **options)
    life = _LIFE.get()
    if life is not None:
        life.tasks.add(task)
        task.add_done_callback(life.tasks.discard)
    return task


class Disk:
    """One database in memory: what was committed stays, whoever dies."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._connection = connect(Path(":memory:"))
        migrate(self._connection)
        self.full_until = BEGIN

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands there, for the verdict."""
        return list(self._connection.execute(sql))

    def commit(self, work: Callable[[Tx], T]) -> T:
        """All of it, or, where it raises, nothing; now and then it is run twice, as it must bear."""
        if self._world.dice.random() < 0.05:
            self._run(work, keep=False)
        return self._run(work, keep=True)

    def _run(self, work: Callable[[Tx], T], *, keep: bool) -> T:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(SqlTx(Executor(self._connection)))
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT" if keep else "ROLLBACK")
        return result


_HALTS = 0.5
"""Share of deliveries before whose settlement a process halts."""
_LONGEST_HALT = 240.0


class SimulatedStore:
    """`core.ports.Store` of one process; of one that `halts`, at times for longer than any lease."""

    def __init__(self, world: World, *, halts: bool = False) -> None:
        self._world = world
        self._halts = halts
        self.trouble: str | None = None

    async def write(self, work: Callable[[Tx], T]) -> T:
        name = getattr(getattr(work, "func", work), "__qualname__", "work")
        settles = "_settle" in name and self._world.troubled
        halted = self._halts and settles and self._world.dice.random() < _HALTS
        await self._world.step(f"write {name}", most=_LONGEST_HALT if halted else 0.004)
        while self._world.moment() < self._world.disk.full_until:
            self.trouble = "the disk is full"
            await self._world.step("disk full", least=1, most=2)
        self.trouble = None
        result = self._world.disk.commit(work)
        await self._world.step(f"written {name}", most=0.004)
        return result

    async def read(self, look: Callable[[Tx], T]) -> T:
        await self._world.step("read", most=0.002)
        return self._world.disk._run(look, keep=False)


class SimulatedTelegram(BaseRequest):
    """The library's way to Telegram, with everything that can happen on it."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def read_timeout(self) -> float:
        return 10.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        name = next(known for known in METHODS if known.lower() == name.lower())
        parameters = {key: value for key, value in (request_data.parameters if request_data else {}).items()}
        await self._world.step(f"call {name}", most=0.01)
        dice = self._world.dice
        share = self._world.troubles.polls if name == "getUpdates" else self._world.troubles.telegram
        fault = dice.choice(FAULTS) if self._world.troubled and dice.random() < share else ""
        self._world.trace(f"{name} {fault}")
        if fault == "refused":
            raise NetworkError("refused") from httpx.ConnectError("refused")
        # On its way: from here on it arrives whatever becomes of the process.
        answer = await asyncio.shield(self._world.spawn(self._carried(name, parameters, fault)))
        await self._world.step(f"answered {name}")
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _carried(self, name: str, parameters: dict[str, Any], fault: str) -> tuple[int, bytes] | Exception:
        dice = self._world.dice
        await asyncio.sleep(dice.uniform(0.02, 12.0 if fault == "slow" else 0.4))
        match fault:
            case "429":
                return _refused(Refused(429, "Too Many Requests", retry_after=dice.randint(1, 20)))
            case "500":
                return _refused(Refused(500, "Internal Server Error"))
            case "502":
                return 502, b"<html>Bad Gateway</html>"
            case "silent":
                await asyncio.sleep(10)
                return _caused(TimedOut(), httpx.ReadTimeout("silent"))
        try:
            status, body = 200, _packed({"ok": True, "result": await METHODS[name](self._world.telegram, parameters)})
        except Refused as refusal:
            status, body = _refused(refusal)
        await asyncio.sleep(dice.uniform(0.01, 0.2))
        match fault:
            case "500 after":
                return _refused(Refused(500, "Internal Server Error"))
            case "lost":
                await asyncio.sleep(10)
                return _caused(TimedOut(), httpx.ReadTimeout("lost"))
            case "reset":
                return _caused(NetworkError("reset"), httpx.ReadError("reset"))
            case "half":
                return status, body[: len(body) // 2]
        return status, body


FAULTS = ("refused", "429", "500", "502", "silent", "slow", "500 after", "lost", "reset", "half")


def _packed(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode()


def _refused(refusal: Refused) -> tuple[int, bytes]:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.retry_after is not None:
        answer["parameters"] = {"retry_after": refusal.retry_after}
    return refusal.code, _packed(answer)


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@dataclass(slots=True)
class Feed:
    """What an outlet has published, the newest first."""

    items: list[tuple[str, str, datetime]] = field(default_factory=list)
    version: int = 0

    def body(self, outlet: str) -> bytes:
        items = "".join(
            f"<item><title>{escape(title)}</title><link>https://{outlet}/{path}</link>"
            f"<description>{escape(title)}</description><content:encoded>{escape(title)}. Подробиці згодом."
            f"</content:encoded><pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for title, path, when in self.items
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>{outlet}</title>{items}</channel></rss>"
        ).encode()


class Web:
    """Feeds of outlets; visits take a while and fail. Stands in for `watchers.fetch.Fetcher`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.feeds: dict[str, Feed] = {}

    def publish(self, outlet: str, title: str, path: str) -> None:
        feed = self.feeds[outlet]
        feed.items.insert(0, (title, path, self._world.moment()))
        feed.version += 1

    async def get(self, url: str, *, accept: str, validators: Validators | None = None) -> Visit:
        world, outlet = self._world, url.split("/")[2]
        await world.step(f"visit {outlet}", least=0.05, most=2.0)
        if world.troubled and world.dice.random() < world.troubles.web:
            return Failed(reason="503")
        feed = self.feeds[outlet]
        etag = f'"{feed.version}"'
        if validators and validators.etag == etag:
            return Unchanged()
        return Fresh(
            url=url, body=feed.body(outlet), content_type="application/rss+xml", validators=Validators(etag=etag)
        )


def closed(world: World) -> None:
    """Nothing of the world is left behind."""
    for task in asyncio.all_tasks(world.loop):
        task.cancel()
    world.loop.run_until_complete(asyncio.sleep(0))
    world.loop.close()
