"""Figures, the bars that they are held against, and the table that shows both."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured value."""

    name: str
    value: float
    unit: str = "x"
    most: float | None = None
    """Bar from above."""
    least: float | None = None
    """Bar from below."""

    @property
    def met(self) -> bool:
        """Say whether the bar was met; without one it is."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def line(self) -> str:
        """Write the figure as a line of the table."""
        bar = "" if self.most is None else f"at most {self.most:g}"
        bar = bar if self.least is None else f"at least {self.least:g}"
        verdict = "" if not bar else "met" if self.met else "MISSED"
        digits = 0 if self.value >= 1000 else 1 if self.value >= 10 else 3  # noqa: PLR2004 - three digits or four
        return f"  {self.name:58} {self.value:9.{digits}f} {self.unit:8} {bar:14} {verdict}".rstrip()


def conditions() -> str:
    """Say on what, and when, was measured."""
    today = datetime.now(UTC).date().isoformat()
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {today}"


def show(title: str, figures: Iterable[Figure]) -> bool:
    """Print a section of the table, and say whether every bar in it was met."""
    print(f"\n{title}")
    met = True
    for figure in figures:
        print(figure.line(), flush=True)
        met = met and figure.met
    return met
