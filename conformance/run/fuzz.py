"""Generated queries, good and bad, and what the answers contradict: Schemathesis judges; the target alone sends."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
from schemathesis.core.failures import Failure, FailureGroup

from conformance.checks.base import Cause, Check, Skip
from conformance.checks.fuzz import BAD_INPUT, GOOD_INPUT
from conformance.checks.wire import SUCCESS
from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Finding
from conformance.listing.lawful import broken_keywords, ordinary, ruled_out
from conformance.listing.visit import Visit
from conformance.pointer import Pointer
from conformance.run.confirm import repeated
from conformance.run.queries import AnyCase, generated
from conformance.sentence import Query, Status, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Refusal
from conformance.spec.standing import WEAKEST_FIRST, ground, weakest

BAD_CODE = "ST201"
CODES = {BAD_CODE: BAD_INPUT, "ST202": GOOD_INPUT}
FEWEST = 5
"""Requests below which generated queries tell next to nothing."""
REFUSALS = frozenset({400, 401, 403, 404, 422})


def fuzz(contract: Contract, visit: Visit, seed: int) -> Iterator[Finding]:
    """Send the generated queries of a seed, while the budget lasts, and yield what the answers contradict."""
    left = visit.target.left
    if left is not None and left < FEWEST:
        raise Skip(f"{left} requests are left; generated queries need {FEWEST}", Cause.RUN)
    ceiling = math.inf if left is None else visit.target.sent + left
    for case in generated(contract, seed):
        if visit.target.sent < ceiling:
            yield from _try(contract, visit, case)


def _try(contract: Contract, visit: Visit, case: AnyCase) -> list[Finding]:
    prepared = case.as_transport_kwargs(base_url="http://127.0.0.1")
    url = str(httpx.Request("GET", prepared["url"], params=prepared.get("params") or None).url)
    exchange = visit.send(tuple(parse_qsl(urlsplit(url).query, keep_blank_values=True)))
    failed = _failed(contract, case, exchange)
    found = [one for check in failed for one in check.findings(contract, [_observed(contract, exchange, check)])]
    return _as_shown_again(contract, visit, case, found)


def _failed(contract: Contract, case: AnyCase, exchange: Exchange) -> list[Check]:
    """The checks that an answer does not pass."""
    if _is_as_it_should_be(case, exchange):
        return []
    return [
        CODES[failure.code]
        for failure in _failures(case, exchange)
        if getattr(failure, "code", "") in CODES and not _excused(contract, exchange, failure)
    ]


def _as_shown_again(contract: Contract, visit: Visit, case: AnyCase, found: list[Finding]) -> list[Finding]:
    """The findings; an error that a second look does not show again is a warning."""
    if not any(one.is_error for one in found):
        return found
    try:
        again = {check.id for check in _failed(contract, case, repeated(visit, found[0].witness[0]))}
    except ConformanceError:
        return found
    return [one if one.check in again else one.once() for one in found]


def _is_as_it_should_be(case: AnyCase, exchange: Exchange) -> bool:
    """Whether there is nothing to judge: a good query succeeded, or a bad one was refused in an ordinary way."""
    mode = case.meta.generation.mode if case.meta else None
    return mode is not None and exchange.status in (SUCCESS if mode.is_positive else REFUSALS)


def _failures(case: AnyCase, exchange: Exchange) -> list[Failure]:
    response = httpx.Response(
        exchange.status,
        headers=[(name, value) for name, value in exchange.headers.multi_items() if name.lower() != "content-encoding"],
        content=exchange.body,
        request=httpx.Request("GET", exchange.request.url),
    )
    response.elapsed = timedelta(seconds=exchange.seconds)
    try:
        case.validate_response(response)
    except FailureGroup as group:
        return [failure for failure in group.exceptions if isinstance(failure, Failure)]
    except Failure as failure:
        return [failure]
    return []


def _excused(contract: Contract, exchange: Exchange, failure: Failure) -> bool:
    """A refusal is due only where it is documented and the query is ruled out, success only for an ordinary one."""
    if getattr(failure, "code", "") == BAD_CODE:
        return _refused_by(contract, exchange) is None
    return not ordinary(contract, exchange)


def _observed(contract: Contract, exchange: Exchange, check: Check) -> Contradiction:
    refusal = _refused_by(contract, exchange) if check is BAD_INPUT else None
    return Contradiction(
        pointer=refusal.pointer if refusal else contract.pointer.below("parameters"),
        says=refusal.says if refusal else "what the documentation allows can be asked",
        expected=said("a refusal" if check is BAD_INPUT else "success"),
        actual=said("{status} for {query}", status=Status(exchange.status), query=Query(exchange.query)),
        witness=(exchange,),
        place=_blamed(contract, exchange),
        also=_rules(contract, exchange) if refusal else (),
    )


def _refused_by(contract: Contract, exchange: Exchange) -> Refusal | None:
    """The documented refusal of a query that is ruled out, if there is one."""
    refusals = (contract.refusal_of(name) for name in ruled_out(contract, exchange))
    return next((one for one in refusals if one is not None), None)


def _rules(contract: Contract, exchange: Exchange) -> tuple[Pointer, ...]:
    """The keywords by which a query is ruled out, of the parameter of which the documentation is surest."""
    given = dict(exchange.query)
    rows = []
    for name in ruled_out(contract, exchange):
        known = contract.parameter(name)
        schema = known.pointer.below("schema", *(("items",) if known.is_array else ()))
        rows.append(tuple(schema.below(word) for word in broken_keywords(known, given[name])))
    return max(rows, key=lambda places: _surest(contract, places), default=())


def _surest(contract: Contract, places: tuple[Pointer, ...]) -> int:
    return WEAKEST_FIRST.index(weakest(ground(contract, place) for place in places).standing)


def _blamed(contract: Contract, exchange: Exchange) -> str:
    """What tells this drift from others: the parameters at fault, or else all that were given."""
    known = {parameter.name for parameter in contract.parameters}
    return " ".join(ruled_out(contract, exchange) or sorted({name for name, _ in exchange.query} & known))
