"""A reading of a cursor that another credential was given."""

from __future__ import annotations

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import refuse
from conformance.mock.answers.request import Refused
from conformance.mock.faults.next_page import asked_next, leads_on, paging_of
from conformance.mock.faults.paging_private import shown
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading
from conformance.spec.contract import Contract


def _open(contract: Contract) -> bool:
    paging = contract.paging
    return paging is not None and paging.private and contract.refusal(f"foreign-{paging.parameter}") is None


def _refuses_others(scene: Scene) -> Answer:
    name = paging_of(scene).parameter
    asking = shown(scene.contract, scene.request)
    if any(scene.memory.get(text, asking) != asking for text in scene.request.values(name)):
        return refuse(scene.contract, scene.dataset, Refused(f"unknown-{name}", "no such cursor", parameter=name))
    if leads_on(scene):
        scene.memory.setdefault(str(asked_next(scene)), asking)
    return scene.answer


READINGS = (
    Reading(
        name="foreign-cursor-unknown",
        says="A cursor of another credential is refused as one that nobody gave.",
        applies=_open,
        garble=_refuses_others,
    ),
)
