"""Readings of pages: how long they are, how they lead on, and how the last one ends."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, added, replaced, without
from conformance.mock.collection.dataset import PAGE
from conformance.mock.collection.order import boundary
from conformance.mock.faults.next_page import ENDS, asked_next, leading, leads_on, paging_of
from conformance.mock.faults.tools import is_page
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, counted, ended
from conformance.spec.contract import Contract
from conformance.spec.promises import Style

EMPTY, BEHIND = "e.", "z."
ODD = "c+/=&% ü."


def opaque(contract: Contract) -> bool:
    """Whether an opaque text of the body leads on."""
    paging = contract.paging
    plain = paging is not None and paging.style is Style.CURSOR
    in_body = plain and paging is not None and paging.cursor is not None and not paging.cursor.header
    return in_body and boundary(contract) is None and not _is_number(contract)


def _may_be_empty(contract: Contract) -> bool:
    """Whether a page that leads on need not be full."""
    return opaque(contract) and not (contract.limit is not None and contract.limit.full == "stated")


def _is_number(contract: Contract) -> bool:
    paging = contract.paging
    kind = contract.parameter(paging.parameter).schema.get("type") if paging is not None else ""
    return contract.is_counted or kind in ("integer", "number")


def _given(scene: Scene) -> str:
    return next(iter(scene.request.values(paging_of(scene).parameter)), "")


def _parameter(contract: Contract) -> str:
    return contract.paging.parameter if contract.paging is not None else ""


def _unmarked(mark: str) -> Callable[[Contract, Request], Request]:
    """The request as it is without a mark on its cursor."""

    def mishear(contract: Contract, request: Request) -> Request:
        name = _parameter(contract)
        for text in request.values(name):
            _, found, rest = text.partition(mark)
            request = replaced(request, name, rest) if found else request
        return request

    return mishear


def _odd_cursors(scene: Scene) -> Answer:
    return leading(scene, f"{ODD}{asked_next(scene)}") if leads_on(scene) else scene.answer


def _new_cursors(scene: Scene) -> Answer:
    return leading(scene, f"{scene.turn}@{asked_next(scene)}") if leads_on(scene) else scene.answer


def _empty_between(scene: Scene) -> Answer:
    """Every other later page is empty, and leads to what it should have held."""
    given = _given(scene)
    if not is_page(scene.answer) or not given or given.startswith(EMPTY) or sum(given.encode()) % 2:
        return scene.answer
    empty = evolve(scene, answer=evolve(scene.answer, items=()))
    return leading(evolve(scene, answer=counted(empty, 0)), f"{EMPTY}{given}")


def _empty_behind(scene: Scene) -> Answer:
    """A full last page leads on, to an empty one."""
    if not is_page(scene.answer):
        return scene.answer
    if _given(scene).startswith(BEHIND):
        return ended(evolve(scene, answer=evolve(scene.answer, items=())), 0)
    if leads_on(scene) or not scene.answer.items:
        return scene.answer
    return leading(scene, f"{BEHIND}{_given(scene)}")


def _behind(contract: Contract, request: Request) -> Request:
    """The empty page is asked for as the page before it."""
    name = _parameter(contract)
    for text in request.values(name):
        if text.startswith(BEHIND):
            before = text.removeprefix(BEHIND)
            request = replaced(request, name, before) if before else without(request, name)
    return request


def _ends(way: str) -> Callable[[Contract], bool]:
    return lambda contract: opaque(contract) and way in _ways(contract)[1:]


def _ways(contract: Contract) -> tuple[str, ...]:
    return contract.paging.ends if contract.paging is not None else ()


def _ending(way: str) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        return leading(scene, ENDS[way]) if is_page(scene.answer) and not leads_on(scene) else scene.answer

    return garble


def _may_be_short(contract: Contract) -> bool:
    limit = contract.limit
    paging = contract.paging
    leads = paging is not None and paging.cursor is not None and boundary(contract) is None
    return leads and not _is_number(contract) and limit is not None and limit.full != "stated"


def asked_size(contract: Contract, request: Request) -> int | None:
    """The limit of a request, or the default; None where it is no good one."""
    limit = contract.limit
    if limit is None:
        return None
    texts = request.values(limit.parameter) or [str(limit.default or PAGE)]
    good = len(texts) == 1 and texts[0].isascii() and texts[0].isdecimal()
    asked = int(texts[0]) if good else 0
    return asked if (limit.minimum or 1) <= asked <= (limit.maximum or asked) else None


def _shorter(size: Callable[[Request, int], int]) -> Callable[[Contract, Request], Request]:
    def mishear(contract: Contract, request: Request) -> Request:
        asked = asked_size(contract, request)
        if asked is None or contract.limit is None:
            return request
        name = contract.limit.parameter
        return added(without(request, name), name, str(max(1, size(request, asked))))

    return mishear


def _shorter_by_place(contract: Contract, request: Request) -> Request:
    """How many items are at hand depends on where a page begins."""
    begins = sum("".join(request.values(_parameter(contract))).encode())
    return _shorter(lambda _, asked: asked - begins % 3)(contract, request)


READINGS = (
    Reading(
        name="pages-shorter-than-asked",
        says="A page holds two thirds of its limit, and leads on.",
        applies=_may_be_short,
        mishear=_shorter(lambda _, asked: asked * 2 // 3),
    ),
    Reading(
        name="pages-of-any-length",
        says="A page holds as many items as were at hand, at most its limit.",
        applies=_may_be_short,
        mishear=_shorter_by_place,
    ),
    Reading(
        name="pages-of-seven",
        says="No page holds more than seven items.",
        applies=_may_be_short,
        mishear=_shorter(lambda _, asked: min(asked, 7)),
    ),
    Reading(
        name="empty-page-between",
        says="Some pages in the middle are empty, and lead on.",
        applies=_may_be_empty,
        mishear=_unmarked(EMPTY),
        garble=_empty_between,
    ),
    Reading(
        name="empty-page-behind",
        says="The last items lead to an empty page, which is the last.",
        applies=_may_be_empty,
        mishear=_behind,
        garble=_empty_behind,
    ),
    Reading(
        name="cursors-of-odd-characters",
        says="Cursors hold blanks, slashes, ampersands and umlauts.",
        applies=opaque,
        mishear=_unmarked(ODD),
        garble=_odd_cursors,
    ),
    Reading(
        name="cursors-always-new",
        says="The same page gives another cursor each time.",
        applies=opaque,
        mishear=_unmarked("@"),
        garble=_new_cursors,
    ),
    Reading(
        name="end-is-null", says="The last page has null for a cursor.", applies=_ends("null"), garble=_ending("null")
    ),
    Reading(
        name="end-is-empty",
        says="The last page has an empty text for a cursor.",
        applies=_ends("empty"),
        garble=_ending("empty"),
    ),
    Reading(
        name="end-is-absent",
        says="The last page has no cursor at all.",
        applies=_ends("absent"),
        garble=_ending("absent"),
    ),
)
