"""What every single body must keep: strict JSON, the documented schema, documented fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from conformance import pointer
from conformance.checks.base import Check, exchange_check
from conformance.checks.family import WIRE
from conformance.checks.wire import SUCCESS, response_of
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.jsontext import problem_of
from conformance.pointer import MISSING
from conformance.sentence import Foreign, Place, Sentence, Value, said
from conformance.spec import schema as schemas
from conformance.spec.contract import Contract
from conformance.spec.promises import Response


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


@exchange_check("json-strict", WIRE, sees=_sees_json, no_proposal="A spec can describe JSON alone, and this is none.")
def json_strict(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every documented JSON body is JSON as RFC 8259 has it: UTF-8, no NaN, no name twice."""
    documented = _documented_json(contract, exchange)
    problem = problem_of(exchange.body, exchange.headers.get("content-type", "")) if documented else ""
    if documented and problem:
        yield Contradiction(
            pointer=pointer.join(documented[0].pointer, "content", documented[1]),
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


@exchange_check("body-matches-schema", WIRE, sees=_sees_page)
def body_matches_schema(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every successful body is what its schema says, in every place."""
    return _violations(contract, exchange)


@exchange_check("error-body-documented", WIRE, sees=_sees_error)
def error_body_documented(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every refusal has the body that is documented for its status."""
    return _violations(contract, exchange)


def _violations(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    documented = _documented_json(contract, exchange)
    if documented is None:
        return
    if exchange.json is MISSING:
        yield _no_json(exchange, documented[0])
        return
    start = pointer.join(documented[0].pointer, "content", documented[1], "schema")
    groups: dict[tuple[str, str], list[schemas.Violation]] = {}
    for violation in schemas.violations(_validator(contract, documented[0].status), exchange.json):
        groups.setdefault((schemas.general(violation.instance), violation.keyword), []).append(violation)
    for found in groups.values():
        yield _violated(contract, exchange, start, found)


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


def _violated(contract: Contract, exchange: Exchange, start: str, found: list[schemas.Violation]) -> Contradiction:
    """What is wrong at one place of a body, or at all places that differ in indexes alone."""
    first = found[0]
    pointed = schemas.spec_place(contract, start, first.instance)
    schema = pointer.get(contract.document, pointed)
    description = schema.get("description", "") if isinstance(schema, Mapping) else ""
    where, missing = schemas.general(first.instance), first.keyword == "required"
    return Contradiction(
        pointer=pointed,
        says=description or "the body has the documented schema",
        expected=_expected(schema, first),
        actual=_actual(exchange, found),
        witness=(exchange,),
        place=f"{where} {first.keyword}" + (f" {first.message}" if missing else ""),
        where=where,
        keyword=first.keyword,
        member=first.missing,
    )


def _expected(schema: object, violation: schemas.Violation) -> Sentence:
    keyword = violation.keyword
    if isinstance(schema, Mapping) and keyword in schema and keyword != "required":
        return said("{keyword} {value}", keyword=keyword, value=Value(schema[keyword]))
    return said("{message}", message=Foreign(violation.message[:300]))


def _actual(exchange: Exchange, found: list[schemas.Violation]) -> Sentence:
    first, more = found[0], len(found) - 1
    value = Value(pointer.get(exchange.json, first.instance))
    return said(
        "at {place}: {what}{others}",
        place=Place(first.instance),
        what=Foreign(first.message) if first.keyword == "required" else value,
        others=said(" (and in {more} more places of this body)", more=more) if more else "",
    )


@lru_cache(maxsize=256)
def _validator_of(contract: _ById, status: str) -> jsonschema_rs.Validator:
    response = next(response for response in contract.value.responses if response.status == status)
    schema = next(schema for media, schema in response.content.items() if "json" in media)
    return schemas.validator(contract.value, schema)


@lru_cache(maxsize=256)
def _described(contract: _ById, status: str, media: str) -> schemas.Described:
    response = next(response for response in contract.value.responses if response.status == status)
    return schemas.Described(contract.value, response.content[media])


class _ById:
    """A contract as a key of a cache: contracts are large, and never change."""

    def __init__(self, value: Contract) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.value is other.value


def _validator(contract: Contract, status: str) -> jsonschema_rs.Validator:
    return _validator_of(_ById(contract), status)


@exchange_check("fields-documented", WIRE, sees=_sees_json, tends="additive")
def fields_documented(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every field of a body is documented; one that is not is an early warning."""
    documented = _documented_json(contract, exchange)
    if documented is None or exchange.json is MISSING:
        return
    response, media = documented
    start = pointer.join(response.pointer, "content", media, "schema")
    seen: set[str] = set()
    for place, value in _described(_ById(contract), response.status, media).undocumented(exchange.json):
        general = schemas.general(place)
        if general not in seen:
            seen.add(general)
            yield Contradiction(
                pointer=schemas.spec_place(contract, start, place),
                says="the fields of a body are listed",
                expected=said("documented fields alone"),
                actual=said("at {place}: {value}", place=Place(place), value=Value(value)),
                witness=(exchange,),
                place=general,
                where=general,
                doubt=Doubt.NEWS,
            )


CHECKS: tuple[Check, ...] = (json_strict, body_matches_schema, error_body_documented, fields_documented)
