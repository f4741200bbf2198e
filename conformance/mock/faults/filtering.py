"""Faults in what filters leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, without
from conformance.mock.collection.values import Entry
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import filters_of, is_page
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation

_EVERY = tuple(Relation)
Kinds = tuple[Relation, ...]


def _first(contract: Contract, kinds: Kinds) -> Filter | None:
    return next(iter(filters_of(contract, *kinds)), None)


def _last_equals_ignored(contract: Contract, request: Request) -> Request:
    return without(request, _plain_equals(contract)[-1].parameter)


def _plain_equals(contract: Contract) -> list[Filter]:
    return [known for known in filters_of(contract, Relation.EQUALS) if not known.hides]


def has(*kinds: Relation) -> Callable[[Contract], bool]:
    """Whether a contract has a filter of these relations."""
    return lambda contract: bool(filters_of(contract, *kinds))


def ignored(name: str, says: str, *kinds: Relation, check: str = "filter-sound") -> Fault:
    """The first filter of these relations is not read."""

    def mishear(contract: Contract, request: Request) -> Request:
        return without(request, filters_of(contract, *kinds)[0].parameter)

    return Fault(name=name, says=says, check=check, applies=has(*kinds), mishear=mishear)


def _complement(kinds: Kinds) -> Callable[[Scene], Answer]:
    """Lists what the filter should have left out."""

    def garble(scene: Scene) -> Answer:
        known = _first(scene.contract, kinds)
        if known is None or not is_page(scene.answer) or not scene.request.values(known.parameter):
            return scene.answer
        kept = {id(entry) for entry in scene.answer.items or ()}
        others = scene.server.answer(without(scene.request, known.parameter)).items or ()
        return evolve(scene.answer, items=tuple(entry for entry in others if id(entry) not in kept))

    return garble


def _filtered(
    change: Callable[[Scene, Filter, tuple[Entry, ...]], Iterable[Entry]], kinds: Kinds
) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        known = _first(scene.contract, kinds)
        if known is None or not is_page(scene.answer) or not scene.request.values(known.parameter):
            return scene.answer
        return evolve(scene.answer, items=tuple(change(scene, known, scene.answer.items or ())))

    return garble


def _loses(_: Scene, __: Filter, items: tuple[Entry, ...]) -> Iterable[Entry]:
    return (*items[:1], *items[2:]) if len(items) > 1 else ()


def _leaks(scene: Scene, known: Filter, items: tuple[Entry, ...]) -> Iterable[Entry]:
    others = scene.server.answer(without(scene.request, known.parameter)).items or ()
    kept = {id(entry) for entry in items}
    leaked = next((entry for entry in others if id(entry) not in kept), None)
    return items if leaked is None or not items else (*items[:-1], leaked)


def _one_value(pick: int, relation: Relation = Relation.IN) -> Callable[[Contract, Request], Request]:
    def mishear(contract: Contract, request: Request) -> Request:
        known = next(one for one in filters_of(contract, relation) if one.several)
        values = request.values(known.parameter)
        if not values:
            return request
        kept = values[pick] if contract.parameter(known.parameter).explode else values[0].split(",")[pick]
        return evolve(
            without(request, known.parameter), query=(*without(request, known.parameter).query, (known.parameter, kept))
        )

    return mishear


def _either(scene: Scene) -> Answer:
    """Two filters together list what either alone does."""
    given = [known for known in filters_of(scene.contract, *_EVERY) if scene.request.values(known.parameter)]
    if not is_page(scene.answer) or len(given) < 2:  # noqa: PLR2004 - two
        return scene.answer
    alone = [
        scene.server.answer(without(scene.request, *(known.parameter for known in given if known is not one))).items
        or ()
        for one in given
    ]
    found = {id(entry): entry for entries in alone for entry in entries}
    return evolve(scene.answer, items=tuple(found.values())[: max(map(len, alone))])


def _independent(contract: Contract) -> bool:
    return (
        len(
            [
                known
                for known in filters_of(contract, *_EVERY)
                if known.stands_alone and known.relation is not Relation.NULL_UNLESS_TRUE
            ]
        )
        > 1
    )


_EQUAL = (Relation.EQUALS, Relation.IN)
_LIST = (Relation.EQUALS, Relation.IN, Relation.CONTAINS)

FAULTS = (
    ignored("equals-ignored", "An equality filter is ignored.", Relation.EQUALS),
    ignored("in-ignored", "A filter that takes several values is ignored.", Relation.IN),
    ignored("contains-ignored", "A metadata filter is ignored.", Relation.CONTAINS),
    ignored("starts-with-ignored", "A filter by how a text begins is ignored.", Relation.STARTS_WITH),
    ignored("text-ignored", "A filter by a part of a text is ignored.", Relation.HAS_TEXT),
    ignored("not-ignored", "A filter that leaves out a value is ignored.", Relation.NOT),
    ignored("lower-bound-ignored", "A lower bound is ignored.", Relation.AFTER, Relation.AT_LEAST),
    ignored("upper-bound-ignored", "An upper bound is ignored.", Relation.BEFORE, Relation.AT_MOST),
    Fault(
        name="last-equals-ignored",
        says="The last of several equality filters is ignored.",
        check="filter-sound",
        applies=lambda contract: len(_plain_equals(contract)) > 1,
        mishear=_last_equals_ignored,
    ),
    Fault(
        name="filter-inverted",
        says="A filter lists what it should leave out.",
        check="filter-sound",
        applies=has(*_EQUAL),
        garble=_complement(_EQUAL),
    ),
    Fault(
        name="contains-inverted",
        says="A metadata filter lists what it should leave out.",
        check="filter-sound",
        applies=has(Relation.CONTAINS),
        garble=_complement((Relation.CONTAINS,)),
    ),
    Fault(
        name="filter-loses-one",
        says="A filtered listing lacks its second item.",
        check="filter-complete",
        applies=has(*_LIST),
        garble=_filtered(_loses, _LIST),
    ),
    Fault(
        name="filter-leaks-one",
        says="A filtered listing ends with an item that does not match.",
        check="filter-sound",
        applies=has(*_LIST),
        garble=_filtered(_leaks, _LIST),
    ),
    Fault(
        name="in-first-value-only",
        says="Of several values only the first counts.",
        check="filter-complete",
        applies=has(Relation.IN),
        mishear=_one_value(0),
    ),
    Fault(
        name="in-last-value-only",
        says="Of several values only the last counts.",
        check="filter-complete",
        applies=has(Relation.IN),
        mishear=_one_value(-1),
    ),
    Fault(
        name="not-first-value-only",
        says="Of several values that are left out only the first counts.",
        check="filter-sound",
        applies=lambda contract: any(one.several for one in filters_of(contract, Relation.NOT)),
        mishear=_one_value(0, Relation.NOT),
    ),
    Fault(
        name="not-last-value-only",
        says="Of several values that are left out only the last counts.",
        check="filter-sound",
        applies=lambda contract: any(one.several for one in filters_of(contract, Relation.NOT)),
        mishear=_one_value(-1, Relation.NOT),
    ),
    Fault(
        name="filters-joined-by-or",
        says="Two filters list what either alone lists.",
        check="filter-conjunction",
        applies=_independent,
        garble=_either,
    ),
)
