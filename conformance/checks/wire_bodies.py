"""What every single body must keep: strict JSON, the documented schema, documented fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.checks.base import Check, Family, exchange_check
from conformance.checks.wire import SUCCESS, finding_in, response_of
from conformance.exchange import Exchange
from conformance.finding import Finding, Level, show
from conformance.jsontext import problem_of
from conformance.pointer import MISSING, Pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Response
from conformance.spec.schema import Schema
from conformance.spec.violations import Violation, general, violations


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


@exchange_check("json-strict", Family.WIRE, sees=_sees_json)
def json_strict(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """Every documented JSON body is JSON as RFC 8259 has it: UTF-8, no NaN, no name twice."""
    documented = _documented_json(contract, exchange)
    problem = problem_of(exchange.body, exchange.headers.get("content-type", "")) if documented else ""
    if documented and problem:
        yield finding_in(
            "json-strict",
            contract,
            exchange,
            pointer=documented[0].pointer.below("content", documented[1]),
            says=f"a {documented[0].status} is {documented[1]}, which RFC 8259 defines",
            expected="strict JSON in UTF-8",
            actual=f"{problem}, in {exchange.media_type or 'no content type'} of {len(exchange.body)} bytes",
            place=problem.partition(":")[0],
        )


@exchange_check("body-matches-schema", Family.WIRE, sees=_sees_page)
def body_matches_schema(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """Every successful body is what its schema says, in every place."""
    return _schema_findings("body-matches-schema", contract, exchange)


@exchange_check("error-body-documented", Family.WIRE, sees=_sees_error)
def error_body_documented(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """Every refusal has the body that is documented for its status."""
    return _schema_findings("error-body-documented", contract, exchange)


def _schema_findings(check: str, contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    documented = _documented_json(contract, exchange)
    if documented is None:
        return
    if exchange.json is MISSING:
        yield _no_json(check, contract, exchange, documented[0])
        return
    start = documented[0].pointer.below("content", documented[1], "schema")
    groups: dict[tuple[str, str], list[Violation]] = {}
    for violation in violations(contract.body(*documented).validator, exchange.json):
        groups.setdefault((general(violation.instance), violation.keyword), []).append(violation)
    for (place, keyword), found in groups.items():
        yield _violation_finding(check, contract, exchange, start, place, keyword, found)


def _no_json(check: str, contract: Contract, exchange: Exchange, response: Response) -> Finding:
    described = {"pointer": response.pointer, "says": response.description or "the body is documented"}
    actual = f"{len(exchange.body)} bytes of {exchange.media_type or 'no content type'} that are not JSON"
    return finding_in(check, contract, exchange, **described, expected="the documented body", actual=actual)


def _violation_finding(  # noqa: PLR0913, PLR0917 - the parts of a finding
    check: str,
    contract: Contract,
    exchange: Exchange,
    start: Pointer,
    place: str,
    keyword: str,
    found: list[Violation],
) -> Finding:
    first = found[0]
    schema = Schema.at(contract.document, start).nearest(first.instance)
    more = f" (and in {len(found) - 1} more places of this body)" if len(found) > 1 else ""
    what = first.message if keyword == "required" else show(first.instance.get(exchange.json))
    return finding_in(
        check,
        contract,
        exchange,
        pointer=schema.place,
        says=schema.description or "the body has the documented schema",
        expected=_expected(schema, keyword, first.message),
        actual=f"at {first.instance or 'the whole body'}: {what}{more}",
        place=f"{place} {keyword}" + (f" {first.message}" if keyword == "required" else ""),
    )


def _expected(schema: Schema, keyword: str, message: str) -> str:
    if keyword in schema.keywords and keyword != "required":
        return f"{keyword} {show(schema.keywords[keyword])}"
    return message[:300]


@exchange_check("fields-documented", Family.WIRE, sees=_sees_json)
def fields_documented(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """Every field of a body is documented; one that is not is an early warning."""
    documented = _documented_json(contract, exchange)
    if documented is None or exchange.json is MISSING:
        return
    response, media = documented
    start = response.pointer.below("content", media, "schema")
    seen: set[str] = set()
    for place, value in contract.body(response, media).described.undocumented(exchange.json):
        if general(place) not in seen:
            seen.add(general(place))
            yield finding_in(
                "fields-documented",
                contract,
                exchange,
                level=Level.NOTE,
                pointer=contract.described_at(start, place),
                says="the fields of a body are listed",
                expected="documented fields alone",
                actual=f"at {place}: {show(value)}",
                place=general(place),
            )


CHECKS: tuple[Check, ...] = (json_strict, body_matches_schema, error_body_documented, fields_documented)
