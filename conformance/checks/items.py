"""What holds within one item, and between two readings of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from conformance import pointer, schemas
from conformance.checks.base import Check, Family, Skip, visit_check
from conformance.checks.filters import asked, chosen, whole_of
from conformance.checks.listings import SMALL, at_least, broken, everything, items_of, pages, sized, some
from conformance.contract import Contract
from conformance.finding import Finding, Level, show
from conformance.pages import Page, read_page
from conformance.pointer import MISSING
from conformance.promises import Bond, Invariant
from conformance.reading import comparable, identities
from conformance.visit import Visit

MILLISECONDS_OF_2001, MILLISECONDS_OF_2100 = 10**12, 4_102_444_800_000
FIRST_YEAR, LAST_YEAR = 2001, 2100


def _needs_invariants(contract: Contract) -> str:
    return "" if contract.invariants else "no invariant is documented"


@visit_check("identity-unique", Family.ITEMS)
def identity_unique(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """No two items of one page have the same identity."""
    walked = pages(visit, everything(contract))
    at_least(2, items_of(walked), "share an identity")
    for page in walked:
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
    at_least(1, items_of(walked), "show an invariant")
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


@visit_check("identity-stable", Family.ITEMS)
def identity_stable(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The same item reads the same in two listings."""
    first, second = [visit.page(), *pages(visit, sized(contract, SMALL))], pages(visit, everything(contract))
    known = {
        name: (item, page)
        for page in second
        for name, item in zip(identities(contract, page.items), page.items, strict=True)
    }
    at_least(1, items_of(second), "be read twice")
    if first[0].exchange is second[0].exchange:
        first = _another(contract, visit)
    for page in first:
        for name, item in zip(identities(contract, page.items), page.items, strict=True):
            other, where = known.get(name, (item, page))
            if other != item:
                different = [key for key in item.keys() | other.keys() if item.get(key) != other.get(key)]
                yield Finding(
                    check="identity-stable",
                    level=Level.ERROR,
                    pointer=f"{contract.pointer}/x-conformance/identity",
                    says=f"{contract.identity} names one item",
                    expected=f"item {name} the same in both listings",
                    actual=f"another {', '.join(sorted(different))}",
                    witness=(page.exchange, where.exchange),
                )
                return


def _another(contract: Contract, visit: Visit) -> list[Page]:
    """A listing beside the whole one: the first that a filter gives."""
    whole = whole_of(contract, visit)
    for promise in contract.filters:
        for value, item in islice(chosen(promise, whole), 1):
            return asked(contract, visit, promise, value, item)
    raise Skip("there is one listing only")


@visit_check("stable-answer", Family.ITEMS)
def stable_answer(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The same request twice lists the same items in the same order."""
    first = visit.page()
    at_least(1, first.items, "be listed twice")
    again = read_page(contract, visit.target.send(first.exchange.query), number=1)
    before, after = identities(contract, first.items), identities(contract, again.items)
    if before != after:
        moved = set(before) ^ set(after)
        yield Finding(
            check="stable-answer",
            level=Level.ERROR if contract.order else Level.WARNING,
            pointer=contract.pointer,
            says="a GET is safe (RFC 9110, 9.2.1): asking does not change what is listed",
            expected="the same items in the same order",
            actual=f"different: {some(sorted(moved))}" if moved else "the same items in another order",
            witness=(first.exchange, again.exchange),
        )


@visit_check("units-plausible", Family.ITEMS)
def units_plausible(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """Times are in the documented unit: milliseconds where Unix time is, and within a century of now."""
    places = list(_times(contract))
    if not places:
        raise Skip("no field is documented as a time")
    walked = pages(visit, everything(contract))
    at_least(1, items_of(walked), "have a time")
    for page in walked:
        for place in places:
            bad = next((item for item in page.items if not _plausible(pointer.get(item, place))), None)
            if bad is not None:
                where = schemas.spec_place(contract, schemas.item_place(contract), place)
                yield Finding(
                    check="units-plausible",
                    level=Level.ERROR,
                    pointer=where,
                    says=str(contract.schema_at(contract.item_schema, place)[1].get("description", "")),
                    expected="a time between 2001 and 2100 in the documented unit",
                    actual=f"item {contract.identity_of(bad)!r}: {place} {show(pointer.get(bad, place))}",
                    witness=(page.exchange,),
                )


def _times(contract: Contract) -> Iterator[str]:
    for name in contract.item_schema.get("properties", {}):
        schema = contract.schema_at(contract.item_schema, pointer.join("", name))[1]
        if schema.get("format") == "date-time" or schema.get("minimum", 0) >= MILLISECONDS_OF_2001:
            yield pointer.join("", name)


def _plausible(value: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(value, int | float) and not isinstance(value, bool):
        return MILLISECONDS_OF_2001 <= value < MILLISECONDS_OF_2100
    moment = comparable(value)
    return not isinstance(moment, datetime) or FIRST_YEAR <= moment.year <= LAST_YEAR


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


CHECKS: tuple[Check, ...] = (identity_unique, identity_stable, stable_answer, units_plausible, invariants_hold)
