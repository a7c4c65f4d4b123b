"""Every fault that Telegram knows, on 30 % of the sends: `python -m bench.faults --emulator URL --control URL`.

Alerts wait for many chats in a database; the real courier, messenger and store carry them to a running emulator of the
Bot API that enforces limits. It must be found at URL/bot<token>/<method>, and be told what to do by `POST URL/<verb>`
with a JSON object, answered by `{"ok": true, "result": …}`:

    add_user      {first_name} → {id}
    start         {user} → {message_id}: the person begins a chat
    fault         {kind, method, count, after, delay, retry_after}: after so many calls of the method, the next fails so
    faults        {} → [{served}]: how often each was met
    clear_faults  {}
    messages      {chat, outgoing} → [{text}]: what the bot has written there
    stats         {} → {calls: {method: count}, rates: {violation_counts: {}}, warnings: []}
    reset_stats   {}

Of each send it is drawn from a seed whether it fails, and how: sends that are made again too, and with `--questions`
the questions of look-ups as well. Printed are alerts lost and told twice, and what the emulator counted. `--blind` is
the control: look-ups see nothing, so that what may have arrived is sent again, and it must tell twice.
"""

import argparse
import asyncio
import logging
import platform
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx

from bench.kill.program import blind
from bench.waiting import Told, fill, lost, outbox, repeats, stories_in, under_way
from chatovyi.assemble import open_house
from chatovyi.clock import system_clock
from config.settings import Settings, read_settings
from core.model import BotId

KINDS: dict[str, dict[str, float]] = {
    "http_429": {"retry_after": 1},
    "http_500": {},
    "http_502": {},
    "http_503": {},
    "http_504": {},
    "http_500_after": {},
    "http_502_after": {},
    "timeout_before": {"delay": 12},
    "lost_response": {"delay": 12},
    "reset_before": {},
    "reset_after": {},
    "slow": {"delay": 2},
    "bad_json": {},
}
"""All but refusals, which end a message rightly, and calls held until they are let go: those are `bench.kill`'s."""
_STORIES = 10
_PATIENCE = 1800.0
_QUESTIONS = 10
"""For each alert, questions of look-ups that may fail; the later ones do not."""


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of it."""

    alerts: int
    lost: int
    repeats: int
    left: Counter[str]
    hits: int
    """Sends that failed, as asked."""
    calls: Counter[str]
    violations: dict[str, int]
    warnings: list[Any]
    seconds: float


class Emulator:
    """The emulator's control verbs."""

    def __init__(self, client: httpx.AsyncClient, address: str) -> None:
        self._client = client
        self._address = address.rstrip("/")

    async def call(self, verb: str, **what: object) -> Any:
        """The result of a verb; raises `RuntimeError` where it is refused."""
        answer = (await self._client.post(f"{self._address}/{verb}", json=what)).json()
        if not answer["ok"]:
            raise RuntimeError(f"{verb}: {answer['error']}")
        return answer["result"]

    async def person(self) -> tuple[int, int]:
        """Somebody who has begun a chat: its number, and that of its first message."""
        user = await self.call("add_user", first_name="Оксана")
        begun = await self.call("start", user=user["id"])
        return int(user["id"]), int(begun["message_id"])

    async def plan(self, method: str, calls: int, *, share: float, dice: random.Random) -> None:
        """Of so many calls to come, such a share fails."""
        places = [place for place in range(calls) if dice.random() < share]
        for before, place in enumerate(places):
            kind = dice.choice(list(KINDS))
            # A call that fails is not one of those which later faults let pass.
            await self.call("fault", kind=kind, method=method, count=1, after=place - before, **KINDS[kind])

    async def hits(self) -> int:
        """Faults that were met so far."""
        return sum(fault["served"] for fault in await self.call("faults"))


def main() -> None:
    """Prints a line; ends with 1 where something was lost or told twice, or the pace was not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emulator", required=True, help="where the Bot API is, as http://127.0.0.1:8081")
    parser.add_argument("--control", required=True, help="where its verbs are, as http://127.0.0.1:8081/control")
    parser.add_argument("--token", default="100001:emulator-token")
    parser.add_argument("--alerts", type=int, default=2000)
    parser.add_argument("--share", type=float, default=0.3, help="of sends that fail")
    parser.add_argument("--questions", type=float, default=0.0, help="share of the look-ups' questions that fail")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blind", action="store_true", help="the control")
    given = parser.parse_args()
    # A page in place of an answer is a traceback of the library's each time.
    logging.disable()
    packages = ", ".join(f"{name} {version(name)}" for name in ("python-telegram-bot", "httpx", "apsw"))
    print(f"Python {platform.python_version()}, {packages}; seed {given.seed}; {given.share:.0%} of sends fail")
    with blind() if given.blind else nullcontext():
        report = asyncio.run(_measure(given))
    _print(report)
    if given.blind:
        sys.exit(None if report.repeats else "the control told nothing twice")
    sys.exit(1 if report.lost or report.repeats or report.violations or report.left else 0)


def _print(report: Report) -> None:
    sends, questions = report.calls["sendMessage"], report.calls["setMessageReaction"]
    print(f"{report.alerts} alerts in {report.seconds:.0f} s by {sends} sends, {report.hits} calls failed")
    print(f"lost {report.lost}, told twice {report.repeats}, left {dict(report.left) or 0}")
    print(f"{questions} questions of look-ups, {report.calls['editMessageReplyMarkup']} edits of look-ups")
    print(f"pace violations {report.violations or 0}, warnings {report.warnings or 0}")


async def _measure(given: argparse.Namespace) -> Report:
    with tempfile.TemporaryDirectory(prefix="chatovyi-faults-") as folder:
        settings = _settings(given, Path(folder) / "news.db")
        async with httpx.AsyncClient(timeout=30) as client:
            emulator, dice = Emulator(client, given.control), random.Random(given.seed)
            begun = dict([await emulator.person() for _ in range(max(1, given.alerts // _STORIES))])
            bot = BotId(int(given.token.partition(":")[0]))
            expected = await fill(settings.database, bot=bot, begun=begun, stories=_STORIES)
            await emulator.call("reset_stats")
            await emulator.plan("sendMessage", 2 * len(expected), share=given.share, dice=dice)
            await emulator.plan("setMessageReaction", _QUESTIONS * len(expected), share=given.questions, dice=dice)
            seconds = await _deliver(settings)
            return await _report(emulator, expected, settings, seconds)


def _settings(given: argparse.Namespace, database: Path) -> Settings:
    return replace(
        read_settings({}),
        database=database,
        roles=frozenset({"deliver"}),
        telegram_token=given.token,
        telegram_base_url=f"{given.emulator.rstrip('/')}/bot",
        telegram_file_url=f"{given.emulator.rstrip('/')}/file/bot",
    )


async def _deliver(settings: Settings) -> float:
    """The house lives until its outbox is empty, or our patience is; returns how long that took."""
    begun = time.monotonic()
    async with open_house(settings, clock=system_clock) as house:
        life = asyncio.create_task(house.live())
        while under_way(outbox(settings.database)) and time.monotonic() - begun < _PATIENCE and not life.done():
            await asyncio.wait({life}, timeout=0.5)
        house.leave()
        await life
    return time.monotonic() - begun


async def _report(emulator: Emulator, expected: set[Told], settings: Settings, seconds: float) -> Report:
    stats = await emulator.call("stats")
    told = [
        (chat, story)
        for chat in {chat for chat, _ in expected}
        for message in await emulator.call("messages", chat=chat, outgoing=True)
        for story in stories_in(message["text"])
    ]
    hits = await emulator.hits()
    await emulator.call("clear_faults")
    left = outbox(settings.database)
    del left["sent"]
    return Report(
        alerts=len(expected),
        lost=lost(expected, told),
        repeats=repeats(told),
        left=left,
        hits=hits,
        calls=Counter(stats["calls"]),
        violations=stats["rates"]["violation_counts"],
        warnings=stats["warnings"],
        seconds=seconds,
    )


if __name__ == "__main__":
    main()
