"""What holds within one item, and between two readings of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from conformance import pointer
from conformance.checks.base import Check, Family, Skip, visit_check
from conformance.checks.listings import broken, everything, items_of, pages
from conformance.contract import Contract
from conformance.finding import Finding, Level, show
from conformance.pointer import MISSING
from conformance.promises import Bond, Invariant
from conformance.reading import comparable, identities
from conformance.visit import Visit


def _needs_invariants(contract: Contract) -> str:
    return "" if contract.invariants else "no invariant is documented"


@visit_check("identity-unique", Family.ITEMS)
def identity_unique(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """No two items of one page have the same identity."""
    for page in pages(visit, everything(contract)):
        names = identities(contract, page.items)
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            yield Finding(
                check="identity-unique",
                level=Level.ERROR,
                pointer=f"{contract.pointer}/x-conformance/identity",
                says=f"{contract.identity} names an item",
                expected="every identity once on a page",
                actual=f"{twice} {names.count(twice)} times",
                witness=(page.exchange,),
            )
            return


@visit_check("invariants-hold", Family.ITEMS, needs=_needs_invariants)
def invariants_hold(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """Every item agrees with itself: times in order, ends only of what ended, durations that fit."""
    walked = pages(visit, everything(contract))
    if not items_of(walked):
        raise Skip("there is no item")
    for invariant in contract.invariants:
        for page in walked:
            bad = next((item for item in page.items if not holds(invariant, item)), None)
            if bad is not None:
                yield broken(
                    "invariants-hold",
                    invariant,
                    (page.exchange,),
                    expected=expected(invariant),
                    actual=f"item {contract.identity_of(bad)!r}: {_values(invariant, bad)}",
                )
                break


def holds(invariant: Invariant, item: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether an item keeps an invariant; one with an absent or null part does."""
    left = comparable(pointer.get(item, invariant.left))
    right = [comparable(pointer.get(item, place)) for place in invariant.right]
    if any(value is MISSING or value is None for value in (left, *right)):
        return True
    try:
        return _holds(invariant, left, right, pointer.get(item, invariant.field) if invariant.field else None)
    except TypeError:
        return True


def _holds(invariant: Invariant, left: Any, right: list[Any], decides: Any) -> bool:  # noqa: ANN401 - JSON
    match invariant.relation:
        case Bond.AT_MOST:
            return bool(left <= right[0])
        case Bond.EQUALS:
            return bool(left == right[0])
        case Bond.DIFFERENCE_OF:
            difference = right[0] - right[1]
            gap = difference.total_seconds() * 1000 if isinstance(right[0], datetime) else difference
            return bool(abs(left - gap) <= invariant.tolerance)
        case _:
            return decides in invariant.values


def expected(invariant: Invariant) -> str:
    """The invariant in words."""
    if invariant.relation is Bond.PRESENT_ONLY_WHEN:
        return f"{invariant.left} only when {invariant.field} is {' or '.join(map(str, invariant.values))}"
    return f"{invariant.left} {invariant.relation} {' and '.join(invariant.right)}"


def _values(invariant: Invariant, item: Any) -> str:  # noqa: ANN401 - JSON
    places = [invariant.left, *invariant.right, *([invariant.field] if invariant.field else [])]
    return ", ".join(f"{place} {show(pointer.get(item, place), most=40)}" for place in places)


CHECKS: tuple[Check, ...] = (identity_unique, invariants_hold)
