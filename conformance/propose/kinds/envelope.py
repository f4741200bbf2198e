"""Proposals for what stands around the items: a bare array, an object, an array under another name."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from conformance import pointer
from conformance.pointer import MISSING, Expression
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit
from conformance.propose.edits.places import body_schema, follow
from conformance.propose.kinds.inference import inferred
from conformance.propose.seen import OK
from conformance.spec.promises import Style

CHECKS = frozenset({"body-matches-schema", "fields-documented", "client-decodes"})
_DEEPEST = 3


def change(case: Case) -> Change | None:
    """The items' new place, where every body of the run has them at one place that is not the documented one."""
    seen, contract = case.seen, case.contract
    if case.finding.check not in CHECKS or case.witness.status != OK or seen.pages or contract.items.source != "body":
        return None
    place = _new_place(case)
    if place is None:
        return None
    renamed = bool(place) and pointer.split(place)[:-1] == pointer.split(contract.items.place)[:-1]
    edits = _renamed(case, place) if renamed and contract.items.place else _replaced(case, place)
    return Change(
        edits=(*edits, Edit("set", f"{case.extension}/items", f"$response.body#{place}")),
        pointer=body_schema(contract, OK),
        says=f"the items stand at {contract.items}",
        instead=f"they stand at $response.body#{place}",
    )


def _new_place(case: Case) -> str | None:
    bodies = case.seen.bodies(OK)
    found = [set(_lists(case, body)) for body in bodies]
    common = set.intersection(*found) if found else set()
    filled = [place for place in common if any(pointer.get(body, place) for body in bodies)]
    return min(filled, key=len) if filled else None


def _lists(case: Case, body: Any, place: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """Where a body holds an array of nothing but things with an identity; an empty array may be one."""
    if isinstance(body, list):
        if all(isinstance(one, dict) and case.contract.identity_of(one) is not MISSING for one in body):
            yield place
    elif isinstance(body, dict) and place.count("/") < _DEEPEST:
        for name, part in body.items():
            yield from _lists(case, part, pointer.join(place, name))


def _array(case: Case) -> tuple[str, dict[str, Any]]:
    """Where the spec describes the array of items, and the description."""
    contract, start = case.contract, body_schema(case.contract, OK)
    for step in pointer.split(contract.items.place):
        start = pointer.join(follow(contract, start), "properties", step)
    return start, copy.deepcopy(dict(pointer.get(contract.document, follow(contract, start))))


def _renamed(case: Case, place: str) -> Iterator[Edit]:
    where = _array(case)[0]
    around, _, old = where.rpartition("/properties/")
    new = pointer.split(place)[-1]
    yield Edit("rename", where, new)
    if old in (pointer.get(case.contract.document, f"{around}/required") or ()):
        yield Edit("include", f"{around}/required", new)
        yield Edit("discard", f"{around}/required", old)


def _replaced(case: Case, place: str) -> Iterator[Edit]:
    schema = body_schema(case.contract, OK)
    body = _array(case)[1] if not place else _wrapped(case, place)
    yield Edit("set", schema, body)
    yield from _beside(case, body)


def _wrapped(case: Case, place: str) -> dict[str, Any]:
    """The object around the array: its other members as they were seen."""
    bodies = [copy.deepcopy(body) for body in case.seen.bodies(OK)]
    for body in bodies:
        pointer.put(body, place, [])
    made = inferred(bodies)
    spec = "".join(pointer.join("/properties", step) for step in pointer.split(place))
    pointer.put(made, spec, _array(case)[1])
    return made


def _beside(case: Case, body: dict[str, Any]) -> Iterator[Edit]:
    """What was promised of members that are gone goes with them: the way to the next page, counters."""
    contract = case.contract

    def is_gone(place: Expression) -> bool:
        return place.source == "body" and not contract.schema_at(body, place.place)[0]

    if contract.paging is not None and contract.paging.cursor is not None and is_gone(contract.paging.cursor):
        yield from paging_gone(case)
    yield from (Edit("drop", counter.pointer) for counter in contract.counters if is_gone(counter.value))


def paging_gone(case: Case) -> Iterator[Edit]:
    """Withdraws the way to the next page; what took the cursor stays, but nobody can invent a value for it."""
    contract, paging = case.contract, case.contract.paging
    if paging is None:
        return
    if paging.style is Style.CURSOR:
        links = paging.pointer.rpartition("/")[0]
        alone = len(pointer.get(contract.document, links)) == 1
        yield Edit("drop", links if alone else paging.pointer)
    yield Edit("drop", f"{case.extension}/paging")
    if not contract.is_counted and paging.parameter not in {one.parameter for one in contract.filters}:
        yield Edit("include", f"{case.extension}/scopes", paging.parameter)
