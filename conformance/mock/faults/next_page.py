"""What an answer shows of the next page, and how a fault changes it."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.links import address, asked_for, led_by, links, target_of, with_others
from conformance.mock.answers.paging import counts_pages
from conformance.mock.collection.order import boundary
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Scene
from conformance.mock.faults.tools import envelope, is_page, read
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.promises import Paging, Style

ENDS: dict[str, Json] = {"absent": MISSING, "null": None, "empty": "", "false": False}


def pages(contract: Contract) -> bool:
    """Whether pages lead to each other."""
    return contract.paging is not None


def is_opaque(contract: Contract) -> bool:
    """Whether the cursor is the server's own secret."""
    return pages(contract) and boundary(contract) is None and counts_pages(contract) is None


def paging_of(scene: Scene) -> Paging:
    """The promise of paging of a contract that has one."""
    if scene.contract.paging is None:
        raise ValueError(scene.contract.stem)
    return scene.contract.paging


def is_later(scene: Scene) -> bool:
    """Whether an answer is a page after the first."""
    return is_page(scene.answer) and bool(scene.request.values(paging_of(scene).parameter))


def names_next(contract: Contract) -> bool:
    """Whether an answer names the next page."""
    paging = contract.paging
    return paging is not None and paging.cursor is not None and paging.style is not Style.LAST_ITEM


def asked_next(scene: Scene) -> Json:
    """What an answer says that the next page is asked for by; None where it says nothing."""
    paging = paging_of(scene)
    if paging.cursor is None:
        return None
    said = read(scene, paging.cursor)
    if paging.style is Style.LINK_HEADER:
        return target_of(str(said), paging.parameter)
    if paging.style is Style.NEXT_URL:
        return asked_for(str(led_by(paging, said)), paging.parameter)
    if paging.style is Style.LAST_ITEM:
        items = scene.answer.items or ()
        return paging.field.get(items[-1].value) if said is True and items else None
    return None if said in ("", MISSING) else said


def leads_on(scene: Scene) -> bool:
    """Whether an answer is a page that leads to another."""
    return is_page(scene.answer) and asked_next(scene) is not None


def leading(scene: Scene, following: Json) -> Answer:
    """The answer that leads to another page."""
    paging = paging_of(scene)
    if paging.cursor is None:
        return scene.answer
    if paging.style is Style.LINK_HEADER:
        following = links(scene.contract, scene.request, following)
    if paging.style is Style.NEXT_URL and following not in ENDS.values():
        following = address(scene.contract, scene.request, following)
    if paging.style is Style.LAST_ITEM:
        following = True
    return _showing(scene, following)


def last(scene: Scene) -> Answer:
    """The answer as that of the last page."""
    paging = paging_of(scene)
    if paging.cursor is None:
        return evolve(scene.answer, items=())
    return _showing(scene, ENDS[paging.ends[0]])


def _showing(scene: Scene, value: Json) -> Answer:
    paging = paging_of(scene)
    shown = with_others(scene.contract, scene.request, value)
    return scene.answer if paging.cursor is None else envelope(scene, paging.cursor, shown)


def in_body(contract: Contract) -> bool:
    """Whether what leads on stands in the body."""
    paging = contract.paging
    return paging is not None and paging.cursor is not None and not paging.cursor.header
