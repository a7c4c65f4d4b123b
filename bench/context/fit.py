"""Weights that make the right readings likely: regularised maximum likelihood by L-BFGS.

The right readings of an example are together as likely as possible; weights are held back by their squares (a Gaussian
prior). L-BFGS as in Nocedal and Wright, Numerical Optimization, algorithm 7.4, with backtracking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

ROUNDS = 80
MEMORY = 8
CLOSE_ENOUGH = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One example: the features of each reading with their values, which are right, and how much it counts."""

    readings: Sequence[Sequence[tuple[int, float]]]
    right: Sequence[bool]
    counts: float


class Likelihood:
    """How unlikely the right readings are with given weights, and the slope of that."""

    def __init__(self, choices: Sequence[Choice], hold: Floats) -> None:
        """`hold` says how much each weight is held back."""
        self._hold = hold
        sizes = [len(reading) for choice in choices for reading in choice.readings]
        flat = [feature for choice in choices for reading in choice.readings for feature in reading]
        self._feature = np.array([at for at, _ in flat])
        self._value = np.array([value for _, value in flat])
        self._reading = np.repeat(np.arange(len(sizes)), sizes)
        lengths = np.array([len(choice.readings) for choice in choices])
        self._begins = np.r_[0, np.cumsum(lengths)[:-1]]
        self._choice = np.repeat(np.arange(len(choices)), lengths)
        self._right = np.array([right for choice in choices for right in choice.right])
        self._counts = np.array([choice.counts for choice in choices])

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        scores = np.bincount(self._reading, weights[self._feature] * self._value, len(self._right))
        best = np.maximum.reduceat(scores, self._begins)
        shares = np.exp(scores - best[self._choice])
        ours = np.where(self._right, shares, 0.0)
        whole, right = np.add.reduceat(shares, self._begins), np.add.reduceat(ours, self._begins) + 1e-12
        loss = (self._counts * (np.log(whole) - np.log(right))).sum() + 0.5 * (self._hold * weights**2).sum()
        pull = (shares / whole[self._choice] - ours / right[self._choice]) * self._counts[self._choice]
        slope = np.bincount(self._feature, pull[self._reading] * self._value, len(weights))
        return float(loss), slope + self._hold * weights


def fitted(choices: Sequence[Choice], hold: Floats) -> Floats:
    """The weights; the same for the same input."""
    likelihood = Likelihood(choices, hold)
    weights = np.zeros(len(hold))
    loss, slope = likelihood(weights)
    steps: list[Floats] = []
    bends: list[Floats] = []
    for _ in range(ROUNDS):
        way = _direction(slope, steps, bends)
        length = 1.0
        moved, (less, tilt) = weights - way, likelihood(weights - way)
        while less > loss - 1e-4 * length * float(way @ slope) and length > 1e-6:
            length /= 2
            moved = weights - length * way
            less, tilt = likelihood(moved)
        if float((moved - weights) @ (tilt - slope)) > 1e-10:
            steps, bends = [*steps[1 - MEMORY :], moved - weights], [*bends[1 - MEMORY :], tilt - slope]
        done = loss - less < CLOSE_ENOUGH * loss
        weights, loss, slope = moved, less, tilt
        if done:
            break
    return weights


def _direction(slope: Floats, steps: Sequence[Floats], bends: Sequence[Floats]) -> Floats:
    way = slope.copy()
    if not steps:
        return way / max(float(np.abs(slope).max()), 1.0)
    pairs = list(zip(steps, bends, strict=True))
    amounts = []
    for step, bend in reversed(pairs):
        amount = float(step @ way) / float(bend @ step)
        amounts.append(amount)
        way -= amount * bend
    way *= float(steps[-1] @ bends[-1]) / float(bends[-1] @ bends[-1])
    for (step, bend), amount in zip(pairs, reversed(amounts), strict=True):
        way += (amount - float(bend @ way) / float(bend @ step)) * step
    return way
