"""Generated queries, good and bad, and what the answers contradict: Schemathesis judges; the target alone sends."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

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
from conformance.run.draw import Draw, GeneratedQuery
from conformance.run.queries import queries
from conformance.sentence import Query, Status, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Refusal
from conformance.spec.standing import WEAKEST_FIRST, ground, weakest

BAD_CODE, GOOD_CODE = "ST201", "ST202"
CODES = {BAD_CODE: BAD_INPUT, GOOD_CODE: GOOD_INPUT}
FEWEST = 5
"""Requests below which generated queries tell next to nothing."""
REFUSALS = frozenset({400, 401, 403, 404, 422})


def fuzz(contract: Contract, visit: Visit, seed: int, store: Path | None) -> Iterator[Finding]:
    """Send the generated queries of a seed, while the budget lasts, and yield what the answers contradict."""
    left = visit.target.left
    if left is not None and left < FEWEST:
        raise Skip(f"{left} requests are left; generated queries need {FEWEST}", Cause.RUN)
    ceiling = math.inf if left is None else visit.target.sent + left
    draw = Draw.of(contract, seed)
    for asked in queries(draw, store):
        if visit.target.sent < ceiling:
            yield from _try(Judge(contract, draw, asked), visit)


@frozen
class Judge:
    """What is said of the answers to one generated query."""

    contract: Contract
    draw: Draw
    asked: GeneratedQuery

    def failed(self, exchange: Exchange) -> list[Check]:
        """The checks that an answer does not pass; Schemathesis is asked where one may not be as it should be."""
        if self.is_as_it_should_be(exchange) or _excused(self.contract, exchange, self.code):
            return []
        from conformance.run.cases import failures  # noqa: PLC0415 - loaded where an answer is no ordinary one

        return [CODES[self.code]] if self.code in failures(self.draw, self.asked, exchange) else []

    @property
    def code(self) -> str:
        """What Schemathesis calls it where an answer is not as it should be."""
        return GOOD_CODE if self.asked.is_good else BAD_CODE

    def is_as_it_should_be(self, exchange: Exchange) -> bool:
        """Whether there is nothing to judge: a good query succeeded, or a bad one was refused in an ordinary way."""
        return exchange.status in (SUCCESS if self.asked.is_good else REFUSALS)


def _try(judge: Judge, visit: Visit) -> list[Finding]:
    exchange = visit.send(judge.asked.pairs)
    contract = judge.contract
    failed = judge.failed(exchange)
    found = [one for check in failed for one in check.findings(contract, [_observed(contract, exchange, check)])]
    return _as_shown_again(judge, visit, found)


def _as_shown_again(judge: Judge, visit: Visit, found: list[Finding]) -> list[Finding]:
    """The findings; an error that a second look does not show again is a warning."""
    if not any(one.is_error for one in found):
        return found
    try:
        again = {check.id for check in judge.failed(repeated(visit, found[0].witness[0]))}
    except ConformanceError:
        return found
    return [one if one.check in again else one.once() for one in found]


def _excused(contract: Contract, exchange: Exchange, code: str) -> bool:
    """A refusal is due only where it is documented and the query is ruled out, success only for an ordinary one."""
    if code == BAD_CODE:
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
