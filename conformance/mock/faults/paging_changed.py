"""Faults in what other arguments beside a cursor do."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.faults.fault import Fault
from conformance.spec.contract import Contract
from conformance.spec.promises import Relation


def _says(*words: str) -> Callable[[Contract], bool]:
    return lambda contract: contract.paging is not None and contract.paging.changed in words and _narrows(contract)


def _narrows(contract: Contract) -> bool:
    exact = (Relation.EQUALS, Relation.IN)
    return any(one.relation in exact and one.stands_alone for one in contract.filters)


def _as(word: str) -> Callable[[Contract], Contract]:
    def misread(contract: Contract) -> Contract:
        paging = contract.paging
        return contract if paging is None else evolve(contract, paging=evolve(paging, changed=word))

    return misread


FAULTS = (
    Fault(
        name="cursor-arguments-applied",
        says="Another filter beside a cursor narrows what follows.",
        check="cursor-arguments-fixed",
        applies=_says("refused", "kept"),
        misread=_as(""),
    ),
    Fault(
        name="cursor-arguments-ignored",
        says="Another filter beside a cursor has no effect, where it must be refused.",
        check="cursor-arguments-fixed",
        applies=_says("refused"),
        misread=_as("kept"),
    ),
    Fault(
        name="cursor-arguments-refused",
        says="Another filter beside a cursor is refused, where it should have no effect.",
        check="cursor-arguments-fixed",
        applies=_says("kept"),
        misread=_as("refused"),
    ),
)
