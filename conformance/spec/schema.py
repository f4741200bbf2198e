"""JSON Schema as a tree of nodes: the one place that reads what a schema says of a value and of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs
from attrs import Factory, field, frozen

from conformance.jsontext import Json, elements_of, members_of
from conformance.pointer import MISSING, TOP, Pointer
from conformance.spec.checker import checker

_NEVER: Mapping[str, Json] = {"not": {}}
"""What the schema `false` says."""
Way = tuple[str | int, ...]
COMPOSED = ("anyOf", "oneOf", "allOf")


def followed(document: Mapping[str, Json], value: Json, place: Pointer = TOP) -> tuple[Json, Pointer]:
    """What stands at the end of the references that begin with a value at a place, and where that is."""
    while isinstance(value, dict) and "$ref" in value:
        place = Pointer(value["$ref"].removeprefix("#"))
        found = place.get(document)
        value = None if found is MISSING else found
    return value, place


@frozen(eq=False)
class Schema:
    """A schema where it stands, references followed; where none stands it says nothing and allows everything."""

    document: Mapping[str, Any] = field(repr=False)
    place: Pointer
    """JSON Pointer into the document."""
    keywords: Mapping[str, Any]
    """What the schema says itself, beside what it is composed of."""
    reference: Pointer = field(default=Factory(lambda self: self.place, takes_self=True))
    """Where it is referred to; its own place where it stands there itself."""
    given: Mapping[str, Any] = field(default=Factory(lambda self: self.keywords, takes_self=True), repr=False)
    """What stands where it is referred to: a reference, and what is said beside it."""

    @classmethod
    def of(cls, document: Mapping[str, Any], value: Json, place: Pointer) -> Schema:
        """The schema that `value`, which stands at a place, is or refers to."""
        found, behind = followed(document, value, place)
        return cls(document, behind, _NEVER if found is False else members_of(found), place, members_of(value))

    @classmethod
    def at(cls, document: Mapping[str, Any], place: Pointer) -> Schema:
        """The schema at a place of the document."""
        found = place.get(document)
        return cls.of(document, None if found is MISSING else found, place)

    @cached_property
    def alternatives(self) -> tuple[Schema, ...]:
        """What the schema is composed of, whether all of it or one of it holds."""
        return tuple(part for keyword in COMPOSED for part in self.composed(keyword))

    def composed(self, keyword: str) -> tuple[Schema, ...]:
        """What the schema is composed of by one keyword, such as `anyOf`."""
        parts = elements_of(self.keywords.get(keyword))
        return tuple(self._below(part, keyword, index) for index, part in enumerate(parts))

    @cached_property
    def branches(self) -> tuple[Schema, ...]:
        """The schema, and everything it is composed of."""
        return (self, *(branch for one in self.alternatives for branch in one.branches))

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The JSON types that the schema names itself; none where it leaves them open."""
        return types_of(self.keywords)

    @cached_property
    def members(self) -> Mapping[str, Schema]:
        """The schemas of members by their names, as the schema says them itself."""
        described = members_of(self.keywords.get("properties"))
        return {name: self._below(part, "properties", name) for name, part in described.items()}

    @cached_property
    def others(self) -> Schema | None:
        """The schema of members that have no name of their own; None where nothing is said of them."""
        others = self.keywords.get("additionalProperties", False)
        return None if others is False else self._below(others, "additionalProperties")

    @cached_property
    def element(self) -> Schema | None:
        """The schema of an array's elements, as the schema says it itself."""
        return self._below(self.keywords["items"], "items") if "items" in self.keywords else None

    @property
    def required(self) -> tuple[str, ...]:
        """The members that must be there, as the schema says itself."""
        return tuple(self.keywords.get("required", ()))

    @property
    def description(self) -> str:
        """What the documentation says of the values; empty where nothing."""
        return str(self.keywords.get("description", ""))

    def find(self, place: str) -> Schema | None:
        """The schema of the part of a value at a place; None where values have no such part."""
        return _part(self, Pointer(place).tokens)

    def part(self, place: str) -> Schema:
        """The schema of the part of a value at a place; one that says nothing where values have no such part."""
        return self.find(place) or Schema(self.document, self.place, {})

    def nearest(self, place: str) -> Schema:
        """The schema that describes the part of a value at a place, or else the nearest part around it."""
        here = self
        for step in Pointer(place).tokens:
            below = here._described(step)
            if below is None:
                break
            here = below
        return here

    @cached_property
    def validator(self) -> jsonschema_rs.Validator:
        """What finds every error of a value: it knows the document's components and checks formats."""
        return checker(self.keywords, self.document.get("components", {}))

    @cached_property
    def described(self) -> Described:
        """What the schema and all that it is composed of say of the members of a value."""
        return Described(self)

    def _described(self, step: str) -> Schema | None:
        own = self.members.get(step) or (self.element if step.isdecimal() else None)
        found = (one._described(step) for one in self.alternatives)  # noqa: SLF001 - its own kind
        return own or next((one for one in found if one is not None), None)

    def _below(self, value: Json, *steps: str | int) -> Schema:
        return Schema.of(self.document, value, self.place.below(*steps))


def _part(schema: Schema, way: tuple[str, ...]) -> Schema | None:
    if not way:
        return schema
    step = way[0]
    own = schema.members.get(step) or schema.others or (schema.element if step.isdecimal() else None)
    found = None if own is None else _part(own, way[1:])
    if found is not None:
        return found
    return next((part for one in schema.alternatives if (part := _part(one, way)) is not None), None)


class Described:
    """What is said of the members and elements of a value by a schema and all that it is composed of."""

    def __init__(self, schema: Schema) -> None:
        others = [one.others for one in schema.branches if one.others is not None]
        self._members = {name: part for one in schema.branches for name, part in one.members.items()}
        self._others = others[0] if others else None
        required = (one.keywords.get("required") for one in schema.branches)
        self._named = {name for names in required if isinstance(names, list) for name in names}
        self._is_closed = not others and any("properties" in one.keywords for one in schema.branches)
        self._elements = [one.element for one in schema.branches if one.element is not None]

    def undocumented(self, value: Json, way: Way = ()) -> Iterator[tuple[Pointer, Json]]:
        """Place and value of every member that no schema names, at any depth; `way` leads to the value."""
        if isinstance(value, dict):
            for name, part in value.items():
                known = self._members.get(name, self._others)
                if known is None and self._is_closed and name not in self._named:
                    yield Pointer.of(*way, name), part
                elif known is not None and isinstance(part, list | dict):
                    yield from known.described.undocumented(part, (*way, name))
        elif isinstance(value, list):
            for index, part in enumerate(value):
                for schema in self._elements if isinstance(part, list | dict) else ():
                    yield from schema.described.undocumented(part, (*way, index))


def types_of(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types that keywords name; none where they leave them open."""
    named = said.get("type", ())
    return (named,) if isinstance(named, str) else tuple(named)


def type_of(value: Json) -> str:
    """The type of a value in JSON Schema: the narrowest."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if isinstance(value, int) or value.is_integer() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
