"""What is plainly in order in an exchange, so that its checks need not run.

Each check of single exchanges has a cheap precondition here under which it finds nothing. Where the precondition
fails the check itself decides, so this saves time and never says that something is wrong.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import jsonschema_rs
from attrs import frozen

from conformance.checks import ALL
from conformance.checks.limit import asked_limit
from conformance.exchange import Exchange
from conformance.pointer import MISSING
from conformance.replay.quick.closed_schema import closed, of_items, opened
from conformance.replay.quick.consistency import all_different
from conformance.replay.quick.parse import has_every_string, parsed
from conformance.replay.quick.sheets import Sheet, Sheets
from conformance.replay.relations.walks import Step
from conformance.spec.contract import Contract
from conformance.spec.counters import Counts
from conformance.spec.projection import is_projected

SINGLE = {check.id: check for check in ALL if check.of_exchange is not None}
"""The checks of single exchanges, by id."""
_OF_ANSWER = ("status-documented", "no-server-error", "content-type-documented")
_OF_JSON = frozenset({"json-strict", "body-matches-schema", "error-body-documented", "fields-documented"})
_OF_SCHEMA = _OF_JSON - {"json-strict"} | {"units-plausible", "invariants-hold"}
_OF_PAGE = frozenset(SINGLE) - _OF_JSON - {*_OF_ANSWER, "headers-documented", "rows-fit-columns", "columns-in-order"}
_NONE, _JSON_STRICT, _FIELDS = frozenset[str](), frozenset({"json-strict"}), frozenset({"fields-documented"})
_OF_ROWS = frozenset({"rows-fit-columns", "columns-in-order"})
_MOST_ANSWERS = 4096
"""Pairs of status and content type that are remembered."""


@frozen
class _Answer:
    """What status and content type tell of an exchange."""

    suspects: frozenset[str]
    has_json: bool
    """Whether JSON is documented for the status."""
    is_success: bool
    """Whether a page is documented for the status."""


class Spotless:
    """Tells, for the exchanges of one operation, which checks might find something."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.sheets = Sheets(contract)
        self._answers: dict[tuple[int, str], _Answer] = {}
        self._validators: dict[int, jsonschema_rs.Validator | None] = {}
        self._open = opened(contract)
        self._limit = contract.limit.parameter if contract.limit else ""
        self._counters = [one for one in contract.counters if one.counts is Counts.PAGE]

    def suspects(self, exchange: Exchange) -> frozenset[str]:
        """The ids of the checks that must look at an exchange themselves."""
        return self.among(exchange, self.sheets.of(exchange))

    def among(self, exchange: Exchange, sheet: Sheet | None) -> frozenset[str]:
        """The ids of the checks that must look at an exchange themselves, whose page is read already."""
        answer = self._answer(exchange)
        if not answer.has_json:
            return answer.suspects | _OF_JSON | _OF_PAGE
        body = self._body(exchange, sheet)
        page = self._page(exchange, sheet) if answer.is_success else _NONE
        found = answer.suspects | body | page if body or page else answer.suspects
        return found | _OF_ROWS if self.contract.rows is not None else found

    def kind(self, exchange: Exchange, step: Step | None) -> tuple[Any, ...]:
        """What decides which checks see what they test in an exchange: alike for exchanges of one kind."""
        is_json = step is not None or exchange.json is not MISSING
        size, goes_on = (-1, False) if step is None else (min(step.size, 2), step.cursor is not None)
        limits = [value for name, value in exchange.query if name == self._limit]
        whole = not is_projected(self.contract, exchange.query)
        return exchange.status, exchange.headers.get("content-type"), is_json, whole, size, goes_on, *limits

    def _answer(self, exchange: Exchange) -> _Answer:
        """What depends on status and content type alone is looked at once for each pair of them."""
        key = (exchange.status, exchange.headers.get("content-type", ""))
        known = self._answers.get(key)
        if known is None:
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            known = self._answers[key] = self._looked_at(exchange, key[1])
        return known

    def _looked_at(self, exchange: Exchange, media: str) -> _Answer:
        found = {name for name in _OF_ANSWER if finds(name, self.contract, exchange)}
        response = next(iter(self.contract.responses_for(exchange.status)), None)
        if response is not None and response.headers:
            found.add("headers-documented")
        if "charset" in media.lower():
            found.add("json-strict")
        has_json = response is not None and any("json" in media for media in response.content)
        return _Answer(frozenset(found), has_json, self.contract.succeeds(exchange.status))

    def _body(self, exchange: Exchange, sheet: Sheet | None) -> frozenset[str]:
        if sheet is not None and sheet.is_typed:
            return _NONE if sheet.is_strict else _JSON_STRICT
        if not parsed(exchange):
            return _OF_JSON | _OF_PAGE
        found = _NONE if has_every_string(exchange.body, exchange.json) else _JSON_STRICT
        validator = self._validator(exchange.status)
        if validator is not None and validator.is_valid(exchange.json):
            return found
        valid = exchange.status == HTTPStatus.OK and self._open is not None and self._open.is_valid(exchange.json)
        return found | (_FIELDS if valid else _OF_SCHEMA)

    def _validator(self, status: int) -> jsonschema_rs.Validator | None:
        if status not in self._validators:
            response = next(iter(self.contract.responses_for(status)), None)
            schemas = [] if response is None else [one for media, one in response.content.items() if "json" in media]
            beside = of_items(self.contract) if self.contract.succeeds(status) else None
            self._validators[status] = closed(self.contract, schemas[0], beside=beside) if schemas else None
        return self._validators[status]

    def _page(self, exchange: Exchange, sheet: Sheet | None) -> frozenset[str]:
        if sheet is None:
            return _OF_PAGE
        found: set[str] = set()
        columns, identity = sheet.columns, self.contract.identity
        if not sheet.decodes:
            found.add("client-decodes")
        if any(one.of(sheet.value(one.value)) != sheet.size for one in self._counters):
            found.add("count-is-page")
        ends = [(edge, columns[edge.field]) for edge in self.contract.edges] if sheet.size else []
        if any(sheet.value(edge.value) != held[0 if edge.item == "first" else -1] for edge, held in ends):
            found.add("edge-is-item")
        asked = asked_limit(self.contract, exchange)
        if asked is not None and sheet.size > asked:
            found |= {"limit-respected", "page-full"}
        if asked is not None and sheet.size < asked:
            found.add("page-full")
        if not all_different(columns[identity], columns.kind(identity)):
            found.add("identity-unique")
        if not sheet.agrees:
            found.add("invariants-hold")
        return frozenset(found)


def finds(name: str, contract: Contract, exchange: Exchange) -> bool:
    """Whether a check of single exchanges finds something in one."""
    function = SINGLE[name].of_exchange
    return function is not None and next(iter(function(contract, exchange)), None) is not None
