"""Whether an item keeps the promises about its own fields."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.mock.collection import moments
from conformance.mock.collection.values import Json, comparable
from conformance.pointer import MISSING
from conformance.spec.promises import Bond, Invariant


def holds(invariant: Invariant, item: Mapping[str, Json]) -> bool:
    """Whether `item` keeps `invariant`; one with an absent or null part says nothing."""
    left: Json = invariant.left.get(item)
    if invariant.relation is Bond.PRESENT_ONLY_WHEN:
        return _absent(left) or bool(invariant.field.get(item) in invariant.values)
    right = [place.get(item) for place in invariant.right]
    if invariant.otherwise is not None and right[0] is None:
        return _absent(left) or bool(left == invariant.otherwise)
    if any(_absent(value) for value in (left, *right)):
        return True
    if invariant.relation is Bond.AT_MOST:
        return comparable(left) <= comparable(right[0])
    if invariant.relation is Bond.EQUALS:
        return comparable(left) == comparable(right[0])
    return bool(abs(left - (_number(right[0]) - _number(right[1]))) <= invariant.tolerance)


def _absent(value: Json) -> bool:
    return value is None or value is MISSING


def _number(value: Json) -> float:
    """Milliseconds for a time; a plain number as it is."""
    return moments.milliseconds(value) if moments.is_time(value) else value
