"""What a finding rests on, in every record: a clause, an inference, a deviation, or news; and its level by that."""

from __future__ import annotations

import pytest

from conformance.finding import Finding, Level
from conformance.mock.faults import FAULTS
from conformance.record.basis import basis_of
from conformance.tests.runs import CONTRACTS, ran

LEVELS = {
    "clause": {Level.ERROR},
    "inference": {Level.WARNING},
    "deviation": {Level.WARNING, Level.NOTE},
    "news": {Level.NOTE},
}


def found(stem: str, fault: str, check: str) -> Finding:
    """The first finding of a check on a server with a fault."""
    return next(one for one, _ in ran(CONTRACTS[stem], fault=fault).findings if one.check == check)


@pytest.mark.parametrize(
    ("stem", "fault", "check", "basis"),
    [
        ("vercel_sessions", "order-reversed", FAULTS["order-reversed"].check, "clause"),
        ("vercel_sessions", "duration-in-other-unit", "invariants-hold", "inference"),
        ("sandbase_sessions", "zone-lost", "body-matches-schema", "deviation"),
        ("vercel_sessions", "field-added", "fields-documented", "news"),
    ],
)
def test_a_finding_says_what_it_rests_on(stem: str, fault: str, check: str, basis: str) -> None:
    """With the line of the spec, and its words where there are any."""
    contract = CONTRACTS[stem]
    finding = found(stem, fault, check)
    rests = basis_of(contract, finding)

    assert (rests.basis, finding.level) == (basis, finding.level)
    assert finding.level in LEVELS[basis]
    assert rests.line == contract.line(rests.pointer)
    assert rests.says or basis == "news"


@pytest.mark.parametrize("fault", ["order-reversed", "enum-grew-once", "zone-lost", "times-out-of-order-once"])
def test_the_level_follows_from_the_basis(fault: str) -> None:
    """Of every finding of a run."""
    for stem in ("sandbase_sessions", "vercel_sandboxes"):
        for finding, _ in ran(CONTRACTS[stem], fault=fault).findings:
            assert finding.level in LEVELS[basis_of(CONTRACTS[stem], finding).basis], finding
