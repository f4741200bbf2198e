"""Readings of who gets in, and of how others are told."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading
from conformance.spec.contract import Contract

STRANGERS = ("missing-credentials", "wrong-credentials")
UNAUTHORIZED = 401


def _allow(status: int) -> Callable[[Contract], bool]:
    """Whether a refusal of credentials may have this status."""

    def allowed(contract: Contract) -> bool:
        refusals = [refusal for refusal in contract.refusals if refusal.given in STRANGERS]
        wanted = {str(status), f"{status // 100}XX"}
        return bool(refusals) and all(wanted & set(refusal.status) for refusal in refusals)

    return allowed


def _answered(status: int) -> Callable[[Scene], Answer]:
    return lambda scene: evolve(scene.answer, status=status) if scene.answer.status == UNAUTHORIZED else scene.answer


def _first_alone(contract: Contract) -> Contract:
    return evolve(contract, security=contract.security[:1])


def _challenged(scene: Scene) -> Answer:
    if scene.answer.status != UNAUTHORIZED:
        return scene.answer
    return evolve(scene.answer, headers={**scene.answer.headers, "www-authenticate": 'Bearer realm="api"'})


READINGS = (
    Reading(
        name="strangers-forbidden",
        says="Whoever is not let in gets 403.",
        applies=_allow(403),
        garble=_answered(403),
    ),
    Reading(
        name="strangers-find-nothing",
        says="Whoever is not let in gets 404.",
        applies=_allow(404),
        garble=_answered(404),
    ),
    Reading(
        name="first-scheme-alone",
        says="Of several documented schemes only the first lets in.",
        applies=lambda contract: len(contract.security) > 1,
        misread=_first_alone,
    ),
    Reading(
        name="strangers-challenged",
        says="A 401 says how to authenticate (RFC 9110, 11.6.1).",
        applies=lambda contract: bool(contract.credentials),
        garble=_challenged,
    ),
)
