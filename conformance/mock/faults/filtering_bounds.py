"""Faults in filters that bound a range."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from conformance.mock.faults.fault import Fault
from conformance.mock.faults.tools import filters_of
from conformance.pointer import TOP, Pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation

_LOWER = (Relation.AFTER, Relation.AT_LEAST)
_UPPER = (Relation.BEFORE, Relation.AT_MOST)
_INCLUSIVE = (Relation.AT_LEAST, Relation.AT_MOST)
_EXCLUSIVE = (Relation.AFTER, Relation.BEFORE)
_OTHER_BOUND = {
    Relation.AFTER: Relation.AT_LEAST,
    Relation.AT_LEAST: Relation.AFTER,
    Relation.BEFORE: Relation.AT_MOST,
    Relation.AT_MOST: Relation.BEFORE,
}
_OTHER_SIDE = {
    Relation.AFTER: Relation.BEFORE,
    Relation.BEFORE: Relation.AFTER,
    Relation.AT_LEAST: Relation.AT_MOST,
    Relation.AT_MOST: Relation.AT_LEAST,
}


def _has(kinds: tuple[Relation, ...]) -> Callable[[Contract], bool]:
    return lambda contract: bool(filters_of(contract, *kinds))


def _as(kinds: tuple[Relation, ...], other: Mapping[Relation, Relation]) -> Callable[[Contract], Contract]:
    return lambda contract: _evolved(contract, kinds, lambda known: evolve(known, relation=other[known.relation]))


def _evolved(contract: Contract, kinds: tuple[Relation, ...], change: Callable[[Filter], Filter]) -> Contract:
    touched = filters_of(contract, *kinds)
    return evolve(contract, filters=tuple(change(known) if known in touched else known for known in contract.filters))


def _following(contract: Contract) -> Pointer:
    """The time that is documented to follow the one that the filters bound."""
    for known in filters_of(contract, *_LOWER, *_UPPER):
        for invariant in contract.invariants:
            if invariant.left == known.field and invariant.relation == "at-most":
                return invariant.right[0]
    return TOP


def _other_field(contract: Contract) -> Contract:
    return _evolved(contract, (*_LOWER, *_UPPER), lambda known: evolve(known, field=_following(contract)))


FAULTS = (
    Fault(
        name="lower-bound-reversed",
        says="A lower bound is read as an upper one.",
        check="filter-sound",
        applies=_has(_LOWER),
        misread=_as(_LOWER, _OTHER_SIDE),
    ),
    Fault(
        name="upper-bound-reversed",
        says="An upper bound is read as a lower one.",
        check="filter-sound",
        applies=_has(_UPPER),
        misread=_as(_UPPER, _OTHER_SIDE),
    ),
    Fault(
        name="inclusive-became-exclusive",
        says="A bound leaves out its own moment.",
        check="filter-bounds",
        applies=_has(_INCLUSIVE),
        misread=_as(_INCLUSIVE, _OTHER_BOUND),
    ),
    Fault(
        name="exclusive-became-inclusive",
        says="A bound lets in its own moment.",
        check="filter-bounds",
        applies=_has(_EXCLUSIVE),
        misread=_as(_EXCLUSIVE, _OTHER_BOUND),
    ),
    Fault(
        name="bound-on-another-time",
        says="Bounds compare another time.",
        check="filter-sound",
        applies=lambda contract: bool(_following(contract)),
        misread=_other_field,
    ),
)
