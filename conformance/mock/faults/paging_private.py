"""Faults in what a cursor shows to another credential."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, without
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.next_page import asked_next, leads_on, paging_of
from conformance.spec.contract import Contract


def _private(contract: Contract) -> bool:
    return contract.paging is not None and contract.paging.private and bool(contract.credentials)


def _strict(contract: Contract) -> bool:
    return _private(contract) and any(one.given.startswith("foreign-") for one in contract.refusals)


def shown(contract: Contract, request: Request) -> Request:
    """What of a request says who asks: its headers, and the credentials in its query."""
    names = {one.name for one in contract.credentials}
    return evolve(request, query=tuple(pair for pair in request.query if pair[0] in names))


def _opens(scene: Scene) -> Answer:
    """Whoever has a cursor lists what it was given for, as the one who was given it."""
    asking = shown(scene.contract, scene.request)
    for text in scene.request.values(paging_of(scene).parameter):
        owner = scene.memory.get(text, asking)
        if owner != asking:
            rest = without(scene.request, *(one.name for one in scene.contract.credentials))
            as_owner = evolve(owner, query=(*rest.query, *owner.query))
            scene = evolve(scene, answer=scene.server.answer(as_owner))
    if leads_on(scene):
        scene.memory.setdefault(str(asked_next(scene)), asking)
    return scene.answer


def _not_refused(contract: Contract) -> Contract:
    return evolve(contract, refusals=tuple(one for one in contract.refusals if not one.given.startswith("foreign-")))


FAULTS = (
    Fault(
        name="foreign-cursor-opens",
        says="Whoever has a cursor sees what it leads to, whichever credential it was given.",
        check="cursor-private",
        applies=_private,
        garble=_opens,
    ),
    Fault(
        name="foreign-cursor-accepted",
        says="A cursor of another credential leads on in the asking one's own listing, where it must be refused.",
        check="cursor-private",
        applies=_strict,
        misread=_not_refused,
    ),
)
