"""The real program in a process of its own, whole or with a fault planted in it: `python -m bench.kill.program`.

Settings come from the environment, as always. The faults are the controls: a bench that does not see them sees nothing.
"""

import argparse
import asyncio
import os
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from unittest.mock import patch

from bot.courier import Courier, Loads, _Tried
from bot.messenger import Messenger
from chatovyi import assemble
from chatovyi.clock import system_clock
from chatovyi.run import run
from config.settings import read_settings
from core.lookup import Absent, Look
from core.model import MessageId
from core.outbox import Due, Sent

FAULTS = {
    "mark-first": "marks before it sends",
    "send-again": "sends again unseen",
}


def main() -> None:
    """Runs until a signal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lease", type=float, help="seconds; a try may take nearly half of it")
    parser.add_argument("--fault", choices=FAULTS)
    given = parser.parse_args()
    with ExitStack() as changes:
        if given.lease:
            whole = timedelta(seconds=given.lease)
            loads = Loads(lease=whole, margin=whole * 0.5, patience=whole * 0.45)
            changes.enter_context(patch.object(assemble, "Loads", lambda: loads))
            changes.enter_context(patch.object(assemble, "UPKEEP_BEAT", whole / 10))
        if given.fault == "mark-first":
            changes.enter_context(patch.object(Courier, "_carry", _mark_first))
        if given.fault == "send-again":
            changes.enter_context(blind())
        asyncio.run(run(read_settings(os.environ), clock=system_clock))


def blind() -> AbstractContextManager[object]:
    """While inside, look-ups see nothing: what may have arrived is sent again."""
    return patch.object(Messenger, "find", _seen_nowhere)


async def _mark_first(courier: Courier, due: Due) -> None:
    await courier._settle(due, _Tried(Sent(MessageId(1)), None))
    await courier._try(due)


async def _seen_nowhere(messenger: Messenger, *sought: object, exact: bool) -> Look:
    return Absent()


if __name__ == "__main__":
    main()
