"""What there is, as rows: the operations and the checks, and one check explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from conformance.errors import UsageError
from conformance.jsontext import members_of
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.document import did_you_mean

if TYPE_CHECKING:
    from conformance.checks.base import Check
    from conformance.mock.habit import Habit


def operation_rows(contracts: Sequence[Contract]) -> list[dict[str, str]]:
    """One row for each operation."""
    return [
        {
            "stem": contract.stem,
            "operation": contract.operation,
            "server": contract.server,
            "credential": next(filter(None, (" and ".join(one.variables) for one in contract.security)), ""),
            "state": str(contract.lifecycle.state),
        }
        for contract in contracts
    ]


def standing_of(contract: Contract, place: str) -> Iterator[str]:
    """The lines that tell what a place of a spec rests on; raises UsageError where it has no such place."""
    from conformance.record.basis import WEIGHS, basis
    from conformance.spec.standing import ground

    full = _place(contract, place)
    rests = basis(contract, ground(contract, full))
    yield f"{contract.stem}#{full}"
    yield f"  {contract.file}:{contract.line(full)}"
    yield f"  rests on {'an' if rests.basis == 'inference' else 'a'} {rests.basis}: {WEIGHS[rests.basis]}"
    rows = (("says", rests.says), ("instead", rests.instead), ("source", rests.source))
    yield from (f"  {label:<8} {text}" for label, text in rows if text)


def _place(contract: Contract, written: str) -> Pointer:
    """The place that is written from the top of the spec (with a slash), or from its operation."""
    from conformance.spec.standing import is_keyword

    full = Pointer(written if written.startswith("/") or not written else f"{contract.pointer}/{written}")
    around = full
    while around and not is_keyword(contract, around.parent, around.tokens[-1]):
        around = around.parent
    if full == around:
        return full
    raise UsageError(
        f"{contract.file} has no {full.tokens[len(around.tokens)]!r} at #{around}",
        hint=did_you_mean(full.tokens[len(around.tokens)], _members(contract, around), kind="members there"),
    )


def _members(contract: Contract, place: Pointer) -> list[str]:
    held = place.get(contract.document)
    return [str(index) for index in range(len(held))] if isinstance(held, list) else list(members_of(held))


def with_habits(rows: Sequence[Mapping[str, str]], contracts: Sequence[Contract]) -> list[dict[str, object]]:
    """The rows of operations, each with the faults and the lawful readings that its mock can be told to show."""
    return [
        {**row, "faults": fault_rows(contract), "readings": readings_of(contract)}
        for row, contract in zip(rows, contracts, strict=True)
    ]


def fault_rows(contract: Contract) -> list[dict[str, str]]:
    """One row for each fault that breaks something which the contract documents."""
    from conformance.mock.faults import FAULTS

    return [
        {"fault": fault.name, "check": fault.check, "level": fault.level, "says": fault.says}
        for fault in FAULTS.values()
        if fault.applies(contract)
    ]


def all_fault_rows(contracts: Sequence[Contract]) -> list[dict[str, str]]:
    """One row for each lie that some mock can tell, with the check that catches it and where it applies, by family."""
    from conformance import checks
    from conformance.mock.faults import FAULTS

    told = [
        {
            "fault": one.name,
            "family": str(checks.named(one.check).family),
            "check": one.check,
            "level": one.level,
            "says": one.says,
            "operations": stems,
        }
        for one in FAULTS.values()
        if (stems := _applying(one, contracts))
    ]
    order = [str(check.family) for check in checks.EVERY]
    return sorted(told, key=lambda row: order.index(row["family"]))


def _applying(habit: Habit, contracts: Sequence[Contract]) -> str:
    return ", ".join(contract.stem for contract in contracts if habit.applies(contract))


def readings_of(contract: Contract) -> list[dict[str, str]]:
    """One row for each lawful way that the page of the operation leaves open."""
    from conformance.mock.readings import READINGS

    return [{"reading": one.name, "says": one.says} for one in READINGS.values() if one.applies(contract)]


def reading_rows(contracts: Sequence[Contract]) -> list[dict[str, str]]:
    """One row for each lawful way that the page of some operation leaves open, and of which."""
    from conformance.mock.readings import READINGS

    return [
        {"reading": one.name, "says": one.says, "operations": stems}
        for one in READINGS.values()
        if (stems := _applying(one, contracts))
    ]


Groups = Mapping[str, Sequence[tuple[str, str]]]
"""Names, each with what it is, by the group that they belong to."""
TOLD = {
    "checks": ("{family}", "{check}", "{tests}"),
    "faults": ("{family}", "{fault}", "{says} [{check}, {level}]{some}"),
    "readings": ("lawful ways to serve", "{reading}", "{says}{some}"),
}
"""How the rows of a list are told: the group, the name, and what it is; `some` are its operations, unless it is all."""


def rows_of(which: str, contracts: Sequence[Contract]) -> list[dict[str, str]]:
    """The rows of a list: of the checks, the faults, or the readings."""
    if which == "checks":
        return check_rows()
    return all_fault_rows(contracts) if which == "faults" else reading_rows(contracts)


def groups(which: str, rows: Sequence[Mapping[str, str]], contracts: Sequence[Contract]) -> Groups:
    """The rows of a list as people read them."""
    every = ", ".join(contract.stem for contract in contracts)
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        of = row.get("operations", every)
        group, name, text = (one.format(**row, some="" if of == every else f" Only {of}.") for one in TOLD[which])
        found.setdefault(group, []).append((name, text))
    return found


def check_rows() -> list[dict[str, str]]:
    """One row for each check."""
    from conformance.checks import ALL

    return [{"check": check.id, "family": str(check.family), "tests": check.summary} for check in ALL]


def explanation(check: Check, contracts: Sequence[Contract]) -> Iterator[str]:
    """The lines that explain a check."""
    from conformance.checks import COMPARED

    yield f"{check.id} ({check.family})"
    yield f"  {check.summary}"
    for contract in contracts:
        why = check.needs(contract)
        yield f"  {contract.stem}: " + (f"not tested: {why}" if why else "tested")
        for promise in () if why else filter(None, check.tests(contract)):
            inferred = "" if promise.stated else " (inferred)"
            yield f"    {contract.file}:{contract.line(promise.pointer)}: {promise.says}{inferred}"
    yield f"What it finds tends to be {check.tends}."
    if check in COMPARED:
        yield "See it: conformance diff STEM DOCUMENT"
    else:
        yield f"Run it alone: conformance run --check {check.id}"
