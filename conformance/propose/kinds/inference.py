"""A schema for values that no schema describes; it never holds a value, only names of fields and kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from genson import SchemaBuilder

_FIELD = re.compile(r"[A-Za-z_$][A-Za-z_$-]*\d{0,2}[A-Za-z_$-]*")
_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}(?P<middle>[T ])\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)


def inferred(values: Iterable[Any]) -> dict[str, Any]:
    """The schema that all values have: types, fields, required names, times; null makes it nullable."""
    values = list(values)
    builder = SchemaBuilder(schema_uri=None)
    for value in values:
        builder.add_object(value)
    return _tidy(builder.to_schema(), values)


def _tidy(schema: dict[str, Any], values: list[Any]) -> dict[str, Any]:
    if "anyOf" in schema:
        return {"anyOf": [_tidy(branch, _of_branch(branch, values)) for branch in schema["anyOf"]]}
    if schema.get("type") == "object":
        return _object(schema, values)
    if "items" in schema:
        parts = [part for value in values if isinstance(value, list) for part in value]
        return schema | {"items": _tidy(schema["items"], parts)}
    texts = [value for value in values if isinstance(value, str)]
    if texts and "string" in schema.get("type", "") and all(_is_zoned(text) for text in texts):
        return schema | {"format": "date-time"}
    return {"type": "array", "items": {}} if schema.get("type") == "array" else schema


def _of_branch(branch: dict[str, Any], values: list[Any]) -> list[Any]:
    kind = {"object": dict, "array": list}.get(str(branch.get("type")))
    return [value for value in values if (isinstance(value, kind) if kind else not isinstance(value, dict | list))]


def _object(schema: dict[str, Any], values: list[Any]) -> dict[str, Any]:
    """An object with fields; one whose names look like data, or differ from value to value, is free-form."""
    fields, required = schema.get("properties", {}), schema.get("required", [])
    if len(required) * 2 < len(fields) or not all(_FIELD.fullmatch(name) for name in fields):
        return {"type": "object", "additionalProperties": True}
    rows = [value for value in values if isinstance(value, dict)]
    described = {name: _tidy(part, [row[name] for row in rows if name in row]) for name, part in fields.items()}
    return {
        "type": "object",
        **({"required": list(required)} if required else {}),
        **({"properties": described} if described else {"additionalProperties": True}),
    }


def _is_zoned(text: str) -> bool:
    found = _TIME.fullmatch(text)
    return found is not None and found["middle"] == "T" and bool(found["zone"])


def time_pattern(texts: Iterable[str]) -> str:
    """The pattern of times written like all of these; empty where one of them is no time."""
    found = [_TIME.fullmatch(text) for text in texts]
    middles = {match["middle"] for match in found if match}
    zoned = {bool(match["zone"]) for match in found if match}
    if not found or None in found:
        return ""
    middle = "[T ]" if len(middles) > 1 else middles.pop()
    zone = ("(Z|[+-]\\d{2}:?\\d{2})" if True in zoned else "") + ("?" if len(zoned) > 1 else "")
    return f"^\\d{{4}}-\\d{{2}}-\\d{{2}}{middle}\\d{{2}}:\\d{{2}}(:\\d{{2}}(\\.\\d{{1,9}})?)?{zone}$"
