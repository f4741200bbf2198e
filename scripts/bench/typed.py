"""msgspec and pydantic types made from the schema of a spec's 200 response."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeAlias

import msgspec
import pydantic
from rivals import ROOT, Decoder
from ruamel.yaml import YAML

Spec: TypeAlias = dict[str, Any]
Make: TypeAlias = Callable[[str, dict[str, tuple[Any, bool]]], type]
"""Makes a class of a name and its fields: type, and whether it is required."""


def msgspec_struct(stem: str) -> Decoder:
    """Decode into msgspec Structs."""
    return msgspec.json.Decoder(_body(stem, _struct)).decode


def pydantic_model(stem: str) -> Decoder:
    """Decode with pydantic's `validate_json`."""
    return pydantic.TypeAdapter(_body(stem, _model)).validate_json


def _struct(name: str, fields: dict[str, tuple[Any, bool]]) -> type:
    required = [(key, declared) for key, (declared, needed) in fields.items() if needed]
    optional = [(key, declared | None, None) for key, (declared, needed) in fields.items() if not needed]
    return msgspec.defstruct(name, required + optional)


def _model(name: str, fields: dict[str, tuple[Any, bool]]) -> type:
    declared = {key: (kind, ...) if needed else (kind | None, None) for key, (kind, needed) in fields.items()}
    return pydantic.create_model(name, **declared)


def _body(stem: str, make: Make) -> type:
    spec = YAML(typ="safe").load(ROOT / "specs" / f"{stem}.yaml")
    operation = next(iter(spec["paths"].values()))["get"]
    body: type = _type(spec, operation["responses"]["200"]["content"]["application/json"]["schema"], make)
    return body


def _type(  # noqa: PLR0911 - one for each form of schema
    spec: Spec,
    schema: Spec,
    make: Make,
    name: str = "Body",
) -> Any:  # noqa: ANN401 - a type
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return _type(spec, spec["components"]["schemas"][name], make, name)
    if "anyOf" in schema:
        first, *_ = (each for each in schema["anyOf"] if each.get("type") != "null")
        return _type(spec, first, make) | None
    declared = schema.get("type")
    if isinstance(declared, list):
        return _type(spec, schema | {"type": next(each for each in declared if each != "null")}, make) | None
    if declared == "array":
        return list[_type(spec, schema["items"], make)]  # type: ignore[misc]
    if declared == "object" and "properties" in schema:
        needed = set(schema.get("required", ()))
        fields = schema["properties"].items()
        return make(name, {key: (_type(spec, each, make), key in needed) for key, each in fields})
    if schema.get("format") == "date-time":
        return Annotated[datetime, msgspec.Meta(tz=True)]
    return {"string": str, "integer": int, "number": float, "boolean": bool, "object": dict[str, Any], None: Any}[
        declared
    ]
