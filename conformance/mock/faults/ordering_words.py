"""Faults in the words that choose an order: directions, several fields at once, a direction alone."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.request import Request, without
from conformance.mock.faults.fault import Fault
from conformance.spec.contract import Contract
from conformance.spec.order import Order
from conformance.spec.query import encoded, parts

Change = Callable[[Order, list[str]], list[str]]
"""Of the texts of a parameter that takes several."""


def _has(told: Callable[[Order], object]) -> Callable[[Contract], bool]:
    return lambda contract: contract.order is not None and bool(told(contract.order))


def _in_word(order: Order) -> bool:
    """Whether a direction belongs to what sorts, and is no parameter that turns any order."""
    return order.signed or order.suffix is not None or bool(order.descending_by) or bool(order.requires)


def _plain(order: Order, text: str) -> str:
    """The word alone, without its direction."""
    return order.suffix.read(text)[0] if order.suffix else text.removeprefix("-") if order.signed else text


def _unturned(contract: Contract, request: Request) -> Request:
    order = contract.order
    if order is None:
        return request
    if order.requires:
        return without(request, order.parameter)
    if order.descending_by:
        renamed = {order.descending_by: order.chosen_by}
        return evolve(request, query=tuple((renamed.get(name, name), text) for name, text in request.query))
    return _each(contract, request, order.chosen_by, lambda order, texts: [_plain(order, text) for text in texts])


def _each(contract: Contract, request: Request, name: str, change: Change) -> Request:
    """The request with other texts of one parameter."""
    given = request.values(name)
    if contract.order is None or not given:
        return request
    known = contract.parameter(name)
    texts = change(contract.order, [part for text in given for part in parts(known, text)])
    pairs = encoded([known], {name: texts if known.is_array else texts[0]})
    return evolve(request, query=(*without(request, name).query, *pairs))


def _several(change: Change, turned: Change) -> Callable[[Contract, Request], Request]:
    """Changes what sorts, and the directions beside it."""

    def mishear(contract: Contract, request: Request) -> Request:
        order = contract.order
        if order is None:
            return request
        heard = _each(contract, request, order.chosen_by, change)
        return _each(contract, heard, order.parameter, turned) if order.each_turned else heard

    return mishear


def _all_as_first(order: Order, texts: list[str]) -> list[str]:
    first, *rest = texts
    behind = first.removeprefix(_plain(order, first))
    if order.signed:
        return [first, *("-" * first.startswith("-") + _plain(order, text) for text in rest)]
    return [first, *(_plain(order, text) + behind for text in rest)]


def _alone(contract: Contract) -> Contract:
    return contract if contract.order is None else evolve(contract, order=evolve(contract.order, requires=""))


FAULTS = (
    Fault(
        name="order-turn-ignored",
        says="What is chosen sorts, and in one direction whichever is asked for.",
        check="order-chosen",
        applies=_has(_in_word),
        mishear=_unturned,
    ),
    Fault(
        name="second-field-ignored",
        says="Of several fields that are to sort the first alone does.",
        check="order-several",
        applies=_has(lambda order: order.several and len(order.choices) > 1),
        mishear=_several(lambda _, texts: texts[:1], lambda _, texts: texts[:1]),
    ),
    Fault(
        name="second-direction-ignored",
        says="All fields that are to sort run in the direction of the first.",
        check="order-several",
        applies=_has(
            lambda order: (
                len(order.choices) > 1
                and order.several
                and (order.signed or order.suffix is not None or order.each_turned)
            )
        ),
        mishear=_several(_all_as_first, lambda _, texts: texts[:1] * len(texts)),
    ),
    Fault(
        name="direction-turns-alone",
        says="A direction turns the listing although nothing that sorts is chosen.",
        check="order-direction-alone",
        applies=_has(lambda order: order.requires),
        misread=_alone,
    ),
)
