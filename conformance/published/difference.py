"""One difference between spec and published document, and what it means for a client made from the spec."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from conformance.checks.base import Check
from conformance.finding import Contradiction, Doubt, Finding
from conformance.pointer import Pointer
from conformance.sentence import Sentence
from conformance.spec.contract import Contract


class Drift(StrEnum):
    """What a difference does to a client that relies on the spec."""

    BREAKING = "breaking"
    """A request is answered otherwise, or an answer is not what the client's types say."""
    AMBIGUOUS = "ambiguous"
    """It may break a client, or the published document is only less exact."""
    ADDITIVE = "additive"
    """The client goes on as before."""


DOUBT = {Drift.BREAKING: None, Drift.AMBIGUOUS: Doubt.AMBIGUOUS, Drift.ADDITIVE: Doubt.NEWS}


@frozen(kw_only=True)
class Difference:
    """One difference."""

    check: Check
    drift: Drift
    pointer: Pointer
    """Into the spec."""
    expected: Sentence
    """What the spec says."""
    actual: Sentence
    """What the published document says, and where."""
    place: str = ""
    """What tells this difference from another of the same check and pointer."""
    where: str = ""
    """The place in a body, for people."""
    fact: str = ""
    """What is the same in all differences that one fact makes; empty where this one stands alone."""

    def finding(self, contract: Contract) -> Finding:
        """The difference as a finding; no exchange shows it."""
        observed = Contradiction(
            pointer=self.pointer,
            says=self.check.summary,
            expected=self.expected,
            actual=self.actual,
            witness=(),
            place=self.place,
            doubt=DOUBT[self.drift],
        )
        return next(self.check.findings(contract, [observed]))
