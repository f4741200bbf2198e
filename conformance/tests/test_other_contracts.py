"""What the five operations leave open, others document: every fault applies somewhere, and is caught there."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.mock.faults import FAULTS
from conformance.spec.load import load_contract
from conformance.tests.served import CONTRACTS, drifted, ran

HERE = Path(__file__).with_name("contracts")
ACME = load_contract("acme_jobs", HERE / "specs")
ONLY_HERE = [
    name
    for name, fault in FAULTS.items()
    if fault.applies(ACME) and not any(fault.applies(contract) for contract in CONTRACTS.values())
]


def test_every_fault_applies_somewhere() -> None:
    """No fault is there for nothing."""
    contracts = [ACME, *CONTRACTS.values()]

    assert [name for name, fault in FAULTS.items() if not any(map(fault.applies, contracts))] == []


def test_an_honest_server_has_no_finding() -> None:
    """The mock keeps what the contract promises, in collections of several sizes."""
    for items in (None, 0, 1, 16, 200):
        assert drifted(ran(ACME, items=items, fixtures=HERE / "fixtures")) == set()


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.applies(ACME)])
def test_a_fault_is_caught(name: str) -> None:
    """Each fault that applies is caught by its own check."""
    assert FAULTS[name].check in drifted(ran(ACME, name, fixtures=HERE / "fixtures"))


def test_some_faults_show_here_alone() -> None:
    """The contract is worth having: it documents what none of the five does."""
    assert len(ONLY_HERE) >= 7
