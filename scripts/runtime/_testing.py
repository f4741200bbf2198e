"""A server inside of the HTTP client: serves given items in pages, for tests without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from ._transport import mock_async_client, mock_client

if TYPE_CHECKING:
    from ._operation import Cursor, Operation
    from .types import AsyncHTTPClient, HTTPClient

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
        self._operation = operation
        self._rows: list[Any] = [cast("Any", row) if isinstance(row, Mapping) else row.to_dict() for row in items]
        self._size = page_size if operation.links else max(1, len(self._rows))
        self._wire = {each.argument: each.name for each in operation.parameters}

    def answer(self, query: Mapping[str, str]) -> _Answer:
        """Answer one request."""
        start = max((self._position(query.get(self._wire[name])) for name in self._operation.links), default=0)
        end = start + self._size
        following = end if end < len(self._rows) else None
        body: Any = self._rows[start:end]
        for key in reversed(self._operation.items):
            body = {key: body}
        headers: dict[str, str] = {}
        for cursor in self._operation.links.values():
            _write(cursor, following, body, headers)
        for path, value in self._operation.blank:
            _put(body, path, len(self._rows[start:end]) if value == "count" else value)
        return json.dumps(body).encode(), headers

    @staticmethod
    def _position(text: str | None) -> int:
        digits = "".join(character for character in text or "" if character.isdigit())
        return int(digits or 0) % _BASE


_BASE = 1_000_000_000_000
"""Added to positions where cursors are integers: documented timestamps are no smaller."""


def _write(cursor: Cursor, following: int | None, body: Any, headers: dict[str, str]) -> None:  # noqa: ANN401 - JSON
    if cursor.header is not None:
        headers |= {} if following is None else {cursor.header: f"cursor-{following}"}
        return
    number: int | str | None = following
    if following is not None:
        number = following + _BASE if cursor.integer else f"cursor-{following}"
    _put(body, cursor.keys, number)


def _put(body: Any, keys: tuple[str, ...], value: Any) -> None:  # noqa: ANN401 - JSON
    for key in keys[:-1]:
        body = body.setdefault(key, {})
    if keys:
        body.setdefault(keys[-1], value)
