"""Whether a document is valid OpenAPI 3.1: a quick look says yes where that is plain, the whole validator says why not.

The whole validator takes a quarter of a second to import, and looks at what nearly every spec has in the same few ways.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from conformance.jsontext import Json
from conformance.spec.checker import checker

Part = Mapping[str, Any]
Steps = tuple[str | int, ...]
VALIDATOR = "openapi_spec_validator"
_RARE = frozenset(
    {"$schema", "jsonSchemaDialect", "$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "discriminator", "xml"}
    | {"externalDocs", "nullable"}
)
"""Keys that leave a document to the whole validator: they change dialects, or have rules of their own."""
_STATUS = re.compile(r"[1-5](\d\d|XX)|default")
_OPERATIONS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def errors(content: Part) -> Iterator[tuple[Steps, str]]:
    """Where the document is not valid OpenAPI 3.1, as steps from its top, and why not."""
    if is_plainly_valid(content):
        return
    ruled_out = list(_ruled_out(content))
    if ruled_out:
        # The whole validator reads patterns with Python, which may go on for ever where one does not fit.
        yield from ruled_out
        return
    from openapi_spec_validator import OpenAPIV31SpecValidator  # noqa: PLC0415 - as above

    for error in OpenAPIV31SpecValidator(dict(content)).iter_errors():
        yield tuple(getattr(error, "absolute_path", ())), str(getattr(error, "message", error))


def is_plainly_valid(content: Part) -> bool:
    """Whether the document is valid without a doubt; one that is not plain may be valid as well."""
    try:
        return _document_schema().is_valid(content) and _is_plain(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, re.error):
        return False


@cache
def _document_schema() -> jsonschema_rs.Draft202012Validator:
    """What OpenAPI's own JSON Schema says; it leaves Schema Objects open."""
    found = find_spec(VALIDATOR)
    origin = found.origin if found else None
    if origin is None:
        raise ModuleNotFoundError(VALIDATOR)
    path = Path(origin).parent / "resources" / "schemas" / "v3.1" / "schema.json"
    return jsonschema_rs.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def _is_plain(content: Part) -> bool:
    parts = [part for _, part in _objects(content)]
    components = content.get("components", {})
    schemas = [part["schema"] for part in parts if "schema" in part] + list(components.get("schemas", {}).values())
    # Making the validator proves the schemas: by their metaschema, by their references, by their patterns.
    jsonschema_rs.Draft202012Validator({"allOf": schemas or [True], "components": components})
    return (
        all(_is_plain_part(content, part) for part in parts)
        and all(_is_plain_path(content, path, item) for path, item in content.get("paths", {}).items())
        and _are_different([tag["name"] for tag in content.get("tags", ())])
        and _are_different([part["operationId"] for part in parts if {"operationId", "responses"} <= part.keys()])
    )


def _objects(value: Json, *steps: str | int) -> Iterator[tuple[Steps, Part]]:
    """Every object in a document with the way to it, our own extension aside."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _objects(part, *steps, index)
    elif isinstance(value, dict):
        yield steps, value
        is_operation = "responses" in value
        for key, part in value.items():
            if not (is_operation and key == "x-conformance"):
                yield from _objects(part, *steps, key)


def _ruled_out(content: Part) -> Iterator[tuple[Steps, str]]:
    """The defaults that the pattern beside them does not fit."""
    for steps, part in _objects(content):
        default, pattern = part.get("default"), part.get("pattern")
        if isinstance(default, str) and isinstance(pattern, str) and not _fits(pattern, default):
            yield (*steps, "default"), f"{default!r} does not match {pattern!r}"


def _fits(pattern: str, text: str) -> bool:
    try:
        return checker({"pattern": pattern}).is_valid(text)
    except ValueError:  # no pattern: the validator says so
        return True


def _is_plain_part(content: Part, part: Part) -> bool:
    if _RARE & part.keys() or {"allOf", "required"} <= part.keys():
        return False
    for pattern in (part.get("pattern"), *part.get("patternProperties", ())):
        if isinstance(pattern, str):
            re.compile(pattern)
    return _leads_somewhere(content, part.get("$ref", "#/")) and _is_default_valid(content, part)


def _leads_somewhere(content: Part, reference: str) -> bool:
    target: Any = content
    for step in _steps(reference):
        target = target[int(step) if isinstance(target, list) else step]
    return isinstance(target, Mapping | bool)


def _steps(reference: str) -> list[str]:
    if not reference.startswith("#/") or "%" in reference:
        raise ValueError(reference)
    return [step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/") if reference != "#/"]


def _is_default_valid(content: Part, part: Part) -> bool:
    """Whether the default of a schema is a scalar that is valid for it; responses may have a default as well."""
    if "default" not in part:
        return True
    default = part["default"]
    if isinstance(default, Mapping):
        return all(_STATUS.fullmatch(key) for key in part)
    if "format" in part or isinstance(default, list):
        return False
    return checker(part, content.get("components", {})).is_valid(default)


def _is_plain_path(content: Part, path: str, item: Part) -> bool:
    lists = [one.get("parameters", ()) for one in (item, *(item[name] for name in _OPERATIONS if name in item))]
    return "{" not in path and "$ref" not in item and all(_are_plain_parameters(content, one) for one in lists)


def _are_plain_parameters(content: Part, parameters: Sequence[Part]) -> bool:
    resolved = [_resolved(content, one) for one in parameters]
    return all(one["in"] != "path" for one in resolved) and _are_different(
        [(one["name"], one["in"]) for one in resolved]
    )


def _resolved(content: Part, part: Part) -> Part:
    if "$ref" not in part:
        return part
    target: Any = content
    for step in _steps(part["$ref"]):
        target = target[step]
    if "$ref" in target:
        raise ValueError(part["$ref"])
    return dict(target)


def _are_different(values: Sequence[Any]) -> bool:
    return len(set(values)) == len(values)
