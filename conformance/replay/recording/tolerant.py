"""Entries as others write them: numbers as text, times of any ISO 8601, headers as an object or null."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from conformance.jsontext import Json

Pairs = list[tuple[str, str]]
_LEAP_SECOND = re.compile(r"(?<=T\d\d:\d\d):60|(?<=T\d{4})60")


def members(line: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a line in the form that an entry has; raises TypeError or ValueError for what is none."""
    given = {key: value for key, value in line.items() if value is not None}
    given |= {key: pairs(line[key]) for key in ("headers", "request_headers") if key in line}
    return given | ({"started": moment(given["started"])} if "started" in given else {})


def pairs(headers: Any) -> Pairs:  # noqa: ANN401 - whatever stands where headers should
    """Headers by name: of arrays of pairs, of objects with a name and a value, or of one object; none of null."""
    if isinstance(headers, Mapping):
        named = [(name, value) for name, values in headers.items() for value in _listed(values)]
    else:
        named = [_pair(one) for one in headers or ()]
    return [(str(name), _text(value)) for name, value in named if not str(name).startswith(":")]


def _listed(values: Json) -> Sequence[Json]:
    return values if isinstance(values, list) else [values]


def _pair(one: Any) -> tuple[Any, Any]:  # noqa: ANN401 - as above
    if isinstance(one, Mapping):
        return one["name"], one.get("value")
    name, value = one
    return name, value


def _text(value: Json) -> str:
    """A header's value: HTTP has no null and no numbers."""
    return "" if value is None else str(value)


def moment(text: object) -> datetime:
    """A time of ISO 8601, whatever its offset and its fraction, or in seconds since 1970.

    A leap second is the second before it.
    """
    if isinstance(text, int | float):
        return datetime.fromtimestamp(text, UTC)
    return datetime.fromisoformat(_LEAP_SECOND.sub(lambda found: found[0].replace("60", "59"), str(text).strip()))


def number(value: Any) -> float:  # noqa: ANN401 - whatever stands where a number should
    """A number, also as text; zero where there is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0
