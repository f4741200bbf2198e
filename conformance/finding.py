"""A finding: one observed contradiction of the contract, as a value."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from attrs import field, frozen

from conformance.exchange import Exchange
from conformance.smaller import Smaller
from conformance.spec.promises import Promise


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Contradicts a documented promise."""
    WARNING = "warning"
    """The documentation is ambiguous there."""
    NOTE = "note"
    """Something undocumented appeared: additive drift, the early warning."""


LEVELS = (Level.NOTE, Level.WARNING, Level.ERROR)


def level_of(promise: Promise) -> Level:
    """Error where the documentation states the promise, warning where it leaves the meaning open."""
    return Level.ERROR if promise.stated else Level.WARNING


@frozen(kw_only=True)
class Finding:
    """One contradiction, with the exchanges that show it."""

    check: str
    level: Level
    pointer: str
    """JSON Pointer into the spec: the promise that is broken."""
    says: str
    expected: str
    actual: str
    witness: tuple[Exchange, ...]
    place: str = ""
    """What tells this drift from another of the same check and pointer; part of the id, so free of run-time values."""

    missing: tuple[str, ...] = ()
    """Identities that should be listed and are not."""
    unexpected: tuple[str, ...] = ()
    """Identities that are listed and should not be, or not twice."""
    aside: int = 0
    """How many items moved while this was observed, so that it is not judged by them."""
    smaller: Smaller | None = field(default=None, eq=False, repr=False)
    """How it may be shown in fewer exchanges."""

    def id(self, stem: str) -> str:
        """The fingerprint: the same from run to run for the same drift of one operation."""
        identity = f"{stem}\n{self.check}\n{self.pointer}\n{self.place}"
        return hashlib.sha256(identity.encode()).hexdigest()[:12]


def show(value: object, *, most: int = 120) -> str:
    """A value for people: as Python writes it, cut at `most` characters."""
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"
