"""Readings of what is asked beside a cursor, where a page says what other arguments there are."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import refuse
from conformance.mock.answers.request import Refused, Request, without
from conformance.mock.faults.next_page import asked_next, leads_on, paging_of
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading
from conformance.spec.contract import Contract


def _says(word: str) -> Callable[[Contract], bool]:
    return lambda contract: contract.paging is not None and contract.paging.changed == word


def _all_again(scene: Scene) -> Answer:
    """What led to a cursor must stand beside it, but for the size of the page."""
    parameter = paging_of(scene).parameter
    beside = {one.parameter for one in (scene.contract.limit,) if one is not None} | {parameter}
    asked = {pair for pair in scene.request.query if pair[0] not in beside}
    for cursor in scene.request.values(parameter):
        if not scene.memory.get(cursor, set()) <= asked:
            refused = Refused(f"changed-{parameter}", "the cursor is another listing's", parameter=parameter)
            return refuse(scene.contract, scene.dataset, refused)
    if leads_on(scene):
        scene.memory[str(asked_next(scene))] = asked
    return scene.answer


def _cursor_alone(contract: Contract, request: Request) -> Request:
    """The request without any filter beside its cursor."""
    names = {one.parameter for one in contract.filters}
    follows = contract.paging is not None and request.values(contract.paging.parameter)
    return without(request, *names) if follows else request


READINGS = (
    Reading(
        name="cursor-alone-refused",
        says="A cursor without the arguments of its listing is refused, as beside others.",
        applies=_says("refused"),
        garble=_all_again,
    ),
    Reading(
        name="arguments-beside-a-cursor-not-read",
        says="A filter beside a cursor is not even read, so that a bad value is accepted there.",
        applies=_says("kept"),
        mishear=_cursor_alone,
    ),
)
"""Both are lawful: a page says what other arguments are, not what none are, and what is ignored need not be good."""
