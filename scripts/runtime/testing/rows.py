"""The rows that a test gives: models, or JSON objects, with times as Python has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from listing_runtime.errors import DecodeError, InvalidArgumentError
from listing_runtime.model.times import timestamp_text

if TYPE_CHECKING:
    from listing_runtime.model.objects import Model


def rows_of(items: object, model: type[Model], *, strict: bool) -> list[Any]:
    """Give the rows as JSON; where one is not as documented, InvalidArgumentError says which, where and why."""
    plain = items  # as it was, before what follows narrows its type
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        kind = type(plain).__name__
        raise InvalidArgumentError(f"expected a list of items, got one {kind}: write [item]")
    return [_row(index, each, model, strict=strict) for index, each in enumerate(cast("Iterable[object]", items))]


def _row(index: int, item: object, model: type[Model], *, strict: bool) -> object:
    if hasattr(item, "to_dict"):
        return cast("Model", item).to_dict()
    if not isinstance(item, Mapping):
        raise InvalidArgumentError(f"item {index}: expected a {model.__name__} or a mapping, got {type(item).__name__}")
    row = cast("dict[str, Any]", _json(cast("object", item)))
    if strict:
        try:
            model.from_dict(row)
        except DecodeError as error:
            hint = "strict=False serves it as it is"
            raise InvalidArgumentError(f"item {index} is no {model.__name__}: {error}; {hint}") from None
    return row


def _json(value: object) -> object:
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value)
        return {str(key): _json(each) for key, each in pairs.items()}
    if isinstance(value, (list, tuple)):
        return [_json(each) for each in cast("list[Any]", value)]
    if isinstance(value, datetime):
        # What has no zone is taken as UTC: in a test nobody means the zone of the machine.
        return timestamp_text(value) + ("Z" if value.tzinfo is None else "")
    if isinstance(value, (date, UUID)):
        return str(value)
    return cast("object", value.value) if isinstance(value, Enum) else value
