"""What every single body must keep: strict JSON, the documented schema, documented fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.checks.base import Check, exchange_check
from conformance.checks.family import WIRE
from conformance.checks.wire import SUCCESS, response_of
from conformance.errors import SpecError
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.jsontext import problem_of
from conformance.pointer import MISSING, Pointer
from conformance.sentence import Foreign, Place, Sentence, Value, said
from conformance.spec.checker import STEPS
from conformance.spec.contract import Contract
from conformance.spec.openapi_parts import Response
from conformance.spec.projection import is_projected
from conformance.spec.schema import Schema
from conformance.spec.violations import Violation, general, violations

_WHOLE = frozenset({"required", "dependentRequired", "minProperties", "anyOf", "oneOf", "not", "if", "then", "else"})
"""What a schema may say of members that are not there."""


def _documented_json(contract: Contract, exchange: Exchange) -> tuple[Response, str] | None:
    """The documented response and its JSON media type, where the exchange should hold JSON."""
    response = response_of(contract, exchange)
    media = next((media for media in response.content if "json" in media), None) if response else None
    if response and _is_plain(response.content.get(exchange.media_type)):
        return None
    return (response, media) if response and media else None


def _is_plain(schema: Mapping[str, Any] | None) -> bool:
    """Whether an answer has another documented content type than JSON: one whose body is a text."""
    return schema is not None and schema.get("type") == "string"


def _sees_json(contract: Contract, exchange: Exchange) -> bool:
    return _documented_json(contract, exchange) is not None


def _sees_page(contract: Contract, exchange: Exchange) -> bool:
    return exchange.status in SUCCESS and _sees_json(contract, exchange) and exchange.json is not MISSING


def _sees_error(contract: Contract, exchange: Exchange) -> bool:
    return exchange.status not in SUCCESS and _sees_json(contract, exchange)


@exchange_check(
    "json-strict",
    WIRE,
    sees=_sees_json,
    of_body=True,
    no_proposal="A spec can describe JSON alone, and this is none.",
    headline="the body is no strict JSON: {actual}",
)
def json_strict(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every documented JSON body is JSON as RFC 8259 has it: UTF-8, no NaN, no name twice."""
    documented = _documented_json(contract, exchange)
    problem = problem_of(exchange.body, exchange.headers.get("content-type", "")) if documented else ""
    if documented and problem:
        yield Contradiction(
            pointer=documented[0].pointer.below("content", documented[1]),
            says=f"a {documented[0].status} is {documented[1]}, which RFC 8259 defines",
            expected=said("strict JSON in UTF-8"),
            actual=said(
                "{problem}, in {media} of {size} bytes",
                problem=Foreign(problem),
                media=exchange.media_type or "no content type",
                size=len(exchange.body),
            ),
            witness=(exchange,),
            place=problem.partition(":")[0],
        )


@exchange_check(
    "body-matches-schema",
    WIRE,
    sees=_sees_page,
    of_body=True,
    headline="{about} is not as documented: {actual}; expected {expected}",
)
def body_matches_schema(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every successful body is what its schema says, in every place."""
    return _violations(contract, exchange)


@exchange_check(
    "error-body-documented",
    WIRE,
    sees=_sees_error,
    of_body=True,
    headline="the body of a refusal is not as documented: {actual}; expected {expected}",
)
def error_body_documented(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every refusal has the body that is documented for its status."""
    return _violations(contract, exchange)


def keeps_schema(contract: Contract, exchange: Exchange) -> bool:
    """Whether the body is strict JSON, and as it is documented for its status and content type."""
    documented = _documented_json(contract, exchange)
    value = exchange.json
    if documented is None or value is MISSING or problem_of(exchange.body, exchange.headers.get("content-type", "")):
        return False
    return not violations(contract.body(*documented).validator, value)


def _violations(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    documented = _documented_json(contract, exchange)
    if documented is None:
        return
    if exchange.json is MISSING:
        yield _no_json(exchange, documented[0])
        return
    start = documented[0].pointer.below("content", documented[1], "schema")
    groups: dict[tuple[str, str], list[Violation]] = {}
    for violation in violations(contract.body(*documented).validator, exchange.json):
        if _is_unread(contract, exchange, violation) or _is_left_out(contract, exchange, violation):
            continue
        if violation.undecided:
            raise _endless(contract, Schema.at(contract.document, start).nearest(violation.instance))
        groups.setdefault((general(violation.instance), violation.keyword), []).append(violation)
    for found in groups.values():
        yield _violated(contract, exchange, start, found)


def _is_unread(contract: Contract, exchange: Exchange, violation: Violation) -> bool:
    """Whether it is about a row that does not fit its columns, which its own check tells."""
    if contract.rows is None or violation.keyword != "type" or violation.instance.parent != contract.items.place:
        return False
    return violation.instance != contract.items.place and isinstance(violation.instance.get(exchange.json), list)


def _is_left_out(contract: Contract, exchange: Exchange, violation: Violation) -> bool:
    """Whether it may be about what a choice of fields leaves out of an item."""
    if violation.keyword not in _WHOLE or not is_projected(contract, exchange.query):
        return False
    return bool(violation.instance) and violation.instance.parent == contract.items.place


def _endless(contract: Contract, schema: Schema) -> SpecError:
    where = f"{contract.file}:{contract.line(schema.place.below('pattern'))}"
    pattern = schema.keywords.get("pattern")
    message = f"{where}: the pattern {pattern!r} takes more than {STEPS:,} steps with a value of an answer"
    hint = "Write it so that no repetition stands within a repetition."
    return SpecError(message, hint=hint)


def _no_json(exchange: Exchange, response: Response) -> Contradiction:
    return Contradiction(
        pointer=response.pointer,
        says=response.description or "the body is documented",
        expected=said("the documented body"),
        actual=said(
            "{size} bytes of {media} that are not JSON",
            size=len(exchange.body),
            media=exchange.media_type or "no content type",
        ),
        witness=(exchange,),
    )


def _violated(contract: Contract, exchange: Exchange, start: Pointer, found: list[Violation]) -> Contradiction:
    """What is wrong at one place of a body, or at all places that differ in indexes alone."""
    first = found[0]
    schema = Schema.at(contract.document, start).nearest(first.instance)
    where, missing = general(first.instance), first.keyword == "required"
    return Contradiction(
        pointer=schema.place,
        says=schema.description or "the body has the documented schema",
        expected=_expected(schema, first),
        actual=_actual(exchange, found),
        witness=(exchange,),
        place=f"{where} {first.keyword}" + (f" {first.message}" if missing else ""),
        where=where,
        keyword=first.keyword,
        member=first.missing,
    )


def _expected(schema: Schema, violation: Violation) -> Sentence:
    keyword = violation.keyword
    if keyword in schema.keywords and keyword != "required":
        return said("{keyword} {value}", keyword=keyword, value=Value(schema.keywords[keyword]))
    return said("{message}", message=Foreign(violation.message[:300]))


def _actual(exchange: Exchange, found: list[Violation]) -> Sentence:
    first, more = found[0], len(found) - 1
    value = Value(first.instance.get(exchange.json))
    return said(
        "at {place}: {what}{others}",
        place=Place(first.instance),
        what=Foreign(first.message) if first.keyword == "required" else value,
        others=said(" (and in {more} more places of this body)", more=more) if more else "",
    )


@exchange_check(
    "fields-documented",
    WIRE,
    sees=_sees_json,
    of_body=True,
    tends="additive",
    headline="{about} is not documented: {actual}",
)
def fields_documented(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every field of a body is documented; one that is not is an early warning."""
    documented = _documented_json(contract, exchange)
    if documented is None or exchange.json is MISSING:
        return
    response, media = documented
    start = response.pointer.below("content", media, "schema")
    seen: set[str] = set()
    for place, value in contract.body(response, media).described.undocumented(exchange.json):
        where = general(place)
        if where not in seen:
            seen.add(where)
            yield Contradiction(
                pointer=contract.described_at(start, place),
                says="the fields of a body are listed",
                expected=said("documented fields alone"),
                actual=said("at {place}: {value}", place=Place(place), value=Value(value)),
                witness=(exchange,),
                place=where,
                where=where,
                doubt=Doubt.NEWS,
            )


CHECKS: tuple[Check, ...] = (json_strict, body_matches_schema, error_body_documented, fields_documented)
