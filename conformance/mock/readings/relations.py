"""Readings of what holds within an item, where no page says it."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mock.collection import moments
from conformance.mock.collection.values import Json
from conformance.mock.faults.tools import Change, each_item, properties
from conformance.mock.readings.reading import Reading, is_open, relied_on
from conformance.spec.contract import Contract
from conformance.spec.moments import counts_milliseconds
from conformance.spec.promises import Bond, Invariant

SLIGHTLY = 1000
"""Milliseconds by which a time is before another that it should follow: a clock, a rounding, a pool of warm ones."""


def _open(contract: Contract, bond: Bond) -> list[Invariant]:
    return [known for known in contract.invariants if known.relation is bond and is_open(contract, known.pointer)]


def _crossed(contract: Contract, item: dict[str, Json]) -> None:
    """Each time that should follow another is slightly before it; what the order or a filter needs stays."""
    for known in _open(contract, Bond.AT_MOST):
        left: Json = known.left.get(item)
        right: Json = known.right[0].get(item)
        if known.right[0].tokens[0] not in relied_on(contract) and moments.is_time(left) and right:
            known.right[0].put(item, moments.shift(left, -SLIGHTLY))


def _shorter(contract: Contract, item: dict[str, Json]) -> None:
    """A duration that leaves out what its ends hold, such as the start-up."""
    for known in _open(contract, Bond.DIFFERENCE_OF):
        held = known.left.get(item)
        if isinstance(held, int):
            known.left.put(item, held // 2)


def _renamed(contract: Contract, item: dict[str, Json]) -> None:
    for known in _open(contract, Bond.EQUALS):
        known.left.put(item, "A name for people")


def _foretold(contract: Contract, item: dict[str, Json]) -> None:
    """What should be there in some states is there in others, too."""
    for known in _open(contract, Bond.PRESENT_ONLY_WHEN):
        name = known.left.tokens[0]
        times = [value for value in item.values() if moments.is_time(value)]
        schema = properties(contract).get(name, {})
        is_time = "format" in schema or "pattern" in schema or counts_milliseconds(schema)
        if item.get(name) is None and is_time and times:
            known.left.put(item, max(times))


def _reading(name: str, says: str, bond: Bond, change: Change) -> Reading:
    return Reading(name=name, says=says, applies=_is_free(bond), spoil=each_item(change))


def _is_free(bond: Bond) -> Callable[[Contract], bool]:
    """Whether such a promise is open, and about something that may change without touching order and filters."""

    def applies(contract: Contract) -> bool:
        sides = [known.right[0] if bond is Bond.AT_MOST else known.left for known in _open(contract, bond)]
        return any(place.tokens[0] not in relied_on(contract) for place in sides)

    return applies


READINGS = (
    _reading("times-crossed", "A time that seems to follow another is a second before it.", Bond.AT_MOST, _crossed),
    _reading("durations-without-start-up", "A duration is less than its ends say.", Bond.DIFFERENCE_OF, _shorter),
    _reading("names-for-people", "A name is not what identifies the thing.", Bond.EQUALS, _renamed),
    _reading("ends-foretold", "What belongs to an end is there before it.", Bond.PRESENT_ONLY_WHEN, _foretold),
)
