"""Faults in the way from page to page."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, replaced, without
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.next_page import (
    ENDS,
    asked_next,
    in_body,
    is_later,
    is_opaque,
    last,
    leading,
    leads_on,
    names_next,
    pages,
    paging_of,
)
from conformance.mock.faults.tools import filters_of, is_page
from conformance.spec.contract import Contract
from conformance.spec.promises import Relation, Style

FIRST_NUMBER = 1778068800000
"""A moment in ms, as servers that page by time give."""


def _repeat(scene: Scene) -> Answer:
    """A later page begins with an item of the first."""
    if not is_later(scene) or not scene.answer.items:
        return scene.answer
    first = scene.server.answer(without(scene.request, paging_of(scene).parameter)).items or ()
    return evolve(scene.answer, items=(*first[-1:], *scene.answer.items[: max(0, len(scene.answer.items) - 1)]))


def _drop(scene: Scene) -> Answer:
    return evolve(scene.answer, items=(scene.answer.items or ())[1:]) if is_later(scene) else scene.answer


def _drop_last(scene: Scene) -> Answer:
    return evolve(scene.answer, items=scene.answer.items[:-1]) if scene.answer.items else scene.answer


def _drop_half(scene: Scene) -> Answer:
    return evolve(scene.answer, items=(scene.answer.items or ())[1::2]) if is_later(scene) else scene.answer


def _loop(scene: Scene) -> Answer:
    """The second page leads to itself."""
    given = scene.request.values(paging_of(scene).parameter)
    if not is_later(scene) or not leads_on(scene):
        return scene.answer
    return leading(scene, int(given[0]) if isinstance(asked_next(scene), int) else given[0])


def _ignored(contract: Contract, request: Request) -> Request:
    return without(request, contract.paging.parameter) if contract.paging is not None else request


def _premature(scene: Scene) -> Answer:
    return last(scene) if is_later(scene) else scene.answer


def _endless(scene: Scene) -> Answer:
    """The last page leads on, to itself; where pages are counted, the page after the last is the first again."""
    if not is_later(scene) or leads_on(scene):
        return scene.answer
    counted = paging_of(scene).cursor is None or paging_of(scene).style is Style.LAST_ITEM
    if counted and not scene.answer.items:
        return scene.server.answer(without(scene.request, paging_of(scene).parameter))
    return leading(scene, scene.request.values(paging_of(scene).parameter)[0])


def _undocumented_end(scene: Scene) -> Answer:
    if not is_page(scene.answer) or leads_on(scene):
        return scene.answer
    other = next(value for way, value in ENDS.items() if way not in paging_of(scene).ends)
    return leading(scene, other)


def _ends_one_way(contract: Contract) -> bool:
    ways = contract.paging.ends if contract.paging is not None else ()
    return 0 < len(ways) < 3 and in_body(contract) and names_next(contract)  # noqa: PLR2004 - of three


def _holds_cursor(contract: Contract) -> bool:
    return in_body(contract) and contract.paging is not None and contract.paging.style is Style.CURSOR


def text_cursor(contract: Contract) -> bool:
    """Whether the cursor is a text in the body, and the server's own secret."""
    return is_opaque(contract) and _holds_cursor(contract)


def _number(scene: Scene) -> Answer:
    """Numbers lead on, and are taken for the cursors that they stand for."""
    name, cursors = paging_of(scene).parameter, scene.memory
    for text in scene.request.values(name):
        if text in cursors:
            scene = evolve(scene, answer=scene.server.answer(replaced(scene.request, name, cursors[text])))
    if not leads_on(scene):
        return scene.answer
    cursor = asked_next(scene)
    known = (number for number, one in cursors.items() if one == cursor)
    number = next(known, str(FIRST_NUMBER + len(cursors)))
    cursors[number] = cursor
    return leading(scene, int(number))


def _numeric_cursor(contract: Contract) -> bool:
    return _holds_cursor(contract) and not is_opaque(contract)


def _text(scene: Scene) -> Answer:
    return leading(scene, str(asked_next(scene))) if leads_on(scene) else scene.answer


def filterable(contract: Contract) -> list[str]:
    """The parameters of the filters that ask for values."""
    return [known.parameter for known in filters_of(contract, Relation.EQUALS, Relation.IN, Relation.CONTAINS)]


def _forgets_filters(scene: Scene) -> Answer:
    """Later pages are those of the unfiltered listing."""
    names = filterable(scene.contract)
    if not is_later(scene) or not any(scene.request.values(name) for name in names):
        return scene.answer
    if not names_next(scene.contract):
        return scene.server.answer(without(scene.request, *names))
    start = scene.server.answer(without(scene.request, *names, paging_of(scene).parameter))
    cursor = asked_next(evolve(scene, answer=start))
    request = without(scene.request, *names, paging_of(scene).parameter)
    return scene.server.answer(evolve(request, query=(*request.query, (paging_of(scene).parameter, str(cursor)))))


def _ordered(contract: Contract) -> bool:
    return is_opaque(contract) and contract.order is not None and contract.order.turns


def _forgets_order(scene: Scene) -> Answer:
    order = scene.contract.order
    if order is None or not is_later(scene) or not scene.request.values(order.parameter):
        return scene.answer
    start = scene.server.answer(without(scene.request, order.parameter, paging_of(scene).parameter))
    return evolve(scene.answer, items=start.items)


def _cuts_by_itself(contract: Contract) -> bool:
    """Whether a page leads on past what it lacks: not so where the last item that it shows leads on."""
    return contract.paging is not None and contract.paging.style is not Style.LAST_ITEM


FAULTS = (
    Fault(
        name="repeat-last-item",
        says="A later page begins with an item of the first.",
        check="pages-disjoint",
        applies=pages,
        garble=_repeat,
    ),
    Fault(
        name="drop-boundary-item",
        says="Every later page lacks its first item.",
        check="pages-complete",
        applies=pages,
        garble=_drop,
    ),
    Fault(
        name="drop-last-item",
        says="Every page lacks its last item.",
        check="pages-complete",
        applies=_cuts_by_itself,
        garble=_drop_last,
    ),
    Fault(
        name="drop-every-other-item",
        says="Every later page lacks every other item.",
        check="pages-complete",
        applies=pages,
        garble=_drop_half,
    ),
    Fault(
        name="cursor-loops",
        says="The second page leads to itself.",
        check="walk-ends",
        applies=names_next,
        garble=_loop,
    ),
    Fault(
        name="cursor-ignored", says="Every page is the first.", check="pages-disjoint", applies=pages, mishear=_ignored
    ),
    Fault(
        name="premature-end",
        says="The second page claims to be the last.",
        check="pages-complete",
        applies=pages,
        garble=_premature,
    ),
    Fault(
        name="endless-last-page",
        says="The last page leads to itself for ever.",
        check="walk-ends",
        applies=pages,
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
        applies=text_cursor,
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
        applies=lambda contract: pages(contract) and bool(filterable(contract)),
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
