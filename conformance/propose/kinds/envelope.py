"""Proposals for what stands around the items: a bare array, an object, an array under another name."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from conformance.jsontext import Json, elements_of, members_of
from conformance.pointer import MISSING, TOP, Expression, Pointer
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit
from conformance.propose.edits.places import body_schema
from conformance.propose.kinds.inference import inferred
from conformance.propose.seen import OK
from conformance.spec.promises import Style
from conformance.spec.schema import Schema

CHECKS = frozenset({"body-matches-schema", "fields-documented", "client-decodes"})
_DEEPEST = 3


def change(case: Case) -> Change | None:
    """The items' new place, where every body of the run has them at one place that is not the documented one."""
    seen, contract = case.seen, case.contract
    if case.finding.check not in CHECKS or case.witness.status != OK or seen.pages or contract.items.header:
        return None
    place, page, array = _new_place(case), body_schema(contract, OK), _array(case)
    if place is None or page is None or array is None:
        return None
    renamed = bool(place) and place.parent == contract.items.place.parent
    edits = _renamed(array, place) if renamed and contract.items.place else _replaced(case, page, array, place)
    return Change(
        edits=(*edits, Edit("set", case.extension.below("items"), f"$response.body#{place}")),
        pointer=page.reference,
        says=f"the items stand at {contract.items}",
        instead=f"they stand at $response.body#{place}",
    )


def _new_place(case: Case) -> Pointer | None:
    bodies = case.seen.bodies(OK)
    found = [set(_lists(case, body)) for body in bodies]
    common = set.intersection(*found) if found else set()
    filled = [place for place in common if any(place.get(body) for body in bodies)]
    return min(filled, key=len) if filled else None


def _lists(case: Case, body: Json, place: Pointer = TOP) -> Iterator[Pointer]:
    """Where a body holds an array of nothing but things with an identity; an empty array may be one."""
    if isinstance(body, list):
        if all(isinstance(one, dict) and case.contract.identity_of(one) is not MISSING for one in body):
            yield place
    elif isinstance(body, dict) and len(place.tokens) < _DEEPEST:
        for name, part in body.items():
            yield from _lists(case, part, place.below(name))


def _array(case: Case) -> Schema | None:
    """The schema of the array of items, where members alone lead to it."""
    schema = body_schema(case.contract, OK)
    for step in case.contract.items.place.tokens:
        schema = schema.members.get(step) if schema else None
    return schema


def _renamed(array: Schema, place: Pointer) -> Iterator[Edit]:
    required, old, new = array.reference.parent.parent.below("required"), array.reference.tokens[-1], place.tokens[-1]
    yield Edit("rename", array.reference, new)
    if old in elements_of(required.get(array.document)):
        yield Edit("include", required, new)
        yield Edit("discard", required, old)


def _replaced(case: Case, page: Schema, array: Schema, place: Pointer) -> Iterator[Edit]:
    described = copy.deepcopy(dict(array.keywords))
    body = _wrapped(case, place, described) if place else described
    yield Edit("set", page.reference, body)
    yield from _beside(case, Schema.of(page.document, body, page.reference))


def _wrapped(case: Case, place: Pointer, array: Mapping[str, Json]) -> dict[str, Json]:
    """The object around the array: its other members as they were seen."""
    bodies = [copy.deepcopy(body) for body in case.seen.bodies(OK) if isinstance(body, dict)]
    for body in bodies:
        place.put(body, [])
    made = inferred(bodies)
    Pointer.of(*(part for step in place.tokens for part in ("properties", step))).put(made, array)
    return made


def _beside(case: Case, page: Schema) -> Iterator[Edit]:
    """What was promised of members that are gone goes with them: the way to the next page, counters, edges."""
    contract = case.contract

    def is_gone(place: Expression) -> bool:
        return not place.header and page.find(place.place) is None

    if contract.paging is not None and contract.paging.cursor is not None and is_gone(contract.paging.cursor):
        yield from paging_gone(case, is_gone)
    yield from (Edit("drop", counter.pointer) for counter in contract.counters if is_gone(counter.value))
    yield from (Edit("drop", edge.pointer) for edge in contract.edges if is_gone(edge.value))


def paging_gone(case: Case, is_gone: Callable[[Expression], bool] = lambda _: False) -> Iterator[Edit]:
    """Withdraws the way to the next page, and other links from what is gone.

    What took the cursor stays, but nobody can invent a value for it.
    """
    contract, paging = case.contract, case.contract.paging
    if paging is None:
        return
    if paging.style is Style.CURSOR:
        yield from _links_gone(case, is_gone)
    yield Edit("drop", case.extension.below("paging"))
    if not contract.is_counted and paging.parameter not in {one.parameter for one in contract.filters}:
        yield Edit("include", case.extension.below("scopes"), paging.parameter)


def _links_gone(case: Case, is_gone: Callable[[Expression], bool]) -> Iterator[Edit]:
    place = case.contract.pointer.below("responses", str(OK), "links")
    links = members_of(place.get(case.contract.document))
    gone = [name for name, link in links.items() if name == "next_page" or any(map(is_gone, _read_by(link)))]
    yield from [Edit("drop", place)] if len(gone) == len(links) else [Edit("drop", place.below(name)) for name in gone]


def _read_by(link: Json) -> list[Expression]:
    """What a Link Object reads of an answer."""
    values = members_of(members_of(link).get("parameters")).values()
    return [Expression.parse(one) for one in values if isinstance(one, str) and one.startswith("$response.")]
