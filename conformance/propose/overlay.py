"""A change of a document as an OpenAPI Overlay 1.0, for whoever keeps a document that is not this file.

https://spec.openapis.org/overlay/v1.0.0.html. An action merges an object into the objects that a JSONPath (RFC 9535)
selects, appends an entry to arrays, or removes what is there. How arrays within objects merge, tools disagree about: a
list that does not only grow at its end is removed and set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conformance.jsontext import Json

Action = dict[str, Any]
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def overlay(before: Json, after: Json, *, title: str, version: str, extends: str) -> dict[str, Any]:
    """The overlay that makes one document of another; both are objects."""
    return {
        "overlay": "1.0.0",
        "info": {"title": title, "version": version},
        "extends": extends,
        "actions": list(_actions("$", before, after)),
    }


def _actions(path: str, old: Json, new: Json) -> Iterator[Action]:
    """What makes one value of another in place; both are objects, or arrays that `_changes_in_place`."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _members(path, old, new)
    elif isinstance(old, Sequence) and isinstance(new, Sequence):
        for index, (one, other) in enumerate(zip(old, new, strict=False)):
            if one != other:
                yield from _actions(f"{path}[{index}]", one, other)
        yield from ({"target": path, "update": one} for one in new[len(old) :])


def _members(path: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[Action]:
    merged: dict[str, Json] = {name: new[name] for name in new if name not in old}
    for name, value in old.items():
        if name in new and value == new[name]:
            continue
        if name in new and _changes_in_place(value, new[name]):
            yield from _actions(_below(path, name), value, new[name])
        elif name in new and _is_scalar(value) and _is_scalar(new[name]):
            merged[name] = new[name]
        else:
            yield {"target": _below(path, name), "remove": True}
            merged |= {name: new[name]} if name in new else {}
    if merged:
        yield {"target": path, "update": merged}


def _changes_in_place(old: Json, new: Json) -> bool:
    """Whether actions within a value make another of it."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return True
    if not isinstance(old, list) or not isinstance(new, list) or len(old) > len(new):
        return False
    both = zip(old, new, strict=False)
    grown = new[len(old) :]
    return all(
        one == other or (isinstance(one, Mapping) and isinstance(other, Mapping)) for one, other in both
    ) and not any(isinstance(one, list) for one in grown)


def _is_scalar(value: Json) -> bool:
    return not isinstance(value, Mapping | list)


def _below(path: str, name: str) -> str:
    """The JSONPath of a member."""
    if _NAME.fullmatch(name):
        return f"{path}.{name}"
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"{path}['{quoted}']"
