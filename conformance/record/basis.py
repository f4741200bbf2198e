"""What a finding rests on, in the words of the spec: a clause of the page, an inference, a deviation, or news."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from conformance.finding import Doubt, Finding
from conformance.record.types import Basis
from conformance.spec.contract import Contract
from conformance.spec.standing import Ground, Standing, ground

Word: TypeAlias = Literal["clause", "inference", "deviation", "news"]
BASES: Mapping[Standing, Word] = {
    Standing.STATED: "clause",
    Standing.UNSTATED: "inference",
    Standing.DEVIATION: "deviation",
}
WEIGHS: Mapping[Word, str] = {
    "clause": "what contradicts it is an error",
    "inference": "what contradicts it is a warning",
    "deviation": "what contradicts it is a warning",
    "news": "no page speaks of it: a note",
}


def basis_of(contract: Contract, finding: Finding) -> Basis:
    """What a finding rests on; a doubt that its check has makes of a clause an inference, or news."""
    rests = finding.ground or ground(contract, finding.pointer)
    word = BASES[rests.standing]
    if finding.doubt is Doubt.NEWS:
        word = "news"
    elif finding.doubt is not None and word == "clause":
        word = "inference"
    return basis(contract, rests, word)


def basis(contract: Contract, rests: Ground, word: Word | None = None) -> Basis:
    """A ground as a record has it."""
    return Basis(
        basis=word or BASES[rests.standing],
        pointer=rests.pointer,
        line=contract.line(rests.pointer),
        says=rests.says,
        instead=rests.instead,
        source=rests.source,
    )
