"""How one value is written into a request: as documentation means it, and never as Python shows it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, SupportsIndex, cast
from uuid import UUID

Unit = Literal["milliseconds", "seconds"]
"""What a number that stands for a time counts since 1970."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def text_of(value: object, unit: Unit | None = None) -> str:
    """Write one value; ValueError where nothing says how, without its text where that may be long or private."""
    if isinstance(value, Enum) and not isinstance(value, (str, int, float)):
        return text_of(cast("object", value.value), unit)
    if isinstance(value, str):
        return _encodable(str.__str__(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, (int, SupportsIndex)):  # to ask for a protocol takes ten times as long
        return str(int(value.__index__()))
    return _time_or_name(value, unit)


def _time_or_name(value: object, unit: Unit | None) -> str:
    if isinstance(value, datetime):
        return _instant(value) if unit is None else _counted(value, unit)
    if isinstance(value, date) and unit is None:
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise ValueError(f"a {type(value).__name__} cannot be sent as text")


def json_of(value: Mapping[Any, Any]) -> str:
    """Write a mapping as JSON; ValueError where it is none."""
    try:
        return json.dumps(dict(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=text_of)
    except TypeError as error:
        raise ValueError(str(error)) from None


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("half a character, which no URL can carry") from None
    return text


def _number(value: float | Decimal) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that can be sent")
    if value == int(value):
        return str(int(value))
    return format(value, "f") if isinstance(value, Decimal) else repr(float(value))


def _aware(value: datetime) -> datetime:
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(f"{value!r} has no time zone; the server could not know which instant is meant")
    # RFC 3339 has zones of whole minutes.
    return value if offset % timedelta(minutes=1) == timedelta(0) else value.astimezone(UTC)


def _instant(value: datetime) -> str:
    return _aware(value).isoformat().replace("+00:00", "Z")


def _counted(value: datetime, unit: Unit) -> str:
    since = _aware(value) - _EPOCH
    return str(since // timedelta(milliseconds=1) if unit == "milliseconds" else since // timedelta(seconds=1))
