"""The source of a draft in a recorded response: schemas inferred from values, carefully."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from genson import SchemaBuilder

from conformance import files
from conformance.draft.rows import as_objects
from conformance.draft.source import Part, Source, items_in
from conformance.errors import UsageError
from conformance.jsontext import Json
from conformance.spec.schema import types_of

FREE = re.compile(
    r"(meta_?data|labels|tags|annotations|env(ironment)?(_?variables)?|vars|attributes|custom)$", re.IGNORECASE
)
"""Names under which users keep pairs of their own: their keys are data, not schema."""
FORMATS: Mapping[str, re.Pattern[str]] = {
    "date-time": re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)"),
    "uuid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
}


def of_response(path: Path, operation: str, server: str) -> Source:
    """The source of GET `operation`, of which one response body was recorded in a JSON file."""
    body = files.read_json(path, hint="Name a file that holds the body alone, as JSON.")
    body, rows = as_objects(body)
    items = items_in(body)
    if not items:
        hint = "A page is a list of objects, or an object that holds one."
        raise UsageError(f"{path}: no list of objects is in the response", hint=hint)
    return Source(
        document=path.name,
        path=operation,
        server=server.rstrip("/"),
        summary="",
        deprecated=False,
        parameters=[],
        left_out=[],
        page=infer(body),
        schemas={},
        headers={},
        refusals={},
        security={},
        items=items,
        rows=rows,
        guessed=True,
    )


def infer(value: Json) -> Part:
    """The schema of a value: types and presence as genson sees them, formats where every value has one."""
    builder = SchemaBuilder(schema_uri=None)
    builder.add_object(value)
    return _refined(builder.to_schema(), [value])


def _refined(schema: Part, values: list[Any]) -> Part:
    """The schema with formats, and with free pairs left open; `values` are all that it was inferred from."""
    schema = dict(schema)
    if schema.get("type") == "null":  # what it is where it is not null, no value shows
        return {}
    if isinstance(schema.get("type"), list):
        schema["type"] = sorted(schema["type"], key=lambda kind: kind == "null")
    texts = [value for value in values if isinstance(value, str)]
    fits = [name for name, pattern in FORMATS.items() if texts and all(map(pattern.fullmatch, texts))]
    if fits and "string" in types_of(schema):
        schema["format"] = fits[0]
    if "properties" in schema:
        schema["properties"] = {
            name: _member(name, part, [one[name] for one in values if isinstance(one, dict) and name in one])
            for name, part in schema["properties"].items()
        }
    if isinstance(schema.get("items"), dict):
        schema["items"] = _refined(schema["items"], list(_elements(values)))
    return schema


def _elements(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value


def _member(name: str, schema: Part, values: list[Any]) -> Part:
    if FREE.search(name) and "object" in types_of(schema):
        return {"type": schema["type"], "additionalProperties": True}
    return _refined(schema, values)
