"""Whether all items of a page plainly agree with themselves; where that is not plain, the check itself decides."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.replay.quick.columns import EMPTY, INTEGERS, MOMENTS, ORDERED, Column, Columns
from conformance.spec.promises import Bond, Filter, Invariant, Relation
from conformance.spec.values import comparable

Plain = Callable[[Columns], bool]


def keeps(invariant: Invariant) -> Plain:
    """What tells whether every item of a page plainly keeps an invariant."""
    match invariant.relation:
        case Bond.AT_MOST:
            return partial(_at_most, invariant.left, invariant.right[0])
        case Bond.DIFFERENCE_OF:
            return partial(_difference, invariant)
        case Bond.EQUALS:
            return partial(_equal, invariant)
        case _:
            return partial(_only_when, invariant)


def _equal(invariant: Invariant, columns: Columns) -> bool:
    pairs = zip(columns[invariant.left], columns[invariant.right[0]], strict=True)
    return all(left == right or (right is None and left == invariant.otherwise) for left, right in pairs)


def _at_most(left: Pointer, right: Pointer, columns: Columns) -> bool:
    (kind, lefts), (other, rights) = columns.compared(left), columns.compared(right)
    if EMPTY in {kind, other}:
        return True
    if kind != other or kind not in ORDERED:
        return False
    pairs = zip(lefts, rights, strict=True)
    return not [one for one, two in pairs if one is not None and two is not None and one > two]


def _difference(invariant: Invariant, columns: Columns) -> bool:
    places = (invariant.left, *invariant.right)
    kinds = {columns.kind(place) for place in places}
    if EMPTY in kinds:
        return True
    if kinds != {INTEGERS}:
        return False
    for left, one, other in zip(*(columns[place] for place in places), strict=True):
        if left is None or one is None or other is None:
            continue
        if abs(left - (one - other)) > invariant.tolerance:
            return False
    return True


def _only_when(invariant: Invariant, columns: Columns) -> bool:
    for held, decides in zip(columns[invariant.left], columns[invariant.field], strict=True):
        if held is not None and decides not in invariant.values:
            return False
    return True


def in_order(kind: str, column: Column, direction: str) -> bool:
    """Whether values that compare are plainly in a direction."""
    if kind not in ORDERED or None in column:
        return False
    return all(map(operator.le if direction == "asc" else operator.ge, column, column[1:]))


def all_different(column: Column, kind: str) -> bool:
    """Whether plainly no two items have the same in a column of a kind."""
    return kind != "" and None not in column and len(set(column)) == len(column)


def satisfied(promise: Filter, columns: Columns, value: Json) -> bool:
    """Whether every item plainly is what a filter with this value asks for; a bound itself may be listed."""
    match promise.relation:
        case Relation.EQUALS:
            column = columns[promise.field]
            return column.count(value) == len(column)
        case Relation.AT_LEAST | Relation.AFTER:
            return _bounded(*columns.compared(promise.field), comparable(value), operator.ge)
        case Relation.AT_MOST | Relation.BEFORE:
            return _bounded(*columns.compared(promise.field), comparable(value), operator.le)
        case _:
            return False


def _bounded(kind: str, column: Column, bound: object, compare: Callable[[Any, Any], bool]) -> bool:
    wanted = {INTEGERS: int, MOMENTS: datetime}.get(kind)
    return type(bound) is wanted and None not in column and all(compare(held, bound) for held in column)
