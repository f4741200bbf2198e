"""The size of a page may change in the middle of a walk."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._walks import broken, sized
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import PAGING
from conformance.checks.paging import paging_of
from conformance.finding import Contradiction, Doubt
from conformance.jsontext import Json
from conformance.listing.visit import Visit
from conformance.sentence import Value, said
from conformance.spec.contract import Contract
from conformance.spec.values import identities

SIZES = ((7, 3), (3, 7))
"""Of a page and of the next: a shorter one, and a longer one, which may hold less where no page is said to be full."""


def _needs(contract: Contract) -> str:
    changes = contract.paging is not None and contract.limit is not None and contract.paging.resized
    return "" if changes else "nothing documents that the size of a page may change in a walk"


@visit_check(
    "cursor-resized",
    PAGING,
    needs=_needs,
    headline="a following page is not as long as it is asked for: {actual} instead of {expected}",
)
def cursor_resized(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A following page is as long as its own request asks, and goes on where the one before ended."""
    paging, tried = paging_of(contract), False
    for size, other in SIZES:
        first = visit.page(sized(contract, size))
        if first.cursor is None or sized(contract, size) == sized(contract, other):
            continue
        leading: dict[str, Json] = {paging.parameter: first.cursor}
        usual, changed = (visit.page({**sized(contract, one), **leading}) for one in (size, other))
        if not usual.items:
            continue
        names = [set(identities(contract, page.items)) for page in (first, usual, changed)]
        short, long = sorted(names[1:], key=len)
        tried = tried or len(names[1]) != len(names[2])
        # Where the listing ends before, both may hold the same.
        stuck = usual.size == changed.size and (usual.cursor is not None or other < usual.size)
        if names[0] & names[2] or not short <= long or stuck:
            yield broken(
                paging,
                (first.exchange, usual.exchange, changed.exchange),
                expected=said(
                    "the {other} items that follow the first {size}, for {parameter}={cursor}",
                    other=other,
                    size=first.size,
                    parameter=paging.parameter,
                    cursor=Value(first.cursor, most=60),
                ),
                actual=said("{size} items", size=changed.size)
                if stuck
                else said("other items than in pages of {size}", size=size),
                also=(contract.pointer.below("x-conformance", "paging", "resized"),),
                doubt=Doubt.AMBIGUOUS if stuck and changed.size < other and not _is_full(contract) else None,
            )
            return
    if not tried:
        raise Skip("one page holds everything, so that none leads to another of another size", Cause.COLLECTION)


def _is_full(contract: Contract) -> bool:
    return contract.limit is not None and contract.limit.full == "stated"


CHECKS: tuple[Check, ...] = (cursor_resized,)
