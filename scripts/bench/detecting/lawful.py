"""Lawful servers: each reading of the mock alone, and combined at random; none may be called an error."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detecting.catalogue import Catalogue
from detecting.ours import look

TOGETHER = (2, 3)
"""How many readings are combined."""


@dataclass(frozen=True)
class Way:
    """One lawful server: an operation, and the readings that it shows."""

    stem: str
    readings: tuple[str, ...]

    def __str__(self) -> str:
        """As on a command line."""
        return " ".join((self.stem, *(f"--reading {name}" for name in self.readings)))


@dataclass(frozen=True)
class Said:
    """What a run said of a lawful server."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    errored: tuple[str, ...]
    """Checks that could not do their work."""

    @property
    def accused(self) -> bool:
        """Whether an error was found, or nothing could be."""
        return bool(self.errors or self.errored)


def alone(catalogue: Catalogue) -> Iterator[Way]:
    """Every reading by itself, wherever the page leaves the choice."""
    for stem in catalogue.stems:
        yield from (Way(stem, (name,)) for name in catalogue.readings[stem])


def combined(catalogue: Catalogue, number: int) -> Iterator[Way]:
    """So many servers of each operation that show two or three at once, always the same."""
    for stem in catalogue.stems:
        dice = random.Random(f"{stem} {number}")  # noqa: S311 - no secret
        for _ in range(number):
            yield Way(stem, tuple(dice.sample(catalogue.readings[stem], dice.choice(TOGETHER))))


def judge(way: Way) -> Said:
    """Run every check against a lawful server."""
    seen = look(way.stem, *(word for name in way.readings for word in ("--reading", name)))
    return Said(_at("error", seen.findings.values()), _at("warning", seen.findings.values()), seen.errored)


def _at(level: str, findings: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({check for check, _, said in (text.partition(" ") for text in findings) if said == level}))
