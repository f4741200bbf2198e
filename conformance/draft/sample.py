"""The smallest good values of schemas: whole objects at the top, what is required further down."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Iterable, Iterator, Mapping

import jsonschema_rs
from attrs import frozen

from conformance.draft.places import resolved, types
from conformance.draft.source import Part
from conformance.jsontext import Json

DEEPEST, DEEP = 10, 3
"""How many levels a value has at most, and from which on whatever may be null is."""
MOST_MENDED = 50
TEXTS = {
    "date-time": "2026-01-02T03:04:05Z",
    "local": "2026-01-02T03:04:05",
    "date": "2026-01-02",
    "time": "03:04:05Z",
    "duration": "PT1M",
    "uuid": "6f1c2d3e-4a5b-4c6d-8e7f-901a2b3c4d5e",
    "uri": "https://example.com/1",
    "uri-reference": "/1",
    "email": "person1@example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.com",
    "json-pointer": "/a",
    "regex": "a",
}


@frozen
class Sampler:
    """Makes values of the schemas of one draft."""

    schemas: Mapping[str, Part]

    def value(self, schema: Part) -> Json:
        """A good value, if one is found; what is optional and cannot be made good is left out."""
        return self.mended(schema, self._value(schema, DEEPEST, ()))

    def mended(self, schema: Part, value: Json) -> Json:
        """The value without optional parts that are wrong: the innermost at first, after many tries the outermost."""
        checker = self.validator(schema)
        for tried in range(2 * MOST_MENDED):
            error = next(iter(checker.iter_errors(value)), None)
            way = list(error.instance_path) if error is not None else []
            if not _without(value, way if tried < MOST_MENDED else way[:1]):
                break
        return value

    def described(self, schema: Part, value: Json) -> Json:
        """The value without members that nothing describes, and that the schema does not leave open."""
        found = resolved(self.schemas, schema)
        if isinstance(value, list):
            return [self.described(found.get("items", {}), one) for one in value]
        members, free = found.get("properties", {}), found.get("additionalProperties", not found.get("properties"))
        if not isinstance(value, dict):
            return value
        others = free if isinstance(free, dict) else {}
        kept = {name: one for name, one in value.items() if name in members or free not in (False, None)}
        return {name: self.described(members.get(name, others), one) for name, one in kept.items()}

    def is_good(self, schema: Part, value: Json) -> bool:
        """Whether a schema allows a value."""
        return bool(self.validator(schema).is_valid(value))

    def validator(self, schema: Part) -> jsonschema_rs.Draft202012Validator:
        """What tells good values of a schema."""
        within = {"allOf": [schema], "components": {"schemas": self.schemas}}
        return jsonschema_rs.Draft202012Validator(within, validate_formats=True)

    def _value(self, schema: Part, depth: int, way: tuple[str, ...]) -> Json:
        while "$ref" in schema:
            if depth <= 0 or way.count(schema["$ref"]) > 1:
                return {}
            way = (*way, schema["$ref"])
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        for value in _said(schema):
            return value
        if depth <= DEEPEST - DEEP and _may_be_null(schema):
            return None
        own = self._of_type(schema, depth, way)
        branches = [part["anyOf"] for part in (schema, *schema.get("allOf", ())) if part.get("anyOf")]
        for union in branches:
            own = self._joined(own, schema, [self._value(one, depth, way) for one in _by_weight(union)])
        return own

    def _joined(self, own: Json, schema: Part, values: list[Json]) -> Json:
        """The value with that of a branch: the first that the rest of the schema allows."""
        if isinstance(own, dict) and "properties" in schema:
            inside = next((one for one in values if isinstance(one, dict)), {})
            return {**inside, **own}
        kinds = types(schema)
        return next((one for one in values if not kinds or _kind(one) in kinds), values[0] if values else own)

    def _of_type(self, schema: Part, depth: int, way: tuple[str, ...]) -> Json:
        kinds = types(schema) - {"null"} or ({"object"} if "properties" in schema else set())
        kind = next((one for one in ("object", "array", "string", "integer", "number", "boolean") if one in kinds), "")
        if kind == "object":
            return self._object(schema, depth, way)
        if kind == "array":
            items = schema.get("items", {})
            return [self._value(items, depth - 1, way) for _ in range(schema.get("minItems", 0))]
        if kind == "string":
            return text(schema)
        if kind in {"integer", "number"}:
            return number(schema, whole=kind == "integer")
        return False if kind == "boolean" else None if "null" in types(schema) else "abcd"

    def _object(self, schema: Part, depth: int, way: tuple[str, ...]) -> Part:
        required, properties = schema.get("required", ()), schema.get("properties", {})
        wanted = [name for name in properties if name in required or depth == DEEPEST]
        parts = {name: properties[name] for name in wanted} | {name: {} for name in required if name not in properties}
        free = schema.get("additionalProperties")
        missing = schema.get("minProperties", 0) - len(parts)
        if isinstance(free, dict) and not parts:
            missing = max(1, missing)
        parts |= {f"key{number or ''}": free if isinstance(free, dict) else {} for number in range(max(0, missing))}
        return {name: self._value(part, depth - 1, way) for name, part in parts.items()} if depth > 0 else {}


def _may_be_null(schema: Part) -> bool:
    """Whether null is named among the types of a value that has parts, or among its alternatives."""
    kinds = types(schema)
    return ("null" in kinds and bool(kinds & {"object", "array"})) or any(
        types(one) == {"null"} for one in schema.get("anyOf", ())
    )


def _by_weight(union: list[Part]) -> list[Part]:
    return [*(one for one in union if types(one) != {"null"}), *(one for one in union if types(one) == {"null"})]


def _kind(value: Json) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "null")


def _said(schema: Part) -> Iterator[Json]:
    """Values that a schema names itself."""
    for key in ("const", "default"):
        if schema.get(key) is not None:
            yield schema[key]
    yield from (value for value in schema.get("enum", ()) if value is not None)


def _without(value: Json, way: list[str | int]) -> bool:
    """Take out the innermost member on the way to what is wrong; False where there is none to take out."""
    around, found = value, None
    for step in way:
        if isinstance(around, dict):
            found = (around, step)
            around = around.get(str(step))
        elif isinstance(around, list) and isinstance(step, int) and step < len(around):
            around = around[step]
    if found is None:
        return False
    found[0].pop(found[1], None)
    return True


def number(schema: Part, *, whole: bool) -> float:
    """The least positive number that the bounds allow, or the greatest below."""
    least = max(schema.get("minimum", -math.inf), schema.get("exclusiveMinimum", -math.inf))
    most = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf))
    step = schema.get("multipleOf", 1)
    found = (
        step
        if least <= step <= most
        else -_steps(-least, step) * step
        if least > -math.inf
        else _steps(most, step) * step
    )
    if found == schema.get("exclusiveMinimum"):
        following = found + step
        found = following if following <= most and following != schema.get("exclusiveMaximum") else (found + most) / 2
    if found == schema.get("exclusiveMaximum"):
        found = found - step if found - step > least else (found + least) / 2
    return int(found) if whole or found == int(found) else found


def _steps(bound: float, step: float) -> int:
    """How many steps lie below a bound; of whole numbers exactly, which floats are not beyond 53 bits."""
    if isinstance(bound, int) and isinstance(step, int):
        return bound // step
    return math.floor(bound / step)


def text(schema: Part) -> str:
    """A text of the schema's format, pattern and length."""
    letters = (string.ascii_lowercase * 40)[: max(schema.get("minLength", 0), 4)]
    plain = TEXTS.get(schema.get("format", ""), letters[: schema.get("maxLength", len(letters))])
    pattern = str(schema.get("pattern", ""))
    return plain if not pattern else _matching(pattern, (plain, *TEXTS.values()))


def _matching(pattern: str, usual: Iterable[str]) -> str:
    """A text that a pattern allows: a usual one, or the simplest; any where the pattern is not Python's."""
    usual = list(usual)
    try:
        known = next((one for one in usual if re.search(pattern, one)), "")
    except re.error:
        return usual[0]
    return known or _simplest(pattern) or usual[0]


def _simplest(pattern: str) -> str:
    """The simplest text that a pattern of Python's allows; empty where none was found."""
    from hypothesis import find, settings  # noqa: PLC0415 - loaded when a pattern is met
    from hypothesis.errors import HypothesisException  # noqa: PLC0415
    from hypothesis.strategies import from_regex  # noqa: PLC0415

    quiet = settings(database=None, derandomize=True)
    try:
        return find(from_regex(pattern), lambda text: text.isprintable() and "\n" not in text, settings=quiet)
    except HypothesisException:
        return ""
