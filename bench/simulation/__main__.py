"""Lives of the whole program in a world that fails, one per seed, and the bugs that such lives must find.

    python -m bench.simulation                     1,000 seeds, then every planted bug within 50
    python -m bench.simulation --seeds 40          fewer
    python -m bench.simulation --from 217 --seeds 1    one that was named, again: the same to the last step

Leaves with 1 where a promise was broken, or a planted bug was not found.
"""

import argparse
import itertools
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor

from bench.simulation.planted import BUGS, WITHIN, first_found
from bench.simulation.run import run_seed
from bench.simulation.verdict import Verdict


def main() -> None:
    """Prints the figures; each broken promise with its seed."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulation", description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    os.environ["PTB_TIMEDELTA"] = "true"  # as bot/door.py has it
    with ProcessPoolExecutor(given.workers) as workers:
        good = _seeds(range(given.first, given.first + given.seeds), workers.map)
        found = given.seeds == 1 or _bugs(workers.map)
    sys.exit(0 if good and found else 1)


def _seeds(seeds: range, spread: Callable[..., Iterable[Verdict]]) -> bool:
    began = time.perf_counter()
    verdicts = list(spread(run_seed, seeds))
    faults = [fault for verdict in verdicts for fault in verdict.faults]
    for verdict in verdicts:
        for fault in verdict.faults:
            print(f"  seed {verdict.seed}: {fault}")
    lost = sum(fault.startswith(("lost", "unanswered")) for fault in faults)
    twice = sum(fault.startswith(("told", "answered")) for fault in faults)
    print(
        f"{len(verdicts)} seeds, {sum(v.lives for v in verdicts)} lives, {sum(v.steps for v in verdicts):,} steps, "
        f"{time.perf_counter() - began:.0f} s"
    )
    print(f"  alerts {sum(v.alerts for v in verdicts):,}: lost {lost}, told twice {twice}, other faults ", end="")
    print(f"{len(faults) - lost - twice}, shown as unknown {sum(v.unknowable for v in verdicts)}")
    if len(verdicts) == 1:
        print(f"  fingerprint {verdicts[0].fingerprint}")
    return not faults


def _bugs(spread: Callable[..., Iterable[tuple[int, str] | None]]) -> bool:
    print(f"planted bugs, each to be found within {WITHIN} seeds:")
    missed = 0
    for number, finding in enumerate(spread(first_found, range(len(BUGS)), itertools.repeat(0))):
        missed += finding is None
        shown = f"seed {finding[0]}: {finding[1]}" if finding else "NOT FOUND"
        print(f"  {BUGS[number].__name__:<26} {shown}")
    return not missed


if __name__ == "__main__":
    main()
