"""A server inside of the HTTP client: serves given items in pages, for tests without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from listing_runtime.call.http import mock_async_client, mock_client
from listing_runtime.model.mismatch import is_object

if TYPE_CHECKING:
    from listing_runtime.operation import Counter, Cursor, Operation
    from listing_runtime.types import AsyncHTTPClient, HTTPClient

# Body, headers: what the pretended server answers to the query it is given.
_Answer = tuple[bytes, dict[str, str]]


def http_client(operation: Operation, items: Iterable[Any], page_size: int) -> HTTPClient:
    """Make an HTTP client that answers with pages of the items."""
    return mock_client(Pages(operation, items, page_size).answer)


def async_http_client(operation: Operation, items: Iterable[Any], page_size: int) -> AsyncHTTPClient:
    """Make an async HTTP client that answers with pages of the items."""
    return mock_async_client(Pages(operation, items, page_size).answer)


class Pages:
    """Items cut into pages; cursors are positions, written as the documentation's schema wants them."""

    def __init__(self, operation: Operation, items: Iterable[Any], page_size: int) -> None:
        if page_size < 1:
            raise ValueError(f"page_size={page_size}: a page holds one item at least")
        self._operation = operation
        self._rows: list[Any] = [cast("Any", row) if isinstance(row, Mapping) else row.to_dict() for row in items]
        self._size = page_size if operation.links else max(1, len(self._rows))
        self._wire = {each.argument: each.name for each in operation.parameters}

    def answer(self, query: Mapping[str, str]) -> _Answer:
        """Answer one request."""
        operation = self._operation
        size = _number(query.get(operation.limit or "", "")) or self._size
        links = operation.links.items()
        start = max((self._position(each, query.get(self._wire[name]), size) for name, each in links), default=0)
        end = start + size
        shown = self._rows[start:end]
        body, headers = _wrapped(shown, operation.items), dict[str, str]()
        for cursor in operation.links.values():
            _write(cursor, end if end < len(self._rows) else None, body, headers)
            if cursor.style == "last-item":
                _put(body, cursor.keys, end < len(self._rows))
        for counter in operation.counters:
            _count(counter, shown if counter.page else self._rows, body, headers)
        for path, value in operation.blank:
            _put(body, path, value)
        return json.dumps(body).encode(), headers

    def _position(self, cursor: Cursor, text: str | None, size: int) -> int:
        text = text or ""
        if cursor.style in {"page-number", "offset"}:
            counted = max(0, _number(text) - cursor.start) if text else 0
            return counted * size if cursor.style == "page-number" else counted
        if cursor.style == "last-item":
            names = [str(_value(row, cursor.item_keys)) for row in self._rows]
            return names.index(text) + 1 if text in names else 0
        number = _number(text.removeprefix(_WORD)) if text.startswith(_WORD) else _number(text) - _BASE
        # Anything else is the caller's own value of a parameter that is a filter too.
        return number if 0 < number < len(self._rows) else 0


_WORD = "cursor-"
_BASE = 1_000_000_000_000
"""Added to positions where cursors are integers: documented timestamps are no smaller."""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _wrapped(rows: list[Any], keys: tuple[str, ...]) -> object:
    body: object = rows
    for key in reversed(keys):
        body = {key: body}
    return body


def _write(cursor: Cursor, following: int | None, body: object, headers: dict[str, str]) -> None:
    if cursor.style == "link-header" and following is not None:
        headers["Link"] = f'<?{cursor.parameter}={_WORD}{following}>; rel="next"'
    if cursor.style not in {"cursor", "next-url"}:
        return
    lead = f"?{cursor.parameter}={_WORD}" if cursor.style == "next-url" else _WORD
    if cursor.header is not None:
        headers |= {} if following is None else {cursor.header: f"{lead}{following}"}
        return
    number: int | str | None = following
    if following is not None:
        number = following + _BASE if cursor.integer else f"{lead}{following}"
    _put(body, cursor.keys, number)


def _count(counter: Counter, rows: list[Any], body: object, headers: dict[str, str]) -> None:
    where = counter.where
    number = len(rows) if where is None else sum(_value(row, where[0]) == where[1] for row in rows)
    if counter.header is None:
        _put(body, counter.keys, number)
    else:
        headers[counter.header] = str(number)


def _value(row: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        row = row.get(key) if is_object(row) else None
    return row


def _put(body: object, keys: tuple[str, ...], value: object) -> None:
    around: Any = body
    for key in keys[:-1]:
        around = around.setdefault(key, {})
    if keys:
        around.setdefault(keys[-1], value)
