"""Contests: contenders take turns, round after round, so that a noisy machine is as noisy for all of them."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Contender = Callable[[], Awaitable[float]]
"""Does its work once and gives the figure: seconds per piece of work, or MiB."""

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some rounds, with the smallest and the largest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        return cls(median(figures), min(figures), max(figures))

    def __truediv__(self, scale: float) -> Spread:
        return Spread(self.median / scale, self.low / scale, self.high / scale)


@dataclass(frozen=True, slots=True)
class Contest:
    """What each contender needed in each round."""

    figures: Mapping[str, Sequence[float]]

    def of(self, name: str) -> Spread:
        return Spread.of(self.figures[name])

    def ratio(self, name: str, to: str) -> Spread:
        """``name``'s figure over ``to``'s, round by round."""
        pairs = zip(self.figures[name], self.figures[to], strict=True)
        return Spread.of([mine / theirs for mine, theirs in pairs])

    def share(self, name: str, of: str) -> Spread:
        """How much of ``of``'s rate ``name`` reaches, round by round."""
        return self.ratio(of, name)


async def contest(contenders: Mapping[str, Contender], rounds: int = ROUNDS) -> Contest:
    """Every contender once to warm up, then ``rounds`` times in turn; the order is reversed every round."""
    names = list(contenders)
    for name in names:
        await contenders[name]()
    figures: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names if number % 2 else reversed(names):
            gc.collect()
            figures[name].append(await contenders[name]())
    return Contest(figures)


def calibration(rounds: int = 20) -> Spread:
    """Milliseconds of a fixed piece of arithmetic: how quiet this machine is."""
    return Spread.of([_spin() for _ in range(rounds)])


def _spin() -> float:
    begun, total = perf_counter(), 0
    for number in range(500_000):
        total += number & 7
    return (perf_counter() - begun) * 1000
