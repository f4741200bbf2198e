"""What a schema says of a value, in one form for OpenAPI 3.0 and 3.1, however it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from attrs import evolve, field, frozen

from conformance.pointer import Pointer
from conformance.published.document import Node

LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
OTHER = ("pattern", "multipleOf", "uniqueItems")

NOTHING = frozenset({"null"})
"""The types of a value that is always null."""
SAYS_NOTHING: tuple[Any, ...] = ({}, True)
"""Schemas that allow everything."""


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
    only_fields: bool = False
    """Whether members without a name of their own are ruled out."""
    bounds: Mapping[str, Any] = field(factory=dict)
    default: Any = None
    deprecated: bool = False
    description: str = ""
    unions: tuple[tuple[Node, ...], ...] = ()
    """Of each of these groups one schema holds besides."""

    @property
    def silent(self) -> bool:
        """Whether nothing is said but that it may be an object: a placeholder, not a description."""
        said = (self.fields, self.items, self.enum, self.format, self.required, self.types - {"object"}, self.unions)
        return not any(said) and (self.values is None or self.values.value is True)

    @property
    def is_closed(self) -> bool:
        """Whether no member is described at all, by its name or otherwise."""
        return not self.fields and self.values is None


def narrowed(own: Shape, other: Shape, *, place: Pointer) -> Shape:
    """What holds where both are said; `own` decides about null where it says so (the idiom of OpenAPI 3.0)."""
    both = own.types & _widened(other.types) or other.types & _widened(own.types)
    return Shape(
        place=place,
        types=both or own.types or other.types,
        nullable=own.nullable or (other.nullable and not own.types),
        enum=_common(own.enum, other.enum),
        format=own.format or other.format,
        required=own.required | other.required,
        fields=_joined(own.fields, other.fields, "allOf"),
        items=_one(own.items, other.items, "allOf"),
        values=_one(own.values, other.values, "allOf"),
        only_fields=(own.only_fields or other.only_fields) and not (own.fields and other.fields),
        bounds=_narrower(own.bounds, other.bounds),
        default=other.default if own.default is None else own.default,
        deprecated=own.deprecated or other.deprecated,
        description=own.description or other.description,
        unions=(*own.unions, *other.unions),
    )


def _widened(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _common(left: tuple[Any, ...] | None, right: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if left is None or right is None:
        return right if left is None else left
    return tuple(value for value in left if value in right) or left


def _narrower(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    bounds = {**right, **left}
    for key in left.keys() & right.keys():
        if key in LOWER or key in UPPER:
            bounds[key] = max(left[key], right[key]) if key in LOWER else min(left[key], right[key])
    return bounds


def all_of(shapes: list[Shape]) -> Shape:
    """What holds of a value that is all of several; it may be null where all that have a type may."""
    return reduce(_merged, shapes)


def _merged(left: Shape, right: Shape) -> Shape:
    typed = [shape for shape in (left, right) if shape.types or shape.nullable]
    nullable = bool(typed) and all(shape.nullable for shape in typed)
    return evolve(narrowed(left, right, place=left.place), nullable=nullable)


def any_of(shapes: list[Shape]) -> Shape:
    """What holds of a value that is one of several; a bare object beside a description says nothing."""
    null = [shape for shape in shapes if is_null(shape)]
    nullable = bool(null) or any(shape.nullable for shape in shapes)
    told = telling([shape for shape in shapes if not is_null(shape)])
    return evolve(reduce(_either, told), nullable=nullable) if told else shapes[0]


def is_null(shape: Shape) -> bool:
    """Whether a branch says null alone."""
    return shape.nullable and not shape.types - NOTHING and not shape.fields and not shape.unions


def telling(shapes: list[Shape]) -> list[Shape]:
    """The branches without bare objects, which fit every good value besides the branch that describes it."""
    described = any(shape.fields for shape in shapes)
    return [shape for shape in shapes if not shape.silent] if described else shapes


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
        items=_one(left.items, right.items, "anyOf"),
        values=_one(left.values, right.values, "anyOf"),
        bounds={key: value for key, value in left.bounds.items() if right.bounds.get(key) == value},
        default=left.default if left.default == right.default else None,
        deprecated=left.deprecated and right.deprecated,
    )


def _joined(left: Mapping[str, Node], right: Mapping[str, Node], keyword: str) -> dict[str, Node]:
    """The fields of both; one that both have is composed of both schemas."""
    both = {**left, **right}
    return {name: _one(left.get(name), right.get(name), keyword) or both[name] for name in both}


def _one(left: Node | None, right: Node | None, keyword: str) -> Node | None:
    """One schema made of two; of all that must hold, what allows everything adds nothing."""
    if left is None or right is None:
        return left or right
    parts = [part for node in (left, right) for part in _flat(node.value, keyword)]
    if keyword == "allOf":
        parts = [part for part in parts if part not in SAYS_NOTHING]
    parts = _unique(parts)
    if len(parts) < 2:  # noqa: PLR2004 - one schema is not composed
        return next((node for node in (left, right) if parts and node.value == parts[0]), left)
    return Node({keyword: parts}, left.place)


def _flat(value: object, keyword: str) -> Iterable[Any]:
    """The schemas that a schema is composed of, or itself; so that composing again and again has an end."""
    return value[keyword] if isinstance(value, Mapping) and value.keys() == {keyword} else [value]


def _unique(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found
