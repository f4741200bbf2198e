"""What a place in a spec rests on: a clause of the page, an inference from it, or a deviation from what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from attrs import frozen

from conformance.jsontext import elements_of, members_of
from conformance.pointer import MISSING, TOP, Pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Promise
from conformance.spec.schema import Schema


class Standing(StrEnum):
    """What the documentation says of a place in a spec."""

    STATED = "stated"
    """The page says it."""
    UNSTATED = "unstated"
    """The page leaves it open, and the spec, or a check, reads it in one way."""
    DEVIATION = "deviation"
    """The page shows something else, or nothing, and the spec says why it has it (`deviations`)."""


OPEN = "unstated"
"""What a spec writes where the page leaves something open, such as a bound."""


@frozen(kw_only=True)
class Ground:
    """The standing of a place, and the words of the spec for it."""

    standing: Standing
    pointer: Pointer
    """Where the spec says so: a promise, a deviation, or the nearest part that there is."""
    says: str
    """A promise in our own words, or what the page shows in the place of a deviation; empty where there are none."""
    instead: str = ""
    """Of a deviation: what the spec says, and why."""
    source: str = ""
    """Of a deviation: where it comes from, where that is not the page."""


WEAKEST_FIRST = (Standing.DEVIATION, Standing.UNSTATED, Standing.STATED)


def weakest(grounds: Iterable[Ground]) -> Ground:
    """The ground that carries least: what rests on several rests on the weakest."""
    return min(grounds, key=lambda one: WEAKEST_FIRST.index(one.standing))


def is_keyword(contract: Contract, place: str, keyword: str) -> bool:
    """Whether a keyword stands at a place, or a deviation is about it there."""
    full = Pointer(place).below(keyword)
    exists = _followed(contract.document, full).get(contract.document) is not MISSING
    return exists or any(_covers(one, full) for one in deviations(contract))


def standing(contract: Contract, place: str) -> Standing:
    """The standing of a place, which need not exist: what no spec says, no page says."""
    return ground(contract, place).standing


def ground(contract: Contract, at: str) -> Ground:
    """What a place rests on: the nearest deviation or promise around it, or else the page itself."""
    document, place = contract.document, Pointer(at)
    names = dict.fromkeys((place, _followed(document, place)))
    around = [promise for promise in promises(contract) if any(_within(name, promise.pointer) for name in names)]
    promise = max(around, key=lambda one: len(one.pointer), default=None)
    noted = [one for one in deviations(contract) if any(_covers(one, name) for name in names)]
    deviation = max(noted, key=lambda one: len(one["pointer"]), default=None)
    if deviation is not None and (promise is None or len(deviation["pointer"]) >= len(promise.pointer)):
        return _of_deviation(contract, deviation)
    if promise is not None:
        open_ended = place.get(document) in (MISSING, OPEN)
        kept = Standing.STATED if promise.stated and not open_ended else Standing.UNSTATED
        return Ground(standing=kept, pointer=promise.pointer, says=promise.says)
    *_, nearest = names
    exists = nearest.get(document) is not MISSING
    return Ground(
        standing=Standing.STATED if exists else Standing.UNSTATED, pointer=nearest, says=_described(document, nearest)
    )


def promises(contract: Contract) -> Iterator[Promise]:
    """Every promise of a contract."""
    asked = (contract.order, contract.limit, contract.paging, contract.projection)
    single = (contract.rows, *asked, contract.finished, contract.retention)
    yield from (promise for promise in single if promise is not None)
    for several in (contract.filters, contract.counters, contract.edges, contract.invariants, contract.refusals):
        yield from several


def deviations(contract: Contract) -> list[Mapping[str, Any]]:
    """Where a spec says something else than the page, or more."""
    noted = contract.pointer.below("x-conformance", "deviations").get(contract.document)
    return [members_of(one) for one in elements_of(noted)]


def _of_deviation(contract: Contract, deviation: Mapping[str, Any]) -> Ground:
    index = deviations(contract).index(deviation)
    return Ground(
        standing=Standing.DEVIATION,
        pointer=contract.pointer.below("x-conformance", "deviations", index),
        says=deviation["says"],
        instead=deviation["instead"],
        source=deviation.get("source", ""),
    )


def _covers(deviation: Mapping[str, Any], place: Pointer) -> bool:
    """Whether a deviation is about a place: at or below it, and of its keywords alone where it names some."""
    around = Pointer(deviation["pointer"])
    if not _within(place, around):
        return False
    below = place.tokens[len(around.tokens) :]
    return not deviation.get("keywords") or bool(set(below) & set(deviation["keywords"]))


def _followed(document: Mapping[str, Any], place: Pointer) -> Pointer:
    """The place where a reference on the way to it leads."""
    here = TOP
    for step in place.tokens:
        here = Schema.at(document, here).place.below(step)
    return here


def _described(document: Mapping[str, Any], place: Pointer) -> str:
    """The description of the nearest part around a place that has one."""
    while place:
        node = members_of(place.get(document))
        if isinstance(node.get("description"), str):
            return str(node["description"])
        place = place.parent
    return ""


def _within(place: Pointer, around: Pointer) -> bool:
    return place.tokens[: len(around.tokens)] == around.tokens
