"""Whether the operation is there at all, and still the provider's current one."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks.base import Check, Family, visit_check
from conformance.contract import Contract
from conformance.finding import Finding, Level
from conformance.promises import State
from conformance.visit import Visit

GONE = (404, 405, 410, 501)


@visit_check("operation-exists", Family.ACCESS)
def operation_exists(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The documented path answers; one that is retired (404, 410) is one finding."""
    exchange = visit.get()
    if exchange.status in GONE:
        yield Finding(
            check="operation-exists",
            level=Level.ERROR,
            pointer=contract.pointer,
            says=f"{contract.operation} lists the collection",
            expected="an answer from the operation",
            actual=f"{exchange.status} for a plain request",
            witness=(exchange,),
        )


@visit_check("lifecycle-current", Family.ACCESS)
def lifecycle_current(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The operation is not superseded (a note) and not removed (an error)."""
    lifecycle = contract.lifecycle
    if lifecycle.state is State.CURRENT:
        return
    since = f" since {lifecycle.since}" if lifecycle.since else ""
    successor = f"; use {lifecycle.successor}" if lifecycle.successor else ""
    yield Finding(
        check="lifecycle-current",
        level=Level.NOTE if lifecycle.state is State.SUPERSEDED else Level.ERROR,
        pointer=lifecycle.pointer,
        says="the spec records how the provider's own documents treat the operation",
        expected="a current operation",
        actual=f"{lifecycle.state}{since}{successor}",
        witness=(visit.get(),),
    )


CHECKS: tuple[Check, ...] = (operation_exists, lifecycle_current)
