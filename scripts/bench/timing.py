"""Times several works side by side, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping

Work = Callable[[], object]
Clock = Callable[[], float]
"""Gives seconds: `time.thread_time` for computing, so that a long run that others interrupt is not charged for it."""


class Rounds:
    """Seconds of each work, one figure a round: the best of the round's runs."""

    def __init__(self, seconds: Mapping[str, list[float]]) -> None:
        self._seconds = seconds

    def median(self, label: str) -> float:
        """Give the usual time of one work."""
        return statistics.median(self._seconds[label])

    def ratio(self, label: str, other: str) -> float:
        """Give how many times the other's time a work takes, usually: rounds are compared one by one."""
        pairs = zip(self._seconds[label], self._seconds[other], strict=True)
        return statistics.median(mine / theirs for mine, theirs in pairs)


def side_by_side(works: Mapping[str, Work], clock: Clock, *, rounds: int = 15, slice_seconds: float = 0.04) -> Rounds:
    """Run all works in turn, round after round, each for a slice of time."""
    seconds: dict[str, list[float]] = {label: [] for label in works}
    for work in works.values():
        work()
    labels = list(works)
    for number in range(rounds):
        _settle()
        start = number % len(labels)
        for label in labels[start:] + labels[:start]:
            seconds[label].append(_best(works[label], clock, slice_seconds))
    return Rounds(seconds)


def _settle() -> None:
    """Take what is loaded out of garbage collection: how large some vendor's package is must not slow all others."""
    gc.collect()
    gc.freeze()


def _best(work: Work, clock: Clock, slice_seconds: float, runs: int = 3) -> float:
    best, end = float("inf"), time.perf_counter() + slice_seconds
    while runs > 0 or time.perf_counter() < end:
        started = clock()
        work()
        best = min(best, clock() - started)
        runs -= 1
    return best
