"""A finding: one observed contradiction of the contract, as a value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from enum import StrEnum

from attrs import evolve, field, frozen

from conformance.exchange import Exchange
from conformance.pointer import Pointer
from conformance.sentence import Sentence, said
from conformance.spec.standing import Ground, Standing


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Contradicts a documented promise."""
    WARNING = "warning"
    """The documentation is ambiguous there."""
    NOTE = "note"
    """Something undocumented appeared: additive drift, the early warning."""


LEVELS = (Level.NOTE, Level.WARNING, Level.ERROR)


class Doubt(StrEnum):
    """Why what was observed is less than an error, although the page states the promise that it is about."""

    NEWS = "news"
    """Something appeared that no page promises or rules out."""
    AMBIGUOUS = "ambiguous"
    """The promise is stated, and whether it covers what was observed is not."""
    UNPROMISED = "unpromised"
    """It rests on what HTTP says or an earlier run saw, and on no page."""
    PASSING = "passing"
    """It was seen, and not when the same was asked once more."""


BY_DOUBT = {
    Doubt.NEWS: Level.NOTE,
    Doubt.AMBIGUOUS: Level.WARNING,
    Doubt.UNPROMISED: Level.WARNING,
    Doubt.PASSING: Level.WARNING,
}
BY_STANDING = {
    Standing.STATED: Level.ERROR,
    Standing.UNSTATED: Level.WARNING,
    Standing.DEVIATION: Level.WARNING,
}
"""What contradicts a place weighs no more than the place itself does."""


def level_of(standing: Standing, doubt: Doubt | None) -> Level:
    """The level of what contradicts a place of this standing: the one place where a level is decided."""
    levels = [BY_STANDING[standing], *([BY_DOUBT[doubt]] if doubt else [])]
    return min(levels, key=LEVELS.index)


@frozen
class Choice:
    """One way of showing a contradiction; smaller numbers are simpler."""

    start: int
    """Which of the cursors that a walk came by; 0 is its beginning."""
    size: int
    """The limit."""


@frozen(kw_only=True)
class Smaller:
    """Ways in which a contradiction may show itself in fewer and smaller exchanges."""

    shown: Callable[[Choice], Sequence[Exchange]]
    """The exchanges that show it with this choice; none where it does not show."""
    starts: int = 1
    sizes: int = 1


@frozen(kw_only=True)
class Contradiction:
    """What a check observes: which promise is contradicted and how, with the exchanges that show it."""

    pointer: Pointer
    """Into the spec: the promise that is broken."""
    says: str
    expected: Sentence
    actual: Sentence
    witness: tuple[Exchange, ...]
    place: str = ""
    """What tells it from another of the same check and pointer; part of the id, so free of run-time values."""

    headline: str = ""
    """It as one line, where the headline of its check does not tell it."""
    doubt: Doubt | None = None
    also: tuple[Pointer, ...] = ()
    """Into the spec: what else it rests on, where that is not `pointer` alone."""
    where: str = ""
    """JSON Pointer into the body, with `*` for every index: what is not as described; empty for the whole of it."""
    keyword: str = ""
    """The keyword of JSON Schema that it does not keep; empty where no schema is about it."""
    member: str = ""
    """The name that is missing there, where the keyword is `required`."""

    missing: tuple[str, ...] = ()
    """Identities that should be listed and are not."""
    unexpected: tuple[str, ...] = ()
    """Identities that are listed and should not be, or not twice."""
    among: int = 0
    """How many items were looked at, where `unexpected` are some of them; 0 where that is not told."""
    smaller: Smaller | None = field(default=None, eq=False, repr=False)
    """How it may be shown in fewer exchanges."""


@frozen(kw_only=True)
class Finding(Contradiction):
    """A contradiction with the check that found it and its weight."""

    check: str
    level: Level
    ground: Ground | None = None
    """The weakest of the places that it rests on."""
    aside: int = 0
    """How many items moved while this was observed, so that it is not judged by them."""

    @property
    def is_error(self) -> bool:
        """Whether it contradicts what the page states."""
        return self.level is Level.ERROR

    def once(self) -> Finding:
        """The same as what was seen once, and not again."""
        actual = said("{seen}; not when it was asked once more", seen=self.actual)
        level = min(self.level, Level.WARNING, key=LEVELS.index)
        return evolve(self, level=level, doubt=Doubt.PASSING, actual=actual, among=0)

    def id(self, stem: str) -> str:
        """The fingerprint: the same from run to run for the same drift of one operation."""
        identity = f"{stem}\n{self.check}\n{self.pointer}\n{self.place}"
        return hashlib.sha256(identity.encode()).hexdigest()[:12]
