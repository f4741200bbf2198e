"""Faults in the order of a listing."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, without
from conformance.mock.collection.values import Entry
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import is_page
from conformance.spec.contract import Contract


def _ordered(contract: Contract) -> bool:
    return contract.order is not None


def _chosen(contract: Contract) -> bool:
    return contract.order is not None and contract.order.turns


def _reversed(contract: Contract) -> Contract:
    if contract.order is None:
        return contract
    other = {"asc": "desc", "desc": "asc"}[contract.order.direction]
    return evolve(contract, order=evolve(contract.order, direction=other))


def _by_identity(contract: Contract) -> Contract:
    return (
        contract if contract.order is None else evolve(contract, order=evolve(contract.order, by=(contract.identity,)))
    )


def _by_other(contract: Contract) -> Contract:
    """Sorted by the time that changes, where one is documented to follow the one that should sort."""
    if contract.order is None:
        return contract
    by = contract.order.by[0]
    other = next(
        (known.right[0] for known in contract.invariants if known.left == by and known.right), contract.identity
    )
    return evolve(contract, order=evolve(contract.order, by=(other,)))


def _parameter_ignored(contract: Contract, request: Request) -> Request:
    return without(request, contract.order.parameter) if contract.order is not None else request


def _choosable(contract: Contract) -> bool:
    return contract.order is not None and bool(contract.order.choices)


def _has_usual_choice(contract: Contract) -> bool:
    return contract.order is not None and contract.order.by in contract.order.choices.values()


def _choice_ignored(contract: Contract, request: Request) -> Request:
    return without(request, contract.order.chosen_by) if contract.order is not None else request


def _choice_forgotten(contract: Contract, request: Request) -> Request:
    later = contract.paging is not None and bool(request.values(contract.paging.parameter))
    if contract.order is None or not later:
        return request
    usual = next(word for word, by in contract.order.choices.items() if by == contract.order.by)
    return evolve(request, query=(*without(request, contract.order.chosen_by).query, (contract.order.chosen_by, usual)))


def _parameter_swapped(contract: Contract, request: Request) -> Request:
    name = contract.order.parameter if contract.order is not None else ""
    other = {"asc": "desc", "desc": "asc"}
    query = tuple((known, other.get(value, value) if known == name else value) for known, value in request.query)
    return evolve(request, query=query)


def _items(change: Callable[[Scene, list[Entry]], list[Entry]]) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        if not is_page(scene.answer):
            return scene.answer
        return evolve(scene.answer, items=tuple(change(scene, list(scene.answer.items or ()))))

    return garble


def _shuffled(scene: Scene, items: list[Entry]) -> list[Entry]:
    return random.Random(scene.turn).sample(items, len(items))  # noqa: S311 - no secret


def _swapped(_: Scene, items: list[Entry]) -> list[Entry]:
    middle = len(items) // 2
    return [*items[:middle], *items[middle:][::-1]]


FAULTS = (
    Fault(
        name="order-reversed",
        says="The listing runs the other way where nobody asked.",
        check="order-default",
        applies=_ordered,
        misread=_reversed,
    ),
    Fault(
        name="order-by-identity",
        says="The listing is sorted by identity.",
        check="order-holds",
        applies=_ordered,
        misread=_by_identity,
    ),
    Fault(
        name="order-by-other-time",
        says="The listing is sorted by another time.",
        check="order-holds",
        applies=_ordered,
        misread=_by_other,
    ),
    Fault(
        name="order-parameter-ignored",
        says="The direction asked for is ignored.",
        check="order-reverses",
        applies=_chosen,
        mishear=_parameter_ignored,
    ),
    Fault(
        name="order-choice-ignored",
        says="What to sort by can be asked for, and is not read.",
        check="order-chosen",
        applies=_choosable,
        mishear=_choice_ignored,
    ),
    Fault(
        name="order-choice-kept-for-one-page",
        says="The page after the first is sorted by the default field again.",
        check="order-chosen",
        applies=_has_usual_choice,
        mishear=_choice_forgotten,
    ),
    Fault(
        name="order-parameter-swapped",
        says="Ascending is descending and the other way round.",
        check="order-reverses",
        applies=_chosen,
        mishear=_parameter_swapped,
    ),
    Fault(
        name="order-broken-within-pages",
        says="The second half of each page runs backwards.",
        check="order-holds",
        applies=_ordered,
        garble=_items(_swapped),
    ),
    Fault(
        name="order-unstable",
        says="The items of a page come in another order each time.",
        check="stable-answer",
        applies=_ordered,
        garble=_items(_shuffled),
    ),
)
