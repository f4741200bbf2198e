"""What a proposal is made from: one finding, and everything that the run saw."""

from __future__ import annotations

from attrs import frozen

from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.pointer import Pointer
from conformance.propose.seen import Seen
from conformance.spec.contract import Contract


@frozen(kw_only=True)
class Told:
    """What a report says of a finding, as far as a proposal repeats it."""

    id: str
    expected: str
    actual: str
    curl: tuple[str, ...] = ()


@frozen
class Case:
    """One finding of one run."""

    finding: Finding
    seen: Seen
    told: Told

    @property
    def contract(self) -> Contract:
        """What was promised."""
        return self.seen.contract

    @property
    def witness(self) -> Exchange:
        """The first exchange that shows the finding."""
        return self.finding.witness[0]

    @property
    def extension(self) -> Pointer:
        """Where the spec holds what OpenAPI cannot say."""
        return self.contract.pointer.below("x-conformance")
