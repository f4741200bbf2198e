"""An item as small as the documentation allows, for the README's example."""

from __future__ import annotations

import pprint
import re
from typing import TYPE_CHECKING, Any

from openapi_python_client.parser.properties import EnumProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema.untrusted_string import UntrustedString

from generation.shapes import shape_of

if TYPE_CHECKING:
    from openapi_python_client.parser.properties import ModelProperty
    from openapi_python_client.parser.properties.protocol import PropertyProtocol

    from generation.bodies import Models

_TIME = "2026-05-29T10:00:00"
"""A text that patterns of times take."""
_VALUES: dict[str, object] = {
    "BOOLEAN": False,
    "TIMESTAMP": "2026-05-29T10:00:00Z",
    "DATE": "2026-05-29",
    "IDENTIFIER": "00000000-0000-4000-8000-000000000000",
    "ANYTHING": None,
}


def sample(models: Models, model: ModelProperty) -> dict[str, Any]:
    """Give JSON that the model can be read from: its required fields alone."""
    names = {prop.name.get_untrusted_value(): prop for prop in model.required_properties or []}
    schemas = model.data.properties or {}
    return {name: _value(models, prop, schemas[name]) for name, prop in names.items()}


def sample_code(models: Models, model: ModelProperty) -> str:
    """Write it as Python."""
    return pprint.pformat(sample(models, model), width=100, sort_dicts=False).replace("'", '"')


def _value(models: Models, prop: PropertyProtocol, schema: object) -> object:
    shape, inner = shape_of(prop), models.within(prop)
    if shape.nullable:
        return None
    if inner is not None:
        return sample(models, inner)
    if shape.kind in {"INTEGER", "NUMBER"}:
        return int(getattr(schema, "minimum", None) or 1)
    if shape.kind.startswith("OpenEnum"):
        return _first_value(prop)
    pattern = getattr(schema, "pattern", None)
    if isinstance(pattern, UntrustedString) and re.search(pattern.get_untrusted_value(), _TIME):
        return _TIME
    return {"ListOf": [], "MapOf": {}}.get(shape.kind.partition("(")[0], _VALUES.get(shape.kind, "a"))


def _first_value(prop: PropertyProtocol) -> str:
    members = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
    enums = [each for each in members if isinstance(each, EnumProperty)]
    return str(next(iter(enums[0].values.values()))) if enums else "a"
