"""The documented parameters of a request, as typed values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from conformance.mock.answers.paging import counts_pages
from conformance.mock.answers.request import Refused, Request
from conformance.mock.collection import moments
from conformance.mock.collection.values import Json
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.openapi_parts import Parameter
from conformance.spec.query import parts

_INTEGER = re.compile(r"-?\d{1,400}(\.0+)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?", re.ASCII)


class Reader:
    """Reads and validates the query of requests to one operation."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._counting = {contract.limit.parameter} if contract.limit is not None else set()
        if contract.paging is not None and counts_pages(contract) is not None:
            self._counting.add(contract.paging.parameter)
        self._cursor = contract.paging.parameter if contract.paging is not None else ""

    def read(self, request: Request) -> dict[str, Json]:
        """Name to value of every documented parameter of the query that is given; others are ignored."""
        self._check_headers(request)
        arguments = {}
        for known in self._contract.parameters:
            texts = request.values(known.name)
            if texts:
                arguments[known.name] = self._counted(known, self._value(known, texts), texts)
            elif known.required:
                raise Refused("invalid-parameter", f"{known.name} is required", parameter=known.name)
        self._check_limit(arguments)
        return arguments

    def _check_headers(self, request: Request) -> None:
        for known in self._contract.header_parameters:
            text = request.headers.get(known.name.lower())
            if text is None and known.required:
                raise Refused("invalid-parameter", f"the header {known.name} is required", parameter=known.name)
            if text is not None and not known.validator.is_valid(_scalar(known.schema, text)):
                raise Refused("invalid-parameter", f"the header {known.name} is invalid", parameter=known.name)

    def _value(self, known: Parameter, texts: list[str]) -> Json:
        if known.is_array:
            values = [_scalar(known.schema.get("items", {}), text) for one in texts for text in parts(known, one)]
            value: Json = MISSING if MISSING in values else values
        elif len(texts) > 1:
            value = MISSING
        else:
            value = _scalar(known.schema, texts[0])
        if value is MISSING or not known.validator.is_valid(value):
            given = "invalid-parameter"
            if known.name == self._cursor and self._contract.refusal(f"unknown-{known.name}"):
                given = f"unknown-{known.name}"
            raise Refused(given, f"the value of {known.name} is invalid", parameter=known.name)
        return value

    def _counted(self, known: Parameter, value: Json, texts: list[str]) -> Json:
        """What counts is written as a whole number, also where the documentation calls it a number."""
        if known.name not in self._counting:
            return value
        if not all(map(_INTEGER.fullmatch, texts)):
            raise Refused("invalid-parameter", f"{known.name} must be a whole number", parameter=known.name)
        return int(value)

    def _check_limit(self, arguments: Mapping[str, Json]) -> None:
        limit = self._contract.limit
        least = 1 if limit is None or limit.minimum is None else limit.minimum
        if limit is not None and arguments.get(limit.parameter, least) < least:
            raise Refused("invalid-parameter", f"{limit.parameter} must be at least {least}", parameter=limit.parameter)


def _scalar(schema: Mapping[str, Json], text: str) -> Json:
    """The value that `text` stands for; `MISSING` where the schema's type has no such text."""
    kinds = schema.get("type", [branch.get("type") for branch in schema.get("anyOf", ())] or "string")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if "integer" in kinds and _INTEGER.fullmatch(text):
        return int(text.partition(".")[0])
    if "number" in kinds and _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    if "string" not in kinds:
        return MISSING
    if schema.get("format") == "date-time" and moments.parse(text, zone=True) is None:
        return MISSING
    return text
