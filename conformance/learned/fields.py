"""The places of an item that the documentation describes, and what it says of the values there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from conformance.jsontext import Json
from conformance.pointer import TOP, Found, Pointer
from conformance.spec.contract import Contract
from conformance.spec.moments import counts_milliseconds
from conformance.spec.schema import Schema

DEEPEST = 4


@frozen(kw_only=True)
class Place:
    """One documented place of an item."""

    pointer: Pointer
    kinds: frozenset[str]
    """The documented JSON types; empty where the documentation leaves them open."""
    values: tuple[Any, ...]
    """The documented vocabulary; empty where there is none."""
    is_time: bool
    optional: bool
    """Whether an item may lack it, or have null there."""

    def read(self, item: Json) -> Found:
        """The value of an item at this place, or `MISSING`."""
        return self.pointer.get(item)


def places(contract: Contract) -> tuple[Place, ...]:
    """Every documented place; what the user may fill with names of their own (open objects) is one place."""
    return tuple(_below(contract.item, TOP, optional=False))


def kind_of(value: Found) -> str:
    """The JSON type of a value, whole numbers apart."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", type(None): "null"}
    return names.get(type(value), "object")


def _below(schema: Schema, around: Pointer, *, optional: bool) -> Iterator[Place]:
    required = {name for branch in schema.branches for name in branch.required}
    found = {name: part for branch in schema.branches for name, part in branch.members.items()}
    for name, part in found.items() if len(around.tokens) < DEEPEST else ():
        place = _place(part, around.below(name), optional=optional or name not in required)
        yield place
        yield from _below(part, place.pointer, optional=place.optional)


def _place(schema: Schema, pointer: Pointer, *, optional: bool) -> Place:
    values = tuple(value for branch in schema.branches for value in branch.keywords.get("enum", ()))
    kinds = {kind for branch in schema.branches for kind in branch.types} | {kind_of(value) for value in values}
    return Place(
        pointer=pointer,
        kinds=frozenset(kinds | ({"integer"} if "number" in kinds else set())),
        values=values,
        is_time=any(_is_time(branch.keywords) for branch in schema.branches),
        optional=optional or "null" in kinds,
    )


def _is_time(said: Mapping[str, Any]) -> bool:
    numbered = counts_milliseconds(said)
    return said.get("format") == "date-time" or numbered or r"T\d{2}:\d{2}" in said.get("pattern", "")
