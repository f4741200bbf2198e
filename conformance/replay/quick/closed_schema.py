"""A documented schema that allows nothing undocumented: what it accepts is valid, and has documented fields alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs
from attrs import evolve

from conformance.checks.items_within import times
from conformance.jsontext import members_of
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.moments import MILLISECONDS_OF_2001, MILLISECONDS_OF_2100
from conformance.spec.promises import Bond, Invariant

Schema = Mapping[str, Any]

_TURNING = frozenset(
    {"oneOf", "allOf", "not", "if", "dependentSchemas", "contains", "patternProperties", "$dynamicRef"}
)
"""With these a stricter part may make the whole more lenient, or one part's closing forbid what another allows."""
IN_A_CENTURY = {"type": "string", "pattern": "^20(0[2-9]|[1-8][0-9]|9[0-8])-"}
"""What texts of times fit that are within a century of now in every time zone."""


def closed(contract: Contract, schema: Schema, *, beside: Schema | None = None) -> jsonschema_rs.Validator | None:
    """A validator of the closed schema, formats checked; None where closing it might not only make it stricter.

    `beside` is a further schema that values must fit.
    """
    reached: dict[str, Schema] = {}
    if any(_turns(part) for part in _parts(contract, schema, reached)):
        return None
    bundle: dict[str, Any] = {"allOf": [_close(schema), dict(beside or {})]}
    for reference, part in reached.items():
        _put(bundle, Pointer(reference.removeprefix("#")).tokens, _close(part))
    return jsonschema_rs.Draft202012Validator(bundle, validate_formats=True)


def opened(contract: Contract) -> jsonschema_rs.Validator | None:
    """A validator of pages that lets undocumented fields be, and looks at what `of_items` does; None without JSON."""
    response = contract.responses_for(200)[0]
    media = next((media for media in response.content if "json" in media), None)
    if media is None:
        return None
    page = contract.body(response, media)
    return evolve(page, keywords={"allOf": [page.keywords, of_items(contract)]}).validator


def _parts(contract: Contract, schema: Schema, reached: dict[str, Schema]) -> Iterator[Schema]:
    """A schema and every schema in it, references followed and collected."""
    yield schema
    reference = schema.get("$ref")
    if reference is not None and reference not in reached:
        reached[reference] = members_of(Pointer(reference.removeprefix("#")).get(contract.document))
        yield from _parts(contract, reached[reference], reached)
    for part in _below(schema):
        yield from _parts(contract, part, reached)


def _below(schema: Schema) -> list[Schema]:
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    further = (schema.get(name) for name in ("items", "additionalProperties"))
    return [*parts, *(part for part in further if isinstance(part, Mapping))]


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


def _put(bundle: dict[str, Any], steps: Sequence[str], part: dict[str, Any]) -> None:
    for step in steps[:-1]:
        bundle = bundle.setdefault(step, {})
    bundle[steps[-1]] = part


def of_items(contract: Contract) -> Schema:
    """What bodies of pages fit whose items hold times in the documented unit, and ends only of what ended.

    It is stricter than the checks: a value of another type than they judge does not fit.
    """
    unix = {"type": "integer", "minimum": MILLISECONDS_OF_2001, "exclusiveMaximum": MILLISECONDS_OF_2100}
    time = {"anyOf": [{"type": "null"}, unix, IN_A_CENTURY]}
    bounds = [_at(place.tokens, time) for place in times(contract)]
    ends = [_only_when(one) for one in contract.invariants if one.relation is Bond.PRESENT_ONLY_WHEN]
    return _at(contract.items.place.tokens, {"items": {"allOf": [{}, *bounds, *ends]}})


def _at(steps: Sequence[str], schema: Schema) -> Schema:
    for step in reversed(steps):
        schema = {"properties": {step: schema}}
    return schema


def _only_when(invariant: Invariant) -> Schema:
    absent = _absent(invariant.left.tokens)
    decides = invariant.field.tokens
    return {"anyOf": [absent, _required(decides, {"enum": list(invariant.values)})]}


def _absent(steps: Sequence[str]) -> Schema:
    """A schema that fits where a place is absent or null."""
    return _at(steps, {"type": "null"})


def _required(steps: Sequence[str], schema: Schema) -> Schema:
    for step in reversed(steps):
        schema = {"properties": {step: schema}, "required": [step]}
    return schema
