"""What a single schema says itself, without what it is composed of; what makes no sense says nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sized
from functools import lru_cache
from typing import Any

import jsonschema_rs
from attrs import evolve

from conformance.published.document import Node
from conformance.published.shape import LOWER, NOTHING, UPPER, Shape
from conformance.spec.checker import checker

KINDS = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_JSON = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
_LENGTHS = frozenset({"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"})
_BOUNDED: Mapping[str, frozenset[str]] = {
    "minimum": frozenset({"integer", "number"}),
    "maximum": frozenset({"integer", "number"}),
    "exclusiveMinimum": frozenset({"integer", "number"}),
    "exclusiveMaximum": frozenset({"integer", "number"}),
    "multipleOf": frozenset({"integer", "number"}),
    "minLength": frozenset({"string"}),
    "maxLength": frozenset({"string"}),
    "pattern": frozenset({"string"}),
    "minItems": frozenset({"array"}),
    "maxItems": frozenset({"array"}),
    "uniqueItems": frozenset({"array"}),
    "minProperties": frozenset({"object"}),
    "maxProperties": frozenset({"object"}),
}
"""Each bound to the types that it bounds; of other types it says nothing."""


def own(node: Node) -> Shape:
    """What a schema says itself."""
    schema = node.value
    types = _types(schema.get("type"))
    enum = _values(schema, types)
    if types == NOTHING or (enum and not any(value is not None for value in enum)):
        return Shape(place=node.place, types=NOTHING, nullable=True)
    nullable = "null" in types or schema.get("nullable") is True or (enum is not None and None in enum and not types)
    fields = _fields(node)
    required = schema["required"] if isinstance(schema.get("required"), list) else ()
    hidden = _members(node).keys() - fields.keys()
    kinds = frozenset(types - NOTHING) or _implied(schema, enum)
    shape = Shape(
        place=node.place,
        types=kinds,
        nullable=nullable,
        enum=None if enum is None else tuple(value for value in enum if value is not None),
        format=schema["format"] if isinstance(schema.get("format"), str) else "",
        required=frozenset(name for name in required if isinstance(name, str)) - hidden,
        fields=fields,
        items=_part(node, "items"),
        values=_others(node),
        only_fields=schema.get("additionalProperties") is False and bool(fields),
        bounds=_bounds(schema, kinds),
        deprecated=schema.get("deprecated") is True,
        description=schema["description"] if isinstance(schema.get("description"), str) else "",
    )
    default = schema.get("default")
    return evolve(shape, default=default) if fits(default, shape) else shape


def _types(named: object) -> frozenset[str]:
    listed = named if isinstance(named, list) else [named]
    return KINDS & {one for one in listed if isinstance(one, str)}


def _values(schema: Mapping[str, Any], types: frozenset[str]) -> tuple[Any, ...] | None:
    """The values that are listed, as the types have them: a text that a document lists as 1 is "1"."""
    listed = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(listed, list):
        return None
    typed = [_typed(value, types - NOTHING) for value in listed]
    found: dict[str, Any] = {json.dumps(value, sort_keys=True): value for value in typed}
    return tuple(found.values()) or None


def _typed(value: object, types: frozenset[str]) -> object:
    if value is None or not types or types & {"array", "object"}:
        return value
    if types == {"string"} and not isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, str) and "string" not in types:
        return _number(value)
    return value


def _number(text: str) -> object:
    try:
        found: object = json.loads(text)
    except ValueError:
        return text
    return found


def _implied(schema: Mapping[str, Any], enum: tuple[Any, ...] | None) -> frozenset[str]:
    if enum:
        return frozenset(_JSON[type(value)] for value in enum if type(value) in _JSON)
    if isinstance(schema.get("properties"), Mapping) or isinstance(schema.get("additionalProperties"), Mapping):
        return frozenset({"object"})
    return frozenset({"array"}) if "items" in schema else frozenset()


def _members(node: Node) -> Mapping[str, Any]:
    described = node.value.get("properties")
    return described if isinstance(described, Mapping) else {}


def _fields(node: Node) -> dict[str, Node]:
    """The described members of an answer: without those that are ruled out or only written."""
    return {
        name: Node(one, node.place.below("properties", name))
        for name, one in _members(node).items()
        if one is not False and not is_written(one)
    }


def _part(node: Node, keyword: str) -> Node | None:
    found = node.part(keyword)
    return found if found is not None and isinstance(found.value, Mapping | bool) else None


def _others(node: Node) -> Node | None:
    found = _part(node, "additionalProperties")
    if found is None or found.value is False:
        return None
    return Node(True, found.place) if found.value == {} else found  # noqa: FBT003 - JSON


def _bounds(schema: Mapping[str, Any], types: frozenset[str]) -> dict[str, Any]:
    """The bounds as OpenAPI 3.1 writes them: in 3.0 an exclusive one is a flag; whole numbers need none that is."""
    found = {key: _bound(key, schema[key]) for key in _BOUNDED if key in schema}
    found = {key: value for key, value in found.items() if value is not None}
    for flag, bound, step in (("exclusiveMinimum", "minimum", 1), ("exclusiveMaximum", "maximum", -1)):
        if isinstance(found.get(flag), bool):
            exclusive = found.pop(flag)
            found |= {flag: found.pop(bound)} if exclusive and bound in found else {}
        exclusive = found.get(flag)
        if types == {"integer"} and isinstance(exclusive, int) and bound not in found:
            del found[flag]
            found[bound] = exclusive + step
    return {key: value for key, value in found.items() if not types or types & _BOUNDED[key]}


def _bound(key: str, value: object) -> object:
    """A bound that can be kept; None for one that is none."""
    if key == "pattern":
        return value if isinstance(value, str) and _is_pattern(value) else None
    if isinstance(value, bool):
        return value if key.startswith("exclusive") or (key == "uniqueItems" and value) else None
    number = _number(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        return None
    if key in _LENGTHS:
        return int(number) if number >= 0 and number == int(number) else None
    return None if key == "uniqueItems" or (key == "multipleOf" and number <= 0) else number


@lru_cache(maxsize=1024)
def _is_pattern(text: str) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": text})
    except (ValueError, jsonschema_rs.ValidationError):
        return False
    return True


def fits(value: object, shape: Shape) -> bool:
    """Whether a value is one of a shape, as far as its types, its listed values and its bounds tell."""
    if value is None:
        return shape.nullable
    kind = _JSON.get(type(value), "")
    if shape.types and kind not in shape.types and not (kind == "integer" and "number" in shape.types):
        return False
    if shape.enum is not None and value not in shape.enum:
        return False
    if isinstance(value, str) and shape.format and not _has_format(value, shape.format):
        return False
    return all(_within(key, bound, value) for key, bound in shape.bounds.items() if kind in _BOUNDED[key])


@lru_cache(maxsize=256)
def _has_format(text: str, name: str) -> bool:
    return checker({"format": name}).is_valid(text)


def _within(key: str, bound: float, value: object) -> bool:
    if key not in LOWER and key not in UPPER:
        return checker({key: bound}).is_valid(value)
    size = len(value) if isinstance(value, Sized) else value
    if not isinstance(size, int | float):
        return True
    if key in LOWER:
        return bool(size > bound if key.startswith("exclusive") else size >= bound)
    return bool(size < bound if key.startswith("exclusive") else size <= bound)


def is_reference(value: object) -> bool:
    """Whether a schema refers to another."""
    return isinstance(value, Mapping) and isinstance(value.get("$ref"), str)


def is_written(value: object) -> bool:
    """Whether a schema says that a field is only written, and never in an answer."""
    return isinstance(value, Mapping) and value.get("writeOnly") is True


def elements(node: Node, keyword: str) -> Iterable[Node]:
    """The schemas that a schema is composed of under a keyword."""
    listed = node.value.get(keyword)
    parts = listed if isinstance(listed, list) else ()
    return (Node(part, node.place.below(keyword, index)) for index, part in enumerate(parts))
