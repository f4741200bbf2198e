"""What a finding rests on, in the words of the spec: a clause of the page, an inference, a deviation, or news."""

from __future__ import annotations

from typing import TypedDict

from conformance.finding import Doubt, Finding
from conformance.spec.contract import Contract
from conformance.spec.standing import Ground, Standing, ground

CLAUSE, INFERENCE, DEVIATION, NEWS = "clause", "inference", "deviation", "news"
BASES = {Standing.STATED: CLAUSE, Standing.UNSTATED: INFERENCE, Standing.DEVIATION: DEVIATION}
WEIGHS = {
    CLAUSE: "what contradicts it is an error",
    INFERENCE: "what contradicts it is a warning",
    DEVIATION: "what contradicts it is a warning",
    NEWS: "no page speaks of it: a note",
}


class Basis(TypedDict):
    """What a finding rests on, as a report has it."""

    basis: str
    pointer: str
    line: int
    says: str
    """What the page states, or shows in the place of a deviation; or what is inferred."""
    instead: str
    """Of a deviation: what the spec says, and why."""
    source: str
    """Of a deviation: where it comes from, where that is not the page."""


def basis(contract: Contract, rests: Ground) -> Basis:
    """What a ground is."""
    return Basis(
        basis=BASES[rests.standing],
        pointer=rests.pointer,
        line=contract.line(rests.pointer),
        says=rests.says,
        instead=rests.instead,
        source=rests.source,
    )


def basis_of(contract: Contract, finding: Finding) -> Basis:
    """What a finding rests on; a doubt that its check has makes of a clause an inference, or news."""
    made = basis(contract, finding.ground or ground(contract, finding.pointer))
    if finding.doubt is Doubt.NEWS:
        made["basis"] = NEWS
    elif finding.doubt is not None and made["basis"] == CLAUSE:
        made["basis"] = INFERENCE
    return made
