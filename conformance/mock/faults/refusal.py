"""Faults in what is refused, and how."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import without
from conformance.mock.answers.responder import Responder
from conformance.mock.faults.fault import Fault, Scene
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind, Requirement
from conformance.spec.openapi_parts import Response

_CLIENT_ERROR = range(400, 500)


def _guarded(contract: Contract) -> bool:
    return bool(contract.credentials)


def _open(contract: Contract) -> Contract:
    return evolve(contract, security=())


def _if_given(scene: Scene) -> Answer:
    """Listed for whoever shows something; refused, as honestly, for who shows nothing."""
    if any(scene.request.headers.get(known.name.lower()) for known in scene.contract.credentials):
        return scene.answer
    return Responder(scene.contract, scene.dataset, secret="").answer(scene.request)


def _switched(contract: Contract) -> Contract:
    """The only scheme that is read carries its credential in another header."""
    known, *beside = contract.security[0].credentials
    other = evolve(known, kind=Kind.HEADER, name="X-Access-Key")
    return evolve(contract, security=(Requirement((other, *beside)),))


def _counts_together(contract: Contract) -> bool:
    """Whether half of what is asked for together could let in, and is documented to be refused."""
    documented = any(refusal.given.endswith("-credentials") for refusal in contract.refusals)
    return documented and any(len(one.credentials) > 1 for one in contract.security)


def _first_of_each(contract: Contract) -> Contract:
    return evolve(contract, security=tuple(Requirement(one.credentials[:1]) for one in contract.security))


def _unknown_cursor(contract: Contract) -> bool:
    return contract.paging is not None and contract.refusal(f"unknown-{contract.paging.parameter}") is not None


def _restarts(scene: Scene) -> Answer:
    paging = scene.contract.paging
    if paging is None or scene.answer.status not in _CLIENT_ERROR or not scene.request.values(paging.parameter):
        return scene.answer
    return scene.server.answer(without(scene.request, paging.parameter))


def _error(change: Callable[[Answer], Answer]) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        at_home = scene.request.path == scene.contract.served and scene.request.method == "GET"
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
    at_home = scene.request.path == scene.contract.served and scene.request.method == "GET"
    if scene.answer.status not in _CLIENT_ERROR or not at_home or not documented:
        return scene.answer
    names = _members(scene.contract, documented[0])
    return evolve(scene.answer, body=dict.fromkeys(names, 0)) if names else scene.answer


def _json_errors(contract: Contract) -> bool:
    return any(response.status[0] == "4" and response.content for response in contract.responses)


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
        applies=lambda contract: _guarded(contract) and contract.refusal("wrong-credentials") is not None,
        misread=_open,
        garble=_if_given,
    ),
    Fault(
        name="half-a-credential-accepted",
        says="Of credentials that count only together the first is enough.",
        check="credentials-required",
        applies=_counts_together,
        misread=_first_of_each,
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
    Fault(
        name="bad-cursor-restarts",
        says="A broken cursor leads to the first page.",
        check="cursor-opaque",
        applies=_unknown_cursor,
        garble=_restarts,
    ),
)
