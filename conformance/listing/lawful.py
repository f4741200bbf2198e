"""What the documentation says of a generated query: ruled out, ordinary, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from conformance.exchange import Exchange
from conformance.jsontext import Json
from conformance.spec.checker import checker
from conformance.spec.contract import Contract
from conformance.spec.openapi_parts import Parameter
from conformance.spec.query import parts
from conformance.spec.values import BOUNDS

LONGEST = 128
ORDINARY_TIME = re.compile(r"20([01]\d|2[0-4])-\d\d-\d\dT\d\d:\d\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)")
LATEST = 1_735_689_600_000
"""The Unix time at which 2025 began: the greatest number that is asked for where no maximum is documented."""
FORMS = frozenset({"enum", "const", "format", "pattern"})
"""What says which texts a parameter takes."""


def ordinary(contract: Contract, exchange: Exchange) -> bool:
    """Whether a lawful server has no ground to refuse a query that fits its schemas.

    No page promises an answer to empty or unprintable text, text of no documented form, numbers that are not whole or
    beyond 32 bits, times to come, a range whose ends were drawn independently, a limit of nothing, or a page after
    the first, which need not be there.
    """
    if _is_nowhere(contract, exchange):
        return False
    known = {parameter.name: parameter for parameter in contract.parameters}
    ranges = [one.parameter for one in contract.filters if one.relation in BOUNDS]
    names = [name for name, _ in exchange.query]
    return sum(name in ranges for name in names) <= 1 and all(
        _ordinary(_single(known[name]) if name in known else {}, part)
        for name, value in exchange.query
        for part in (parts(known[name], value) if name in known else [value])
    )


def _single(parameter: Parameter) -> Mapping[str, Any]:
    """The schema of one value of a parameter."""
    schema: Mapping[str, Any] = parameter.schema.get("items", {}) if parameter.is_array else parameter.schema
    return schema


def _is_nowhere(contract: Contract, exchange: Exchange) -> bool:
    """Whether a page of no items is asked for, or a counted one after the first."""
    paging, limit = contract.paging, contract.limit
    counted = paging.parameter if paging is not None and contract.is_counted else ""
    least = limit.parameter if limit is not None and limit.minimum is None else ""
    start = str(paging.start) if paging is not None else ""
    return any((name == counted and text != start) or (name == least and text == "0") for name, text in exchange.query)


def _ordinary(schema: Mapping[str, Any], text: str) -> bool:
    if schema.get("format") == "date-time":
        return ORDINARY_TIME.fullmatch(text) is not None
    if schema.get("type") in {"integer", "number"}:
        return text.isascii() and text.isdecimal() and ("maximum" in schema or int(text) < LATEST)
    if schema.get("type") == "string" and not FORMS & set(schema):
        return False
    return text.isprintable() and 0 < len(text) <= LONGEST


def ruled_out(contract: Contract, exchange: Exchange) -> list[str]:
    """The parameters given once whose text no reading of their schema allows; an empty text may mean none at all."""
    names = [name for name, _ in exchange.query]
    given = [(name, value) for name, value in exchange.query if value and names.count(name) == 1]
    known = {parameter.name: parameter for parameter in contract.parameters}
    return sorted(name for name, value in given if name in known and broken_keywords(known[name], value))


def broken_keywords(parameter: Parameter, text: str) -> set[str]:
    """The keywords that a text does not keep, in the reading of it that comes nearest; none where one keeps all."""
    single = checker(_single(parameter))
    return next(filter(None, (_broken(single, part) for part in parts(parameter, text))), set())


def _broken(single: jsonschema_rs.Validator, text: str) -> set[str]:
    found = [{str(error.schema_path[-1]) for error in single.iter_errors(reading)} for reading in _readings(text)]
    return min(found, key=lambda keywords: (bool(keywords), "type" in keywords, len(keywords)))


def _readings(text: str) -> Iterator[Json]:
    yield text
    if text.lower() in {"true", "false", "1", "0"}:
        yield text.lower() in {"true", "1"}
    for kind in (int, float):
        try:
            yield kind(text)
        except ValueError:
            continue
