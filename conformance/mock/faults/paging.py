"""Faults in the way from page to page."""

from __future__ import annotations

from attrs import evolve

from conformance import pointer
from conformance.mock.answers.answer import Answer
from conformance.mock.answers.links import address, asked_for, links, target_of
from conformance.mock.answers.paging import counts_pages
from conformance.mock.answers.request import Request
from conformance.mock.collection.order import boundary
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import envelope, filters_of, is_page, read, without
from conformance.spec.contract import Contract
from conformance.spec.promises import Paging, Relation, Style

_ENDS: dict[str, Json] = {"absent": pointer.MISSING, "null": None, "empty": "", "false": False}


def _pages(contract: Contract) -> bool:
    return contract.paging is not None


def _opaque(contract: Contract) -> bool:
    return _pages(contract) and boundary(contract) is None and counts_pages(contract) is None


def _paging(scene: Scene) -> Paging:
    if scene.contract.paging is None:
        raise ValueError(scene.contract.stem)
    return scene.contract.paging


def _is_later(scene: Scene) -> bool:
    return is_page(scene.answer) and bool(scene.request.values(_paging(scene).parameter))


def _names_next(contract: Contract) -> bool:
    paging = contract.paging
    return paging is not None and paging.cursor is not None and paging.style is not Style.LAST_ITEM


def _next(scene: Scene) -> Json:
    """What an answer says that the next page is asked for by; None where it says nothing."""
    paging = _paging(scene)
    if paging.cursor is None:
        return None
    said = read(scene, paging.cursor)
    if paging.style is Style.LINK_HEADER:
        return target_of(str(said), paging.parameter)
    if paging.style is Style.NEXT_URL:
        return asked_for(str(said), paging.parameter)
    if paging.style is Style.LAST_ITEM:
        items = scene.answer.items or ()
        return pointer.get(items[-1].value, paging.field) if said is True and items else None
    return None if said in ("", pointer.MISSING) else said


def _leads_on(scene: Scene) -> bool:
    return is_page(scene.answer) and _next(scene) is not None


def _leading(scene: Scene, following: Json) -> Answer:
    """The answer that leads to another page."""
    paging = _paging(scene)
    if paging.cursor is None:
        return scene.answer
    if paging.style is Style.LINK_HEADER:
        following = links(scene.contract, scene.request, following)
    if paging.style is Style.NEXT_URL and following not in _ENDS.values():
        following = address(scene.contract, scene.request, following)
    if paging.style is Style.LAST_ITEM:
        following = True
    return envelope(scene, paging.cursor, following)


def _repeat(scene: Scene) -> Answer:
    """A later page begins with an item of the first."""
    if not _is_later(scene) or not scene.answer.items:
        return scene.answer
    first = scene.server.answer(without(scene.request, _paging(scene).parameter)).items or ()
    return evolve(scene.answer, items=(*first[-1:], *scene.answer.items[: max(0, len(scene.answer.items) - 1)]))


def _drop(scene: Scene) -> Answer:
    return evolve(scene.answer, items=(scene.answer.items or ())[1:]) if _is_later(scene) else scene.answer


def _loop(scene: Scene) -> Answer:
    """The second page leads to itself."""
    given = scene.request.values(_paging(scene).parameter)
    if not _is_later(scene) or not _leads_on(scene):
        return scene.answer
    return _leading(scene, int(given[0]) if isinstance(_next(scene), int) else given[0])


def _ignored(contract: Contract, request: Request) -> Request:
    return without(request, contract.paging.parameter) if contract.paging is not None else request


def _last(scene: Scene) -> Answer:
    paging = _paging(scene)
    if paging.cursor is None:
        return evolve(scene.answer, items=())
    end = _ENDS[paging.ends[0]]
    return envelope(scene, paging.cursor, end)


def _premature(scene: Scene) -> Answer:
    return _last(scene) if _is_later(scene) else scene.answer


def _endless(scene: Scene) -> Answer:
    """The last page leads on, to itself; where pages are counted, the page after the last is the first again."""
    if not _is_later(scene) or _leads_on(scene):
        return scene.answer
    if _paging(scene).cursor is None and not scene.answer.items:
        return scene.server.answer(without(scene.request, _paging(scene).parameter))
    return _leading(scene, scene.request.values(_paging(scene).parameter)[0])


def _undocumented_end(scene: Scene) -> Answer:
    if not is_page(scene.answer) or _leads_on(scene):
        return scene.answer
    other = next(value for way, value in _ENDS.items() if way not in _paging(scene).ends)
    return _leading(scene, other)


def _ends_one_way(contract: Contract) -> bool:
    ways = contract.paging.ends if contract.paging is not None else ()
    return 0 < len(ways) < 3 and _in_body(contract) and _names_next(contract)  # noqa: PLR2004 - of three


def _in_body(contract: Contract) -> bool:
    paging = contract.paging
    return paging is not None and paging.cursor is not None and paging.cursor.source == "body"


def _holds_cursor(contract: Contract) -> bool:
    return _in_body(contract) and contract.paging is not None and contract.paging.style is Style.CURSOR


def _text_cursor(contract: Contract) -> bool:
    return _opaque(contract) and _holds_cursor(contract)


def _number(scene: Scene) -> Answer:
    return _leading(scene, 1778068800000) if _leads_on(scene) else scene.answer


def _numeric_cursor(contract: Contract) -> bool:
    return _holds_cursor(contract) and not _opaque(contract)


def _text(scene: Scene) -> Answer:
    return _leading(scene, str(_next(scene))) if _leads_on(scene) else scene.answer


def _filterable(contract: Contract) -> list[str]:
    return [known.parameter for known in filters_of(contract, Relation.EQUALS, Relation.IN, Relation.CONTAINS)]


def _forgets_filters(scene: Scene) -> Answer:
    """Later pages are those of the unfiltered listing."""
    names = _filterable(scene.contract)
    if not _is_later(scene) or not any(scene.request.values(name) for name in names):
        return scene.answer
    if not _names_next(scene.contract):
        return scene.server.answer(without(scene.request, *names))
    start = scene.server.answer(without(scene.request, *names, _paging(scene).parameter))
    cursor = _next(evolve(scene, answer=start))
    request = without(scene.request, *names, _paging(scene).parameter)
    return scene.server.answer(evolve(request, query=(*request.query, (_paging(scene).parameter, str(cursor)))))


def _ordered(contract: Contract) -> bool:
    return _opaque(contract) and contract.order is not None and bool(contract.order.parameter)


def _forgets_order(scene: Scene) -> Answer:
    order = scene.contract.order
    if order is None or not _is_later(scene) or not scene.request.values(order.parameter):
        return scene.answer
    start = scene.server.answer(without(scene.request, order.parameter, _paging(scene).parameter))
    return evolve(scene.answer, items=start.items)


FAULTS = (
    Fault(
        name="repeat-last-item",
        says="A later page begins with an item of the first.",
        check="pages-disjoint",
        applies=_pages,
        garble=_repeat,
    ),
    Fault(
        name="drop-boundary-item",
        says="Every later page lacks its first item.",
        check="pages-complete",
        applies=_pages,
        garble=_drop,
    ),
    Fault(
        name="cursor-loops",
        says="The second page leads to itself.",
        check="walk-ends",
        applies=_names_next,
        garble=_loop,
    ),
    Fault(
        name="cursor-ignored", says="Every page is the first.", check="pages-disjoint", applies=_pages, mishear=_ignored
    ),
    Fault(
        name="premature-end",
        says="The second page claims to be the last.",
        check="pages-complete",
        applies=_pages,
        garble=_premature,
    ),
    Fault(
        name="endless-last-page",
        says="The last page leads to itself for ever.",
        check="walk-ends",
        applies=_pages,
        garble=_endless,
    ),
    Fault(
        name="undocumented-end",
        says="The last page shows its end in a way that is not documented.",
        check="last-page-ends",
        applies=_ends_one_way,
        garble=_undocumented_end,
    ),
    Fault(
        name="cursor-became-number",
        says="The cursor is a number.",
        check="body-matches-schema",
        applies=_text_cursor,
        garble=_number,
    ),
    Fault(
        name="cursor-became-text",
        says="The cursor is text.",
        check="body-matches-schema",
        applies=_numeric_cursor,
        garble=_text,
    ),
    Fault(
        name="cursor-drops-filters",
        says="Later pages forget the filters.",
        check="cursor-keeps-filters",
        applies=lambda contract: _pages(contract) and bool(_filterable(contract)),
        garble=_forgets_filters,
    ),
    Fault(
        name="cursor-drops-order",
        says="Later pages forget the order that was asked for.",
        check="order-reverses",
        applies=_ordered,
        garble=_forgets_order,
    ),
)
