"""Faults within items: what each field says is well formed, and together they cannot be true."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conformance.mock.collection import moments
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault
from conformance.mock.faults.tools import Change, each_item, one_item, properties
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.moments import counts_milliseconds
from conformance.spec.promises import Bond, Invariant

CHECK = "invariants-hold"
_HOUR = 3_600_000


def _first(bond: Bond, *, last: bool = False) -> Callable[[Contract], Invariant | None]:
    def find(contract: Contract) -> Invariant | None:
        found = [known for known in contract.invariants if known.relation is bond]
        return found[-1 if last else 0] if found else None

    return find


def _says(find: Callable[[Contract], Invariant | None]) -> Callable[[Contract, Mapping[str, Json]], bool]:
    """Whether the promise says anything of an item."""

    def where(contract: Contract, item: Mapping[str, Json]) -> bool:
        known = find(contract)
        places = (known.left, *known.right) if known is not None else ()
        return all(place.get(item) not in (None, MISSING) for place in places)

    return where


def _right_too_early(find: Callable[[Contract], Invariant | None]) -> Change:
    def change(contract: Contract, item: dict[str, Json]) -> None:
        known = find(contract)
        if known is not None and _says(find)(contract, item):
            left: Json = known.left.get(item)
            known.right[0].put(item, moments.shift(left, -_HOUR) if moments.is_time(left) else left - 1)

    return change


def _a_thousandth(find: Callable[[Contract], Invariant | None]) -> Change:
    def change(contract: Contract, item: dict[str, Json]) -> None:
        known = find(contract)
        if known is not None and _says(find)(contract, item):
            left: Json = known.left.get(item)
            known.left.put(item, left // 1000)

    return change


def _present(find: Callable[[Contract], Invariant | None]) -> Change:
    """The value that another item has stands where none may be: a time after all others, a number, an object."""

    def change(contract: Contract, item: dict[str, Json]) -> None:
        known = find(contract)
        if known is None or known.field.get(item) in known.values:
            return
        times = [value for value in item.values() if moments.is_time(value)]
        schema = contract.resolve(properties(contract).get(known.left.removeprefix("/"), {}))
        made: Json = dict.fromkeys(schema.get("required", ()), 1)
        if schema.get("type") != "object":
            is_time = {"format", "pattern"} & set(schema) or counts_milliseconds(schema)
            made = max(times) if is_time and times else 1
        known.left.put(item, made)

    return change


def _unlawful(find: Callable[[Contract], Invariant | None]) -> Callable[[Contract, Mapping[str, Json]], bool]:
    def where(contract: Contract, item: Mapping[str, Json]) -> bool:
        known = find(contract)
        return known is not None and known.field.get(item) not in known.values

    return where


def _another_name(find: Callable[[Contract], Invariant | None]) -> Change:
    def change(contract: Contract, item: dict[str, Json]) -> None:
        known = find(contract)
        if known is not None and _says(find)(contract, item):
            known.left.put(item, f"{known.left.get(item)}-other")

    return change


def _fault(
    name: str,
    says: str,
    find: Callable[[Contract], Invariant | None],
    change: Change,
    *,
    once: bool = False,
) -> Fault:
    where = _unlawful(find) if change.__qualname__.startswith("_present") else _says(find)
    spoil = one_item(change, where=where) if once else each_item(change)
    return Fault(name=name, says=says, check=CHECK, applies=lambda contract: find(contract) is not None, spoil=spoil)


_BEFORE = _first(Bond.AT_MOST)
_LAST_BEFORE = _first(Bond.AT_MOST, last=True)
_DIFFERENCE = _first(Bond.DIFFERENCE_OF)
_EQUAL = _first(Bond.EQUALS)
_ONLY_WHEN = _first(Bond.PRESENT_ONLY_WHEN, last=True)
_ENDED = _first(Bond.PRESENT_ONLY_WHEN)

FAULTS = (
    _fault(
        "times-out-of-order",
        "Of two times that follow one another the second is an hour earlier.",
        _BEFORE,
        _right_too_early(_BEFORE),
    ),
    _fault(
        "times-out-of-order-once",
        "Of two times the second is earlier, in one item deep in the list.",
        _BEFORE,
        _right_too_early(_BEFORE),
        once=True,
    ),
    _fault(
        "other-times-out-of-order",
        "Of two other times the second is an hour earlier.",
        _LAST_BEFORE,
        _right_too_early(_LAST_BEFORE),
    ),
    _fault(
        "duration-in-other-unit",
        "A duration is a thousandth of what its ends say.",
        _DIFFERENCE,
        _a_thousandth(_DIFFERENCE),
    ),
    _fault(
        "names-disagree",
        "Two fields that are the same by documentation differ.",
        _EQUAL,
        _another_name(_EQUAL),
    ),
    _fault(
        "present-too-early", "A field stands in items whose state cannot have it.", _ONLY_WHEN, _present(_ONLY_WHEN)
    ),
    _fault(
        "present-too-early-once",
        "A field stands in one item whose state cannot have it.",
        _ONLY_WHEN,
        _present(_ONLY_WHEN),
        once=True,
    ),
    _fault(
        "ended-while-running",
        "An end stands in items that have not ended.",
        _ENDED,
        _present(_ENDED),
    ),
)
