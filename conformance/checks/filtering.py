"""Every documented filter lists what it asks for: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from conformance.checks._filter_values import (
    NOBODY,
    asked,
    asks_for,
    chosen,
    filtered,
    known_of,
    needs_filters,
    wanted_of,
)
from conformance.checks._walks import at_least, broken, cut, everything, items_of, pages, some
from conformance.checks._witness import from_cursors, listed_but_not
from conformance.checks.base import Check, Family, Skip, visit_check
from conformance.finding import Finding, Level, show
from conformance.jsontext import Json
from conformance.listing.pages import Page, items_in
from conformance.listing.visit import Visit
from conformance.smaller import Smaller
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, comparable, identities, satisfies, written


def _askable(contract: Contract, whole: list[Json]) -> None:
    """Skip where no item has a value that a filter takes."""
    rows = [row for promise in contract.filters for row in chosen(contract, promise, whole)]
    at_least(1, rows, "be asked for by a value")


@visit_check("filter-sound", Family.FILTERING, needs=needs_filters)
def filter_sound(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """Every item of a filtered listing is what the filter asks for."""
    whole, _ = known_of(contract, visit)
    _askable(contract, whole)
    for promise in contract.filters:
        for value, item in chosen(contract, promise, whole):
            walked = asked(contract, visit, promise, value, item)
            leaked = [(one, page) for page in walked for one in page.items if not _good(promise, one, value)]
            if leaked:
                one, page = leaked[0]
                yield broken(
                    "filter-sound",
                    promise,
                    (page.exchange,),
                    level=Level.ERROR,
                    expected=f"only items where {promise.field} {promise.relation} {show(value)}",
                    actual=f"{len(leaked)} others, such as {show(promise.field.get(one))}",
                    unexpected=tuple(identities(contract, [one for one, _ in leaked])),
                    smaller=_leaks(visit, promise, (value, item), walked),
                )
                break


def _good(promise: Filter, item: Json, value: Json) -> bool:
    """Whether an item may be listed; at the bound itself either is right here, and filter-bounds tells."""
    at_bound = promise.relation in BOUNDS and comparable(promise.field.get(item)) == comparable(value)
    return at_bound or satisfies(promise, item, value)


@visit_check("filter-complete", Family.FILTERING, needs=needs_filters)
def filter_complete(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A filtered listing holds every item of the whole that is what the filter asks for."""
    whole, _ = known_of(contract, visit)
    _askable(contract, whole)
    tried = False
    for promise in contract.filters:
        for value, item in chosen(contract, promise, whole):
            walked = asked(contract, visit, promise, value, item)
            if cut(walked):
                continue
            tried = True
            wanted = [one for one in wanted_of(contract, promise, whole, value, item) if _certain(promise, one, value)]
            lost = sorted(set(identities(contract, wanted)) - set(identities(contract, items_of(walked))))
            if len(lost) > visit.movement.drawn_up:
                yield broken(
                    "filter-complete",
                    promise,
                    [page.exchange for page in (pages(visit, everything(contract))[0], walked[0])],
                    level=Level.ERROR,
                    expected=f"{len(wanted)} items with {promise.parameter}={show(value)}, as the whole listing has",
                    actual=f"{len(lost)} of them missing: {some(lost)}",
                    missing=tuple(lost),
                    smaller=_loses(visit, promise, (value, item)),
                )
                break
    if not tried:
        raise Skip("no filtered listing could be read to its end")


def _leaks(visit: Visit, promise: Filter, choice: tuple[Json, Json], walked: list[Page]) -> Smaller:
    """A page with an item that the filter's value, of the value and an item that has it, does not ask for."""
    value, item = choice
    query = filtered(visit.contract, promise, value, item)
    return from_cursors(
        visit, query, walked, lambda pages: not all(_good(promise, one, value) for one in pages[-1].items)
    )


def _loses(visit: Visit, promise: Filter, choice: tuple[Json, Json]) -> Smaller:
    """A page of the whole with an item that the filtered listing lacks."""
    contract, (value, item) = visit.contract, choice

    def wanted(one: Json) -> bool:
        return asks_for(contract, promise, value, item, one) and _certain(promise, one, value)

    return listed_but_not(visit, everything(contract), filtered(contract, promise, value, item), wanted)


def _certain(promise: Filter, item: Json, value: Json) -> bool:
    return promise.relation not in BOUNDS or comparable(promise.field.get(item)) != comparable(value)


def _needs_bounds(contract: Contract) -> str:
    return "" if any(one.relation in BOUNDS for one in contract.filters) else "no filter has a bound"


@visit_check("filter-bounds", Family.FILTERING, needs=_needs_bounds)
def filter_bounds(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The item at a filter's bound is listed or not, as documented."""
    bounded = [promise for promise in contract.filters if promise.relation in BOUNDS]
    whole, _ = known_of(contract, visit)
    tried = False
    for promise in bounded:
        inclusive = promise.relation in {Relation.AT_LEAST, Relation.AT_MOST}
        for value, item in chosen(contract, promise, whole):
            walked = asked(contract, visit, promise, value, item)
            if cut(walked):
                continue
            tried = True
            listed = contract.identity_of(item) in [contract.identity_of(one) for one in items_of(walked)]
            if listed is not inclusive:
                yield broken(
                    "filter-bounds",
                    promise,
                    (walked[0].exchange,),
                    expected=f"the item at {show(value)} {'listed' if inclusive else 'not listed'}",
                    actual=f"item {contract.identity_of(item)!r} is {'listed' if listed else 'not listed'}",
                )
                break
    if not tried:
        raise Skip("no item at a bound could be looked for in a whole listing")


@visit_check("filter-shrinks", Family.FILTERING, needs=needs_filters)
def filter_shrinks(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A value that no item has lists nothing, never everything, nor what resembles it."""
    tried = False
    for promise in contract.filters:
        for value, level in _values_of_nobody(contract, visit, promise):
            tried = True
            exchange = visit.get(everything(contract) | {promise.parameter: written(promise, value)})
            found = [item for item in items_in(contract, exchange) if not satisfies(promise, item, value)]
            if found:
                expected = f"no item with {promise.parameter}={show(written(promise, value))}"
                actual = f"{len(found)} items"
                yield broken("filter-shrinks", promise, (exchange,), level=level, expected=expected, actual=actual)
                break
    if not tried:
        raise Skip("no filter takes a value that nothing has")


def _values_of_nobody(contract: Contract, visit: Visit, promise: Filter) -> Iterator[tuple[Json, Level]]:
    """A value out of the air, a part of one that exists, and one in another case (no page speaks of case)."""
    schema = contract.parameter(promise.parameter).schema
    if promise.relation is Relation.CONTAINS:
        yield {NOBODY: NOBODY}, Level.ERROR
    elif promise.relation is not Relation.EQUALS or schema.get("type") != "string" or "enum" in schema:
        return
    elif not contract.refusal(f"unknown-{promise.parameter}"):
        yield NOBODY, Level.ERROR
        whole, _ = known_of(contract, visit)
        held = {str(promise.field.get(item)) for item in whole}
        for value, _ in islice(chosen(contract, promise, whole), 1):
            near = [(str(value)[:-1], Level.ERROR), (str(value).swapcase(), Level.WARNING)]
            yield from ((text, level) for text, level in near if text and text not in held)


def _needs_hiding(contract: Contract) -> str:
    hiding = any(one.relation is Relation.NULL_UNLESS_TRUE for one in contract.filters)
    return "" if hiding else "nothing is documented to be hidden by default"


@visit_check("filter-default", Family.FILTERING, needs=_needs_hiding)
def filter_default(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """What is hidden by default is not listed unless it is asked for."""
    hiding = [promise for promise in contract.filters if promise.relation is Relation.NULL_UNLESS_TRUE]
    for promise in hiding:
        for page in visit.walk({}):
            shown = [item for item in page.items if not satisfies(promise, item, value=False)]
            if shown:
                actual = f"item {contract.identity_of(shown[0])!r} has {show(promise.field.get(shown[0]))}"
                expected = f"no item with {promise.field}"
                yield broken("filter-default", promise, (page.exchange,), expected=expected, actual=actual)
                return
        hidden = [item for item in known_of(contract, visit)[0] if not satisfies(promise, item, value=False)]
        at_least(1, hidden, "be hidden by default")


CHECKS: tuple[Check, ...] = (filter_sound, filter_complete, filter_bounds, filter_shrinks, filter_default)
