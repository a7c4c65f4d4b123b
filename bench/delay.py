"""How long an article waits until it is met, by the rule of `core.pace` and by fixed intervals of as many requests.

    python -m bench.delay [SOURCES] [--seed N]

Publication times are simulated, nothing is fetched: rates are log-normal (median 12 a day, p95 about 140, most 400),
days are a newsroom's, by the clock of the source's own zone, weekends have half. The rule sees only what visits bring;
it gets eight days to learn, then four are measured.
"""

import argparse
import math
import random
import statistics
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from core.memory import Wishes
from core.model import Source, SourceId, Validators
from core.pace import Pace, next_visit
from core.rate import Rate

START = datetime(2026, 3, 2, tzinfo=UTC)
WARM, MEASURED = timedelta(days=8), timedelta(days=4)
END = START + WARM + MEASURED
ZONES = ((2, 0.7), (3, 0.1), (0, 0.1), (-5, 0.1))
"""Hours ahead of UTC, and the share of sources that live there."""
NIGHT_AND_MORNING = (0.2, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.2, 1.5, 1.7, 1.8, 1.7)
DAY = (*NIGHT_AND_MORNING, 1.6, 1.6, 1.7, 1.6, 1.5, 1.3, 1.2, 1.0, 0.9, 0.7, 0.5, 0.3)
WEEKEND = 0.5

Policy = Callable[[int, datetime, float], datetime]
"""Articles that came, now and luck in; the next visit out."""


def published(dice: random.Random) -> list[datetime]:
    """When a source publishes, from the start to the end."""
    daily = min(400.0, math.exp(dice.gauss(math.log(12), 1.5)))
    zone = timedelta(hours=dice.choices([hours for hours, _ in ZONES], [share for _, share in ZONES])[0])
    level = sum(DAY) / 24 * (5 + 2 * WEEKEND) / 7
    most = daily * max(DAY) / level
    times, now = [], START
    while (now := now + timedelta(days=dice.expovariate(most))) < END:
        local = now + zone
        here = DAY[local.hour] * (WEEKEND if local.weekday() >= 5 else 1)
        if dice.random() < here / max(DAY):
            times.append(now)
    return times


def learning(pace: Pace) -> Policy:
    """The rule of the house, for one source."""
    rate = Rate()

    def policy(came: int, now: datetime, luck: float) -> datetime:
        nonlocal rate
        rate = rate.learnt(came, now=now)
        return next_visit(SOURCE, rate, Wishes(), None, pace=pace, now=now, luck=luck)

    return policy


def fixed(minutes: float) -> Policy:
    """The same interval, whatever comes."""
    return lambda came, now, luck: now + timedelta(minutes=minutes)


def waits(times: Sequence[datetime], policy: Policy, dice: random.Random) -> tuple[list[float], int]:
    """Minutes that the articles waited, and how many visits were made, of one source while it is measured."""
    now, met, visits, found = START + timedelta(minutes=10 * dice.random()), 0, 0, list[float]()
    while now < END:
        before = met
        while met < len(times) and times[met] <= now:
            met += 1
        if now >= START + WARM:
            visits += 1
            found += [(now - time) / timedelta(minutes=1) for time in times[before:met] if time >= START + WARM]
        now = policy(met - before, now, dice.random())
    return found, visits


SOURCE = Source(
    id=SourceId(1),
    url="https://a.example/rss",
    name="a",
    outlet="a",
    every=None,
    validators=Validators(),
    visited=True,
    failures=0,
    epoch=0,
)


def measured(
    sources: Sequence[Sequence[datetime]], policy: Callable[[], Policy], *, seed: int
) -> tuple[float, float, str]:
    """Visits a source and day, the mean wait, and a line for the eye."""
    dice = random.Random(seed)
    all_waits: list[float] = []
    means, visits = [], 0
    for times in sources:
        found, made = waits(times, policy(), dice)
        all_waits += found
        visits += made
        means.append(statistics.fmean(found) if found else 0.0)
    ranks = sorted(all_waits)
    mean = statistics.fmean(ranks)
    asked = visits / len(sources) / (MEASURED / timedelta(days=1))
    slow = sorted(means)[int(0.95 * len(means))]
    line = (
        f"{asked:5.0f} requests/source/day   minutes until met: mean {mean:5.2f}  p50 {ranks[len(ranks) // 2]:5.2f}  "
        f"p95 {ranks[int(0.95 * len(ranks))]:5.2f}   slow sources' mean (p95) {slow:5.1f}"
    )
    return asked, mean, line


def main() -> None:
    """Prints the rule with three bounds, each beside a fixed interval of as many requests."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sources", nargs="?", type=int, default=500)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    dice = random.Random(given.seed)
    sources = [published(dice) for _ in range(given.sources)]
    print(f"{given.sources} sources, {sum(map(len, sources)) / 12:.0f} articles a day, seed {given.seed}")
    for slowest in (30, 60):
        pace = Pace(slowest=timedelta(minutes=slowest))
        visits, ours, line = measured(sources, partial(learning, pace), seed=given.seed)
        print(f"learnt, 1 to {slowest} min  {line}")
        every = 1440 / visits
        _, theirs, line = measured(sources, partial(fixed, every), seed=given.seed)
        print(f"fixed, {every:5.2f} min     {line}\n{'':21}{theirs / ours:.2f} times sooner at equal requests\n")


if __name__ == "__main__":
    main()
