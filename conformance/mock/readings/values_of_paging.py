"""Readings of what answers a limit, or a cursor, that a page neither allows nor refuses."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import error
from conformance.mock.answers.request import Request, replaced, without
from conformance.mock.faults.tools import is_page
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import REFUSED, Reading, emptied, is_open
from conformance.mock.readings.values import NO_VALUE, may_answer_otherwise, refuses
from conformance.spec.contract import Contract

MOST = 50
"""A maximum where none is documented."""


def _cut_above(contract: Contract) -> list[str]:
    limit = contract.limit
    named = [limit.parameter] if limit is not None and limit.maximum is not None and not limit.capped else []
    return [name for name in named if may_answer_otherwise(contract, name, "maximum")]


def _cut_to_maximum(contract: Contract, request: Request) -> Request:
    for name in _cut_above(contract):
        for text in request.values(name):
            most = contract.limit.maximum if contract.limit is not None else None
            if most is not None and text.isdecimal() and int(text) > most:
                request = replaced(request, name, str(most))
    return request


def _capped_by_default(contract: Contract) -> bool:
    """Whether a page says that a larger limit is capped, and not that pages are full."""
    limit = contract.limit
    return limit is not None and limit.capped and limit.default is not None and limit.full != "stated"


def _default_above(contract: Contract, request: Request) -> Request:
    limit = contract.limit
    if limit is None or limit.maximum is None:
        return request
    above = any(text.isdecimal() and int(text) > limit.maximum for text in request.values(limit.parameter))
    return replaced(request, limit.parameter, str(limit.default)) if above else request


def _unlimited(contract: Contract) -> list[str]:
    limit = contract.limit
    return [limit.parameter] if limit is not None and limit.maximum is None else []


def _above_most(to: str) -> Callable[[Contract, Request], Request]:
    def mishear(contract: Contract, request: Request) -> Request:
        for name in _unlimited(contract):
            if any(text.isdecimal() and int(text) > MOST for text in request.values(name)):
                request = replaced(request, name, to)
        return request

    return mishear


def _open_cursor(contract: Contract) -> str:
    """The parameter of a cursor whose invented values no page says to refuse."""
    paging = contract.paging
    refusal = contract.refusal(f"unknown-{paging.parameter}") if paging is not None else None
    return paging.parameter if paging is not None and refusal is not None and is_open(contract, refusal.pointer) else ""


def _of_unknown_cursor(change: Callable[[Scene, Answer], Answer]) -> Callable[[Scene], Answer]:
    """Changes the refusal of a cursor that nobody gave; the change sees what answers without it."""

    def garble(scene: Scene) -> Answer:
        name = _open_cursor(scene.contract)
        if scene.answer.status not in REFUSED or not scene.request.values(name):
            return scene.answer
        plain = scene.server.answer(without(scene.request, name))
        return change(scene, plain) if is_page(plain) else scene.answer

    return garble


READINGS = (
    Reading(
        name="limit-cut-to-its-maximum",
        says="A limit above the maximum gets a page of the maximum.",
        applies=lambda contract: bool(_cut_above(contract)),
        mishear=_cut_to_maximum,
    ),
    Reading(
        name="limit-above-its-cap-gets-the-default",
        says="A limit above the largest gets the default page, which is no longer than the largest.",
        applies=_capped_by_default,
        mishear=_default_above,
    ),
    Reading(
        name="limit-refused-above-fifty",
        says="A limit above fifty is refused, where no maximum is documented.",
        applies=lambda contract: bool(_unlimited(contract)) and refuses(contract),
        mishear=_above_most(NO_VALUE),
    ),
    Reading(
        name="limit-cut-to-fifty",
        says="A limit above fifty gets a page of fifty, where no maximum is documented.",
        applies=lambda contract: bool(_unlimited(contract)),
        mishear=_above_most(str(MOST)),
    ),
    Reading(
        name="unknown-cursor-begins-anew",
        says="A cursor that nobody gave leads to the first page.",
        applies=lambda contract: bool(_open_cursor(contract)),
        garble=_of_unknown_cursor(lambda _, plain: plain),
    ),
    Reading(
        name="unknown-cursor-lists-nothing",
        says="A cursor that nobody gave leads to an empty page.",
        applies=lambda contract: bool(_open_cursor(contract)),
        garble=_of_unknown_cursor(emptied),
    ),
    Reading(
        name="unknown-cursor-not-found",
        says="A cursor that nobody gave is answered with 404.",
        applies=lambda contract: bool(_open_cursor(contract)) and bool(contract.responses_for(404)),
        garble=_of_unknown_cursor(lambda scene, _: error(scene.dataset, 404, message="no such page")),
    ),
)
