"""Whether all items of a page plainly agree with themselves; where that is not plain, the check itself decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from conformance import pointer
from conformance.checks.within import MILLISECONDS_OF_2001, MILLISECONDS_OF_2100, holds
from conformance.promises import Bond, Invariant

Keeps = Callable[[Sequence[Any]], bool]


def keeps(invariant: Invariant) -> Keeps:
    """What tells whether every item of a page plainly keeps an invariant."""
    places = [pointer.split(place) for place in (invariant.left, *invariant.right)]
    decides = pointer.split(invariant.field) if invariant.field else ["-"]
    if any(len(place) != 1 for place in (*places, decides)):
        return lambda items: all(holds(invariant, item) for item in items)
    names = [place[0] for place in places]
    match invariant.relation:
        case Bond.AT_MOST:
            return lambda items: _at_most(items, names[0], names[1])
        case Bond.PRESENT_ONLY_WHEN:
            return lambda items: _only_when(items, names[0], decides[0], invariant.values)
        case _:
            return lambda items: all(item.get(names[0]) is None or holds(invariant, item) for item in items)


def _at_most(items: Sequence[Any], left: str, right: str) -> bool:
    for item in items:
        before, after = item.get(left), item.get(right)
        if before is not None and after is not None and not (_alike(before, after) and before <= after):
            return False
    return True


def _alike(before: Any, after: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether two values may be compared as they stand: integers, or times in UTC of one length."""
    if type(before) is not type(after):
        return False
    if type(before) is str:
        return len(before) == len(after) and before[-1:] == after[-1:] == "Z"
    return type(before) is int


def _only_when(items: Sequence[Any], left: str, decides: str, values: Sequence[Any]) -> bool:
    return all(item.get(left) is None or item.get(decides) in values for item in items)


def in_century(place: str) -> Keeps:
    """What tells whether the times at a place of the items are plainly in the documented unit."""
    steps = pointer.split(place)
    name = steps[0] if len(steps) == 1 else ""
    return lambda items: bool(name) and all(_in_century(item.get(name)) for item in items)


def _in_century(value: Any) -> bool:  # noqa: ANN401 - JSON
    if type(value) is int:
        return MILLISECONDS_OF_2001 <= value < MILLISECONDS_OF_2100
    return value is None or (type(value) is str and "2002" <= value[:4] <= "2098")
