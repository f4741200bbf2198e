"""What is plainly in order in an exchange, so that its checks need not run.

Each check of single exchanges has a cheap precondition here under which it finds nothing. Where the precondition
fails the check itself decides, so this saves time and never says that something is wrong.
"""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import msgspec

from conformance.checks import ALL
from conformance.checks.client import OK, quick_reader
from conformance.checks.limiting import asked_limit
from conformance.contract import Contract
from conformance.exchange import Exchange
from conformance.pages import Page
from conformance.pointer import MISSING
from conformance.promises import Bond, Counts, Response
from conformance.replay.closing import closed, of_items, opened
from conformance.replay.columns import Columns
from conformance.replay.parsing import parsed
from conformance.replay.plain import all_different, keeps

SINGLE = {check.id: check for check in ALL if check.of_exchange is not None}
"""The checks of single exchanges, by id."""
_OF_ANSWER = ("status-documented", "no-server-error", "content-type-documented")
_OF_JSON = frozenset({"json-strict", "body-matches-schema", "error-body-documented", "fields-documented"})
_OF_SCHEMA = _OF_JSON - {"json-strict"} | {"units-plausible", "invariants-hold"}
_OF_PAGE = frozenset(SINGLE) - _OF_JSON - {*_OF_ANSWER, "headers-documented"}
_write_into = msgspec.json.Encoder().encode_into
_WRITTEN = bytearray()
"""Where values are written, again and again."""


class Spotless:
    """Tells, for the exchanges of one operation, which checks might find something."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._responses: dict[int, Response | None] = {}
        self._answers: dict[tuple[int, str], frozenset[str]] = {}
        self._validators: dict[int, jsonschema_rs.Validator | None] = {}
        self._open = opened(contract)
        self._client = quick_reader(contract)
        self._limit = contract.limit.parameter if contract.limit else ""
        self._keeps = [keeps(one) for one in contract.invariants if one.relation is not Bond.PRESENT_ONLY_WHEN]
        self._counters = [one.value for one in contract.counters if one.counts is Counts.PAGE]

    def suspects(self, exchange: Exchange) -> frozenset[str]:
        """The ids of the checks that must look at an exchange themselves."""
        found = self._answer(exchange)
        response = self._response(exchange.status)
        if response is None:
            return found | _OF_JSON | _OF_PAGE
        if response.headers:
            found |= {"headers-documented"}
        if not any("json" in media for media in response.content):
            return found | _OF_JSON | _OF_PAGE
        return found | self._body(exchange)

    def kind(self, exchange: Exchange, page: Page | None) -> tuple[Any, ...]:
        """What decides which checks see what they test in an exchange: alike for exchanges of one kind."""
        size, goes_on = (-1, False) if page is None else (min(len(page.items), 2), page.cursor is not None)
        limits = [value for name, value in exchange.query if name == self._limit]
        return exchange.status, exchange.headers.get("content-type"), exchange.json is MISSING, size, goes_on, *limits

    def _response(self, status: int) -> Response | None:
        if status not in self._responses:
            self._responses[status] = next(iter(self.contract.responses_for(status)), None)
        return self._responses[status]

    def _answer(self, exchange: Exchange) -> frozenset[str]:
        """What depends on status and content type alone is looked at once for each pair of them."""
        key = (exchange.status, exchange.headers.get("content-type", ""))
        if key not in self._answers:
            found = {name for name in _OF_ANSWER if finds(name, self.contract, exchange)}
            self._answers[key] = frozenset(found) | ({"json-strict"} if "charset" in key[1].lower() else frozenset())
        return self._answers[key]

    def _body(self, exchange: Exchange) -> frozenset[str]:
        if not parsed(exchange):
            return _OF_JSON | _OF_PAGE
        value = exchange.json
        found = set() if _has_every_string(exchange.body, value) else {"json-strict"}
        validator = self._validator(exchange.status)
        if validator is None or not validator.is_valid(value):
            valid = exchange.status == OK and self._open is not None and self._open.is_valid(value)
            found |= {"fields-documented"} if valid else _OF_SCHEMA
        if exchange.status == OK:
            found |= self._page(exchange, value)
        return frozenset(found)

    def _validator(self, status: int) -> jsonschema_rs.Validator | None:
        if status not in self._validators:
            response = self._response(status)
            schemas = [] if response is None else [one for media, one in response.content.items() if "json" in media]
            beside = of_items(self.contract) if status == OK else None
            self._validators[status] = closed(self.contract, schemas[0], beside=beside) if schemas else None
        return self._validators[status]

    def _page(self, exchange: Exchange, value: Any) -> set[str]:  # noqa: ANN401 - JSON
        items = self.contract.items.read(value, exchange.headers)
        if not isinstance(items, list):
            return set(_OF_PAGE)
        found = set() if self._client is not None and self._client(exchange.body) else {"client-decodes"}
        if any(counter.read(value, exchange.headers) != len(items) for counter in self._counters):
            found.add("count-is-page")
        asked = asked_limit(self.contract, exchange)
        if asked is not None and len(items) != asked:
            found |= {"limit-respected", "page-full"}
        columns = Columns(items)
        if not all_different(self.contract.identity, columns):
            found.add("identity-unique")
        if not all(keep(columns) for keep in self._keeps):
            found.add("invariants-hold")
        return found


def finds(name: str, contract: Contract, exchange: Exchange) -> bool:
    """Whether a check of single exchanges finds something in one."""
    function = SINGLE[name].of_exchange
    return function is not None and next(iter(function(contract, exchange)), None) is not None


def _has_every_string(body: bytes, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether a parsed body has lost no name, as it would have where one stands twice.

    Without a backslash each quotation mark begins or ends a string, in the body and in what is written from its value.
    """
    if b"\\" in body:
        return False
    _write_into(value, _WRITTEN)
    return _WRITTEN.count(b'"') == body.count(b'"')
