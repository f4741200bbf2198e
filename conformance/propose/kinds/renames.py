"""Proposals for bodies in which every name is written otherwise: another case, another prefix or suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from conformance.checks.wire import SUCCESS
from conformance.jsontext import Json, elements_of, members_of
from conformance.pointer import TOP, Pointer
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit, unique
from conformance.propose.edits.places import body_schema
from conformance.propose.seen import OK
from conformance.spec.promises import Style
from conformance.spec.schema import Schema

CHECKS = frozenset({"body-matches-schema", "fields-documented", "client-decodes"})
FEWEST = 2


@frozen
class _Renamed:
    """One member: where bodies and the spec had it, and its new name."""

    place: Pointer
    spec: Pointer
    name: str


def change(case: Case) -> Change | None:
    """The new names, where no body of the run has any of the old ones that are required."""
    if case.finding.check not in CHECKS or case.witness.status not in SUCCESS:
        return None
    schema = body_schema(case.contract, OK)
    if schema is None:
        return None
    found = case.seen.widened(f"{schema.reference} renamed", lambda: list(_renamed(schema, case.seen.bodies(OK))))
    if len(found) < FEWEST or not _identity_moved(case, found):
        return None
    edits = unique([*_in_schemas(case, found), *_in_promises(case, found)])
    return Change(
        edits=edits, pointer=schema.reference, says="names are written as they are described", instead="all are new"
    )


def _identity_moved(case: Case, found: list[_Renamed]) -> bool:
    """Whether what names an item has a new name: what promises rest on changed, so that nothing else tells anything."""
    item = case.contract.items.place.below("*", *case.contract.identity.tokens)
    return any(one.place == item for one in found)


def _renamed(schema: Schema, values: list[Json], place: Pointer = TOP) -> Iterator[_Renamed]:
    if schema.element is not None:
        parts = [part for value in values if isinstance(value, list) for part in value]
        yield from _renamed(schema.element, parts, place.below("*"))
    for branch in (*schema.composed("anyOf"), *schema.composed("oneOf")):
        yield from _renamed(branch, values, place)
    rows = [value for value in values if isinstance(value, dict)]
    names = _matched(list(schema.members), list(dict.fromkeys(name for row in rows for name in row)))
    for old, name in names.items():
        if name and name != old:
            yield _Renamed(place.below(old), schema.place.below("properties", old), name)
        if name:
            parts = [row[name] for row in rows if name in row]
            yield from _renamed(schema.members[old], parts, place.below(old))


def _matched(known: list[str], seen: list[str]) -> dict[str, str]:
    """Old name to the one that stands for it: itself, itself in another case, or with something around it."""
    matched = {name: name for name in known if name in seen}
    for likeness in (_same, _around):
        free = [name for name in seen if name not in matched.values()]
        for old in known:
            found = [name for name in free if likeness(old, name)]
            if old not in matched and len(found) == 1:
                matched[old] = found[0]
    return matched


def _same(old: str, name: str) -> bool:
    return _bare(name) == _bare(old)


def _around(old: str, name: str) -> bool:
    return re.fullmatch(rf"(\w*_)?{re.escape(_bare(old))}(_\w+)?", name.lower()) is not None


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _in_schemas(case: Case, found: list[_Renamed]) -> Iterator[Edit]:
    for one in found:
        required, old = one.spec.parent.parent.below("required"), one.spec.tokens[-1]
        if old in elements_of(required.get(case.contract.document)):
            yield Edit("include", required, one.name)
            yield Edit("discard", required, old)
        yield Edit("rename", one.spec, one.name)


def _in_promises(case: Case, found: list[_Renamed]) -> Iterator[Edit]:
    """Every pointer and expression of the operation that went through an old name."""
    names: dict[Pointer, str] = {one.place: one.name for one in found}
    item = case.contract.items.place.below("*")
    extension = members_of(case.extension.get(case.contract.document))
    for key in (
        "identity",
        "order",
        "filters",
        "counters",
        "edges",
        "invariants",
        "finished",
        "summary",
        "items",
        "paging",
    ):
        if key in extension:
            yield from _within(case.extension.below(key), extension[key], names, item)
    if case.contract.paging is not None and case.contract.paging.style is Style.CURSOR:
        where = case.contract.paging.pointer.below("parameters")
        yield from _within(where, members_of(where.get(case.contract.document)), names, item)


def _within(place: Pointer, node: Json, names: Mapping[Pointer, str], item: Pointer) -> Iterator[Edit]:
    parts: Iterable[tuple[str | int, Json]] = members_of(node).items() or enumerate(elements_of(node))
    for key, part in parts:
        if key not in {"says", "parameter", "relation"}:
            yield from _within(place.below(key), part, names, item)
    if isinstance(node, str):
        moved = _moved(node, names, item)
        if moved != node:
            yield Edit("set", place, moved)


def _moved(text: str, names: Mapping[Pointer, str], item: Pointer) -> str:
    """A pointer into an item, or an expression over the body, with the new names."""
    head = "$response.body#"
    if text.startswith(head):
        return head + _path(text.removeprefix(head), TOP, names)
    return _path(text, item, names) if text.startswith("/") else text


def _path(place: str, here: Pointer, names: Mapping[Pointer, str]) -> str:
    made = TOP
    for step in Pointer(place).tokens:
        here = here.below(step)
        made = made.below(names.get(here, step))
    return str(made)
