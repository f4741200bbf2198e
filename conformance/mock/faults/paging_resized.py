"""Faults in the size of the pages that follow."""

from __future__ import annotations

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import added, without
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.next_page import asked_next, paging_of
from conformance.mock.faults.tools import is_page
from conformance.spec.contract import Contract


def _resized(contract: Contract) -> bool:
    return contract.paging is not None and contract.paging.resized and contract.limit is not None


def _size_kept(scene: Scene) -> Answer:
    """The page in the size of the one that led to it."""
    limit, answer = scene.contract.limit, scene.answer
    if limit is None or not is_page(answer):
        return answer
    (led, *_) = (*scene.request.values(paging_of(scene).parameter), "")
    if led in scene.memory:
        kept = added(without(scene.request, limit.parameter), limit.parameter, str(scene.memory[led]))
        answer = scene.server.answer(kept)
    following = asked_next(scene) if answer is scene.answer else None
    if following is not None and answer.items:
        scene.memory.setdefault(str(following), len(answer.items))
    return answer


FAULTS = (
    Fault(
        name="cursor-keeps-size",
        says="Following pages are as long as the first, whatever is asked for.",
        check="cursor-resized",
        applies=_resized,
        garble=_size_kept,
    ),
)
