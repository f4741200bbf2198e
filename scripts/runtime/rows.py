"""Items that come as arrays of values: read as objects of their columns, and written as arrays for tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from listing_runtime.model.mismatch import is_object
from msgspec import MsgspecError, Raw
from msgspec.json import Decoder, encode

if TYPE_CHECKING:
    from listing_runtime.wire import Response


class Rows(NamedTuple):
    """Which column each value of a row belongs to."""

    items: tuple[str, ...]
    """Keys that lead to the rows in a body; empty where the body is the array."""
    fixed: tuple[str, ...] = ()
    """The columns in their documented order; empty where the answer alone says it."""
    named: tuple[str, ...] | None = None
    """Keys that lead to where an answer names its columns; None where it does not."""
    label: tuple[str, ...] = ()
    """Keys in an element there that lead to the name; empty where the elements are names."""
    blank: tuple[tuple[tuple[str, ...], object], ...] = ()
    """Values for the required fields of such an element, for tests: keys, value."""


def with_objects(rows: Rows | None, response: Response) -> Response:
    """Give the response with rows as objects in its body; a row that does not fit its columns stays what it is."""
    if rows is None:
        return response
    try:
        return response._replace(content=_rewritten(rows, response.content))
    except (MsgspecError, ValueError, RecursionError):
        return response


_OBJECT, _ARRAY = Decoder(dict[str, Raw]), Decoder(list[Raw])


def _rewritten(rows: Rows, content: bytes) -> bytes:
    """Give the body with objects; values stay as they are written."""
    try:
        columns = _told(rows, content) or rows.fixed
    except (MsgspecError, UnicodeDecodeError):
        content = json.dumps(json.loads(content)).encode()  # a byte order mark, or UTF-16
        columns = _told(rows, content) or rows.fixed
    return encode(_replaced(Raw(content), rows.items, columns)) if columns else content


def _told(rows: Rows, content: bytes) -> tuple[str, ...]:
    """Give the columns that a body names; none where it does not, or where two of them have one name."""
    part: Any = Raw(content)
    for key in rows.named or ():
        part = _OBJECT.decode(part).get(key, Raw(b"null"))
    found: object = json.loads(bytes(part)) if rows.named else None
    elements = cast("list[object]", found) if isinstance(found, list) else []
    names = [_at(each, rows.label) for each in elements]
    texts = tuple(name for name in names if isinstance(name, str))
    return texts if len(set(texts)) == len(names) else ()


def _at(value: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        value = value.get(key) if is_object(value) else None
    return value


def _replaced(part: Raw, keys: tuple[str, ...], columns: tuple[str, ...]) -> object:
    """Give a part of the body, with objects where keys lead to rows."""
    if not keys:
        return [_object(row, columns) for row in _ARRAY.decode(part)]
    members = _OBJECT.decode(part)
    return members | {keys[0]: _replaced(members[keys[0]], keys[1:], columns)} if keys[0] in members else members


def _object(row: Raw, columns: tuple[str, ...]) -> object:
    cells = _ARRAY.decode(row) if bytes(row).lstrip().startswith(b"[") else []
    return dict(zip(columns, cells, strict=True)) if len(cells) == len(columns) else row


def as_rows(rows: Rows, items: list[Any]) -> tuple[list[Any], list[Any]]:
    """Give the columns as an answer names them, and the items as rows of them."""
    shown = (name for item in items if is_object(item) for name in item)
    columns = rows.fixed or tuple(dict.fromkeys(shown))
    return [_named(rows, name) for name in columns], [[item.get(name) for name in columns] for item in items]


def _named(rows: Rows, name: str) -> object:
    if not rows.label:
        return name
    column: dict[str, Any] = {}
    for keys, value in ((rows.label, name), *rows.blank):
        around = column
        for key in keys[:-1]:
            around = around.setdefault(key, {})
        around.setdefault(keys[-1], value)
    return column
