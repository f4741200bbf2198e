"""What a contract reads out of items: keys of the order, whether a filter is satisfied, moments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from conformance import pointer
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.moments import read_moment
from conformance.spec.promises import Filter, Order, Relation

BOUNDS = frozenset({Relation.AT_LEAST, Relation.AT_MOST, Relation.AFTER, Relation.BEFORE})


def comparable(value: Any) -> Any:  # noqa: ANN401 - JSON
    """A value as it is ordered: times as moments, everything else as it is."""
    if isinstance(value, str):
        return read_moment(value) or value
    return value


def key(order: Order, item: Any) -> tuple[Any, ...]:  # noqa: ANN401 - JSON
    """What an item is sorted by."""
    return tuple(comparable(pointer.get(item, place)) for place in order.by)


def identities(contract: Contract, items: Iterable[Any]) -> list[str]:
    """What names each item, as text."""
    return [json.dumps(contract.identity_of(item), default=str) for item in items]


def named(contract: Contract, items: Iterable[Any]) -> list[tuple[Any, str]]:
    """Items, each with what names it."""
    items = list(items)
    return list(zip(items, identities(contract, items), strict=True))


def satisfies(promise: Filter, item: Any, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether an item is what the filter with this value asks for."""
    return suits(promise, pointer.get(item, promise.field), value)


def suits(promise: Filter, held: Any, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether what an item holds in the filter's field is what the filter with this value asks for."""
    match promise.relation:
        case Relation.EQUALS:
            return bool(held == value)
        case Relation.IN:
            return held in value
        case Relation.CONTAINS:
            return isinstance(held, Mapping) and all(held.get(name, MISSING) == one for name, one in value.items())
        case Relation.NULL_UNLESS_TRUE:
            return value is True or held is None or held is MISSING
        case _:
            return held is not None and held is not MISSING and _within(promise.relation, held, value)


def contradicts(promise: Filter, item: Any, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether what an item shows is not what the filter asks for; a field that is absent shows nothing."""
    held = pointer.get(item, promise.field)
    if held is MISSING and promise.relation is not Relation.CONTAINS:
        return False
    return not suits(promise, held, value)


def _within(relation: Relation, held: Any, value: Any) -> bool:  # noqa: ANN401 - JSON
    left, right = comparable(held), comparable(value)
    compared = {
        Relation.AT_LEAST: left >= right,
        Relation.AT_MOST: left <= right,
        Relation.AFTER: left > right,
        Relation.BEFORE: left < right,
    }
    return bool(compared[relation])


def written(promise: Filter, value: Any) -> Any:  # noqa: ANN401 - JSON
    """The filter's value as its parameter takes it."""
    if promise.relation is not Relation.CONTAINS:
        return value
    if promise.encoding == "json":
        return json.dumps(value)
    if promise.encoding == "form":
        return "&".join(f"{name}={one}" for name, one in value.items())
    ((name, one),) = value.items()
    return promise.encoding.replace("{key}", name).replace("{value}", one)
