"""What there is, as rows: the operations and the checks, and one check explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conformance.checks import ALL
from conformance.checks.base import Check
from conformance.contract import Contract
from conformance.verdicts import tendency


def operation_rows(contracts: Sequence[Contract]) -> list[dict[str, str]]:
    """One row for each operation."""
    return [
        {
            "stem": contract.stem,
            "operation": contract.operation,
            "server": contract.server,
            "credential": next((credential.env for credential in contract.credentials if credential.env), ""),
            "state": str(contract.lifecycle.state),
        }
        for contract in contracts
    ]


def check_rows() -> list[dict[str, str]]:
    """One row for each check."""
    return [{"check": check.id, "family": str(check.family), "tests": check.summary} for check in ALL]


def explanation(check: Check, contracts: Sequence[Contract]) -> Iterator[str]:
    """The lines that explain a check."""
    yield f"{check.id} ({check.family})"
    yield f"  {check.summary}"
    for contract in contracts:
        why = check.needs(contract)
        yield f"  {contract.stem}: " + (f"not tested: {why}" if why else "tested")
    yield f"What it finds tends to be {tendency(check)}."
    yield f"Run it alone: conformance run --check {check.id}"
