"""Faults of rows that do not fit their columns, and of columns that are others than documented."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.layout import dumped
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import is_page
from conformance.spec.contract import Contract
from conformance.spec.rows import Rows

_Change = Callable[[Rows, Json, list[Json]], None]
"""Changes the whole body, and the rows in it."""


def _has_rows(contract: Contract) -> bool:
    return contract.rows is not None


def _is_named(contract: Contract) -> bool:
    return contract.rows is not None and contract.rows.named is not None


def _is_fixed(contract: Contract) -> bool:
    return _is_named(contract) and contract.rows is not None and len(contract.rows.fixed) > 1


def _sent(change: _Change) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        answer, rows = scene.answer, scene.contract.rows
        if rows is None or not is_page(answer) or not answer.items:
            return answer
        body = json.loads(answer.wire)
        items: Json = answer.place.get(body)
        change(rows, body, items)
        return evolve(answer, sent=dumped(body), contract=None)

    return garble


def _names(rows: Rows, body: Json) -> list[Json]:
    found: Json = rows.named.place.get(body) if rows.named is not None else []
    names: list[Json] = found
    return names


def _longer(_rows: Rows, _body: Json, items: list[Json]) -> None:
    items[-1].append(None)


def _shorter(_rows: Rows, _body: Json, items: list[Json]) -> None:
    items[-1].pop()


def _as_objects(rows: Rows, body: Json, items: list[Json]) -> None:
    names = rows.columns(body)
    items[:] = [dict(zip(names, row, strict=False)) for row in items]


def _same_name(rows: Rows, body: Json, _items: list[Json]) -> None:
    names = _names(rows, body)
    names[-1] = names[0]


def _renamed(rows: Rows, body: Json, _items: list[Json]) -> None:
    names = _names(rows, body)
    last = names[-1]
    if isinstance(last, str):
        names[-1] = f"{last}_2"
    else:
        rows.label.put(last, f"{rows.label.get(last)}_2")


def _reordered(rows: Rows, body: Json, items: list[Json]) -> None:
    for row in (_names(rows, body), *items):
        row.insert(0, row.pop())


def _not_a_number(_rows: Rows, _body: Json, items: list[Json]) -> None:
    items[0][-1] = float("nan")


def _kinds(contract: Contract, name: str) -> set[str]:
    return {kind for one in contract.item.part(f"/{name}").branches for kind in one.types} - {"null"}


def _unlike(contract: Contract) -> Sequence[int]:
    """Where the first two documented columns stand that have no type in common."""
    fixed = contract.rows.fixed if contract.rows is not None else ()
    for index, name in enumerate(fixed[1:], 1):
        kinds, others = _kinds(contract, fixed[index - 1]), _kinds(contract, name)
        if kinds and others and not kinds & others:
            return (index - 1, index)
    return ()


def _swaps(contract: Contract) -> bool:
    return bool(_unlike(contract)) and not _is_named(contract)


def _swapped(scene: Scene) -> Answer:
    first, second = _unlike(scene.contract)

    def change(_rows: Rows, _body: Json, items: list[Json]) -> None:
        for row in items:
            row[first], row[second] = row[second], row[first]

    return _sent(change)(scene)


def _fault(name: str, says: str, change: _Change, applies: Callable[[Contract], bool], check: str) -> Fault:
    return Fault(name=name, says=says, check=check, applies=applies, garble=_sent(change))


_FIT, _ORDER = "rows-fit-columns", "columns-in-order"
FAULTS = (
    _fault("row-longer", "The last row of a page has a value too many.", _longer, _has_rows, _FIT),
    _fault("row-shorter", "The last row of a page lacks its last value.", _shorter, _has_rows, _FIT),
    _fault("rows-became-objects", "Rows come as objects.", _as_objects, _has_rows, _FIT),
    _fault("column-named-twice", "The last column is called like the first.", _same_name, _is_named, _FIT),
    _fault("column-renamed", "The last column has another name.", _renamed, _is_fixed, _ORDER),
    _fault("columns-reordered", "The last column comes first, in names and rows.", _reordered, _is_fixed, _ORDER),
    _fault("cell-not-a-number", "A row holds NaN, which JSON has not.", _not_a_number, _has_rows, "json-strict"),
    Fault(
        name="values-swapped",
        says="Two columns have each other's values.",
        check="body-matches-schema",
        applies=_swaps,
        garble=_swapped,
    ),
)
