"""Readings of the order of a listing: where none is documented, and among what ties."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import added, replaced, without
from conformance.mock.answers.responder import Responder
from conformance.mock.collection.order import boundary
from conformance.mock.faults.next_page import asked_next, leading, leads_on
from conformance.mock.faults.tools import properties
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, is_open, on_pages, relied_on
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Style

MARK = "b."
STRANGERS = (401, 403)
"""Whoever is not let in is told so on every walk."""


def _shuffled(scene: Scene) -> Answer:
    """The items of the page in an order of this moment."""
    items = list(scene.answer.items or ())
    random.Random(scene.turn).shuffle(items)  # noqa: S311 - no secret
    return evolve(scene.answer, items=tuple(items))


def _any_of_all(scene: Scene) -> Answer:
    """As many as asked for, any of them."""
    limit = scene.contract.limit
    if limit is None:
        return _shuffled(scene)
    rest = without(scene.request, limit.parameter)
    most = limit.maximum or len(scene.dataset.entries)
    everything = scene.server.answer(added(rest, limit.parameter, str(most)))
    mixed = _shuffled(evolve(scene, answer=everything)).items or ()
    return evolve(scene.answer, items=mixed[: len(scene.answer.items or ())])


def _second_key(contract: Contract) -> Pointer:
    """A field by which ties may run, as well as by the identity."""
    required = contract.item_schema.get("required", ())
    named = [name for name in properties(contract) if name in required and name not in relied_on(contract)]
    named += [name for name in properties(contract) if f"/{name}" not in (contract.identity, *_by(contract))]
    return Pointer.of(named[0])


def _by(contract: Contract) -> tuple[str, ...]:
    return contract.order.by if contract.order is not None else ()


def _open_ties(contract: Contract) -> bool:
    order = contract.order
    if order is None or len(order.by) == 1:
        return order is not None
    return order.ties == "either" and is_open(contract, order.pointer.below("ties"))


def _by_another_key(contract: Contract) -> Contract:
    order = contract.order
    if order is None:
        return contract
    return evolve(contract, order=evolve(order, by=(order.by[0], _second_key(contract))))


def _several(contract: Contract) -> bool:
    return contract.order is not None and contract.order.several


def _chosen_by_another_key(contract: Contract) -> Contract:
    order = contract.order
    if order is None:
        return contract
    choices = {word: (*by, _second_key(contract)) for word, by in order.choices.items()}
    return evolve(contract, order=evolve(order, choices=choices))


def _silent_ties(contract: Contract) -> bool:
    """Whether nothing at all is said of ties, and an opaque cursor can keep what a walk began with."""
    order, paging = contract.order, contract.paging
    opaque = paging is not None and paging.style is Style.CURSOR and boundary(contract) is None
    return opaque and order is not None and len(order.by) == 1


def _by_turns(scene: Scene) -> Answer:
    """Every other walk has its ties in another order, and its cursors know."""
    paging = scene.contract.paging
    if paging is None or paging.cursor is None or scene.answer.status in STRANGERS:
        return scene.answer
    given = scene.request.values(paging.parameter)
    mine = given[0].startswith(MARK) if given else scene.turn % 2 == 1
    if not mine:
        return scene.answer
    other = scene.memory.setdefault("other", _other(scene))
    heard = replaced(scene.request, paging.parameter, given[0].removeprefix(MARK)) if given else scene.request
    answer: Answer = other.answer(heard)
    return _marked(evolve(scene, answer=answer))


def _other(scene: Scene) -> Responder:
    secret = f"{scene.contract.stem} other"
    read = evolve(_by_another_key(scene.contract), security=())
    return Responder(read, scene.dataset, secret=secret)


def _marked(scene: Scene) -> Answer:
    return leading(scene, f"{MARK}{asked_next(scene)}") if leads_on(scene) else scene.answer


def _unordered(contract: Contract) -> bool:
    return contract.order is None


def _reading(name: str, says: str, applies: Callable[[Contract], bool], garble: Callable[[Scene], Answer]) -> Reading:
    return Reading(name=name, says=says, applies=applies, garble=garble)


READINGS = (
    _reading(
        "items-of-a-page-in-any-order",
        "Where no order is documented, the items of a page come in any order.",
        _unordered,
        on_pages(_shuffled),
    ),
    _reading(
        "any-items-of-all",
        "Where neither order nor paging is documented, a limit leaves any of the items.",
        lambda contract: _unordered(contract) and contract.paging is None,
        on_pages(_any_of_all),
    ),
    Reading(
        name="ties-by-another-key",
        says="What ties is ordered by something that no page names.",
        applies=_open_ties,
        misread=_by_another_key,
    ),
    Reading(
        name="ties-of-chosen-fields-by-another-key",
        says="What ties in all the fields that were asked for is ordered by something that no page names.",
        applies=_several,
        misread=_chosen_by_another_key,
    ),
    _reading(
        "ties-by-chance",
        "What ties comes in another order on every walk.",
        _silent_ties,
        _by_turns,
    ),
)
