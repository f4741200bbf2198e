"""The places of an item that the documentation describes, and what it says of the values there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from conformance import pointer
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.schema import branches_of

DEEPEST = 4
MILLISECONDS_OF_2001 = 10**12


@frozen(kw_only=True)
class Place:
    """One documented place of an item."""

    pointer: str
    steps: tuple[str, ...]
    kinds: frozenset[str]
    """The documented JSON types; empty where the documentation leaves them open."""
    values: tuple[Any, ...]
    """The documented vocabulary; empty where there is none."""
    is_time: bool
    optional: bool
    """Whether an item may lack it, or have null there."""

    def read(self, item: Any) -> Any:  # noqa: ANN401 - JSON
        """The value of an item at this place, or `MISSING`."""
        for step in self.steps:
            if not isinstance(item, Mapping):
                return MISSING
            item = item.get(step, MISSING)
        return item


def places(contract: Contract) -> tuple[Place, ...]:
    """Every documented place; what the user may fill with names of their own (open objects) is one place."""
    return tuple(_below(contract, contract.item_schema, (), optional=False))


def kind_of(value: Any) -> str:  # noqa: ANN401 - JSON
    """The JSON type of a value, whole numbers apart."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", type(None): "null"}
    return names.get(type(value), "object")


def _below(contract: Contract, schema: Mapping[str, Any], steps: tuple[str, ...], *, optional: bool) -> Iterator[Place]:
    branches = list(branches_of(contract, schema))
    required = {name for branch in branches for name in branch.get("required", ())}
    found = {name: part for branch in branches for name, part in branch.get("properties", {}).items()}
    for name, part in found.items() if len(steps) < DEEPEST else ():
        place = _place(contract, part, (*steps, name), optional=optional or name not in required)
        yield place
        yield from _below(contract, part, place.steps, optional=place.optional)


def _place(contract: Contract, schema: Mapping[str, Any], steps: tuple[str, ...], *, optional: bool) -> Place:
    branches = list(branches_of(contract, schema))
    values = tuple(value for branch in branches for value in branch.get("enum", ()))
    kinds = {kind for branch in branches for kind in _kinds(branch)} | {kind_of(value) for value in values}
    return Place(
        pointer=pointer.join("", *steps),
        steps=steps,
        kinds=frozenset(kinds | ({"integer"} if "number" in kinds else set())),
        values=values,
        is_time=any(_is_time(branch) for branch in branches),
        optional=optional or "null" in kinds,
    )


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def _is_time(schema: Mapping[str, Any]) -> bool:
    numbered = schema.get("minimum", 0) >= MILLISECONDS_OF_2001
    return schema.get("format") == "date-time" or numbered or r"T\d{2}:\d{2}" in schema.get("pattern", "")
