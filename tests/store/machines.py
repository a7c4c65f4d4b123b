"""What every state machine over the store's contract stands on: a store of some engine, a hand clock, a way to play."""

import asyncio
import tempfile
from pathlib import Path

from engines import ENGINES
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine
from newsroom import HandClock, Verbs

PROFILE = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a failure is shown as it was met: shrinking it takes minutes
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


class Machine(RuleBasedStateMachine):
    """A machine with a store of its own, which it can close and open again as a program that starts anew."""

    engine = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self._open()

    def _open(self) -> None:
        self.opened = ENGINES[self.engine](Path(self.folder.name))
        self.db = Verbs(self.run(self.opened.__aenter__()))

    def reopen(self) -> None:
        """As after a crash: what was written is there, and nobody holds anything."""
        self.run(self.opened.__aexit__(None, None, None))
        self._open()
        self.run(self.db.release_leases(now=self.clock()))

    def run(self, doing):
        return self.loop.run_until_complete(doing)

    def at_the_end(self) -> None:
        """What must hold when nothing more happens."""

    def teardown(self) -> None:
        try:
            self.at_the_end()
        finally:
            self.run(self.opened.__aexit__(None, None, None))
            self.loop.close()
            self.folder.cleanup()


def played(machine: type[Machine], engine: str) -> None:
    """Plays the machine on an engine, the same way each time."""
    case = type(machine.__name__, (machine,), {"engine": engine}).TestCase()
    case.settings = PROFILE
    case.runTest()
