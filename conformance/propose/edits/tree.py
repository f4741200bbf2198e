"""Edits applied to a document in place: plain JSON, or a tree of YAML whose comments and style stay."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from conformance import pointer
from conformance.errors import UsageError
from conformance.pointer import MISSING
from conformance.propose.edits.edit import Edit

_LONGEST = 130
"""Characters of an object on one line."""
_INDEX = re.compile(r"/(\d+)$")


def apply(document: Any, edits: Iterable[Edit], *, name: str) -> None:  # noqa: ANN401 - JSON, or a tree of YAML
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


def _apply(document: Any, edit: Edit, name: str) -> None:  # noqa: ANN401 - JSON
    parents = _parents(document, edit.pointer)
    parent, key = parents[-1]
    if not isinstance(parent, Mapping | list):
        raise _conflict(name, edit)
    held = _member(parent, key)
    if held is MISSING and (edit.op in {"drop", "rename", "discard"} or isinstance(parent, list)):
        raise _conflict(name, edit)
    target: Any = parent
    if edit.op == "set":
        target[key] = _like(target, edit.value)
    elif edit.op == "drop":
        _drop(parents)
    elif edit.op == "rename":
        _rename(target, key, edit.value)
    elif edit.op == "include":
        _include(target, key, held, edit.value)
    else:
        _discard(target, key, held, edit, name)


def _parents(document: Any, place: str) -> list[tuple[Any, Any]]:  # noqa: ANN401 - JSON
    """What a pointer goes through, from the whole document on, each with the key of its next part."""
    found = []
    for step in pointer.split(place):
        found.append((document, _key(document, step)))
        document = _member(*found[-1])
    return found


def _drop(parents: list[tuple[Any, Any]]) -> None:
    """Take a part away; a list that has no other goes with it."""
    *around, (parent, key) = parents
    del parent[key]
    if around and isinstance(parent, list) and not parent:
        _drop(around)


def _key(parent: Any, token: str) -> Any:  # noqa: ANN401 - JSON
    """A step of a pointer as the parent has it: the index in a list, and YAML reads a bare `200` as a number."""
    if isinstance(parent, list):
        return int(token) if token.isdecimal() else token
    return next((key for key in parent if str(key) == token), token) if isinstance(parent, Mapping) else token


def _member(parent: Any, key: Any) -> Any:  # noqa: ANN401 - JSON
    try:
        return parent[key]
    except (KeyError, IndexError, TypeError):
        return MISSING


def _conflict(name: str, edit: Edit) -> UsageError:
    hint = "The spec is not the one that the report was made with: run again and propose from the new report."
    return UsageError(f"{name}: {edit.op} {edit.pointer} does not apply", hint=hint)


def _rename(parent: Any, key: Any, name: str) -> None:  # noqa: ANN401 - JSON
    """Give a member another name, at its place."""
    members = [(name if known == key else known, value) for known, value in parent.items()]
    notes = getattr(parent, "ca", None)
    kept = {name if known == key else known: note for known, note in notes.items.items()} if notes else {}
    for known in list(parent):
        parent.pop(known)
    parent.update(members)
    if notes:
        notes.items.update(kept)


def _include(parent: Any, key: Any, held: Any, value: Any) -> None:  # noqa: ANN401 - JSON
    if held is MISSING:
        parent[key] = _like(parent, [value])
    elif value not in held:
        held.append(_like(held, value))


def _discard(parent: Any, key: Any, held: Any, edit: Edit, name: str) -> None:  # noqa: ANN401 - JSON
    if not isinstance(held, list) or edit.value not in held:
        raise _conflict(name, edit)
    held.remove(edit.value)
    if not held:
        del parent[key]


def _like(parent: Any, value: Any) -> Any:  # noqa: ANN401 - JSON
    """The value as its parent holds values: YAML's own nodes in YAML, else plain JSON."""
    return _node(value) if isinstance(parent, CommentedMap | CommentedSeq) else copy.deepcopy(value)


def _node(value: Any) -> Any:  # noqa: ANN401 - JSON
    """A value as YAML writes it: what has no more than scalars in it on one line."""
    if isinstance(value, Mapping):
        made = CommentedMap((key, _node(part)) for key, part in value.items())
        nested = any(isinstance(part, Mapping | list) and part for part in value.values())
        if not nested and len(repr(value)) < _LONGEST:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list | tuple):
        row = CommentedSeq(_node(part) for part in value)
        if not any(isinstance(part, Mapping | list) for part in value):
            row.fa.set_flow_style()
        return row
    return value


def _mend_deviations(document: Any, gone: set[str], renamed: Mapping[str, str]) -> None:  # noqa: ANN401 - JSON
    """Deviations follow what they point at; one that is about something that is gone goes with it."""
    for deviations in _deviations(document):
        for index in range(len(deviations) - 1, -1, -1):
            place = deviations[index].get("pointer", "")
            if any(place == one or place.startswith(f"{one}/") for one in gone):
                del deviations[index]
            elif (moved := _renamed(_moved(place, gone), renamed)) != place:
                deviations[index]["pointer"] = moved


def _deviations(document: Any) -> Iterable[Any]:  # noqa: ANN401 - JSON
    for path in document.get("paths", {}).values():
        for operation in path.values():
            extension = operation.get("x-conformance", {}) if isinstance(operation, Mapping) else {}
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
            place = pointer.join(one.rpartition("/")[0], names[one]) + place.removeprefix(one)
    return place
