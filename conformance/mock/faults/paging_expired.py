"""Faults in what answers a cursor that is too old."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import refuse
from conformance.mock.answers.request import Refused, without
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.next_page import asked_next, leads_on, paging_of
from conformance.spec.contract import Contract

_REFUSED = range(400, 500)


def _expires(contract: Contract) -> bool:
    return contract.paging is not None and contract.paging.lifetime is not None


def _distinct(contract: Contract) -> bool:
    """Whether a cursor that was never given is refused otherwise than one that has expired."""
    name = contract.paging.parameter if contract.paging is not None else ""
    old, unknown = contract.refusal(f"expired-{name}"), contract.refusal(f"unknown-{name}")
    return _expires(contract) and old is not None and unknown is not None and not {*old.status} & {*unknown.status}


def _for_ever(contract: Contract) -> Contract:
    paging = contract.paging
    return contract if paging is None else evolve(contract, paging=evolve(paging, lifetime=None))


def _of_old(change: Callable[[Scene], Answer]) -> Callable[[Scene], Answer]:
    """Changes the refusal of a cursor that was given once."""

    def garble(scene: Scene) -> Answer:
        if leads_on(scene):
            scene.memory[str(asked_next(scene))] = True
        given = scene.request.values(paging_of(scene).parameter)
        old = _is_refusal(scene) and any(text in scene.memory for text in given)
        return change(scene) if old else scene.answer

    return garble


def _is_refusal(scene: Scene) -> bool:
    """Whether an answer may be to a cursor that is too old, as far as its status says."""
    refusal = scene.contract.refusal(f"expired-{paging_of(scene).parameter}")
    status = scene.answer.status
    return status in _REFUSED and (refusal is None or bool({str(status), "4XX"} & {*refusal.status}))


def _begins_anew(scene: Scene) -> Answer:
    return scene.server.answer(without(scene.request, paging_of(scene).parameter))


def _as_unknown(scene: Scene) -> Answer:
    name = paging_of(scene).parameter
    refused = Refused(f"unknown-{name}", "the cursor is not valid", parameter=name)
    return refuse(scene.contract, scene.dataset, refused)


FAULTS = (
    Fault(
        name="expired-cursor-accepted",
        says="A cursor leads on, however old it is.",
        check="expired-cursor-refused",
        applies=_expires,
        misread=_for_ever,
    ),
    Fault(
        name="expired-cursor-restarts",
        says="A cursor that is too old leads to the first page.",
        check="expired-cursor-refused",
        applies=_expires,
        garble=_of_old(_begins_anew),
    ),
    Fault(
        name="expired-cursor-unknown",
        says="A cursor that is too old is refused as one that was never given.",
        check="expired-cursor-refused",
        applies=_distinct,
        garble=_of_old(_as_unknown),
    ),
)
