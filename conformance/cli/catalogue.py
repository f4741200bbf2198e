"""What there is, as rows: the operations and the checks, and one check explained."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from conformance.spec.contract import Contract
from conformance.spec.promises import Promise, Relation
from conformance.spec.values import BOUNDS

if TYPE_CHECKING:
    from conformance.checks.base import Check, Family

RELATIONS_OF: Mapping[str, Collection[Relation]] = {
    "filter-bounds": BOUNDS,
    "filter-default": (Relation.NULL_UNLESS_TRUE,),
    "defaults-neutral": (Relation.NULL_UNLESS_TRUE,),
}
"""Which filters a check tests, where it does not test them all."""


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


def with_faults(rows: Sequence[Mapping[str, str]], contracts: Sequence[Contract]) -> list[dict[str, object]]:
    """The rows of operations, each with the faults that its mock can be told to tell."""
    return [{**row, "faults": fault_rows(contract)} for row, contract in zip(rows, contracts, strict=True)]


def fault_rows(contract: Contract) -> list[dict[str, str]]:
    """One row for each fault that breaks something which the contract documents."""
    from conformance.mock.faults import FAULTS

    return [
        {"fault": fault.name, "check": fault.check, "level": fault.level, "says": fault.says}
        for fault in FAULTS.values()
        if fault.applies(contract)
    ]


def check_rows() -> list[dict[str, str]]:
    """One row for each check."""
    from conformance.checks import ALL

    return [{"check": check.id, "family": str(check.family), "tests": check.summary} for check in ALL]


def tested(check: Check, contract: Contract) -> Iterator[Promise]:
    """The documented promises that a check tests; none for a check of what every response must keep."""
    from conformance.checks.base import Family

    access = [one for one in contract.refusals if one.given.endswith("-credentials")]
    promises: dict[Family, Sequence[Promise | None]] = {
        Family.ACCESS: access if check.id == "credentials-required" else (),
        Family.REFUSAL: [one for one in contract.refusals if one not in access],
        Family.PAGING: (contract.paging,),
        Family.LIMIT: (contract.limit,),
        Family.ORDERING: (contract.order,),
        Family.FILTERING: [one for one in contract.filters if one.relation in RELATIONS_OF.get(check.id, Relation)],
        Family.COUNTING: contract.counters,
        Family.ITEMS: contract.invariants if check.id == "invariants-hold" else (),
    }
    yield from (promise for promise in promises.get(check.family, ()) if promise is not None)


def explanation(check: Check, contracts: Sequence[Contract]) -> Iterator[str]:
    """The lines that explain a check."""
    from conformance.checks import COMPARED
    from conformance.record.client_verdict import tendency

    yield f"{check.id} ({check.family})"
    yield f"  {check.summary}"
    for contract in contracts:
        why = check.needs(contract)
        yield f"  {contract.stem}: " + (f"not tested: {why}" if why else "tested")
        for promise in () if why else tested(check, contract):
            yield f"    {contract.file}:{contract.line(promise.pointer)}: {promise.says}"
    yield f"What it finds tends to be {tendency(check)}."
    if check in COMPARED:
        yield "See it: conformance diff STEM DOCUMENT"
    else:
        yield f"Run it alone: conformance run --check {check.id}"
