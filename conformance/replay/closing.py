"""A documented schema that allows nothing undocumented: what it accepts is valid, and has documented fields alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from conformance import pointer
from conformance.contract import Contract

Schema = Mapping[str, Any]

_TURNING = frozenset({"oneOf", "allOf", "not", "if", "dependentSchemas", "contains", "patternProperties", "$dynamicRef"})
"""With these a stricter part may make the whole more lenient, or one part's closing forbid what another allows."""


def closed(contract: Contract, schema: Schema) -> jsonschema_rs.Validator | None:
    """A validator of the closed schema, formats checked; None where closing it might not only make it stricter."""
    reached: dict[str, Schema] = {}
    if any(_turns(part) for part in _parts(contract, schema, reached)):
        return None
    bundle: dict[str, Any] = {"allOf": [_close(schema)]}
    for reference, part in reached.items():
        _put(bundle, pointer.split(reference.removeprefix("#")), _close(part))
    return jsonschema_rs.Draft202012Validator(bundle, validate_formats=True)


def _parts(contract: Contract, schema: Schema, reached: dict[str, Schema]) -> Iterator[Schema]:
    """A schema and every schema in it, references followed and collected."""
    yield schema
    reference = schema.get("$ref")
    if reference is not None and reference not in reached:
        reached[reference] = pointer.get(contract.document, reference.removeprefix("#"))
        yield from _parts(contract, reached[reference], reached)
    for part in _below(schema):
        yield from _parts(contract, part, reached)


def _below(schema: Schema) -> list[Schema]:
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    return [*parts, *(schema[name] for name in ("items", "additionalProperties") if isinstance(schema.get(name), Mapping))]


def _turns(schema: Schema) -> bool:
    """Whether closing a schema may do more than forbid undocumented members; a null beside one branch does not."""
    branches = [branch for branch in schema.get("anyOf", ()) if branch.get("type") != "null"]
    return len(branches) > 1 or bool(_TURNING & schema.keys()) or ("$ref" in schema and "properties" in schema)


def _close(schema: Schema) -> dict[str, Any]:
    made = dict(schema)
    if "properties" in made:
        made["properties"] = {name: _close(part) for name, part in made["properties"].items()}
        made["additionalProperties"] = made.get("additionalProperties", False)
    if "anyOf" in made:
        made["anyOf"] = [_close(branch) for branch in made["anyOf"]]
    for name in ("items", "additionalProperties"):
        if isinstance(made.get(name), Mapping):
            made[name] = _close(made[name])
    return made


def _put(bundle: dict[str, Any], steps: list[str], part: dict[str, Any]) -> None:
    for step in steps[:-1]:
        bundle = bundle.setdefault(step, {})
    bundle[steps[-1]] = part
