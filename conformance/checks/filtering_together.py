"""Filters together: with each other, over all values of an enum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, filterfalse

from conformance.checks._filter_pairs import text_pairs
from conformance.checks._filter_values import (
    exact,
    listed_values,
    may_be_asked,
    needs_filters,
    value_for,
    whole_of,
)
from conformance.checks._walks import Attempts, broken, everything, items_of, pages, whole_walk
from conformance.checks._witness import from_cursors, listed_but_not
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import FILTERING
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.pointer import Pointer
from conformance.sentence import Names, said
from conformance.spec.asked import asking, asking_both, go_together
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, comparable, contradicts, identities, in_order, satisfies


def _pairs(contract: Contract) -> list[tuple[Filter, Filter]]:
    """Filters that can be asked for together; none that a walk overrides, or that has no effect alone."""
    cursor = contract.paging.parameter if contract.paging else ""
    free = [one for one in contract.filters if one.stands_alone and one.parameter != cursor]
    pairs = combinations([one for one in free if one.relation is not Relation.NULL_UNLESS_TRUE], 2)
    return [(one, other) for one, other in pairs if go_together(one, other)]


def _needs_pairs(contract: Contract) -> str:
    return "" if _pairs(contract) else "fewer than two filters ask for a value"


def _value(promise: Filter, item: Json) -> Json:
    held = value_for(promise, item)
    if promise.relation is Relation.CONTAINS:
        return next(({name: one} for (name, one) in text_pairs(promise, held)), None)
    return [held] if promise.relation is Relation.IN and held is not None else held


def _bound(promise: Filter, whole: list[Json]) -> Json:
    """A bound that three of four items keep; None where nothing has the field."""
    held = in_order((one for one in (_value(promise, item) for item in whole) if one is not None), lambda one: one)
    lower = promise.relation in {Relation.AT_LEAST, Relation.AFTER}
    return held[len(held) // 4 if lower else 3 * len(held) // 4] if held else None


def _both(contract: Contract, pair: tuple[Filter, Filter], whole: list[Json]) -> dict[Pointer, Json] | None:
    """A value for each of two filters, by the place of each, such that something has both; None where nothing has."""
    values = {one.pointer: _bound(one, whole) for one in pair if one.relation in BOUNDS}
    lists = {one.field: listed_values(contract, one) for one in pair if one.relation is not Relation.PRESENT}
    for item in whole:
        if any(listed and place.get(item) not in listed for place, listed in lists.items()):
            continue
        rest = {one.pointer: _value(one, item) for one in pair if one.relation not in BOUNDS}
        asked = values | rest
        if None not in asked.values() and all(_may_show(contract, one, item, asked[one.pointer]) for one in pair):
            return asked
    return None


def _may_show(contract: Contract, promise: Filter, item: Json, value: Json) -> bool:
    """Whether a filter takes a value, and asks for an item with it."""
    return may_be_asked(contract, promise, value) and satisfies(promise, item, value)


def _at_open_bound(promise: Filter, item: Json, value: Json) -> bool:
    """Whether the page does not say if an item is listed."""
    held = comparable(promise.field.get(item))
    return promise.relation in BOUNDS and not promise.bound_stated and bool(held == comparable(value))


@visit_check(
    "filter-conjunction",
    FILTERING,
    needs=_needs_pairs,
    headline="{about} and `{place}` do not filter together: {actual} instead of {expected}",
)
def filter_conjunction(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Two filters together list what both ask for."""
    whole = whole_of(contract, visit)
    attempts = Attempts()
    for pair in _pairs(contract):
        values = _both(contract, pair, whole)
        if values is None:
            continue
        walked: list[Page] = []
        with attempts.reading():
            walked = pages(visit, _asking(contract, pair, values))
        if walked and attempts.is_whole(contract, walked):
            yield from _not_both(contract, visit, pair, values, walked)
    attempts.end("nothing has a value for two filters")


def _asking(contract: Contract, pair: tuple[Filter, Filter], values: dict[Pointer, Json]) -> dict[str, Json]:
    """The query with two filters, in the largest pages."""
    one, other = pair
    return everything(contract) | asking_both(one, values[one.pointer], other, values[other.pointer])


def _not_both(
    contract: Contract, visit: Visit, pair: tuple[Filter, Filter], values: dict[Pointer, Json], walked: list[Page]
) -> Iterator[Contradiction]:
    def is_open(item: Json) -> bool:
        return any(_at_open_bound(one, item, values[one.pointer]) for one in pair)

    def is_asked_for(item: Json) -> bool:
        return all(satisfies(one, item, values[one.pointer]) for one in pair)

    def is_wanted(item: Json) -> bool:
        return is_asked_for(item) and not is_open(item)

    def is_foreign(item: Json) -> bool:
        return any(contradicts(one, item, values[one.pointer]) for one in pair) and not is_open(item)

    wished = set(identities(contract, filter(is_wanted, whole_of(contract, visit))))
    listed = set(identities(contract, filterfalse(is_open, items_of(walked))))
    # Without paging the whole may be cut off, so what is listed beyond it is judged by what it is.
    leaked = set(identities(contract, filter(is_foreign, items_of(walked))))
    if leaked or len(wished - listed) > visit.movement.drawn_up:
        one, other = pair
        query = _asking(contract, pair, values)
        yield broken(
            one,
            [page.exchange for page in (pages(visit, everything(contract))[0], walked[0])],
            expected=said(
                "the {count} items that {one} and {other} both ask for",
                count=len(wished),
                one=one.parameter,
                other=other.parameter,
            ),
            actual=said(
                "{count} items; different: {names}",
                count=len(listed),
                names=Names.of(sorted(leaked | wished - listed)),
            ),
            place=other.parameter,
            also=tuple(
                place
                for each in pair
                for place in (each.pointer, *(() if each.bound_stated else (each.pointer.below("bound"),)))
            ),
            missing=tuple(sorted(wished - listed)),
            unexpected=tuple(sorted(leaked)),
            smaller=from_cursors(visit, query, walked, lambda shown: any(map(is_foreign, shown[-1].items)))
            if leaked
            else listed_but_not(visit, everything(contract), query, is_wanted),
        )


@visit_check(
    "filter-values-partition",
    FILTERING,
    needs=needs_filters,
    headline="the values of {about} overlap or leave gaps: {actual}",
)
def filter_values_partition(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The listings of all documented values of a filter are disjoint, and the whole together."""
    listed = [(one, _documented_values(contract, one)) for one in exact(contract)]
    if not any(values for _, values in listed):
        raise Skip("no filter has a documented list of values", Cause.DOCUMENTATION)
    items = whole_of(contract, visit)
    for promise, documented in [(promise, values) for promise, values in listed if values]:
        values = [value for value in documented if not _means_any(contract, promise, value, items)]
        whole = {
            name
            for name, item in zip(identities(contract, items), items, strict=True)
            if any(satisfies(promise, item, value) for value in values)
        }
        queries = [everything(contract) | asking(promise, value) for value in values]
        walks = [pages(visit, query) for query in queries]
        names = [name for walked in walks for name in identities(contract, items_of(walked))]
        twice = {name for name, times in Counter(names).items() if times > 1}
        none = whole - set(names)
        if all(whole_walk(contract, walked) for walked in walks) and (twice or len(none) > visit.movement.drawn_up):
            yield broken(
                promise,
                [walked[0].exchange for walked in walks],
                expected=said(
                    "each of {count} items under one value of {parameter}",
                    count=len(whole),
                    parameter=promise.parameter,
                ),
                actual=said("under several: {several}; under none: {none}", several=_named(twice), none=_named(none)),
                missing=tuple(sorted(none)),
                unexpected=tuple(sorted(twice)),
            )


def _means_any(contract: Contract, promise: Filter, value: Json, items: Sequence[Json]) -> bool:
    """Whether a value is the documented default, and none that an item has: a word such as `all`."""
    if promise.any is not None and value in (promise.any, [promise.any]):
        return True
    default = contract.parameter(promise.parameter).schema.get("default")
    return value in (default, [default]) and not any(satisfies(promise, item, value) for item in items)


def _named(names: set[str]) -> Names | str:
    return Names.of(sorted(names)) if names else "none"


def _documented_values(contract: Contract, promise: Filter) -> list[Json]:
    values = listed_values(contract, promise)
    return [[value] if promise.relation is Relation.IN else value for value in values]


CHECKS: tuple[Check, ...] = (filter_conjunction, filter_values_partition)
