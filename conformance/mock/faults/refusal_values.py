"""Faults in what answers a bad value of a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.arguments import Reader
from conformance.mock.answers.request import Refused, Request, without
from conformance.mock.faults.fault import Fault, Scene
from conformance.spec.contract import Contract
from conformance.spec.promises import Refusal, Relation

BAD = "bad-input-refused"
_CLIENT_ERROR = range(400, 500)


def _bad(wanted: Callable[[Mapping[str, Any]], bool]) -> Callable[[Contract], list[str]]:
    """Parameters, no cursor among them, whose schema is as wanted."""

    def find(contract: Contract) -> list[str]:
        cursor = contract.paging.parameter if contract.paging is not None else ""
        return [
            known.name
            for known in contract.parameters
            if known.name != cursor and (wanted(known.schema) or wanted(known.schema.get("items", {})))
        ]

    return find


def _dropped_when_bad(find: Callable[[Contract], list[str]]) -> Callable[[Contract, Request], Request]:
    """The parameter is ignored where its value is bad, instead of refused."""

    def mishear(contract: Contract, request: Request) -> Request:
        for name in find(contract):
            alone = evolve(request, query=tuple(pair for pair in request.query if pair[0] == name))
            try:
                Reader(contract).read(alone)
            except Refused:
                request = without(request, name)
        return request

    return mishear


def _accepts(name: str, says: str, wanted: Callable[[Mapping[str, Any]], bool]) -> Fault:
    find = _bad(wanted)
    return Fault(
        name=name,
        says=says,
        check=BAD,
        applies=lambda contract: bool(contract.refusal("invalid-parameter") and find(contract)),
        mishear=_dropped_when_bad(find),
    )


def _query_json(contract: Contract) -> list[str]:
    return [
        known.parameter
        for known in contract.filters
        if known.relation is Relation.CONTAINS and known.encoding == "json"
    ]


def _expressions(contract: Contract) -> list[str]:
    named = (known.parameter for known in contract.filters if known.expression)
    return [name for name in named if contract.refusal(f"invalid-{name}") is not None]


def _ignored(find: Callable[[Contract], list[str]]) -> Callable[[Scene], Answer]:
    """The parameters are ignored where the answer is a refusal."""

    def garble(scene: Scene) -> Answer:
        if scene.answer.status not in _CLIENT_ERROR or scene.answer.status == 401:  # noqa: PLR2004 - its own refusal
            return scene.answer
        return scene.server.answer(without(scene.request, *find(scene.contract)))

    return garble


def _is_of_unmet(refusal: Refusal) -> bool:
    return refusal.given.startswith("unmet-")


def _unknown_owner(contract: Contract) -> list[str]:
    return [name for name in contract.scopes if contract.refusal(f"unknown-{name}") is not None]


def _owner_ignored(scene: Scene) -> Answer:
    if scene.answer.status != 404:  # noqa: PLR2004 - or whatever it is
        return scene.answer
    return scene.server.answer(without(scene.request, *_unknown_owner(scene.contract)))


FAULTS = (
    _accepts(
        "bad-enum-accepted", "A value outside the enumeration is ignored, not refused.", lambda schema: "enum" in schema
    ),
    _accepts(
        "bad-number-accepted",
        "Text where a number is due is ignored, not refused.",
        lambda schema: schema.get("type") in ("integer", "number"),
    ),
    _accepts(
        "bad-time-accepted",
        "What is no time is ignored, not refused.",
        lambda schema: schema.get("format") == "date-time",
    ),
    _accepts(
        "bad-flag-accepted",
        "What is no boolean is ignored, not refused.",
        lambda schema: schema.get("type") == "boolean",
    ),
    _accepts(
        "bad-pattern-accepted", "Text against the pattern is ignored, not refused.", lambda schema: "pattern" in schema
    ),
    Fault(
        name="bad-json-accepted",
        says="What is no JSON object is ignored, not refused.",
        check=BAD,
        applies=lambda contract: bool(_query_json(contract)),
        garble=_ignored(_query_json),
    ),
    Fault(
        name="bad-expression-accepted",
        says="A text that is no expression is ignored, not refused.",
        check=BAD,
        applies=lambda contract: bool(_expressions(contract)),
        garble=_ignored(_expressions),
    ),
    Fault(
        name="unmet-filter-accepted",
        says="A filter without the parameter that it requires is not read, and not refused.",
        check=BAD,
        applies=lambda contract: any(map(_is_of_unmet, contract.refusals)),
        misread=lambda contract: evolve(
            contract, refusals=tuple(one for one in contract.refusals if not _is_of_unmet(one))
        ),
    ),
    Fault(
        name="unknown-owner-lists-all",
        says="An owner that does not exist is ignored, not refused.",
        check=BAD,
        applies=lambda contract: bool(_unknown_owner(contract)),
        garble=_owner_ignored,
    ),
)
