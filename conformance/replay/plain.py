"""Whether all items of a page plainly agree with themselves; where that is not plain, the check itself decides."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import partial

from conformance.promises import Bond, Invariant
from conformance.replay.columns import EMPTY, INTEGERS, MOMENTS, Columns

Plain = Callable[[Columns], bool]


def keeps(invariant: Invariant) -> Plain:
    """What tells whether every item of a page plainly keeps an invariant."""
    match invariant.relation:
        case Bond.AT_MOST:
            return partial(_at_most, invariant.left, invariant.right[0])
        case Bond.DIFFERENCE_OF:
            return partial(_difference, invariant)
        case Bond.EQUALS:
            return lambda columns: columns[invariant.left] == columns[invariant.right[0]]
        case _:
            return lambda _: False


def _at_most(left: str, right: str, columns: Columns) -> bool:
    kinds = {columns.kind(left), columns.kind(right)}
    if EMPTY in kinds:
        return True
    if kinds != {INTEGERS} and not (kinds == {MOMENTS} and columns.width(left) == columns.width(right)):
        return False
    for one, other in zip(columns[left], columns[right], strict=True):
        if one is not None and other is not None and one > other:
            return False
    return True


def _difference(invariant: Invariant, columns: Columns) -> bool:
    places = (invariant.left, *invariant.right)
    kinds = {columns.kind(place) for place in places}
    if EMPTY in kinds:
        return True
    rows = zip(*(columns[place] for place in places), strict=True)
    return kinds == {INTEGERS} and all(
        None in row or abs(row[0] - (row[1] - row[2])) <= invariant.tolerance for row in rows
    )


def in_order(place: str, columns: Columns, direction: str) -> bool:
    """Whether the items are plainly in a direction of the order by one place."""
    if columns.kind(place) not in {INTEGERS, MOMENTS}:
        return False
    column = columns[place]
    return None not in column and all(map(operator.le if direction == "asc" else operator.ge, column, column[1:]))


def all_different(place: str, columns: Columns) -> bool:
    """Whether plainly no two items have the same at a place."""
    column = columns[place]
    return columns.kind(place) != "" and None not in column and len(set(column)) == len(column)
