"""Pages whose items are laid out as arrays of values, with the names of their columns beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from conformance.mock.collection.example import example
from conformance.mock.collection.values import Json
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.rows import Rows


def laid_out(contract: Contract, body: bytes, place: Pointer) -> bytes:
    """The body with an array in the place of each item at a place; one that is no JSON stays as it is."""
    if contract.rows is None:
        return body
    try:
        value = json.loads(body)
    except ValueError:
        return body
    items = place.get(value)
    if not isinstance(items, list) or (items and not any(isinstance(item, dict) for item in items)):
        return body
    names = list(dict.fromkeys(_columns(contract, contract.rows, items)))
    items[:] = [[item.get(name) for name in names] if isinstance(item, dict) else item for item in items]
    _head(contract, contract.rows, value, names)
    return dumped(value)


def _columns(contract: Contract, rows: Rows, items: Sequence[Json]) -> Iterator[str]:
    """The documented columns in their order; where an answer alone names them, also what items have beside."""
    if rows.fixed:
        yield from rows.fixed
        return
    shown = dict.fromkeys(name for item in items if isinstance(item, dict) for name in item)
    required = contract.item.required if items else ()
    yield from (name for name in contract.item.members if name in shown or name not in required)
    yield from shown


def _head(contract: Contract, rows: Rows, value: Json, names: Sequence[str]) -> None:
    """Let the body show the names where it shows any."""
    if rows.named is None or not isinstance(rows.named.place.get(value), list):
        return
    element = contract.page.part(rows.named.place).element
    usual = {} if element is None else element.keywords
    rows.named.place.put(value, [_told(example(contract, usual), rows.label, name) for name in names])


def _told(column: Json, label: Pointer, name: str) -> Json:
    """What names one column."""
    if not label:
        return name
    label.put(column, name)
    return column


def dumped(value: Json) -> bytes:
    """Compact JSON, and what some take for it: NaN."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()
