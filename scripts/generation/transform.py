"""The friendlier document that the generator reads; the spec itself stays true to the documentation."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, TypeAlias

from openapi_python_client.strings import snake_case

from generation.composition import flat, laid_together, nullable_components, or_null, schemas_of, with_one_item
from generation.recursion import without_circles

Schema: TypeAlias = dict[str, Any]
NAMES = "x-enum-varnames"
"""What the generator reads the names of members from."""
_KINDS = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def friendly(data: dict[str, Any]) -> dict[str, Any]:
    """Give a copy of a document with open enums and without defaults and titles."""
    copied = everywhere(data, lambda node: without(node, "default", "title"))
    # A title is required there, and a default here.
    copied |= {key: data[key] for key in ("info", "servers") if key in data}
    copied = everywhere(copied, lambda node: with_elements(of_one_kind(node)))
    copied = everywhere(composed(copied), name_members)
    enums = named_enums(copied)
    opened = everywhere(copied, lambda node: open_enum(node, enums), skip=frozenset(enums))
    return without_circles(everywhere(opened, flat))


def composed(data: Schema) -> Schema:
    """Give a copy in which objects with alternatives are one object, and components are never null themselves."""
    nullable = nullable_components(data)
    copied = everywhere(data, lambda node: or_null(node, nullable))
    if nullable:
        plain = {reference.rpartition("/")[2]: schema for reference, schema in nullable.items()}
        copied["components"]["schemas"] |= everywhere(plain, lambda node: or_null(node, nullable))
    schemas = schemas_of(copied)
    laid: Schema = everywhere(copied, lambda node: laid_together(schemas, node))
    return with_one_item(laid)


def with_elements(node: Schema) -> Schema:
    """Describe the elements of an array of which nothing is said: they may be anything."""
    return node | {"items": {}} if "array" in _types(node) and "items" not in node else node


def of_one_kind(node: Schema) -> Schema:
    """Let listed values of several kinds be whatever has their types: enums are of strings, or of integers."""
    listed = node.get("enum")
    if not isinstance(listed, list):
        return node
    kinds = sorted({_KINDS.get(type(value), "") for value in listed})
    if set(kinds) - {"null"} in ({"string"}, {"integer"}, set()):
        return node
    opened = without(node, "enum", NAMES)
    return opened if "type" in node or "" in kinds else opened | {"type": kinds}


def everywhere(
    node: Schema, change: Callable[[Schema], Schema], *, skip: frozenset[str] = frozenset(), place: str = "#"
) -> Schema:
    """Copy a document, with every mapping changed that is not at one of the places to skip."""
    if place in skip:
        return node
    copied = {key: _within(value, change, skip, f"{place}/{key}") for key, value in node.items()}
    # The keys of `properties` are names of fields: a field may well be called `default` or `enum`.
    return copied if place.endswith("/properties") else change(copied)


def _within(value: object, change: Callable[[Schema], Schema], skip: frozenset[str], place: str) -> object:
    if isinstance(value, list):
        return [_within(each, change, skip, f"{place}/") for each in value]
    return everywhere(value, change, skip=skip, place=place) if isinstance(value, dict) else value


def without(node: Schema, *keys: str) -> Schema:
    """Drop keys: what is sent, and what a class is called, must not depend on them."""
    return {key: value for key, value in node.items() if key not in keys}


def named_enums(data: dict[str, Any]) -> dict[str, Schema]:
    """Find the component schemas that are enums of strings, by reference."""
    schemas = data.get("components", {}).get("schemas", {})
    return {f"#/components/schemas/{name}": schema for name, schema in schemas.items() if _is_string_enum(schema)}


def open_enum(node: Schema, enums: dict[str, Schema]) -> Schema:
    """Let a string with documented values be any other string too: servers add values."""
    if node.get("$ref") in enums:
        described = {"description": enums[node["$ref"]].get("description", "")}
        return described | {"anyOf": [{"$ref": node["$ref"]}, {"type": "string"}]}
    if not _is_string_enum(node):
        return node
    nullable = None in node["enum"] or "null" in _types(node)
    named = {NAMES: node[NAMES]} if NAMES in node else {}
    closed = {"type": "string", "enum": [value for value in node["enum"] if value is not None], **named}
    branches = [closed, {"type": "string"}, *([{"type": "null"}] if nullable else [])]
    return without(node, "type", "enum", NAMES) | {"anyOf": branches}


def name_members(node: Schema) -> Schema:
    """Name the members of an enum whose values differ in case or punctuation alone: the later one gets a number."""
    if not _is_string_enum(node):
        return node
    values = [value for value in node["enum"] if value is not None]
    plain = [snake_case(value).upper() if value[:1].isalpha() else f"VALUE_{at}" for at, value in enumerate(values)]
    if len(set(plain)) == len(plain):
        return node
    names: list[str] = []
    for name in plain:
        numbered = (f"{name}_{number}" for number in count(2))
        names.append(name if name not in names else next(one for one in numbered if one not in names))
    return node | {NAMES: names}


def _is_string_enum(node: object) -> bool:
    if not isinstance(node, dict) or not isinstance(node.get("enum"), list):
        return False
    told = [value for value in node["enum"] if value is not None]
    return bool(told) and all(isinstance(value, str) for value in told)


def _types(node: Schema) -> list[str]:
    declared = node.get("type", [])
    return declared if isinstance(declared, list) else [declared]
