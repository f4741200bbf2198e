"""What every single response must keep: status, content type, headers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.checks.access import REFUSED
from conformance.checks.base import Check, exchange_check
from conformance.checks.family import WIRE
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.listing.lawful import ordinary, ruled_out
from conformance.sentence import Foreign, Header, Status, Value, said
from conformance.spec.checker import checker
from conformance.spec.contract import Contract
from conformance.spec.openapi_parts import Response

SUCCESS = range(200, 300)
REFUSALS = range(400, 500)


def response_of(contract: Contract, exchange: Exchange) -> Response | None:
    """The documented response that covers an exchange, if one does."""
    return next(iter(contract.responses_for(exchange.status)), None)


def _may_be_refused(contract: Contract, exchange: Exchange) -> bool:
    """Whether a page that documents no refusal at all says nothing of an answer: who asked, or for what, was wrong."""
    refusals = [one for one in contract.responses if one.status.startswith("4") or one.status == "default"]
    if refusals or exchange.status not in REFUSALS:
        return False
    return exchange.status in REFUSED or bool(ruled_out(contract, exchange)) or not ordinary(contract, exchange)


def _sees_content(contract: Contract, exchange: Exchange) -> bool:
    response = response_of(contract, exchange)
    return response is not None and bool(response.content)


@exchange_check("status-documented", WIRE, headline="a status that is not documented: {actual}")
def status_documented(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every response has a status that is documented for the operation."""
    if response_of(contract, exchange) is None and not _may_be_refused(contract, exchange):
        location = exchange.headers.get("location")
        to = said(" to {location}", location=Foreign(location)) if location else ""
        listed = " or ".join(response.status for response in contract.responses)
        yield Contradiction(
            pointer=contract.pointer.below("responses"),
            says="the responses of the operation are listed by status",
            expected=said("{statuses}", statuses=listed),
            actual=said("{status}{to}", status=Status(exchange.status), to=to),
            witness=(exchange,),
            place=str(exchange.status),
        )


@exchange_check(
    "no-server-error",
    WIRE,
    no_proposal="A failing server is no behaviour to document.",
    headline="the server fails: {actual}",
)
def no_server_error(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """The server answers without failing (5xx), whatever it is asked."""
    fails = exchange.status >= 500 and response_of(contract, exchange) is not None  # noqa: PLR2004 - HTTP
    if fails or exchange.passing:
        passed = ", and another answer a moment later" if exchange.passing else ""
        yield Contradiction(
            pointer=contract.pointer.below("responses"),
            says="a 5xx says that the server failed (RFC 9110, 15.6), even where it is documented",
            expected=said("an answer below 500"),
            actual=said("{status}{passed}", status=Status(exchange.status), passed=passed),
            witness=(exchange,),
            place="passing" if exchange.passing else "",
            doubt=Doubt.UNPROMISED,
        )


@exchange_check(
    "content-type-documented", WIRE, sees=_sees_content, headline="the content type is {actual} instead of {expected}"
)
def content_type_documented(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every response with a documented body has a documented content type."""
    response = response_of(contract, exchange)
    if response is None or not response.content or exchange.media_type in {media.lower() for media in response.content}:
        return
    documented = " or ".join(response.content)
    yield Contradiction(
        pointer=response.pointer.below("content"),
        says=f"a {response.status} is {documented}",
        expected=said("{media}", media=documented),
        actual=said("{media}", media=Header("content-type", exchange.media_type or "no content type")),
        witness=(exchange,),
        place=exchange.media_type,
    )


@exchange_check(
    "headers-documented",
    WIRE,
    tends="additive",
    headline="a header is not as documented: {actual} instead of {expected}",
)
def headers_documented(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Documented headers are there and valid, and no undocumented header announces the operation's end."""
    response = response_of(contract, exchange)
    for name in () if response is None else response.headers:
        yield from _header(exchange, response, name)


def _header(exchange: Exchange, response: Response | None, name: str) -> Iterator[Contradiction]:
    if response is None:
        return
    value = exchange.headers.get(name)
    schema = response.headers[name]
    wrong = name in response.required_headers if value is None else not _fits(schema, value)
    if wrong:
        shown = said("{header}: {value}", header=Header(name, name), value=Value(value))
        yield Contradiction(
            pointer=response.pointer.below("headers", name),
            says=f"a {response.status} has the header {name}",
            expected=said("{name}: {type}", name=name, type=str(schema.get("type", "any value"))),
            actual=said("no such header") if value is None else shown,
            witness=(exchange,),
        )


def _fits(schema: Mapping[str, Any], value: str) -> bool:
    header = checker(schema)
    if header.is_valid(value):
        return True
    try:
        return header.is_valid(json.loads(value))
    except ValueError:
        return False


CHECKS: tuple[Check, ...] = (status_documented, no_server_error, content_type_documented, headers_documented)
