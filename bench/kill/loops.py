"""One loop: alerts wait, the program delivers them, and is struck again and again until all are told."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bench.kill.telegram import TOKEN, people
from bench.waiting import Told, fill, lost, outbox, repeats, stories_in, under_way
from core.model import BotId

Blow = Literal["kill -9", "SIGSTOP", "SIGTERM"]
STALE = "delivery settled too late"
"""What the program says of a mark that was refused, for the delivery was no longer its own."""
GRACE = 10.0
"""Seconds in which the program must end when it is asked to."""
_ROOT = Path(__file__).parents[2]
_TICK = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is done to the program."""

    blow: Blow
    times: int = 20
    chats: int = 150
    stories: int = 10
    seed: int = 1
    coming: float = 0.6
    """Seconds at most until Telegram accepts a message."""
    going: float = 2.0
    """Seconds at most until its answer leaves then."""
    lease: float | None = None
    """Seconds; the program's own where absent."""
    fault: str | None = None
    """One of those that `bench.kill.program` can plant."""
    pause: tuple[float, float] = (0.8, 3.0)
    """Seconds between the program's first word to Telegram, or the last blow, and the next."""
    patience: float = 300.0
    """Seconds until an unfinished outbox is given up."""


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of it."""

    plan: Plan
    messages: int
    blows: int = 0
    lost: int = 0
    repeats: int = 0
    in_flight: list[int] = field(default_factory=list)
    """Messages asked for and not answered, at each blow."""
    stale: int = 0
    """Marks that came after the end of their lease, each refused."""
    ends: list[float] = field(default_factory=list)
    """Seconds from each SIGTERM to the end."""
    unclean: int = 0
    """SIGTERMs after which the program did not end in time and with exit code 0."""
    left: Counter[str] = field(default_factory=Counter)
    """Deliveries by state, in the end."""
    questions: int = 0
    """Asked by look-ups: does this number exist?"""
    seconds: float = 0.0


def play(plan: Plan, folder: Path) -> Report:
    """Runs the loop in an empty folder, which then holds the database, the record and the program's log."""
    database, begun = folder / "news.db", _now()
    bot = BotId(int(TOKEN.partition(":")[0]))
    expected = asyncio.run(fill(database, bot=bot, begun=people(plan.chats), stories=plan.stories))
    report, record = Report(plan=plan, messages=len(expected)), Record(folder / "record.jsonl")
    with _telegram(plan, record.file) as address:
        program = Program(plan, database, address, folder / "program.log")
        try:
            _strike(plan, program, record, database, report)
            program.start()
            _until(lambda: not under_way(outbox(database)) or not program.alive, begun + plan.patience - _now())
        finally:
            program.end()
    told = record.told()
    report.lost, report.repeats, report.left = lost(expected, told), repeats(told), outbox(database)
    report.stale = program.log.read_text(encoding="utf-8").count(STALE)
    report.questions = record.count("asked", "setMessageReaction")
    report.seconds = _now() - begun
    return report


class Record:
    """What the stand-in wrote down."""

    def __init__(self, file: Path) -> None:
        self.file = file
        file.touch()

    def lines(self) -> list[list[object]]:
        """All that is whole: the last line may be half written."""
        whole = self.file.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def count(self, *what: object) -> int:
        """How many lines say this."""
        return sum(tuple(line) == what for line in self.lines())

    def told(self) -> list[Told]:
        """Every story that was accepted for a chat, as often as it was."""
        accepted = (line for line in self.lines() if line[0] == "accepted")
        return [(int(str(chat)), story) for _, chat, text in accepted for story in stories_in(str(text))]


class Program:
    """The program as a process that is started, struck and started again."""

    def __init__(self, plan: Plan, database: Path, address: str, log: Path) -> None:
        self.log = log
        options = [f"--lease={plan.lease}"] if plan.lease else []
        options += [f"--fault={plan.fault}"] if plan.fault else []
        self._command = [sys.executable, "-m", "bench.kill.program", *options]
        own = {name: value for name, value in os.environ.items() if not name.startswith("CHATOVYI_")}
        self._environment = own | {
            "CHATOVYI_TELEGRAM_TOKEN": TOKEN,
            "CHATOVYI_TELEGRAM_BASE_URL": f"{address}/bot",
            "CHATOVYI_DATABASE": f"sqlite:///{database}",
            "CHATOVYI_ROLES": "deliver",
            "CHATOVYI_LOG": "warning",
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs, or is frozen."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts it, where it does not run."""
        if self.alive:
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._command, cwd=_ROOT, env=self._environment, stderr=log)

    def signal(self, number: signal.Signals) -> None:
        """A signal, to a program that was started."""
        assert self._process is not None
        self._process.send_signal(number)

    def wait(self, seconds: float) -> int | None:
        """Its exit code; `None` where it did not end in time."""
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> None:
        """Ended in any case."""
        if self.alive:
            self.signal(signal.SIGTERM)
            if self.wait(GRACE) is None:
                self.signal(signal.SIGKILL)
                self.wait(GRACE)


def _strike(plan: Plan, program: Program, record: Record, database: Path, report: Report) -> None:
    """Blow after blow, as long as something is under way."""
    dice = random.Random(plan.seed)
    while report.blows < plan.times:
        if not program.alive:
            _start(program, record)
        time.sleep(dice.uniform(*plan.pause))
        if not program.alive or not under_way(outbox(database)):
            return
        report.in_flight.append(record.count("asked", "sendMessage") - record.count("answered", "sendMessage"))
        _blow(plan, program, report)
        report.blows += 1


def _start(program: Program, record: Record) -> None:
    """Starts it, and waits for its first word to Telegram."""
    heard = record.count("asked", "getMe")
    program.start()
    _until(lambda: record.count("asked", "getMe") > heard or not program.alive, 30)


def _blow(plan: Plan, program: Program, report: Report) -> None:
    match plan.blow:
        case "kill -9":
            program.signal(signal.SIGKILL)
            program.wait(GRACE)
        case "SIGSTOP":
            program.signal(signal.SIGSTOP)
            time.sleep(1.3 * (plan.lease or 60))
            program.signal(signal.SIGCONT)
        case "SIGTERM":
            begun = _now()
            program.signal(signal.SIGTERM)
            report.unclean += program.wait(GRACE) != 0
            report.ends.append(_now() - begun)
            program.end()


def _now() -> float:
    return time.monotonic()


def _until(over: Callable[[], bool], seconds: float) -> None:
    end = _now() + seconds
    while _now() < end and not over():
        time.sleep(_TICK)


@contextmanager
def _telegram(plan: Plan, record: Path) -> Iterator[str]:
    """The stand-in, serving while inside; its address."""
    options = [f"--record={record}", f"--chats={plan.chats}", f"--coming={plan.coming}", f"--going={plan.going}"]
    command = [sys.executable, "-m", "bench.kill.telegram", *options, f"--seed={plan.seed}"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
