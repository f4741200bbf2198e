"""Faults in what is refused, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.arguments import Reader
from conformance.mock.answers.request import Refused, Request
from conformance.mock.answers.responder import Responder
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import without
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind
from conformance.spec.promises import Refusal, Relation, Response

BAD = "bad-input-refused"
_CLIENT_ERROR = range(400, 500)


def _guarded(contract: Contract) -> bool:
    return bool(contract.credentials)


def _open(contract: Contract) -> Contract:
    return evolve(contract, credentials=())


def _if_given(scene: Scene) -> Answer:
    """Listed for whoever shows something; refused, as honestly, for who shows nothing."""
    if any(scene.request.headers.get(known.name.lower()) for known in scene.contract.credentials):
        return scene.answer
    return Responder(scene.contract, scene.dataset, secret="").answer(scene.request)


def _switched(contract: Contract) -> Contract:
    """The only scheme that is read carries its credential in another header."""
    known = contract.credentials[0]
    other = evolve(known, kind=Kind.HEADER, name="X-Access-Key")
    return evolve(contract, credentials=(other,))


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


def _unknown_cursor(contract: Contract) -> bool:
    return contract.paging is not None and contract.refusal(f"unknown-{contract.paging.parameter}") is not None


def _restarts(scene: Scene) -> Answer:
    paging = scene.contract.paging
    if paging is None or scene.answer.status not in _CLIENT_ERROR or not scene.request.values(paging.parameter):
        return scene.answer
    return scene.server.answer(without(scene.request, paging.parameter))


def _unknown_owner(contract: Contract) -> list[str]:
    return [name for name in contract.scopes if contract.refusal(f"unknown-{name}") is not None]


def _owner_ignored(scene: Scene) -> Answer:
    if scene.answer.status != 404:  # noqa: PLR2004 - or whatever it is
        return scene.answer
    return scene.server.answer(without(scene.request, *_unknown_owner(scene.contract)))


def _error(change: Callable[[Answer], Answer]) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        at_home = scene.request.path == scene.contract.path and scene.request.method == "GET"
        return change(scene.answer) if at_home and scene.answer.status in _CLIENT_ERROR else scene.answer

    return garble


def _described(contract: Contract) -> bool:
    """Whether the body of a refusal is documented in enough detail to be wrong."""
    return any(_members(contract, response) for response in contract.responses if response.status[0] == "4")


def _members(contract: Contract, response: Response) -> list[str]:
    schemas = [contract.resolve(schema) for schema in response.content.values()]
    return [name for schema in schemas for name in schema.get("properties", ())]


def _other_error(scene: Scene) -> Answer:
    """What should be described in detail is a number."""
    documented = scene.contract.responses_for(scene.answer.status)
    at_home = scene.request.path == scene.contract.path and scene.request.method == "GET"
    if scene.answer.status not in _CLIENT_ERROR or not at_home or not documented:
        return scene.answer
    names = _members(scene.contract, documented[0])
    return evolve(scene.answer, body=dict.fromkeys(names, 0)) if names else scene.answer


def _json_errors(contract: Contract) -> bool:
    return any(response.status[0] == "4" and response.content for response in contract.responses)


def _query_json(contract: Contract) -> list[str]:
    return [
        known.parameter
        for known in contract.filters
        if known.relation is Relation.CONTAINS and known.encoding == "json"
    ]


def _json_ignored(scene: Scene) -> Answer:
    if scene.answer.status not in _CLIENT_ERROR or scene.answer.status == 401:  # noqa: PLR2004 - its own refusal
        return scene.answer
    return scene.server.answer(without(scene.request, *_query_json(scene.contract)))


def _is_of_unmet(refusal: Refusal) -> bool:
    return refusal.given.startswith("unmet-")


FAULTS = (
    Fault(
        name="no-credentials-needed",
        says="Anybody may list.",
        check="credentials-required",
        applies=_guarded,
        misread=_open,
    ),
    Fault(
        name="wrong-credentials-accepted",
        says="Any credential at all lets in.",
        check="credentials-required",
        applies=_guarded,
        misread=_open,
        garble=_if_given,
    ),
    Fault(
        name="credential-moved",
        says="The credential is read from another header.",
        check="credentials-accepted",
        applies=_guarded,
        misread=_switched,
    ),
    Fault(
        name="refused-with-200",
        says="A refusal comes with status 200.",
        check="credentials-required",
        applies=_guarded,
        garble=_error(lambda answer: evolve(answer, status=200)),
    ),
    Fault(
        name="refused-with-500",
        says="A refusal comes with status 500.",
        check="credentials-required",
        applies=_guarded,
        garble=_error(lambda answer: evolve(answer, status=500)),
    ),
    Fault(
        name="error-body-changed",
        says="Errors have another body.",
        check="error-body-documented",
        applies=_described,
        garble=_other_error,
    ),
    Fault(
        name="error-body-text",
        says="Errors are plain text.",
        check="error-body-documented",
        applies=_json_errors,
        garble=_error(lambda answer: evolve(answer, sent=b"no", headers={"content-type": "text/plain"})),
    ),
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
        garble=_json_ignored,
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
        name="bad-cursor-restarts",
        says="A broken cursor leads to the first page.",
        check="cursor-opaque",
        applies=_unknown_cursor,
        garble=_restarts,
    ),
    Fault(
        name="unknown-owner-lists-all",
        says="An owner that does not exist is ignored, not refused.",
        check=BAD,
        applies=lambda contract: bool(_unknown_owner(contract)),
        garble=_owner_ignored,
    ),
)
