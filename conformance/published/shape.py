"""What a schema says of a value, in one form for OpenAPI 3.0 and 3.1, however it is composed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from attrs import evolve, field, frozen

from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.published.document import Node, Published

MOST_DEPTH = 50
MOST_PARTS = 5000
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
OTHER = ("pattern", "multipleOf")

NOTHING = frozenset({"null"})
"""The types of a value that is always null."""
_JSON = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


@frozen(kw_only=True)
class Shape:
    """What a schema says of a value; what it does not say is empty or None."""

    place: Pointer
    types: frozenset[str] = frozenset()
    """Without `null`, unless there is no other; empty where any type is allowed."""
    nullable: bool = False
    enum: tuple[Any, ...] | None = None
    format: str = ""
    required: frozenset[str] = frozenset()
    fields: Mapping[str, Node] = field(factory=dict)
    items: Node | None = None
    values: Node | None = None
    """The schema of members that have no name of their own; `True` as its value where anything may stand there."""
    bounds: Mapping[str, Any] = field(factory=dict)
    default: Any = None
    deprecated: bool = False

    @property
    def silent(self) -> bool:
        """Whether nothing is said but that it may be an object: a placeholder, not a description."""
        said = (self.fields, self.items, self.enum, self.format, self.required, self.types - {"object"})
        return not any(said) and (self.values is None or self.values.value is True)

    @property
    def is_closed(self) -> bool:
        """Whether no member is described at all, by its name or otherwise."""
        return not self.fields and self.values is None


class Shapes:
    """Reads the shapes of one document; each schema once."""

    def __init__(self, document: Published) -> None:
        self._document = document
        self._parts = 0

    def of(self, node: Node) -> Shape:
        """The shape of the schema at a node; raises SpecError where composition has no end."""
        self._parts = 0
        return self._shape(node, ())

    def _shape(self, node: Node, way: tuple[str, ...]) -> Shape:
        self._parts += 1
        if self._parts > MOST_PARTS or len(way) > MOST_DEPTH:
            raise self._document.error(
                node.place, "is composed of too many schemas", hint="The document cannot be compared there."
            )
        found = self._document.resolve(node)
        if not isinstance(found.value, Mapping) or found.place in way:
            return Shape(place=found.place)
        beside = {key: value for key, value in node.value.items() if key != "$ref"} if found is not node else {}
        way = (*way, found.place)
        shape = self._composed(found, way)
        return _narrowed(_own(Node(beside, node.place)), shape, place=found.place) if beside else shape

    def _composed(self, node: Node, way: tuple[str, ...]) -> Shape:
        own = _own(node)
        for keyword, join in (("allOf", _all), ("oneOf", _any), ("anyOf", _any)):
            parts = node.part(keyword)
            if parts is not None and isinstance(parts.value, list) and parts.value:
                shapes = [self._shape(part, way) for part in _elements(parts)]
                own = _narrowed(own, join(shapes), place=node.place)
        return own


def _elements(parts: Node) -> Iterable[Node]:
    return (Node(part, parts.place.below(index)) for index, part in enumerate(parts.value))


def _own(node: Node) -> Shape:
    """What a schema says itself, without what it is composed of."""
    schema = node.value
    enum = tuple(schema["enum"]) if isinstance(schema.get("enum"), list) else None
    enum = (schema["const"],) if "const" in schema else enum
    types = _types(schema.get("type"))
    if types == NOTHING or (enum and not any(value is not None for value in enum)):
        return Shape(place=node.place, types=NOTHING, nullable=True)
    nullable = "null" in types or schema.get("nullable") is True or (enum is not None and None in enum and not types)
    described = node.part("properties")
    properties = described.value if described is not None and isinstance(described.value, Mapping) else {}
    hidden = {name for name, one in properties.items() if one is False or _is_written(one)}
    required = schema["required"] if isinstance(schema.get("required"), list) else ()
    return Shape(
        place=node.place,
        types=frozenset(types - {"null"}) or _implied(schema, enum),
        nullable=nullable,
        enum=None if enum is None else tuple(value for value in enum if value is not None),
        format=str(schema.get("format", "")),
        required=frozenset(name for name in required if isinstance(name, str)) - hidden,
        fields={
            name: Node(one, node.place.below("properties", name))
            for name, one in properties.items()
            if name not in hidden
        },
        items=node.part("items"),
        values=_values(node),
        bounds=_bounds(schema, types - NOTHING),
        default=schema.get("default"),
        deprecated=schema.get("deprecated") is True,
    )


def _types(named: Json) -> set[str]:
    listed = named if isinstance(named, list) else [named]
    return {one for one in listed if isinstance(one, str)}


def _is_written(schema: Json) -> bool:
    return isinstance(schema, Mapping) and schema.get("writeOnly") is True


def _bounds(schema: Mapping[str, Any], types: set[str]) -> dict[str, Any]:
    """The bounds as OpenAPI 3.1 writes them: in 3.0 an exclusive one is a flag; whole numbers need none that is."""
    found = {key: schema[key] for key in (*LOWER, *UPPER, *OTHER) if key in schema}
    for flag, bound, step in (("exclusiveMinimum", "minimum", 1), ("exclusiveMaximum", "maximum", -1)):
        if isinstance(found.get(flag), bool):
            exclusive = found.pop(flag)
            found |= {flag: found.pop(bound)} if exclusive and bound in found else {}
        if types == {"integer"} and isinstance(found.get(flag), int) and bound not in found:
            found[bound] = found.pop(flag) + step
    return found


def _implied(schema: Mapping[str, Any], enum: tuple[Any, ...] | None) -> frozenset[str]:
    if enum:
        return frozenset(_JSON[type(value)] for value in enum if type(value) in _JSON)
    if "properties" in schema or isinstance(schema.get("additionalProperties"), Mapping):
        return frozenset({"object"})
    return frozenset({"array"}) if "items" in schema else frozenset()


def _values(node: Node) -> Node | None:
    found = node.part("additionalProperties")
    if found is None or found.value is False:
        return None
    return Node(True, found.place) if found.value == {} else found  # noqa: FBT003 - JSON


def _narrowed(own: Shape, other: Shape, *, place: Pointer) -> Shape:
    """What holds where both are said; `own` decides about null where it says so (the idiom of OpenAPI 3.0)."""
    both = own.types & _widened(other.types) or other.types & _widened(own.types)
    return Shape(
        place=place,
        types=both or own.types or other.types,
        nullable=own.nullable or (other.nullable and not own.types),
        enum=_common(own.enum, other.enum),
        format=own.format or other.format,
        required=own.required | other.required,
        fields={**other.fields, **own.fields},
        items=own.items or other.items,
        values=own.values or other.values,
        bounds={**other.bounds, **own.bounds},
        default=other.default if own.default is None else own.default,
        deprecated=own.deprecated or other.deprecated,
    )


def _widened(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _common(left: tuple[Any, ...] | None, right: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if left is None or right is None:
        return right if left is None else left
    return tuple(value for value in left if value in right)


def _all(shapes: list[Shape]) -> Shape:
    return reduce(_merged, shapes)


def _merged(left: Shape, right: Shape) -> Shape:
    merged = _narrowed(left, right, place=left.place)
    typed = [shape for shape in (left, right) if shape.types or shape.nullable]
    return evolve(
        merged,
        nullable=bool(typed) and all(shape.nullable for shape in typed),
        fields=_joined(left.fields, right.fields, "allOf"),
    )


def _any(shapes: list[Shape]) -> Shape:
    """What holds of a value that is one of several; a bare object beside a description says nothing."""
    null = [shape for shape in shapes if shape.nullable and not shape.types - NOTHING and not shape.fields]
    rest = [shape for shape in shapes if shape not in null]
    telling = [shape for shape in rest if not shape.silent] if any(shape.fields for shape in rest) else rest
    nullable = bool(null) or any(shape.nullable for shape in shapes)
    return evolve(reduce(_either, telling), nullable=nullable) if telling else shapes[0]


def _either(left: Shape, right: Shape) -> Shape:
    objects = [shape for shape in (left, right) if "object" in shape.types or shape.fields]
    required = [shape.required for shape in objects]
    return Shape(
        place=left.place,
        types=left.types | right.types if left.types and right.types else frozenset(),
        nullable=left.nullable or right.nullable,
        enum=(*left.enum, *(value for value in right.enum if value not in left.enum))
        if left.enum is not None and right.enum is not None
        else None,
        format=left.format if left.format == right.format else "",
        required=frozenset.intersection(*required) if required else frozenset(),
        fields=_joined(left.fields, right.fields, "anyOf"),
        items=left.items or right.items,
        values=left.values or right.values,
        bounds={key: value for key, value in left.bounds.items() if right.bounds.get(key) == value},
        default=left.default if left.default == right.default else None,
        deprecated=left.deprecated and right.deprecated,
    )


def _joined(left: Mapping[str, Node], right: Mapping[str, Node], keyword: str) -> dict[str, Node]:
    """The fields of both; one that both have is composed of both schemas."""
    return {**left, **{name: _one(left.get(name), node, keyword) for name, node in right.items()}}


def _one(left: Node | None, right: Node, keyword: str) -> Node:
    if left is None or left.value == right.value:
        return right
    return Node({keyword: [left.value, right.value]}, left.place)
