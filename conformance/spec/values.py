"""What a contract reads out of items: keys of the order, whether a filter is satisfied, moments."""

from __future__ import annotations

import json
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeGuard, TypeVar

from conformance.jsontext import Json, elements_of, members_of
from conformance.pointer import MISSING, Found
from conformance.spec.contract import Contract
from conformance.spec.moments import read_moment
from conformance.spec.order import Order
from conformance.spec.promises import Filter, Relation

_T = TypeVar("_T")

_AS_TEXT = json.JSONEncoder(default=str).encode
_ASCII = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
BOUNDS = frozenset({Relation.AT_LEAST, Relation.AT_MOST, Relation.AFTER, Relation.BEFORE})


def comparable(value: Found) -> Any:  # noqa: ANN401 - what Python compares, or refuses to
    """A value as it is ordered: times as moments, everything else as it is."""
    if isinstance(value, str):
        return read_moment(value) or value
    return value


def key(order: Order, item: Json) -> tuple[Any, ...]:
    """What an item is sorted by."""
    return tuple(comparable(place.get(item)) for place in order.by)


def identities(contract: Contract, items: Iterable[Json]) -> list[str]:
    """What names each item, as text."""
    return [_AS_TEXT(contract.identity_of(item)) for item in items]


def named(contract: Contract, items: Iterable[Json]) -> list[tuple[Json, str]]:
    """Items, each with what names it."""
    items = list(items)
    return list(zip(items, identities(contract, items), strict=True))


def satisfies(promise: Filter, item: Json, value: Found) -> bool:
    """Whether an item is what the filter with this value asks for."""
    return any(suits(promise, place.get(item), value) for place in promise.fields)


def held_in(promise: Filter, item: Json) -> list[Found]:
    """What an item holds where a filter may look."""
    held = [place.get(item) for place in promise.fields]
    return [*held, *_texts(item)] if promise.anywhere else held


def _texts(value: Json) -> Iterator[str]:
    """Every text of a value, and every number as one."""
    for part in (*members_of(value).values(), *elements_of(value)):
        yield from _texts(part)
    if isinstance(value, str | int | float):
        yield str(value)


def suits(promise: Filter, held: Found, value: Found, *, perhaps: bool = False) -> bool:
    """Whether what an item holds in the filter's field is what the filter with this value asks for.

    Where case is ignored, letters beyond A to Z may be in it or not: `perhaps` takes either.
    """
    if promise.any is not None and value in (promise.any, [promise.any]):
        return True
    if promise.case == "ignored":
        lower = lowered if perhaps is not (promise.relation is Relation.NOT) else _lowered_in_ascii
        held, value = lower(held), lower(value)
    return _suits(promise, held, value)


def lowered(value: Found) -> Found:
    """A text, or each of several, in which no case is told from another."""
    if isinstance(value, list):
        return [one.casefold() if isinstance(one, str) else one for one in value]
    return value.casefold() if isinstance(value, str) else value


def _lowered_in_ascii(value: Found) -> Found:
    if isinstance(value, list):
        return [one.translate(_ASCII) if isinstance(one, str) else one for one in value]
    return value.translate(_ASCII) if isinstance(value, str) else value


def _suits(promise: Filter, held: Found, value: Found) -> bool:
    match promise.relation:
        case Relation.EQUALS:
            return bool(held == value)
        case Relation.IN:
            return held in elements_of(value)
        case Relation.STARTS_WITH | Relation.HAS_TEXT:
            found = held.find(str(value)) if isinstance(held, str) else -1
            return found == 0 or (found > 0 and promise.relation is Relation.HAS_TEXT)
        case Relation.CONTAINS:
            pairs = pairs_in(promise, held)
            return pairs is not None and all(pair in pairs for pair in members_of(value).items())
        case Relation.NULL_UNLESS_TRUE | Relation.PRESENT:
            return _suits_presence(promise, held, value)
        case _:
            return is_there(held) and _compares(promise.relation, held, value)


def pairs_in(promise: Filter, held: Found) -> list[tuple[str, Json]] | None:
    """Name and value of each pair that a `contains` filter finds in a field; None where that is nothing of the kind."""
    if promise.entries is None:
        return list(held.items()) if isinstance(held, dict) else None
    name, value = promise.entries
    found = [(name.get(one), value.get(one)) for one in elements_of(held)]
    told = [(key, one) for key, one in found if isinstance(key, str) and one is not MISSING]
    return told if isinstance(held, list) else None


def _suits_presence(promise: Filter, held: Found, value: Found) -> bool:
    if promise.relation is Relation.NULL_UNLESS_TRUE:
        return value is True or not is_there(held)
    return bool(value != promise.words.get("absent" if is_there(held) else "present"))


def is_there(held: Found) -> TypeGuard[Json]:
    """Whether an item has something in a field: null is nothing."""
    return held is not None and held is not MISSING


def contradicts(promise: Filter, item: Json, value: Found) -> bool:
    """Whether what an item shows is not what the filter asks for; a field that is absent shows nothing."""
    if promise.is_search:
        shown = [one for one in held_in(promise, item) if one is not MISSING]
        return bool(shown) and not any(suits(promise, one, value, perhaps=True) for one in shown)
    held = promise.field.get(item)
    if held is MISSING and promise.relation not in {Relation.CONTAINS, Relation.PRESENT}:
        return False
    if held is None and promise.relation is Relation.NOT:
        return False
    return not suits(promise, held, value, perhaps=True)


def _compares(relation: Relation, held: Found, value: Found) -> bool:
    if relation is Relation.NOT:
        return held not in elements_of(value) if isinstance(value, list) else bool(held != value)
    left, right = comparable(held), comparable(value)
    if kind_of(left) is not kind_of(right):
        return False
    compared = {
        Relation.AT_LEAST: left >= right,
        Relation.AT_MOST: left <= right,
        Relation.AFTER: left > right,
        Relation.BEFORE: left < right,
    }
    return bool(compared[relation])


def in_order(values: Iterable[_T], value: Callable[[_T], Found]) -> list[_T]:
    """What can be sorted by a value, sorted: a value of another kind than most has no place among them."""
    rows = [(comparable(value(one)), one) for one in values]
    kinds = Counter(kind_of(left) for left, _ in rows)
    most = kinds.most_common(1)[0][0] if kinds else None
    return [one for left, one in sorted((row for row in rows if kind_of(row[0]) is most), key=lambda row: row[0])]


def kind_of(value: object) -> type:
    """What a value can be compared with: numbers with each other, all else with its like."""
    if isinstance(value, int | float):
        return float
    return datetime if isinstance(value, datetime) else type(value)
