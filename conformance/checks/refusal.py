"""Bad input is refused as documented, one parameter at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from conformance.checks.access import matches
from conformance.checks.base import Check, visit_check
from conformance.checks.family import REFUSAL
from conformance.finding import Contradiction, Doubt
from conformance.listing.visit import Visit
from conformance.sentence import Status, Value, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Parameter, Refusal

ABSENT_NAME = "no-such-thing-b7f3"
SILENTLY_IGNORED = "A spec can withdraw a bound, not describe a value that is silently ignored."


def _needs(contract: Contract) -> str:
    documented = any(
        refusal.given == "invalid-parameter" or refusal.given.startswith("unknown-") for refusal in contract.refusals
    )
    return "" if documented else "no refusal of bad input is documented"


@visit_check("bad-input-refused", REFUSAL, needs=_needs, no_proposal=SILENTLY_IGNORED)
def bad_input_refused(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A value that the documentation rules out is refused as documented, for each parameter."""
    for parameter in contract.parameters:
        unknown = contract.refusal(f"unknown-{parameter.name}")
        if unknown is not None:
            yield from _judge(visit, parameter, unknown, (ABSENT_NAME, "an unknown value"))
        invalid = contract.refusal("invalid-parameter")
        for why, value in invalid_values(parameter.schema) if invalid else ():
            yield from _judge(visit, parameter, invalid, (value, why))
        encoded = [promise for promise in contract.filters if promise.parameter == parameter.name]
        if invalid and any(promise.encoding == "json" for promise in encoded):
            why = "no JSON, though what answers it is not said"
            yield from _judge(visit, parameter, invalid, ("{not json", why), doubt=Doubt.AMBIGUOUS)


def _judge(
    visit: Visit, parameter: Parameter, refusal: Refusal | None, given: tuple[str, str], *, doubt: Doubt | None = None
) -> Iterator[Contradiction]:
    """Ask with a value that is wrong, and why it is."""
    value, why = given
    if refusal is None:
        return
    exchange = visit.send(((parameter.name, value),))
    if not matches(exchange.status, refusal.status):
        wanted = " or ".join(refusal.status)
        yield Contradiction(
            pointer=parameter.pointer,
            says=refusal.says,
            expected=said(
                "{wanted} for {parameter}={value} ({why})",
                wanted=wanted,
                parameter=parameter.name,
                value=Value(value, most=60),
                why=why,
            ),
            actual=said("{status}", status=Status(exchange.status)),
            witness=(exchange,),
            place=why,
            doubt=doubt,
            also=(refusal.pointer,),
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
