"""What relations found in a part of a recording, and how often they could look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import define, field

from conformance.checks import named
from conformance.finding import Contradiction, Finding
from conformance.spec.contract import Contract


@define
class Judgement:
    """What some relations found."""

    contract: Contract
    looks: Counter[str] = field(factory=Counter)
    broken: Counter[str] = field(factory=Counter)
    findings: list[Finding] = field(factory=list)

    def note(self, check: str, observed: Iterable[Contradiction] = ()) -> None:
        """Count a look of a check, and keep what it found."""
        found = list(named(check).findings(self.contract, observed))
        self.looks[check] += 1
        self.broken[check] += bool(found)
        self.findings += found


def believed(check: str, looks: int, broken: int) -> bool:
    """Whether what was found is the server's doing: always, or where it happens again and again, not now and then."""
    return not named(check).movable or (broken > 1 and 2 * broken >= looks)
