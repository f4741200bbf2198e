"""Bad input is refused as documented, one parameter at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import evolve, frozen

from conformance.checks._filter_values import chosen, known_of
from conformance.checks._walks import broken
from conformance.checks.access import matches, not_as_refused
from conformance.checks.base import Check, visit_check
from conformance.checks.family import REFUSAL
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import encode
from conformance.listing.visit import Visit
from conformance.pointer import Pointer
from conformance.sentence import Status, Value, said
from conformance.spec.asked import asking
from conformance.spec.checker import checker
from conformance.spec.contract import Contract
from conformance.spec.cursors import expired_refusal
from conformance.spec.openapi_parts import Parameter
from conformance.spec.promises import Filter, Refusal

ABSENT_NAME = "no-such-thing-b7f3"
_NUMBERS = frozenset({"integer", "number"})
SILENTLY_IGNORED = "A spec can withdraw a bound, not describe a value that is silently ignored."


def _needs(contract: Contract) -> str:
    documented = any(refusal.given.startswith(("invalid-", "unknown-", "unmet-")) for refusal in contract.refusals)
    return "" if documented else "no refusal of bad input is documented"


@visit_check(
    "bad-input-refused", REFUSAL, needs=_needs, no_proposal=SILENTLY_IGNORED, headline="{actual} instead of {expected}"
)
def bad_input_refused(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A value that the documentation rules out is refused as documented, for each parameter."""
    for parameter in contract.parameters:
        unknown = contract.refusal(f"unknown-{parameter.name}")
        if unknown is not None:
            yield from _judge(visit, parameter, _or_expired(contract, unknown), Bad("an unknown value", ABSENT_NAME))
        invalid = contract.refusal_of(parameter.name)
        for bad in _bad_values(contract, parameter) if invalid else ():
            yield from _judge(visit, parameter, invalid, bad)
    for promise in contract.filters:
        yield from _unmet(visit, promise)


def _or_expired(contract: Contract, unknown: Refusal) -> Refusal:
    """What may answer an unknown value; of a cursor no page says how one that is none is told from an old one."""
    expired = expired_refusal(contract)
    of_cursor = contract.paging is not None and unknown.given == f"unknown-{contract.paging.parameter}"
    return evolve(unknown, status=(*unknown.status, *expired.status)) if expired and of_cursor else unknown


def _bad_values(contract: Contract, parameter: Parameter) -> Iterator[Bad]:
    """What the parameter's schema rules out; and no JSON, where JSON is due."""
    yield from invalid_values(parameter.schema)
    for promise in contract.filters:
        if promise.parameter == parameter.name and promise.encoding == "json":
            why = "no JSON, though what answers it is not said"
            yield Bad(why, "{not json", "contentMediaType", also=(promise.pointer.below("encoding"),))
    if contract.refusal(f"invalid-{parameter.name}") is None:
        return  # of names and of expressions no schema says which are good, so their own refusal must
    if contract.projection is not None and contract.projection.parameter == parameter.name:
        yield Bad("no field", ABSENT_NAME)
    if any(promise.parameter == parameter.name and promise.expression for promise in contract.filters):
        yield Bad("no expression", "((")


def _judge(visit: Visit, parameter: Parameter, refusal: Refusal | None, bad: Bad) -> Iterator[Contradiction]:
    """Ask with a value that is wrong, beside the parameter without which it would not be read."""
    beside = _companion(visit, parameter)
    if refusal is None or beside is None:
        return
    exchange = visit.send(((parameter.name, bad.text), *beside))
    if not matches(exchange.status, refusal.status):
        wanted = " or ".join(refusal.status)
        yield Contradiction(
            pointer=parameter.pointer,
            says=refusal.says,
            expected=said(
                "{wanted} for {parameter}={value} ({why})",
                wanted=wanted,
                parameter=parameter.name,
                value=Value(bad.text, most=60),
                why=bad.why,
            ),
            actual=said("{status}", status=Status(exchange.status)),
            witness=(exchange,),
            place=bad.why,
            also=(*not_as_refused(visit.contract, refusal, exchange), *bad.rests_on(parameter)),
        )


def _companion(visit: Visit, parameter: Parameter) -> tuple[tuple[str, str], ...] | None:
    """The parameter that another requires, with a value that an item has; None where none has."""
    contract = visit.contract
    needed = {one.requires: one.needed for one in contract.filters if one.parameter == parameter.name}
    if any(value is not None for value in needed.values()):
        return encode(contract, needed)
    if contract.order and contract.order.requires and parameter.name == contract.order.parameter:
        return encode(contract, next(contract.order.asking(next(iter(contract.order.choices)))))
    names = [one.requires for one in contract.filters if one.parameter == parameter.name and one.requires]
    for promise in [one for one in contract.filters if one.parameter in names]:
        values = chosen(contract, promise, known_of(contract, visit)[0])
        beside = next((asking(promise, value) for value, _ in values), None)
        return None if beside is None else encode(contract, beside)
    return ()


def _unmet(visit: Visit, promise: Filter) -> Iterator[Contradiction]:
    """Ask by a filter, with a value that an item has, without what it requires."""
    contract = visit.contract
    refusal = contract.refusal(f"unmet-{promise.parameter}")
    values = chosen(contract, promise, known_of(contract, visit)[0]) if refusal else ()
    for value, _ in islice(values, 1):
        without = {promise.requires: _another(contract, promise)} if promise.stands_alone else {}
        exchange = visit.get(asking(promise, value) | without)
        if refusal is not None and not matches(exchange.status, refusal.status):
            yield broken(
                refusal,
                (exchange,),
                expected=said(
                    "{wanted} for {parameter} without the {requires} that it needs",
                    wanted=" or ".join(refusal.status),
                    parameter=promise.parameter,
                    requires=promise.requires,
                ),
                actual=said("{status}", status=Status(exchange.status)),
                place=promise.parameter,
                also=not_as_refused(contract, refusal, exchange),
            )


def _another(contract: Contract, promise: Filter) -> Json:
    """Another documented value of the parameter that a filter requires."""
    words = contract.parameter(promise.requires).schema.get("enum", ())
    return next((word for word in words if word != promise.needed), None)


@frozen
class Bad:
    """A text that no reading of a schema allows, and why: which keyword it does not keep."""

    why: str
    text: str
    keyword: str = ""
    also: tuple[Pointer, ...] = ()
    """What else says that it is wrong."""

    def rests_on(self, parameter: Parameter) -> tuple[Pointer, ...]:
        """The places of a spec by which the text is wrong."""
        within = ("items",) if parameter.is_array else ()
        schema = parameter.pointer.below("schema", *within)
        return (*((schema.below(self.keyword),) if self.keyword else ()), *self.also)


def invalid_values(schema: Mapping[str, Any]) -> Iterator[Bad]:
    """Texts that no reading of the schema allows; nothing for a schema that allows every text."""
    if schema.get("type") == "array":
        yield from invalid_values(schema.get("items", {}))
        return
    yield from _not_of_type(schema)
    if "enum" in schema:
        yield Bad("not one of the listed values", ABSENT_NAME, "enum")
    yield from _out_of_bounds(schema)
    yield from _bad_text(schema)


def _kinds(schema: Mapping[str, Any]) -> frozenset[str]:
    """The types that a schema names, null aside: a query has none."""
    named = schema.get("type", [])
    return frozenset([named] if isinstance(named, str) else named) - {"null"}


def _not_of_type(schema: Mapping[str, Any]) -> Iterator[Bad]:
    kinds = _kinds(schema)
    if kinds and kinds <= _NUMBERS:
        yield Bad(f"no {' or '.join(sorted(kinds))}", "abc", "type")
    if kinds == {"boolean"}:
        yield Bad("no boolean", "maybe", "type")
    if kinds == {"string"} and schema.get("format") == "date-time":
        yield Bad("no RFC 3339 time", "yesterday", "format")


def _out_of_bounds(schema: Mapping[str, Any]) -> Iterator[Bad]:
    if not _kinds(schema) <= _NUMBERS:
        return
    if "minimum" in schema:
        yield Bad("below the minimum", str(schema["minimum"] - 1), "minimum")
    if "maximum" in schema:
        yield Bad("above the maximum", str(schema["maximum"] + 1), "maximum")


def _bad_text(schema: Mapping[str, Any]) -> Iterator[Bad]:
    pattern = {"pattern": schema["pattern"]} if "pattern" in schema else {}
    if pattern and not checker(pattern).is_valid("not/valid!"):
        yield Bad("against the pattern", "not/valid!", "pattern")
    if "maxLength" in schema and _kinds(schema) <= {"string"}:
        yield Bad("too long", "a" * (schema["maxLength"] + 1), "maxLength")


CHECKS: tuple[Check, ...] = (bad_input_refused,)
