"""Rows of values in a recorded body: found by the names of their columns beside them, and drafted as rows again."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conformance.draft.source import TODO, Part
from conformance.jsontext import Json, elements_of, members_of
from conformance.pointer import TOP, Pointer

LABELS = ("", "/name", "/field", "/key", "/id", "/label")
"""Where an element that describes a column may have its name."""
_DEPTH = 2


def as_objects(body: Json) -> tuple[Json, Part]:
    """A body with its rows as objects, and what a spec says of them; nothing where no names fit any rows."""
    arrays = list(_arrays(body))
    for at, rows in arrays:
        for place, told in arrays:
            for label in LABELS:
                names = [Pointer(label).get(one) for one in told]
                if place != at and _fit(names, rows) and not _objects(arrays, beside=place):
                    made: Any = copy.deepcopy(body)
                    at.put(made, [dict(zip(map(str, names), elements_of(row), strict=True)) for row in rows])
                    name = {"name": label} if label else {}
                    return made, {"columns": f"$response.body#{place}", **name, "at": str(at)}
    return body, {}


def _arrays(body: Json, at: Pointer = TOP) -> Iterator[tuple[Pointer, Sequence[Json]]]:
    for name, part in members_of(body).items():
        if isinstance(part, list) and part:
            yield at.below(name), part
        elif len(at.tokens) < _DEPTH:
            yield from _arrays(part, at.below(name))


def _objects(arrays: Sequence[tuple[Pointer, Sequence[Json]]], *, beside: Pointer) -> bool:
    """Whether something else in the body lists objects, so that these are the items."""
    return any(isinstance(one, dict) for place, array in arrays if place != beside for one in array)


def _fit(names: Sequence[object], rows: Sequence[Json]) -> bool:
    """Whether each row is an array with a value for each name."""
    texts = {name for name in names if isinstance(name, str)}
    return len(texts) == len(names) and all(isinstance(row, list) and len(row) == len(names) for row in rows)


def in_rows(rows: Part, items: str | None, page: Part, schemas: Mapping[str, Part]) -> Part:
    """What a draft says of rows, whose array its page then describes as such; nothing where its items are others."""
    if not rows or items != rows["at"]:
        return {}
    array: Any = schemas[page["$ref"].rpartition("/")[2]]
    for step in Pointer(rows["at"]).tokens:
        array = array["properties"][step]
    schema, array["items"] = array["items"]["$ref"], {"type": "array"}
    told = {key: value for key, value in rows.items() if key != "at"}
    says = f"{TODO}does the documentation say that the columns are named there?"
    return {"rows": {"schema": schema, **told, "says": says}}
