"""Listings are sorted by several fields at once, and turned only where something that sorts is chosen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise, permutations
from typing import Any

from attrs import frozen

from conformance.checks._walks import at_least, broken, everything, in_pages, items_of, pages, widest
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import ORDERING
from conformance.checks.ordering import COLLATIONS, in_order, keys_of, order_of
from conformance.checks.ordering_chosen import documented
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.pointer import MISSING, Pointer
from conformance.sentence import Value, said
from conformance.spec.contract import Contract
from conformance.spec.order import OTHER, Order
from conformance.spec.values import comparable, identities, kind_of

WAYS = (("asc", "desc"), ("desc", "asc"), ("asc", "asc"), ("desc", "desc"))
MOST = 3
"""Of these directions of two fields, of those that can be asked for: what ignores the second contradicts one."""
FEW = 3
"""Pages that are looked at."""


def _needs_several(contract: Contract) -> str:
    order = contract.order
    return "" if order and order.several and len(order.choices) > 1 else "no parameter takes several fields that sort"


@frozen
class _Asked:
    """Two fields that sort, each in its direction."""

    fields: Sequence[Pointer]
    ways: Sequence[str]


@visit_check(
    "order-several",
    ORDERING,
    needs=_needs_several,
    costly=True,
    headline="{about} does not sort by {expected}: {actual}",
)
def order_several(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Several fields sort at once, each in its own direction: what ties in the first is sorted by the next."""
    order = order_of(contract)
    words = _words(order, items_of(pages(visit, everything(contract))))
    fields = [order.choices[word][0] for word in words]
    queries = (
        (_Asked(fields, ways), query)
        for ways in WAYS
        for query in islice(documented(contract, order.asking_together(words, ways)), 1)
    )
    tried = False
    for asked, query in islice(queries, MOST):
        tried = True
        for found in _unsorted(order, asked, in_pages(visit, query, most=FEW)):
            yield found
            return
    if not tried:
        raise Skip("no documented values say two fields and their directions", Cause.DOCUMENTATION)


def _words(order: Order, items: Sequence[Json]) -> tuple[str, str]:
    """The two that show best that the second counts: most items tie in the first, and differ in the second."""
    told = {
        words: _telling([order.choices[word][0].get(item) for word in words] for item in items)
        for words in permutations(order.choices, 2)
        if order.choices[words[0]][0] != order.choices[words[1]][0]
    }
    best = max(told, key=told.__getitem__, default=None)
    if best is None or not told[best]:
        raise Skip("no items tie in one field that may sort, and differ in another", Cause.COLLECTION)
    return best


def _telling(pairs: Iterable[Sequence[Any]]) -> int:
    """How many values of the first field several values of the second stand beside."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        if None not in (first, second) and MISSING not in (first, second):
            beside[repr(first)].add(repr(second))
    return sum(len(values) > 1 for values in beside.values())


def _unsorted(order: Order, asked: _Asked, walked: list[Page]) -> Iterator[Contradiction]:
    """The first two items that stand in another order, however text is collated."""
    rows = _rows(asked, walked)
    found = [_wrong(asked, rows, written) for written in COLLATIONS]
    if None in found or not found[0]:
        return
    (left, before), (right, after) = found[0]
    names = ", ".join(asked.fields)
    yield broken(
        order,
        (before.exchange, after.exchange),
        expected=said(
            "{first} {one}, then {second} {other}",
            first=asked.fields[0],
            one=asked.ways[0],
            second=asked.fields[1],
            other=asked.ways[1],
        ),
        actual=said("{left} before {right}", left=_shown(left, names), right=_shown(right, names)),
        place="next field" if left[0] == right[0] else "first field",
    )


def _shown(row: Sequence[Any], names: str) -> Value:
    return Value(list(map(str, row)), most=None, field=names)


_Row = tuple[tuple[Any, ...], Page]


def _rows(asked: _Asked, walked: Iterable[Page]) -> list[_Row]:
    """What sorts each item; where those stand that lack it, or have it in a rarer form, no page says."""
    rows = [
        (tuple(comparable(field.get(item)) for field in asked.fields), page) for page in walked for item in page.items
    ]
    shown = [row for row in rows if None not in row[0] and MISSING not in row[0]]
    kinds = Counter(tuple(map(kind_of, values)) for values, _ in shown)
    usual = max(kinds, key=kinds.__getitem__, default=())
    return [row for row in shown if tuple(map(kind_of, row[0])) == usual]


def _wrong(
    asked: _Asked, rows: Sequence[_Row], written: Callable[[Iterable[Any]], tuple[Any, ...]]
) -> tuple[_Row, _Row] | None:
    """Two rows that follow each other and should not."""
    for one, other in pairwise(rows):
        left, right = written(one[0]), written(other[0])
        at = 1 if left[0] == right[0] else 0
        if not in_order(left[at], right[at], asked.ways[at]):
            return one, other
    return None


def _needs_alone(contract: Contract) -> str:
    return "" if contract.order and contract.order.requires else "no direction requires a field that sorts"


@visit_check(
    "order-direction-alone",
    ORDERING,
    needs=_needs_alone,
    headline="{about} alone changes the order: {actual} instead of {expected}",
)
def order_direction_alone(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A direction without the field that it requires sorts nothing."""
    order = order_of(contract)
    plain = visit.page(widest(contract))
    keys = keys_of(contract, order, plain)
    at_least(2, list({repr(key) for key in keys}), "be in another order")
    turned = visit.page(widest(contract) | {order.parameter: order.direction_of([OTHER[order.direction]])})
    shared = frozenset(identities(contract, plain.items)) & frozenset(identities(contract, turned.items))
    apart = shared if visit.movement.aside else frozenset()
    if any(
        one != other
        for one, other in zip(
            keys_of(contract, order, plain, apart), keys_of(contract, order, turned, apart), strict=False
        )
    ):
        yield broken(
            order,
            (plain.exchange, turned.exchange),
            expected=said("the order without {parameter}", parameter=order.parameter),
            actual=said("another order"),
            also=(order.pointer.below("requires"),),
        )


CHECKS: tuple[Check, ...] = (order_several, order_direction_alone)
