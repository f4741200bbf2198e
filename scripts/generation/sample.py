"""An item as small as the documentation allows, for the README's example."""

from __future__ import annotations

import pprint
import re
from typing import TYPE_CHECKING, Any

from openapi_python_client.parser.properties import EnumProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema.untrusted_string import UntrustedString

from generation.fields import plain
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
_EPOCH_MILLISECONDS = 1_780_048_800_000
_TEXTS = (
    (re.compile(r"^id$"), "{model}-1"),
    (re.compile(r"_at$|(^|_)(time|date)$"), _TIME),
    (re.compile(r"url|uri"), "https://example.com/{model}"),
    (re.compile(r"region"), "us-east-1"),
    (re.compile(r"path|dir|cwd"), "/home/user"),
    (re.compile(r"status|state"), "active"),
)
"""What texts usually look like, by their fields' names."""


def sample(models: Models, model: ModelProperty) -> dict[str, Any]:
    """Give JSON that the model can be read from: its required fields alone."""
    names = {prop.name.get_untrusted_value(): prop for prop in model.required_properties or []}
    schemas = model.data.properties or {}
    told = str(model.class_info.name).lower()
    return {name: _value(models, prop, schemas[name], told) for name, prop in names.items()}


def sample_code(models: Models, model: ModelProperty) -> str:
    """Write it as Python."""
    return pprint.pformat(sample(models, model), width=100, sort_dicts=False).replace("'", '"')


def _value(models: Models, prop: PropertyProtocol, schema: object, told: str) -> object:
    shape, inner = shape_of(prop), models.within(prop)
    word = shape.kind.partition("(")[0]
    if shape.nullable:
        return None
    if inner is not None:
        return sample(models, inner)
    if word in {"INTEGER", "NUMBER"}:
        return _number(prop, getattr(schema, "minimum", None))
    if word == "OpenEnum":
        return _first_value(prop)
    if word in {"ListOf", "MapOf"}:
        return [] if word == "ListOf" else {}
    return _VALUES[word] if word in _VALUES else _text(prop, schema, told)


def _number(prop: PropertyProtocol, minimum: float | None) -> float:
    described = plain(prop.description).lower()
    if re.search(r"At$|_at$|time$", prop.name.get_untrusted_value()) and re.search(r"\bms\b|millisecond", described):
        return max(_EPOCH_MILLISECONDS, int(minimum or 0))
    return int(minimum or 1)


def _text(prop: PropertyProtocol, schema: object, told: str) -> str:
    pattern = getattr(schema, "pattern", None)
    if isinstance(pattern, UntrustedString) and re.search(pattern.get_untrusted_value(), _TIME):
        return _TIME
    snake = str(prop.python_name).lower().strip("_")
    fits = (text for pattern, text in _TEXTS if pattern.search(snake))
    return next(fits, "{name}-1").format(model=told, name=snake.removesuffix("_id").replace("_", "-"))


def _first_value(prop: PropertyProtocol) -> str:
    members = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
    enums = [each for each in members if isinstance(each, EnumProperty)]
    return str(next(iter(enums[0].values.values()))) if enums else "a"
