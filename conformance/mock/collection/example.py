"""The smallest value that a schema allows, for what a fixture leaves out."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.mock.collection.values import Json
from conformance.spec.contract import Contract


def example(contract: Contract, schema: Mapping[str, Json]) -> Json:
    """A value of `schema`: its own example where it has one, else its required parts."""
    schema = contract.resolve(schema)
    for keyword in ("const", "default", "example"):
        if keyword in schema:
            return schema[keyword]
    for keyword in ("enum", "examples"):
        if schema.get(keyword):
            return schema[keyword][0]
    for keyword in ("anyOf", "oneOf"):
        if schema.get(keyword):
            return example(contract, schema[keyword][0])
    return _of_type(contract, schema)


def _of_type(contract: Contract, schema: Mapping[str, Json]) -> Json:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return _object(contract, schema)
    if kind == "array":
        return []
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 0), 0)
    if schema.get("format") == "date-time":
        return "2026-05-06T12:00:00Z"
    return {"boolean": False, "string": "x" * schema.get("minLength", 0)}.get(kind)


def _object(contract: Contract, schema: Mapping[str, Json]) -> dict[str, Json]:
    parts = [contract.resolve(part) for part in (*schema.get("allOf", ()), schema)]
    return {
        name: example(contract, part.get("properties", {}).get(name, {}))
        for part in parts
        for name in part.get("required", ())
    }
