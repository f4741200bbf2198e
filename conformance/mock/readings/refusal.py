"""Readings of the body of a refusal, where no page shows one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.collection.values import Json, encode
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import REFUSED, Reading
from conformance.spec.contract import Contract

Body = Callable[[int], tuple[str, bytes]]
"""The content type, empty for none, and the bytes of a refusal with a status."""


def _undescribed(contract: Contract, status: int) -> bool:
    return not any(response.content for response in contract.responses_for(status)[:1])


def _applies(contract: Contract) -> bool:
    return any(response.status.startswith("4") and not response.content for response in contract.responses)


def _garble(body: Body) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        answer = scene.answer
        at_home = scene.request.path == scene.contract.served
        if not at_home or answer.status not in REFUSED or not _undescribed(scene.contract, answer.status):
            return answer
        media, sent = body(answer.status)
        return evolve(answer, sent=sent, headers={**answer.headers, "content-type": media})

    return garble


def _json(value: Callable[[int], Json], media: str = "application/json") -> Body:
    return lambda status: (media, encode(value(status)))


BODIES: Mapping[str, tuple[str, Body]] = {
    "refusals-empty": ("A refusal has no body.", lambda _: ("", b"")),
    "refusals-in-text": ("A refusal is plain text.", lambda _: ("text/plain; charset=utf-8", b"refused")),
    "refusals-in-html": ("A refusal is a page of a gateway.", lambda _: ("text/html", b"<h1>refused</h1>")),
    "refusals-as-problems": (
        "A refusal is a problem (RFC 9457).",
        _json(lambda status: {"title": "Refused", "status": status}, "application/problem+json"),
    ),
    "refusals-flat": ("A refusal is a flat object.", _json(lambda _: {"type": "refused", "message": "no"})),
    "refusals-as-one-string": ("A refusal is a JSON string.", _json(lambda _: "refused")),
    "refusals-as-a-list": ("A refusal is a list of reasons.", _json(lambda status: [{"reason": status}])),
    "refusals-with-a-trace": (
        "A refusal has an error with more beside it.",
        _json(lambda status: {"error": {"code": status, "message": "no", "trace": None}, "request_id": "r1"}),
    ),
}

READINGS = tuple(
    Reading(name=name, says=says, applies=_applies, garble=_garble(body)) for name, (says, body) in BODIES.items()
)
