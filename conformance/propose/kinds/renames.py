"""Proposals for bodies in which every name is written otherwise: another case, another prefix or suffix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from conformance import pointer
from conformance.checks.wire import SUCCESS
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit, unique
from conformance.propose.edits.places import body_schema, follow
from conformance.propose.seen import OK, Seen
from conformance.spec.promises import Style

CHECKS = frozenset({"body-matches-schema", "fields-documented", "client-decodes"})
FEWEST = 2
Json = Any


@frozen
class _Renamed:
    """One member: where bodies and the spec had it, and its new name."""

    place: str
    spec: str
    name: str


def change(case: Case) -> Change | None:
    """The new names, where no body of the run has any of the old ones that are required."""
    if case.finding.check not in CHECKS or case.witness.status not in SUCCESS:
        return None
    schema = body_schema(case.contract, OK)
    found = case.seen.widened(f"{schema} renamed", lambda: list(_renamed(case.seen, schema, case.seen.bodies(OK))))
    if len(found) < FEWEST or not _identity_moved(case, found):
        return None
    edits = unique([*_in_schemas(case, found), *_in_promises(case, found)])
    return Change(edits=edits, pointer=schema, says="names are written as they are described", instead="all are new")


def _identity_moved(case: Case, found: list[_Renamed]) -> bool:
    """Whether what names an item has a new name: what promises rest on changed, so that nothing else tells anything."""
    item = f"{case.contract.items.place}/*"
    return any(one.place == f"{item}{case.contract.identity}" for one in found)


def _renamed(seen: Seen, spec: str, values: list[Json], place: str = "") -> Iterator[_Renamed]:
    target = follow(seen.contract, spec)
    schema = pointer.get(seen.contract.document, target)
    if not isinstance(schema, Mapping):
        return
    if "items" in schema:
        parts = [part for value in values if isinstance(value, list) for part in value]
        yield from _renamed(seen, f"{target}/items", parts, f"{place}/*")
    for keyword in ("anyOf", "oneOf"):
        for index in range(len(schema.get(keyword, ()))):
            yield from _renamed(seen, f"{target}/{keyword}/{index}", values, place)
    rows = [value for value in values if isinstance(value, dict)]
    known = schema.get("properties", {})
    names = _matched(list(known), list(dict.fromkeys(name for row in rows for name in row)))
    for old, name in names.items():
        under = pointer.join(target, "properties", old)
        if name and name != old:
            yield _Renamed(pointer.join(place, old), under, name)
        if name:
            parts = [row[name] for row in rows if name in row]
            yield from _renamed(seen, under, parts, pointer.join(place, old))


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
        around, _, old = one.spec.rpartition("/properties/")
        if old in (pointer.get(case.contract.document, f"{around}/required") or ()):
            yield Edit("include", f"{around}/required", one.name)
            yield Edit("discard", f"{around}/required", pointer.split(f"/{old}")[0])
        yield Edit("rename", one.spec, one.name)


def _in_promises(case: Case, found: list[_Renamed]) -> Iterator[Edit]:
    """Every pointer and expression of the operation that went through an old name."""
    names = {one.place: one.name for one in found}
    item = f"{case.contract.items.place}/*"
    extension = pointer.get(case.contract.document, case.extension)
    for key in ("identity", "order", "filters", "counters", "invariants", "finished", "items", "paging"):
        if key in extension:
            yield from _within(f"{case.extension}/{key}", extension[key], names, item)
    if case.contract.paging is not None and case.contract.paging.style is Style.CURSOR:
        where = f"{case.contract.paging.pointer}/parameters"
        yield from _within(where, pointer.get(case.contract.document, where), names, item)


def _within(place: str, node: Json, names: Mapping[str, str], item: str) -> Iterator[Edit]:
    if isinstance(node, Mapping):
        for key, part in node.items():
            if key not in {"says", "parameter", "relation"}:
                yield from _within(pointer.join(place, key), part, names, item)
    elif isinstance(node, list):
        for index, part in enumerate(node):
            yield from _within(pointer.join(place, index), part, names, item)
    elif isinstance(node, str):
        moved = _moved(node, names, item)
        if moved != node:
            yield Edit("set", place, moved)


def _moved(text: str, names: Mapping[str, str], item: str) -> str:
    """A pointer into an item, or an expression over the body, with the new names."""
    head = "$response.body#"
    if text.startswith(head):
        return head + _path(text.removeprefix(head), "", names)
    return _path(text, item, names) if text.startswith("/") else text


def _path(place: str, around: str, names: Mapping[str, str]) -> str:
    made, here = "", around
    for step in pointer.split(place):
        here = pointer.join(here, step)
        made = pointer.join(made, names.get(here, step))
    return made
