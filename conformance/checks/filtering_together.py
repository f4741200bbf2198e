"""Filters together: with each other, with a cursor, over all values of an enum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, filterfalse, islice
from typing import Any

from conformance import pointer
from conformance.checks._filter_values import (
    chosen,
    known_of,
    listed_values,
    needs_filters,
    text_pairs,
    whole_of,
)
from conformance.checks._walks import broken, cut, everything, items_of, pages, sized, some
from conformance.checks._witness import from_cursors, listed_but_not
from conformance.checks.base import Check, Family, Skip, visit_check
from conformance.finding import Finding, Level, show
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.pointer import MISSING
from conformance.smaller import Smaller
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, comparable, identities, satisfies, written

EXACT = frozenset({Relation.EQUALS, Relation.IN})
SIZE = 3


def _exact(contract: Contract) -> list[Filter]:
    return [one for one in contract.filters if one.relation in EXACT and not one.requires]


def _pairs(contract: Contract) -> list[tuple[Filter, Filter]]:
    """Filters that can be asked for together; none that a walk overrides, or that has no effect alone."""
    cursor = contract.paging.parameter if contract.paging else ""
    free = [one for one in contract.filters if not one.requires and one.parameter != cursor]
    return list(combinations([one for one in free if one.relation is not Relation.NULL_UNLESS_TRUE], 2))


def _needs_pairs(contract: Contract) -> str:
    return "" if _pairs(contract) else "fewer than two filters ask for a value"


def _value(promise: Filter, item: Any) -> Any:  # noqa: ANN401 - JSON
    held = pointer.get(item, promise.field)
    if promise.relation is Relation.CONTAINS:
        return next(({name: one} for (name, one) in text_pairs(held)), None)
    if held is MISSING:
        return None
    return [held] if promise.relation is Relation.IN else held


def _bound(promise: Filter, whole: list[Any]) -> Any:  # noqa: ANN401 - JSON
    """A bound that three of four items keep; None where nothing has the field."""
    held = sorted((one for one in (_value(promise, item) for item in whole) if one is not None), key=comparable)
    lower = promise.relation in {Relation.AT_LEAST, Relation.AFTER}
    return held[len(held) // 4 if lower else 3 * len(held) // 4] if held else None


def _both(contract: Contract, pair: tuple[Filter, Filter], whole: list[Any]) -> dict[str, Any] | None:
    """A value for each of two filters, by parameter, such that something has both; None where nothing has."""
    values = {one.parameter: _bound(one, whole) for one in pair if one.relation in BOUNDS}
    lists = {one.field: listed_values(contract, one) for one in pair}
    for item in whole:
        if any(listed and pointer.get(item, place) not in listed for place, listed in lists.items()):
            continue
        rest = {one.parameter: _value(one, item) for one in pair if one.relation not in BOUNDS}
        asked = values | rest
        if None not in asked.values() and all(satisfies(one, item, asked[one.parameter]) for one in pair):
            return asked
    return None


def _at_open_bound(promise: Filter, item: Any, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether the page does not say if an item is listed."""
    held = comparable(pointer.get(item, promise.field))
    return promise.relation in BOUNDS and not promise.stated and bool(held == comparable(value))


@visit_check("filter-conjunction", Family.FILTERING, needs=_needs_pairs)
def filter_conjunction(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """Two filters together list what both ask for."""
    whole = whole_of(contract, visit)
    tried = False
    for pair in _pairs(contract):
        values = _both(contract, pair, whole)
        if values is None:
            continue
        walked = pages(visit, _asking(contract, pair, values))
        tried = tried or not cut(walked)
        if not cut(walked):
            yield from _not_both(contract, visit, pair, values, walked)
    if not tried:
        raise Skip("nothing has a value for two filters")


def _asking(contract: Contract, pair: tuple[Filter, Filter], values: dict[str, Any]) -> dict[str, Any]:
    """The query with two filters, in the largest pages."""
    return everything(contract) | {one.parameter: written(one, values[one.parameter]) for one in pair}


def _not_both(
    contract: Contract, visit: Visit, pair: tuple[Filter, Filter], values: dict[str, Any], walked: list[Page]
) -> Iterator[Finding]:
    def is_open(item: Any) -> bool:  # noqa: ANN401 - JSON
        return any(_at_open_bound(one, item, values[one.parameter]) for one in pair)

    def is_asked_for(item: Any) -> bool:  # noqa: ANN401 - JSON
        return all(satisfies(one, item, values[one.parameter]) for one in pair)

    def is_wanted(item: Any) -> bool:  # noqa: ANN401 - JSON
        return is_asked_for(item) and not is_open(item)

    def is_foreign(item: Any) -> bool:  # noqa: ANN401 - JSON
        return not is_asked_for(item) and not is_open(item)

    wished = set(identities(contract, filter(is_wanted, whole_of(contract, visit))))
    listed = set(identities(contract, filterfalse(is_open, items_of(walked))))
    # Without paging the whole may be cut off, so what is listed beyond it is judged by what it is.
    leaked = set(identities(contract, filter(is_foreign, items_of(walked))))
    if leaked or len(wished - listed) > visit.movement.drawn_up:
        one, other = pair
        query = _asking(contract, pair, values)
        yield broken(
            "filter-conjunction",
            one,
            [page.exchange for page in (pages(visit, everything(contract))[0], walked[0])],
            expected=f"the {len(wished)} items that {one.parameter} and {other.parameter} both ask for",
            actual=f"{len(listed)} items; different: {some(sorted(leaked | wished - listed))}",
            place=other.parameter,
            missing=tuple(sorted(wished - listed)),
            unexpected=tuple(sorted(leaked)),
            smaller=from_cursors(visit, query, walked, lambda shown: any(map(is_foreign, shown[-1].items)))
            if leaked
            else listed_but_not(visit, everything(contract), query, is_wanted),
        )


@visit_check("filter-values-partition", Family.FILTERING, needs=needs_filters)
def filter_values_partition(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The listings of all documented values of a filter are disjoint, and the whole together."""
    listed = [(one, _documented_values(contract, one)) for one in _exact(contract)]
    if not any(values for _, values in listed):
        raise Skip("no filter has a documented list of values")
    items = whole_of(contract, visit)
    for promise, documented in [(promise, values) for promise, values in listed if values]:
        values = [value for value in documented if not _means_any(contract, promise, value, items)]
        whole = {
            name
            for name, item in zip(identities(contract, items), items, strict=True)
            if any(satisfies(promise, item, value) for value in values)
        }
        queries = [everything(contract) | {promise.parameter: value} for value in values]
        walks = [pages(visit, query) for query in queries]
        names = [name for walked in walks for name in identities(contract, items_of(walked))]
        twice = {name for name, times in Counter(names).items() if times > 1}
        none = whole - set(names)
        if not any(map(cut, walks)) and (twice or len(none) > visit.movement.drawn_up):
            yield broken(
                "filter-values-partition",
                promise,
                [walked[0].exchange for walked in walks],
                expected=f"each of {len(whole)} items under one value of {promise.parameter}",
                actual=f"under several: {some(sorted(twice)) or 'none'}; under none: " + (some(sorted(none)) or "none"),
                missing=tuple(sorted(none)),
                unexpected=tuple(sorted(twice)),
            )


def _documented_values(contract: Contract, promise: Filter) -> list[Any]:
    values = listed_values(contract, promise)
    return [[value] if promise.relation is Relation.IN else value for value in values]


def _means_any(contract: Contract, promise: Filter, value: object, items: list[Any]) -> bool:
    """Whether a value is the documented default, and none that an item has: a word such as `all`."""
    default = contract.parameter(promise.parameter).schema.get("default")
    return value in (default, [default]) and not any(satisfies(promise, item, value) for item in items)


@visit_check("cursor-keeps-filters", Family.PAGING, needs=needs_filters)
def cursor_keeps_filters(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The page that a cursor leads to keeps the filters of its walk."""
    if contract.paging is None or contract.limit is None:
        raise Skip("no paging with a limit is documented")
    tried = False
    for promise in _exact(contract):
        for value, _ in islice(chosen(contract, promise, known_of(contract, visit)[0]), 1):
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
                    unexpected=tuple(identities(contract, leaked)),
                    smaller=_leaks_later(visit, promise, value),
                )
    if not tried:
        raise Skip(f"no filtered listing fills two pages of {SIZE}")


def _leaks_later(visit: Visit, promise: Filter, value: Any) -> Smaller:  # noqa: ANN401 - JSON
    """A page with an item that its filter asks for, and then one with another."""

    def shows(pages: list[Page]) -> bool:
        good = [[satisfies(promise, item, value) for item in page.items] for page in pages]
        return len(pages) > 1 and all(good[0]) and not all(good[1])

    return from_cursors(visit, {promise.parameter: written(promise, value)}, (), shows)


CHECKS: tuple[Check, ...] = (cursor_keeps_filters, filter_conjunction, filter_values_partition)
