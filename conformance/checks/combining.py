"""Filters together: with each other, with a cursor, over all values of an enum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Any

from conformance import pointer
from conformance.checks.base import Check, Family, Skip, visit_check
from conformance.checks.filters import chosen, needs_filters, text_pairs, whole_of
from conformance.checks.listings import broken, everything, items_of, pages, sized, some
from conformance.contract import Contract
from conformance.finding import Finding, Level, show
from conformance.promises import Filter, Relation
from conformance.reading import identities, satisfies, written
from conformance.visit import Visit

EXACT = frozenset({Relation.EQUALS, Relation.IN})
VALUED = EXACT | {Relation.CONTAINS}
SIZE = 3


def _exact(contract: Contract) -> list[Filter]:
    return [one for one in contract.filters if one.relation in EXACT and not one.requires]


def _value(promise: Filter, item: Any) -> Any:  # noqa: ANN401 - JSON
    held = pointer.get(item, promise.field)
    if promise.relation is Relation.CONTAINS:
        return next(({name: one} for (name, one) in text_pairs(held)), None)
    return [held] if promise.relation is Relation.IN else held


@visit_check("filter-conjunction", Family.FILTERING, needs=needs_filters)
def filter_conjunction(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """Two filters together list what both ask for."""
    valued = [one for one in contract.filters if one.relation in VALUED and not one.requires]
    pairs = list(combinations(valued, 2))
    if not pairs:
        raise Skip("fewer than two filters ask for a value")
    whole = whole_of(contract, visit)
    for one, other in pairs:
        item = next((item for item in whole if _value(one, item) and _value(other, item)), None)
        if item is None:
            continue
        values = {promise: _value(promise, item) for promise in (one, other)}
        query = {promise.parameter: written(promise, value) for promise, value in values.items()}
        walked = pages(visit, everything(contract) | query)
        wanted = [each for each in whole if all(satisfies(promise, each, values[promise]) for promise in values)]
        listed = items_of(walked)
        # Without paging the whole may be cut off, so what is listed beyond it is judged by what it is.
        leaked = [each for each in listed if not all(satisfies(promise, each, values[promise]) for promise in values)]
        lost = set(identities(contract, wanted)) - set(identities(contract, listed))
        wrong = lost | set(identities(contract, leaked))
        if wrong:
            yield broken(
                "filter-conjunction",
                one,
                (walked[0].exchange,),
                expected=f"the {len(wanted)} items that {one.parameter} and {other.parameter} both ask for",
                actual=f"{len(listed)} items; different: {some(sorted(wrong))}",
                place=other.parameter,
            )


@visit_check("filter-values-partition", Family.FILTERING, needs=needs_filters)
def filter_values_partition(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The listings of all documented values of a filter are disjoint, and the whole together."""
    listed = [(one, _documented_values(contract, one)) for one in _exact(contract)]
    if not any(values for _, values in listed):
        raise Skip("no filter has a documented list of values")
    items = whole_of(contract, visit)
    for promise, values in listed:
        named = [item for item in items if any(satisfies(promise, item, value) for value in values)]
        whole = set(identities(contract, named))
        queries = [everything(contract) | {promise.parameter: value} for value in values]
        walks = [pages(visit, query) for query in queries]
        names = [name for walked in walks for name in identities(contract, items_of(walked))]
        twice = {name for name in names if names.count(name) > 1}
        if values and (twice or whole - set(names)):
            yield broken(
                "filter-values-partition",
                promise,
                [walked[0].exchange for walked in walks],
                expected=f"each of {len(whole)} items under one value of {promise.parameter}",
                actual=f"under several: {some(sorted(twice)) or 'none'}; under none: "
                + (some(sorted(whole - set(names))) or "none"),
            )


def _documented_values(contract: Contract, promise: Filter) -> list[Any]:
    schema = contract.parameter(promise.parameter).schema
    values = schema.get("items", schema).get("enum", [])
    return [[value] if promise.relation is Relation.IN else value for value in values]


@visit_check("cursor-keeps-filters", Family.PAGING, needs=needs_filters)
def cursor_keeps_filters(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The page that a cursor leads to keeps the filters of its walk."""
    if contract.paging is None or contract.limit is None:
        raise Skip("no paging with a limit is documented")
    tried = False
    for promise in _exact(contract):
        for value, _ in islice(chosen(promise, whole_of(contract, visit)), 1):
            query = sized(contract, SIZE) | {promise.parameter: written(promise, value)}
            walked = list(islice(visit.walk(query), 2))
            tried = tried or len(walked) > 1
            leaked = [item for item in walked[-1].items if not satisfies(promise, item, value)]
            if len(walked) > 1 and leaked:
                yield broken(
                    "cursor-keeps-filters",
                    promise,
                    (walked[0].exchange, walked[1].exchange),
                    level=Level.ERROR,
                    expected=f"only items with {promise.parameter}={show(value)} on page 2",
                    actual=f"{len(leaked)} others, such as {show(pointer.get(leaked[0], promise.field))}",
                )
    if not tried:
        raise Skip(f"no filtered listing fills two pages of {SIZE}")


CHECKS: tuple[Check, ...] = (cursor_keeps_filters, filter_conjunction, filter_values_partition)
