"""Edits applied to a document in place: plain JSON, or a tree of YAML whose comments and style stay."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from conformance.errors import UsageError
from conformance.jsontext import Json
from conformance.pointer import MISSING, Pointer
from conformance.propose.edits.edit import Edit

_LONGEST = 130
"""Characters of an object on one line."""
_INDEX = re.compile(r"/(\d+)$")


Container: TypeAlias = dict[Any, Any] | list[Any]
"""An object or an array, of plain JSON or in a tree of YAML, whose keys may be other than text."""


def apply(document: Container, edits: Iterable[Edit], *, name: str) -> None:
    """Apply edits in place: drops last and from the back, so that no pointer moves under another edit."""
    edits = list(edits)
    drops = sorted((edit for edit in edits if edit.op == "drop"), key=lambda edit: _order(edit.pointer), reverse=True)
    renames = sorted((edit for edit in edits if edit.op == "rename"), key=lambda edit: -edit.pointer.count("/"))
    first = [edit for edit in edits if edit.op not in {"drop", "rename"}]
    for edit in [*first, *renames, *drops]:
        _apply(document, edit, name)
    _mend_deviations(document, {edit.pointer for edit in drops}, {edit.pointer: edit.value for edit in renames})


def _order(place: str) -> tuple[str, int]:
    index = _INDEX.search(place)
    return (place[: index.start()], int(index[1])) if index else (place, -1)


def _apply(document: Container, edit: Edit, name: str) -> None:
    parents = _parents(document, edit.pointer)
    parent, key = parents[-1]
    held = _member(parent, key)
    if held is MISSING and (edit.op in {"drop", "rename", "discard"} or not isinstance(parent, dict)):
        raise _conflict(name, edit)
    if edit.op == "set":
        parent[key] = _like(parent, edit.value)
    elif edit.op == "drop":
        _drop(parents)
    elif edit.op == "rename":
        _rename(parent, key, edit.value)
    elif edit.op == "include" and held is MISSING:
        parent[key] = _like(parent, [edit.value])
    elif not isinstance(held, list):
        raise _conflict(name, edit)
    elif edit.op == "include":
        _include(held, edit.value)
    else:
        _discard(parents, edit, name)


def _parents(document: Container, place: str) -> list[tuple[Any, Any]]:
    """What a pointer goes through, from the whole document on, each with the key of its next part."""
    found: list[tuple[Any, Any]] = []
    here: object = document
    for step in Pointer(place).tokens:
        found.append((here, _key(here, step)))
        here = _member(*found[-1])
    return found


def _drop(parents: list[tuple[Any, Any]]) -> None:
    """Take a part away; a list that has no other goes with it."""
    *around, (parent, key) = parents
    del parent[key]
    if around and isinstance(parent, list) and not parent:
        _drop(around)


def _key(parent: object, token: str) -> object:
    """A step of a pointer as the parent has it: the index in a list, and YAML reads a bare `200` as a number."""
    if isinstance(parent, list):
        return int(token) if token.isdecimal() else token
    return next((key for key in parent if str(key) == token), token) if isinstance(parent, dict) else token


def _member(parent: object, key: object) -> object:
    if isinstance(parent, dict):
        return parent.get(key, MISSING)
    if isinstance(parent, list) and isinstance(key, int) and key < len(parent):
        return parent[key]
    return MISSING


def _conflict(name: str, edit: Edit) -> UsageError:
    hint = "The spec is not the one that the report was made with: run again and propose from the new report."
    return UsageError(f"{name}: {edit.op} {edit.pointer} does not apply", hint=hint)


def _rename(parent: dict[Any, Any], key: object, name: str) -> None:
    """Give a member another name, at its place."""
    members = [(name if known == key else known, value) for known, value in parent.items()]
    notes = getattr(parent, "ca", None)
    kept = {name if known == key else known: note for known, note in notes.items.items()} if notes else {}
    for known in list(parent):
        parent.pop(known)
    parent.update(members)
    if notes:
        notes.items.update(kept)


def _include(listed: list[Any], value: Json) -> None:
    if value not in listed:
        listed.append(_like(listed, value))


def _discard(parents: list[tuple[Any, Any]], edit: Edit, name: str) -> None:
    parent, key = parents[-1]
    if edit.value not in parent[key]:
        raise _conflict(name, edit)
    parent[key].remove(edit.value)
    if not parent[key]:
        del parent[key]


def _like(parent: Container, value: Json) -> object:
    """The value as its parent holds values: YAML's own nodes in YAML, else plain JSON."""
    return _node(value) if isinstance(parent, CommentedMap | CommentedSeq) else copy.deepcopy(value)


def _node(value: Json) -> object:
    """A value as YAML writes it: what has no more than scalars in it on one line."""
    if isinstance(value, dict):
        made = CommentedMap((key, _node(part)) for key, part in value.items())
        nested = any(isinstance(part, dict | list) and part for part in value.values())
        if not nested and len(repr(value)) < _LONGEST:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list | tuple):
        row = CommentedSeq(_node(part) for part in value)
        if not any(isinstance(part, dict | list) for part in value):
            row.fa.set_flow_style()
        return row
    return value


def _mend_deviations(document: Container, gone: set[str], renamed: Mapping[str, str]) -> None:
    """Deviations follow what they point at; one that is about something that is gone goes with it."""
    for deviations in _deviations(document):
        for index in range(len(deviations) - 1, -1, -1):
            place = deviations[index].get("pointer", "")
            if any(place == one or place.startswith(f"{one}/") for one in gone):
                del deviations[index]
            elif (moved := _renamed(_moved(place, gone), renamed)) != place:
                deviations[index]["pointer"] = moved


def _deviations(document: Container) -> Iterable[list[dict[str, str]]]:
    paths: dict[str, Any] = document.get("paths", {}) if isinstance(document, dict) else {}
    for path in paths.values():
        for operation in path.values():
            extension = operation.get("x-conformance", {}) if isinstance(operation, dict) else {}
            yield extension.get("deviations", [])


def _moved(place: str, gone: Iterable[str]) -> str:
    """The pointer after entries before it in the same lists were dropped."""
    rows = [(found[: match.start()], int(match[1])) for found in gone if (match := _INDEX.search(found))]
    steps: Sequence[str] = place.split("/")
    for where, _ in rows:
        depth = where.count("/") + 1
        if place.startswith(f"{where}/") and steps[depth].isdecimal():
            before = sum(1 for other, index in rows if other == where and index < int(steps[depth]))
            return "/".join([*steps[:depth], str(int(steps[depth]) - before), *steps[depth + 1 :]])
    return place


def _renamed(place: str, names: Mapping[str, str]) -> str:
    for one in sorted(names, key=lambda known: -known.count("/")):
        if f"{place}/".startswith(f"{one}/"):
            place = Pointer(one).parent.below(names[one]) + place.removeprefix(one)
    return place
