"""Faults in what is hidden where nobody asks."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.request import Request, without
from conformance.mock.faults.fault import Fault
from conformance.mock.faults.filtering import has, ignored
from conformance.mock.faults.tools import filters_of
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation

Kinds = tuple[Relation, ...]


def _without_filter(kinds: Kinds) -> Callable[[Contract], Contract]:
    def misread(contract: Contract) -> Contract:
        gone = filters_of(contract, *kinds)[0]
        return evolve(contract, filters=tuple(known for known in contract.filters if known is not gone))

    return misread


def _flag(contract: Contract) -> str:
    return filters_of(contract, Relation.NULL_UNLESS_TRUE)[0].parameter


def _flag_inverted(contract: Contract, request: Request) -> Request:
    name = _flag(contract)
    given = request.values(name)
    value = {"true": "false", "false": "true"}.get(given[0] if given else "false", "")
    return evolve(without(request, name), query=(*without(request, name).query, (name, value))) if value else request


def _word_for_all(contract: Contract) -> Filter | None:
    return next((known for known in contract.filters if known.hides and known.any is not None), None)


def _all_by_default(contract: Contract, request: Request) -> Request:
    known = _word_for_all(contract)
    if known is None or request.values(known.parameter):
        return request
    return evolve(request, query=(*request.query, (known.parameter, str(known.any))))


FAULTS = (
    evolve(
        ignored(
            "hidden-stay-hidden",
            "Hidden items cannot be asked for.",
            Relation.NULL_UNLESS_TRUE,
            check="bad-input-refused",
        ),
        # That something is hidden shows nowhere; that the parameter is not read shows where a bad value is refused.
        applies=lambda contract: bool(
            contract.refusal("invalid-parameter") and filters_of(contract, Relation.NULL_UNLESS_TRUE)
        ),
    ),
    Fault(
        name="hidden-shown-by-default",
        says="Hidden items are listed where nobody asked.",
        check="filter-default",
        applies=has(Relation.NULL_UNLESS_TRUE),
        misread=_without_filter((Relation.NULL_UNLESS_TRUE,)),
    ),
    Fault(
        name="everything-where-nothing-is-asked",
        says="Where nothing is asked for, what the word for everything asks for is listed.",
        check="filter-default",
        applies=lambda contract: _word_for_all(contract) is not None,
        mishear=_all_by_default,
    ),
    Fault(
        name="hidden-inverted",
        says="Hidden items are listed unless asked for.",
        check="filter-default",
        applies=has(Relation.NULL_UNLESS_TRUE),
        mishear=_flag_inverted,
    ),
)
