"""Proposals for parameters: other bounds than documented, another default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from conformance.checks.wire import SUCCESS
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit
from conformance.propose.edits.places import parameter_schema
from conformance.spec.openapi_parts import Parameter
from conformance.spec.promises import Limit

OUTSIDE = frozenset({"limit-bounds", "bad-input-refused", "generated-bad-input-refused"})
INSIDE = frozenset({"limit-bounds", "good-input-accepted"})
CLIENT_ERROR = range(400, 500)
LOOSENED = ("minimum", "maximum", "pattern", "maxLength", "minLength")


def change(case: Case) -> Change | None:
    """The bound that moved, or the default that changed."""
    if case.finding.check == "limit-default":
        return _default(case)
    query = case.witness.query
    if len(query) != 1 or case.finding.check not in OUTSIDE | INSIDE:
        return None
    known = [parameter for parameter in case.contract.parameters if parameter.name == query[0][0]]
    if not known:
        return None
    accepted = case.witness.status in SUCCESS
    if accepted and case.finding.check in OUTSIDE:
        return _withdrawn(case, known[0], query[0][1])
    refused = case.witness.status in CLIENT_ERROR and case.finding.check in INSIDE
    return _narrowed(case, known[0], query[0][1]) if refused else None


def _withdrawn(case: Case, parameter: Parameter, text: str) -> Change | None:
    """What was accepted outside of a bound shows that there is none; where the next one lies nobody knows."""
    keyword = next((each for each in LOOSENED if not _keeps(parameter.schema, each, text)), "")
    if not keyword or case.contract.refusal(f"unknown-{parameter.name}") or _is_ignored(case, parameter):
        return None
    place = parameter_schema(case.contract, parameter).place
    return Change(
        edits=(Edit("drop", place.below(keyword)),),
        pointer=parameter.pointer,
        says=f"{parameter.name} has a {keyword}",
        instead="what lies beyond it is accepted",
    )


def _is_ignored(case: Case, parameter: Parameter) -> bool:
    """Whether the run doubts that the parameter is read at all: then it has no other bounds either."""
    contract = case.contract
    places = {one.pointer for one in contract.filters if one.parameter == parameter.name}
    if contract.limit is not None and contract.limit.parameter == parameter.name:
        places.add(contract.limit.pointer)
    return any(place in places and check not in OUTSIDE for check, place in case.seen.broken)


def _keeps(schema: Mapping[str, Any], keyword: str, text: str) -> bool:
    if keyword not in schema:
        return True
    number = _number(text)
    if keyword in {"minimum", "maximum"} and number is None:
        return True
    value = text if number is None or keyword not in {"minimum", "maximum"} else number
    return jsonschema_rs.Draft202012Validator({keyword: schema[keyword]}).is_valid(value)


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _narrowed(case: Case, parameter: Parameter, text: str) -> Change | None:
    """A documented bound that is refused moves to the value beside it, where that was accepted."""
    number, limit = _number(text), case.contract.limit
    if number is None or limit is None or limit.parameter != parameter.name or not _is_within(limit, number):
        return None
    taken = {int(value) for value in case.seen.asked(parameter.name, accepted=True) if _number(value) is not None}
    below, above = [value for value in taken if value < number], [value for value in taken if value > number]
    keyword = "maximum" if below and not above else "minimum" if above and not below else ""
    if not keyword:
        return None
    bound = max(below) if keyword == "maximum" else min(above)
    if abs(bound - number) > 1:
        return None
    return Change(
        edits=(Edit("set", parameter_schema(case.contract, parameter).place.below(keyword), bound),),
        pointer=parameter.pointer,
        says=f"the {keyword} of {parameter.name} is {parameter.schema.get(keyword, 'not stated')}",
        instead=f"the farthest that was accepted is {bound}",
    )


def _is_within(limit: Limit, number: int) -> bool:
    """Whether a number of items is one that may be asked for."""
    return (limit.minimum is None or number >= limit.minimum) and (limit.maximum is None or number <= limit.maximum)


def _default(case: Case) -> Change | None:
    """The size of a plain page, where more follows or more was listed: then the page was full."""
    limit = case.contract.limit
    plain = next((page for page in case.seen.plain(limit.parameter if limit else "") if not page.exchange.query), None)
    if limit is None or plain is None or len(plain.items) == limit.default:
        return None
    if {(check, limit.pointer) for check in ("limit-respected", "limit-prefix", "page-full")} & case.seen.broken:
        return None
    if (plain.cursor is None or case.contract.is_counted) and len(case.seen.listed) <= len(plain.items):
        return None
    parameter = case.contract.parameter(limit.parameter)
    return Change(
        edits=(Edit("set", parameter_schema(case.contract, parameter).place.below("default"), len(plain.items)),),
        pointer=parameter.pointer,
        says=f"{limit.parameter} is {limit.default} when it is not given",
        instead=f"it is {len(plain.items)}",
    )
