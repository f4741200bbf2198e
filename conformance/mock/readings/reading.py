"""What a reading is: one named lawful way to serve a page, where the page leaves a choice."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from attrs import evolve, frozen

from conformance.mock.answers.answer import Answer
from conformance.mock.collection.values import Json
from conformance.mock.faults.next_page import last
from conformance.mock.faults.tools import is_page, properties, with_number
from conformance.mock.habit import Habit, Scene
from conformance.spec.contract import Contract
from conformance.spec.counters import Counts
from conformance.spec.standing import Standing, standing

REFUSED = range(400, 500)


@frozen(kw_only=True)
class Reading(Habit):
    """One lawful way; it applies where the contract leaves the choice."""


def is_open(contract: Contract, place: str) -> bool:
    """Whether the page leaves a place of the spec open."""
    return standing(contract, place) is not Standing.STATED


def field_place(contract: Contract, name: str) -> str:
    """Where the spec describes a field of an item."""
    return contract.item_place.below("properties", name)


def relied_on(contract: Contract) -> set[str]:
    """The fields of an item that its name, the order and the filters show in."""
    order = contract.order.by if contract.order is not None else ()
    places = {contract.identity, *order, *(place for known in contract.filters for place in known.fields)}
    return {place.tokens[0] for place in places}


def in_invariants(contract: Contract) -> set[str]:
    """The fields of an item that are compared with others."""
    places = {place for known in contract.invariants for place in (known.left, *known.right, known.field) if place}
    return {place.tokens[0] for place in places}


def fields(contract: Contract, wanted: Callable[[Mapping[str, Json]], bool]) -> list[str]:
    """The fields of an item whose schema is as wanted."""
    return [name for name, schema in properties(contract).items() if wanted(schema)]


def kinds_of(schema: Mapping[str, Json]) -> tuple[str, ...]:
    """The JSON types that a schema names."""
    kinds = schema.get("type", ())
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def emptied(scene: Scene, answer: Answer) -> Answer:
    """The last page of a listing of nothing."""
    return ended(evolve(scene, answer=evolve(answer, items=())), 0)


def ended(scene: Scene, size: int) -> Answer:
    """The answer as the last page, of a size."""
    answer = counted(scene, size)
    paging = scene.contract.paging
    if paging is None or paging.cursor is None or not paging.ends:
        return answer
    return last(evolve(scene, answer=answer))


def counted(scene: Scene, size: int) -> Answer:
    """The answer with its own size in every counter of a page."""
    answer = scene.answer
    for counter in scene.contract.counters:
        if counter.counts is Counts.PAGE:
            answer = with_number(evolve(scene, answer=answer), counter, size)
    return answer


def on_pages(change: Callable[[Scene], Answer]) -> Callable[[Scene], Answer]:
    """A change of answers that list items, and of no other."""
    return lambda scene: change(scene) if is_page(scene.answer) else scene.answer


def texts(part: Json, change: Callable[[str], str]) -> Json:
    """A copy in which every text is changed."""
    if isinstance(part, dict):
        return {name: texts(value, change) for name, value in part.items()}
    if isinstance(part, list):
        return [texts(value, change) for value in part]
    return change(part) if isinstance(part, str) else copy.copy(part)


def parameters(contract: Contract, wanted: Callable[[Mapping[str, Json]], bool]) -> Iterator[str]:
    """The parameters whose schema, or that of their values, is as wanted."""
    for known in contract.parameters:
        if wanted(known.schema.get("items", known.schema)):
            yield known.name
