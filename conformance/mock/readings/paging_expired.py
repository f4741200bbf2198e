"""Readings of how long a cursor lives, and of one that nobody gave where old ones are refused."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import refuse
from conformance.mock.answers.request import Refused
from conformance.mock.faults.next_page import paging_of
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import REFUSED, Reading
from conformance.spec.contract import Contract


def _expires(contract: Contract) -> bool:
    return contract.paging is not None and contract.paging.lifetime is not None


def _a_little_longer(contract: Contract) -> Contract:
    paging = contract.paging
    if paging is None or paging.lifetime is None:
        return contract
    return evolve(contract, paging=evolve(paging, lifetime=paging.lifetime + paging.lifetime // 10))


def _refuses_both(contract: Contract) -> bool:
    name = contract.paging.parameter if contract.paging is not None else ""
    return bool(contract.refusal(f"unknown-{name}") and contract.refusal(f"expired-{name}"))


def _as_expired(scene: Scene) -> Answer:
    """Any cursor that leads nowhere is too old: it is looked for among those that are kept."""
    name = paging_of(scene).parameter
    if scene.answer.status not in REFUSED or not scene.request.values(name):
        return scene.answer
    refusal = scene.contract.refusal(f"unknown-{name}")
    if refusal is None or str(scene.answer.status) not in refusal.status:
        return scene.answer
    return refuse(scene.contract, scene.dataset, Refused(f"expired-{name}", "the cursor has expired", parameter=name))


READINGS = (
    Reading(
        name="cursors-live-a-little-longer",
        says="A cursor that has expired leads on until somebody tidies up, a tenth of its life later.",
        applies=_expires,
        misread=_a_little_longer,
    ),
    Reading(
        name="unknown-cursor-expired",
        says="A cursor that nobody gave is refused as one that has expired.",
        applies=_refuses_both,
        garble=_as_expired,
    ),
)
