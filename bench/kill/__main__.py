"""The real program killed, frozen and stopped while it delivers: `python -m bench.kill`.

Alerts wait for many chats in a database; the program (deliver role, settings from the environment) carries them to a
stand-in Telegram in another process, which accepts a message within 0.6 s and answers up to 2 s later, so that some 30
are in flight. It is struck at random moments of a seed until all are told. Printed are:

*in flight*: messages asked for and not answered at a blow, as a mean. *lost*: alerts that Telegram never accepted.
*repeats*: accepted once more than needed. *left*: deliveries that ended otherwise than sent. *stale*: marks that came
after the end of their lease, each refused. *questions*: those of look-ups. *slowest*: from SIGTERM to the end.

Frozen, the program sleeps longer than its lease, which is made short for that. The controls must do worse, or the bench
is blind: a program that marks a message as sent before it sends it must lose; one that sends again what it did not look
for must repeat.
"""

import argparse
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import apsw

from bench.kill.loops import Blow, Plan, Report, play
from bench.kill.program import FAULTS

_LEASE = 6.0
_LOOPS = {
    "kill": Plan(blow="kill -9"),
    "freeze": Plan(blow="SIGSTOP", lease=_LEASE),
    "stop": Plan(blow="SIGTERM"),
    "kill-mark-first": Plan(blow="kill -9", fault="mark-first"),
    "kill-send-again": Plan(blow="kill -9", fault="send-again"),
    "freeze-send-again": Plan(blow="SIGSTOP", lease=_LEASE, fault="send-again"),
}
_MOST_REPEATS: dict[Blow, float] = {"kill -9": 3.0, "SIGSTOP": 3.0, "SIGTERM": 0.0}
"""A blow, as a mean."""


def main() -> None:
    """Prints a row per loop; ends with 1 where a promise is broken or a control sees nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=150)
    parser.add_argument("--stories", type=int, default=10, help="each is an alert for every chat")
    parser.add_argument("--times", type=int, default=20, help="blows in each loop")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=tuple(_LOOPS), default=list(_LOOPS))
    given = parser.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in ("python-telegram-bot", "httpx"))
    print(f"Python {platform.python_version()}, SQLite {apsw.sqlite_lib_version()}, {packages}; seed {given.seed}")
    print(
        f"{'loop':32} {'alerts':>6} {'blows':>5} {'in flight':>9} {'lost':>5} {'repeats':>7} {'a blow':>6} "
        f"{'left':>5} {'stale':>5} {'questions':>9} {'slowest':>8} {'took':>6}"
    )
    broken = []
    for name in given.only:
        plan = replace(_LOOPS[name], chats=given.chats, stories=given.stories, times=given.times, seed=given.seed)
        with tempfile.TemporaryDirectory(prefix="chatovyi-kill-") as folder:
            report = play(plan, Path(folder))
        print(_row(report), flush=True)
        broken += [f"{name}: {what}" for what in _broken(report)]
    sys.exit("\n".join(broken) or None)


def _row(report: Report) -> str:
    plan = report.plan
    title = f"{plan.blow}, {FAULTS[plan.fault]}" if plan.fault else plan.blow
    left = sum(report.left.values()) - report.left["sent"]
    slowest = f"{max(report.ends):.1f} s" if report.ends else ""
    return (
        f"{title:32} {report.messages:6} {report.blows:5} {_mean(report.in_flight):9.1f} {report.lost:5} "
        f"{report.repeats:7} {_a_blow(report):6.2f} {left:5} {report.stale:5} {report.questions:9} {slowest:>8} "
        f"{report.seconds:4.0f} s"
    )


def _mean(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _a_blow(report: Report) -> float:
    return report.repeats / max(1, report.blows)


def _broken(report: Report) -> Iterator[str]:
    """What the program promised and did not keep; what a control should have done and did not."""
    match report.plan.fault:
        case "mark-first" if not report.lost:
            yield "the control lost nothing"
        case "send-again" if not report.repeats:
            yield "the control repeated nothing"
        case None:
            if report.lost:
                yield f"{report.lost} lost"
            if report.unclean:
                yield f"{report.unclean} stops took too long, or were not clean"
            if _a_blow(report) > _MOST_REPEATS[report.plan.blow]:
                yield f"{_a_blow(report):.2f} repeats a blow"


if __name__ == "__main__":
    main()
