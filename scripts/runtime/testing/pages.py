"""Rows cut into pages, each a body and its headers as the documentation describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from listing_runtime.model.mismatch import is_object
from listing_runtime.rows import as_rows
from listing_runtime.testing.next_page import BASE, WORD, put, write

if TYPE_CHECKING:
    from listing_runtime.operation import Cursor, Operation
    from listing_runtime.promises import Counter

# Names and values of a query; a parameter that is repeated has several.
Query = Mapping[str, list[str]]


class Pages:
    """Where pages begin and end; cursors are positions, written as the documentation's schema wants them."""

    def __init__(self, operation: Operation, page_size: int) -> None:
        self._operation = operation
        self._size = page_size
        self._wire = {each.argument: each.name for each in operation.parameters}

    def page(self, rows: list[Any], query: Query) -> tuple[bytes, dict[str, str]]:
        """Give the body and the headers of the page that a query asks for."""
        operation = self._operation
        size = self._page_size(rows, query)
        links = operation.links.items()
        asked = ((cursor, last(query, self._wire[name])) for name, cursor in links)
        start = max((_position(cursor, text, size, rows) for cursor, text in asked), default=0)
        end = start + size
        shown = rows[start:end]
        body, headers = self._body(shown), dict[str, str]()
        for cursor in operation.links.values():
            write(cursor, end if end < len(rows) else None, body, headers)
            if cursor.style == "last-item":
                put(body, cursor.keys, end < len(rows))
        for counter in operation.counters:
            told = (
                _range(counter.unit, start, len(shown), len(rows)) if counter.unit else _counted(counter, shown, rows)
            )
            _show(counter, told, body, headers)
        for path, value in operation.blank:
            put(body, path, value)
        return json.dumps(body).encode(), headers

    def _body(self, shown: list[Any]) -> object:
        """Give the items where a body has them, as arrays with their columns where they come so."""
        rows, keys = self._operation.rows, self._operation.items
        if rows is None:
            return _wrapped(shown, keys)
        columns, arrays = as_rows(rows, shown)
        body = _wrapped(arrays, keys)
        put(body, rows.named or (), columns)
        return body

    @property
    def cursors(self) -> dict[str, Cursor]:
        """What leads to pages, by the parameters that take it."""
        return {self._wire[argument]: each for argument, each in self._operation.links.items()}

    @staticmethod
    def is_cursor(text: str) -> bool:
        """Say whether a value leads to a page here, and is no filter of the caller's own."""
        return text.startswith(WORD) or BASE < whole(text) < BASE + _MOST

    def _page_size(self, rows: list[Any], query: Query) -> int:
        asked = whole(last(query, self._operation.limit or ""))
        asked = min(asked, self._operation.cap or asked)
        return asked or (self._size if self._operation.links else max(1, len(rows)))


_MOST = 1_000_000
"""Rows: a number beyond is a time, and not a position."""


def whole(text: str) -> int:
    """Read a whole number; 0 where there is none."""
    return int(text) if text.isdecimal() else 0


def last(query: Query, name: str) -> str:
    """Give the value of a parameter that is not repeated; empty where it was not sent."""
    return query.get(name, [""])[-1]


def _position(cursor: Cursor, text: str, size: int, rows: list[Any]) -> int:
    if cursor.style in {"page-number", "offset"}:
        counted = max(0, whole(text) - cursor.start) if text else 0
        return counted * size if cursor.style == "page-number" else counted
    if cursor.style == "last-item":
        names = [str(value_at(row, cursor.item_keys)) for row in rows]
        return names.index(text) + 1 if text in names else 0
    number = whole(text.removeprefix(WORD)) if text.startswith(WORD) else whole(text) - BASE
    # Anything else is the caller's own value of a parameter that is a filter too.
    return number if 0 < number < len(rows) else 0


def value_at(row: object, keys: tuple[str, ...]) -> object:
    """Give what stands in a row; None where nothing does."""
    for key in keys:
        row = row.get(key) if is_object(row) else None
    return row


def _wrapped(rows: list[Any], keys: tuple[str, ...]) -> object:
    body: Any = rows
    for key in reversed(keys):
        body = {key: body}
    return body


def _counted(counter: Counter, shown: list[Any], rows: list[Any]) -> int:
    where, counted = counter.where, shown if counter.page else rows
    return len(counted) if where is None else sum(value_at(row, where[0]) == where[1] for row in counted)


def _range(unit: str, start: int, size: int, total: int) -> str:
    return f"{unit} {f'{start}-{start + size - 1}' if size else '*'}/{total}"


def _show(counter: Counter, told: int | str, body: object, headers: dict[str, str]) -> None:
    if counter.header is None:
        put(body, counter.keys, told)
    else:
        headers[counter.header] = str(told)
