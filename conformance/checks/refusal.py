"""Bad input is refused as documented, one parameter at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
from attrs import evolve

from conformance.checks.access import matches
from conformance.checks.base import Check, Family, visit_check
from conformance.finding import Finding, level_of, show
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.promises import Parameter, Refusal

ABSENT_NAME = "no-such-thing-b7f3"


def _needs(contract: Contract) -> str:
    documented = any(
        refusal.given == "invalid-parameter" or refusal.given.startswith("unknown-") for refusal in contract.refusals
    )
    return "" if documented else "no refusal of bad input is documented"


@visit_check("bad-input-refused", Family.REFUSAL, needs=_needs)
def bad_input_refused(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A value that the documentation rules out is refused as documented, for each parameter."""
    for parameter in contract.parameters:
        unknown = contract.refusal(f"unknown-{parameter.name}")
        if unknown is not None:
            yield from _judge(visit, parameter, unknown, ABSENT_NAME, "an unknown value")
        invalid = contract.refusal("invalid-parameter")
        for why, value in invalid_values(parameter.schema) if invalid else ():
            yield from _judge(visit, parameter, invalid, value, why)
        encoded = [promise for promise in contract.filters if promise.parameter == parameter.name]
        if invalid and any(promise.encoding == "json" for promise in encoded):
            open_ended = evolve(invalid, stated=False)
            yield from _judge(visit, parameter, open_ended, "{not json", "no JSON, though what answers it is not said")


def _judge(visit: Visit, parameter: Parameter, refusal: Refusal | None, value: str, why: str) -> Iterator[Finding]:
    if refusal is None:
        return
    exchange = visit.send(((parameter.name, value),))
    if not matches(exchange.status, refusal.status):
        yield Finding(
            check="bad-input-refused",
            level=level_of(refusal),
            pointer=parameter.pointer,
            says=refusal.says,
            expected=f"{' or '.join(refusal.status)} for {parameter.name}={show(value, most=60)} ({why})",
            actual=str(exchange.status),
            witness=(exchange,),
            place=why,
        )


def invalid_values(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Why, and a text that no reading of the schema allows; nothing for a schema that allows every text."""
    if schema.get("type") == "array":
        yield from invalid_values(schema.get("items", {}))
        return
    yield from _not_of_type(schema)
    if "enum" in schema:
        yield "not one of the listed values", ABSENT_NAME
    yield from _out_of_bounds(schema)
    yield from _bad_text(schema)


def _not_of_type(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = schema.get("type")
    if kind in {"integer", "number"}:
        yield f"no {kind}", "abc"
    if kind == "boolean":
        yield "no boolean", "maybe"
    if kind == "string" and schema.get("format") == "date-time":
        yield "no RFC 3339 time", "yesterday"


def _out_of_bounds(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "minimum" in schema:
        yield "below the minimum", str(schema["minimum"] - 1)
    if "maximum" in schema:
        yield "above the maximum", str(schema["maximum"] + 1)


def _bad_text(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    pattern = {"pattern": schema["pattern"]} if "pattern" in schema else {}
    if pattern and not jsonschema_rs.Draft202012Validator(pattern).is_valid("not/valid!"):
        yield "against the pattern", "not/valid!"
    if "maxLength" in schema:
        yield "too long", "a" * (schema["maxLength"] + 1)


CHECKS: tuple[Check, ...] = (bad_input_refused,)
