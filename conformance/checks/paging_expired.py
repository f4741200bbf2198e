"""A cursor lives as long as the documentation says, and is then refused."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._walks import SMALL, broken, sized
from conformance.checks.access import matches, not_as_refused
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import REFUSAL
from conformance.checks.paging import paging_of
from conformance.finding import Contradiction
from conformance.listing.pages import encode
from conformance.listing.visit import Visit
from conformance.sentence import Status, said
from conformance.spec.contract import Contract
from conformance.spec.cursors import expired_refusal

AGED = 3
"""What is asked for the third time is asked by no other check, so that it is neither old nor young by chance."""
LONGER, MORE = 1.2, 1
"""A cursor is asked for when it is a fifth older than it may become, and a second: servers tidy up now and then."""


def _needs(contract: Contract) -> str:
    if contract.paging is None or (contract.paging.lifetime is None and expired_refusal(contract) is None):
        return "nothing documents that a cursor expires"
    return "" if contract.paging.lifetime is not None else "nothing documents how long a cursor lives"


@visit_check(
    "expired-cursor-refused",
    REFUSAL,
    needs=_needs,
    tests=lambda contract: (contract.paging, expired_refusal(contract)),
    costly=True,
    no_proposal="How long a cursor lives instead cannot be told from one that has not expired.",
    headline="an expired cursor is not refused as documented: {actual} instead of {expected}",
)
def expired_cursor_refused(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A cursor that is older than it may become is refused as documented."""
    paging, refusal = paging_of(contract), expired_refusal(contract)
    first = visit.page(sized(contract, SMALL), time=AGED)
    if first.cursor is None:
        raise Skip("one page holds everything, so no cursor was given", Cause.COLLECTION)
    age = (paging.lifetime or 0) * LONGER + MORE
    if not visit.target.wait(age):
        raise Skip(f"a cursor lives for {paging.lifetime} s, longer than a run waits at once", Cause.RUN)
    answer = visit.send(encode(contract, {**sized(contract, SMALL), paging.parameter: first.cursor}), time=AGED)
    wanted = refusal.status if refusal else ("4XX",)
    if not matches(answer.status, wanted):
        yield broken(
            refusal or paging,
            (first.exchange, answer),
            expected=said("{wanted} for a cursor of {age} s", wanted=" or ".join(wanted), age=round(age)),
            actual=said("{status}", status=Status(answer.status)),
            also=(
                contract.pointer.below("x-conformance", "paging", "lifetime"),
                *(not_as_refused(contract, refusal, answer) if refusal else ()),
            ),
        )


CHECKS: tuple[Check, ...] = (expired_cursor_refused,)
