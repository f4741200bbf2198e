"""What is found is believed when a second look shows it again; a relation, without what moved meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from attrs import evolve

from conformance.checks._walks import everything, items_of, pages
from conformance.checks.base import Cause, Check, Skip
from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.listing.movement import STILL, Movement, between
from conformance.listing.pages import NotAPage
from conformance.listing.visit import Visit
from conformance.run.shrink import smallest

MOST_WITNESSES = 3
"""Answers with the same finding that are asked for once more, until one shows it again."""
ROUNDS = 6
"""Of reading the whole again, because judging apart sent requests that no reading brackets yet."""


def seen_again(check: Check, visit: Visit, found: Sequence[Finding]) -> list[Finding]:
    """The findings of single answers; an error that a second look does not show again is a warning."""
    stem = visit.contract.stem
    suspected = {finding.id(stem) for finding in found if finding.is_error}
    if not suspected:
        return list(found)
    shown = _shown_alone if check.of_exchange else _shown_anew
    passing = suspected - shown(check, visit, [one for one in found if one.id(stem) in suspected])
    return [one.once() if one.id(stem) in passing else one for one in found]


def _shown_anew(check: Check, visit: Visit, found: Sequence[Finding]) -> set[str]:
    """What a check finds that asks again for what it found something in; all of it, where it cannot ask."""
    stem = visit.contract.stem
    again = visit.without({exchange for finding in found for exchange in finding.witness})
    try:
        return {finding.id(stem) for finding in check.in_visit(visit.contract, again)}
    except ConformanceError:
        return {finding.id(stem) for finding in found}


def _shown_alone(check: Check, visit: Visit, found: Sequence[Finding]) -> set[str]:
    """What a check finds in answers that are asked for once more, small ones first; all of it, where none can be."""
    contract, shown, looks = visit.contract, set[str](), Counter[str]()
    for finding in sorted(found, key=lambda one: len(one.witness[0].body)):
        name = finding.id(contract.stem)
        if name not in shown and looks[name] < MOST_WITNESSES:
            looks[name] += 1
            try:
                again = repeated(visit, finding.witness[0])
            except ConformanceError:
                shown.add(name)
            else:
                seen = check.in_exchange(contract, again) if check.sees(contract, again) else ()
                shown.update(one.id(contract.stem) for one in seen)
    return shown


def repeated(visit: Visit, exchange: Exchange) -> Exchange:
    """The answer to the same request, asked for once more, however many findings rest on it."""
    return visit.once(f"repeated {id(exchange)}", lambda: visit.target.repeat(exchange))


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
    witness = smallest(finding.smaller, lambda: visit.asked) if finding.smaller else ()
    return evolve(finding, witness=witness or finding.witness, aside=len(movement.aside), smaller=None)


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
