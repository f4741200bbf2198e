"""A relation between responses is believed when a second look shows the same, without what moved meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from conformance.checks._walks import everything, items_of, pages
from conformance.checks.base import Cause, Check, Skip
from conformance.exchange import Exchange
from conformance.finding import Finding, Smaller
from conformance.listing.movement import STILL, Movement, between
from conformance.listing.pages import NotAPage
from conformance.listing.visit import Visit

ROUNDS = 6
"""Of reading the whole again, because judging apart sent requests that no reading brackets yet."""


def confirmed(check: Check, visit: Visit, found: Sequence[Finding]) -> list[Finding]:
    """The findings that a second look repeats; raises Skip where it repeats none of them."""
    stem = visit.contract.stem
    first = {finding.id(stem) for finding in found}
    looking = visit.again()
    again, movement = second_look(check, looking)
    kept = [_shown(finding, looking, movement) for finding in again if finding.id(stem) in first]
    if not kept:
        moved = f"; {len(movement.aside)} items moved meanwhile" if movement.aside else ""
        raise Skip(f"seen once and not again: the collection moves{moved}", Cause.COLLECTION)
    return kept


def _shown(finding: Finding, visit: Visit, movement: Movement) -> Finding:
    """The finding with its smallest witness."""
    witness = _smallest(finding.smaller, visit) if finding.smaller else ()
    return evolve(finding, witness=witness or finding.witness, aside=len(movement.aside), smaller=None)


def _smallest(smaller: Smaller, visit: Visit) -> tuple[Exchange, ...]:
    from conformance.run.shrink import smallest  # noqa: PLC0415 - Hypothesis is loaded when there is something to shrink

    return smallest(smaller, lambda: visit.asked)


def second_look(check: Check, visit: Visit) -> tuple[list[Finding], Movement]:
    """What a check finds between two readings of the whole, judged by the items that both readings show alike."""
    contract = visit.contract
    before = _whole(visit)
    found = list(check.in_visit(contract, visit))
    movement = STILL
    for _ in range(ROUNDS):
        now = between(contract, before, _whole(visit.again()))
        if not (now.aside - movement.aside):
            return found, movement
        movement |= now
        asked = visit.asked
        found = _judged_apart(check, visit.apart_from(movement))
        if visit.asked == asked:
            return found, movement
    raise Skip(f"the collection moves faster than it can be read: {len(movement.aside)} items moved", Cause.COLLECTION)


def _judged_apart(check: Check, visit: Visit) -> list[Finding]:
    try:
        return list(check.in_visit(visit.contract, visit))
    except (Skip, NotAPage) as reason:
        why = f"{reason}, with {len(visit.movement.aside)} items set aside that moved meanwhile"
        raise Skip(why, reason.cause if isinstance(reason, Skip) else Cause.SERVER) from None


def _whole(visit: Visit) -> list[Any]:
    try:
        return items_of(pages(visit, everything(visit.contract)))
    except NotAPage:
        return []
