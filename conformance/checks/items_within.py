"""What holds within one item: its parts agree, and its times are times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from conformance.checks._walks import broken, identity
from conformance.checks.base import Check, exchange_check
from conformance.checks.family import ITEMS
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import items_in
from conformance.pointer import MISSING, Found, Pointer
from conformance.sentence import Sentence, Value, joined, said
from conformance.spec.contract import Contract
from conformance.spec.moments import MILLISECONDS_OF_2001, MILLISECONDS_OF_2100, counts_milliseconds
from conformance.spec.projection import is_projected
from conformance.spec.promises import Bond, Invariant
from conformance.spec.values import comparable

FIRST_YEAR, LAST_YEAR = 2001, 2100


def _invariants(contract: Contract) -> tuple[Invariant, ...]:
    return contract.invariants


def _needs_invariants(contract: Contract) -> str:
    return "" if contract.invariants else "no invariant is documented"


def _needs_times(contract: Contract) -> str:
    return "" if next(times(contract), None) else "no field is documented as a time"


def _sees_items(contract: Contract, exchange: Exchange) -> bool:
    return bool(items_in(contract, exchange))


def _sees_whole_items(contract: Contract, exchange: Exchange) -> bool:
    return _sees_items(contract, exchange) and not is_projected(contract, exchange.query)


@exchange_check(
    "invariants-hold",
    ITEMS,
    needs=_needs_invariants,
    sees=_sees_whole_items,
    of_body=True,
    tests=_invariants,
    headline="items contradict themselves: {actual}; expected {expected}",
)
def invariants_hold(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every item agrees with itself: times in order, ends only of what ended, durations that fit."""
    items = items_in(contract, exchange)
    for invariant in contract.invariants:
        bad = next((item for item in items if not holds(invariant, item)), None)
        if bad is not None:
            actual = said("item {name}: {values}", name=identity(contract, bad), values=_values(invariant, bad))
            yield broken(invariant, (exchange,), expected=expected(invariant), actual=actual)


@exchange_check(
    "units-plausible",
    ITEMS,
    needs=_needs_times,
    sees=_sees_items,
    of_body=True,
    headline="{about} is in another unit: {actual}",
)
def units_plausible(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Times are in the documented unit: milliseconds where Unix time is, and within a century of now."""
    items = items_in(contract, exchange)
    for place in times(contract):
        bad = next((item for item in items if not _plausible(place.get(item))), None)
        if bad is not None:
            described = contract.described_at(contract.item_place, place)
            yield Contradiction(
                pointer=described,
                says=contract.item.part(place).description,
                expected=said("a time between 2001 and 2100 in the documented unit"),
                actual=said(
                    "item {name}: {place} {value}",
                    name=identity(contract, bad),
                    place=place,
                    value=Value(place.get(bad), field=place),
                ),
                witness=(exchange,),
                also=(described.below("minimum"),),
            )


def times(contract: Contract) -> Iterator[Pointer]:
    """Where an item has the fields that are documented as times."""
    for name, described in contract.item.members.items():
        said_of = described.keywords
        if said_of.get("format") == "date-time" or counts_milliseconds(said_of):
            yield Pointer.of(name)


def _plausible(value: Found) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return MILLISECONDS_OF_2001 <= value < MILLISECONDS_OF_2100
    moment = comparable(value)
    return not isinstance(moment, datetime) or FIRST_YEAR <= moment.year <= LAST_YEAR


def holds(invariant: Invariant, item: Json) -> bool:
    """Whether an item keeps an invariant; one with an absent or null part does."""
    left, right = comparable(invariant.left.get(item)), [comparable(place.get(item)) for place in invariant.right]
    if invariant.otherwise is not None and right[0] is None:
        return left in (MISSING, None, invariant.otherwise)
    if any(value is MISSING or value is None for value in (left, *right)):
        return True
    try:
        decides = invariant.field.get(item) if invariant.field else None
        return _holds(invariant, left, right, decides)
    except TypeError:
        return True


def _holds(invariant: Invariant, left: Any, right: list[Any], decides: Found) -> bool:  # noqa: ANN401 - compared
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


def expected(invariant: Invariant) -> Sentence:
    """The invariant in words."""
    if invariant.relation is Bond.PRESENT_ONLY_WHEN:
        values = " or ".join(map(str, invariant.values))
        return said("{left} only when {field} is {values}", left=invariant.left, field=invariant.field, values=values)
    right = " and ".join(invariant.right)
    return said("{left} {relation} {right}", left=invariant.left, relation=invariant.relation, right=right)


def _values(invariant: Invariant, item: Json) -> Sentence:
    """What stands in an item at the places of an invariant."""
    places = [invariant.left, *invariant.right, *([invariant.field] if invariant.field else [])]
    held = ((place, Value(place.get(item), most=40, field=place)) for place in places)
    return joined(", ", (said("{place} {value}", place=place, value=value) for place, value in held))


CHECKS: tuple[Check, ...] = (units_plausible, invariants_hold)
