"""The time that passes in a run, and how to let it pass."""

from __future__ import annotations

import time


class Clock:
    """The time of this machine: to wait takes as long as it says."""

    def now(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def wait(self, seconds: float, *, most: float) -> bool:
        """Let seconds pass; False, and at once, where they are more than `most`."""
        if seconds <= most:
            time.sleep(seconds)
        return seconds <= most


class ToldClock(Clock):
    """A time that stands still until somebody waits, which takes no time: of a server that has the same clock."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        """Seconds that were waited."""
        return self._now

    def wait(self, seconds: float, *, most: float) -> bool:  # noqa: ARG002 - no wait is too long
        """Let seconds pass; always True."""
        self._now += seconds
        return True
