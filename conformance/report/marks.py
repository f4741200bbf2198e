"""Which parts of an exchange a finding is about, as far as its own words and identities tell."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

Json = Mapping[str, Any]
_AT = re.compile(r"^at (/\S*): ")
_EXPRESSION = re.compile(r"\$response\.body#(/[^\s,]+)")
_FIELD = re.compile(r"(?<![\w/#.*])/[A-Za-z_][\w~-]*(?:/[\w~-]+)*")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_SUCH_AS = re.compile(r"such as (.+?)(?: \(seen .*)?$")
_STATUS = re.compile(r"^(\d{3})(?=$| for | to |, but )")
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*): ")


@frozen
class Marks:
    """What to mark: places in the body, values anywhere in it, values of one field, the status, a header."""

    places: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    field: str = ""
    field_value: str | None = None
    status: str = ""
    header: str = ""
    media_type: str = ""

    def body(self, place: str, value: object) -> bool:
        """Whether the part of a body at `place`, a JSON Pointer, is what the finding is about."""
        if place in self.places:
            return True
        if isinstance(value, dict | list) or value is None:
            return False
        if self.field_value is not None and place.endswith(self.field) and _written(value) == self.field_value:
            return True
        return _written(value) in self.values


def marks_of(finding: Json) -> Marks:
    """What a finding points at."""
    actual, expected = finding["actual"], finding["expected"]
    identities = (finding.get("difference") or {}).get("unexpected") or ()
    example = _SUCH_AS.search(actual)
    fields = _FIELD.findall(expected)
    places = [*_AT.findall(actual), *_EXPRESSION.findall(f"{expected} {actual}")]
    quoted = [] if places or (example and fields) else _QUOTED.findall(actual)
    return Marks(
        places=frozenset(places),
        values=frozenset(_written(_parsed(text)) for text in [*quoted, *map(json.dumps, identities)]),
        field=fields[0] if fields else "",
        field_value=_written(_parsed(example[1])) if example and fields else None,
        status=next(iter(_STATUS.findall(actual)), ""),
        header=next(iter(_HEADER.findall(actual)), "").lower(),
        media_type=actual if finding["check"] == "content-type-documented" else "",
    )


def _parsed(text: str) -> object:
    """The value that a finding writes as Python or as JSON does."""
    for read in (ast.literal_eval, json.loads):
        try:
            return read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return text


def _written(value: object) -> str:
    """A value as JSON, so that 1, true and "1" differ; what is JSON of a string already, as it is."""
    if isinstance(value, str) and value[:1] == '"' == value[-1:]:
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
