"""Whether the operation is there at all, and still the provider's current one."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from conformance.checks.base import Check, Family, visit_check
from conformance.exchange import Exchange
from conformance.finding import Finding, Level, show
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.promises import State

GONE = (404, 405, 410, 501)
SIGNALS = {"deprecation": "RFC 9745", "sunset": "RFC 8594"}


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
    """The operation is not superseded (a note), not announced to end (a note) and not removed (an error)."""
    lifecycle = contract.lifecycle
    plain = visit.get()
    for name in SIGNALS.keys() & plain.headers.keys():
        says = f"{name.capitalize()} ({SIGNALS[name]}) announces the end of a resource; no documentation names it"
        actual = f"{name.capitalize()}: {show(plain.headers[name])}"
        yield _ending(contract, plain, says=says, actual=actual, place=name)
    if lifecycle.state is not State.CURRENT:
        since = f" since {lifecycle.since}" if lifecycle.since else ""
        successor = f"; use {lifecycle.successor}" if lifecycle.successor else ""
        says = "the spec records how the provider's own documents treat the operation"
        found = _ending(contract, plain, says=says, actual=f"{lifecycle.state}{since}{successor}", place="")
        yield found if lifecycle.state is State.SUPERSEDED else evolve(found, level=Level.ERROR)


def _ending(contract: Contract, exchange: Exchange, *, says: str, actual: str, place: str) -> Finding:
    return Finding(
        check="lifecycle-current",
        level=Level.NOTE,
        pointer=contract.lifecycle.pointer,
        says=says,
        expected="a current operation",
        actual=actual,
        witness=(exchange,),
        place=place,
    )


CHECKS: tuple[Check, ...] = (operation_exists, lifecycle_current)
