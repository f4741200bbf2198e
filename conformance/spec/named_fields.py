"""The fields of items that a spec names, each with the place that names it."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.jsontext import Json, members_of
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.order import Order
from conformance.spec.projection import Projection
from conformance.spec.promises import Bond, Filter


def named_fields(contract: Contract) -> Iterator[tuple[str, str]]:
    """Place in the spec, and the field that it names."""
    yield f"{contract.pointer}/x-conformance/identity", contract.identity
    if contract.order is not None:
        yield from _sorting_fields(contract.order)
    for known in contract.filters:
        yield from _filtered_fields(known, contract.document)
    yield from _always_there(contract.projection)
    for promise in (*contract.edges, contract.paging, contract.finished):
        if promise is not None and promise.field:
            yield f"{promise.pointer}/field", promise.field
    for invariant in contract.invariants:
        yield f"{invariant.pointer}/left", invariant.left
        for field in invariant.right:
            yield f"{invariant.pointer}/right", field
        if invariant.relation is Bond.PRESENT_ONLY_WHEN:
            yield f"{invariant.pointer}/field", invariant.field
    for counter in (one for one in contract.counters if one.where):
        yield f"{counter.pointer}/where/field", counter.where["field"]
    yield from _summed_up(contract)


def _filtered_fields(promise: Filter, document: Json) -> Iterator[tuple[str, str]]:
    """Each field that a filter names; of those of any field none."""
    place = promise.pointer.below("field")
    listed = isinstance(place.get(document), list)
    for index, field in enumerate(() if promise.anywhere else promise.fields):
        yield place.below(index) if listed else place, field


def _always_there(projection: Projection | None) -> Iterator[tuple[str, str]]:
    if projection is not None:
        for index, name in enumerate(projection.always):
            yield projection.pointer.below("always", index), Pointer.of(name)


def _summed_up(contract: Contract) -> Iterator[tuple[str, str]]:
    place = contract.pointer.below("x-conformance", "summary")
    for name, field in members_of(place.get(contract.document)).items():
        yield place.below(name), str(field)


def _sorting_fields(order: Order) -> Iterator[tuple[str, str]]:
    ways = {order.pointer.below("by"): order.by}
    ways |= {order.pointer.below("fields", "by", word): fields for word, fields in order.choices.items()}
    for place, fields in ways.items():
        yield from ((place.below(index), field) for index, field in enumerate(fields))
