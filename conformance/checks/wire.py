"""What every single response must keep: status, content type, headers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from conformance.checks.base import Check, Family, exchange_check
from conformance.exchange import Exchange
from conformance.finding import Finding, Level, show
from conformance.spec.contract import Contract
from conformance.spec.promises import Response

SUCCESS = range(200, 300)


def finding_in(check: str, contract: Contract, exchange: Exchange, **parts: Any) -> Finding:  # noqa: ANN401 - passed on
    """A finding that one exchange shows: an error about the responses, unless `parts` says otherwise."""
    described = {"level": Level.ERROR, "pointer": contract.pointer.below("responses"), "place": ""} | parts
    return Finding(check=check, witness=(exchange,), **described)


def response_of(contract: Contract, exchange: Exchange) -> Response | None:
    """The documented response that covers an exchange, if one does."""
    return next(iter(contract.responses_for(exchange.status)), None)


def _sees_content(contract: Contract, exchange: Exchange) -> bool:
    response = response_of(contract, exchange)
    return response is not None and bool(response.content)


@exchange_check("status-documented", Family.WIRE)
def status_documented(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """Every response has a status that is documented for the operation."""
    if response_of(contract, exchange) is None:
        location = exchange.headers.get("location")
        yield finding_in(
            "status-documented",
            contract,
            exchange,
            says="the responses of the operation are listed by status",
            expected=" or ".join(response.status for response in contract.responses),
            actual=f"{exchange.status}" + (f" to {location}" if location else ""),
            place=str(exchange.status),
        )


@exchange_check("no-server-error", Family.WIRE)
def no_server_error(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """The server answers without failing (5xx), whatever it is asked."""
    if exchange.status >= 500 and response_of(contract, exchange) is not None:  # noqa: PLR2004 - HTTP
        yield finding_in(
            "no-server-error",
            contract,
            exchange,
            level=Level.WARNING,
            says="a 5xx says that the server failed (RFC 9110, 15.6), even where it is documented",
            expected="an answer below 500",
            actual=str(exchange.status),
        )


@exchange_check("content-type-documented", Family.WIRE, sees=_sees_content)
def content_type_documented(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """Every response with a documented body has a documented content type."""
    response = response_of(contract, exchange)
    if response is None or not response.content or exchange.media_type in {media.lower() for media in response.content}:
        return
    yield finding_in(
        "content-type-documented",
        contract,
        exchange,
        pointer=response.pointer.below("content"),
        says=f"a {response.status} is {' or '.join(response.content)}",
        expected=" or ".join(response.content),
        actual=exchange.media_type or "no content type",
        place=exchange.media_type,
    )


@exchange_check("headers-documented", Family.WIRE)
def headers_documented(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """Documented headers are there and valid, and no undocumented header announces the operation's end."""
    response = response_of(contract, exchange)
    for name in () if response is None else response.headers:
        yield from _header(contract, exchange, response, name)


def _header(contract: Contract, exchange: Exchange, response: Response | None, name: str) -> Iterator[Finding]:
    if response is None:
        return
    value = exchange.headers.get(name)
    schema = response.headers[name]
    wrong = name in response.required_headers if value is None else not _fits(schema, value)
    if wrong:
        yield finding_in(
            "headers-documented",
            contract,
            exchange,
            pointer=response.pointer.below("headers", name),
            says=f"a {response.status} has the header {name}",
            expected=f"{name}: {schema.get('type', 'any value')}",
            actual="no such header" if value is None else f"{name}: {show(value)}",
        )


def _fits(schema: Mapping[str, Any], value: str) -> bool:
    checker = jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True)
    if checker.is_valid(value):
        return True
    try:
        return checker.is_valid(json.loads(value))
    except ValueError:
        return False


CHECKS: tuple[Check, ...] = (status_documented, no_server_error, content_type_documented, headers_documented)
