"""A few lives of the whole program in a world that fails; `python -m bench.simulation` lives a thousand."""

import pytest

from bench.simulation.planted import BUGS, first_found
from bench.simulation.run import run_seed

FOUND_BEFORE = {
    "forgets_what_is_unknown": 2,
    "drops_what_is_too_much": 4,
    "heeds_no_epoch": 2,
    "confirms_before_it_stores": 4,
    "answers_and_marks_apart": 1,
}
"""Where to look first, to save time: all seeds are tried before a bug counts as not found."""


@pytest.fixture(autouse=True)
def next_version_of_the_library(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # as bot/door.py has it


@pytest.mark.parametrize("seed", range(100, 104))
def test_through_deaths_floods_and_failures_nothing_is_lost_and_nothing_told_twice(seed):
    verdict = run_seed(seed)
    assert verdict.faults == ()
    assert verdict.lives > 1
    assert verdict.alerts > 0


def test_the_same_seed_is_the_same_run_to_the_last_step():
    once, again, other = run_seed(1), run_seed(1), run_seed(2)
    assert once == again
    assert once.fingerprint != other.fingerprint


@pytest.mark.parametrize("bug", range(len(BUGS)), ids=lambda bug: BUGS[bug].__name__)
def test_a_planted_bug_is_found(bug):
    assert first_found(bug, FOUND_BEFORE.get(BUGS[bug].__name__, 0))
