"""What a documented value is in Python: its annotation, and the runtime's word for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen
from openapi_python_client.parser import properties as kinds

if TYPE_CHECKING:
    from openapi_python_client.parser.properties.protocol import PropertyProtocol


@frozen
class Shape:
    """Code fragments for one kind of value."""

    annotation: str
    kind: str
    """Expression over the names of the runtime's `_kinds`."""
    classes: frozenset[str] = frozenset()
    """Generated classes that both need."""
    nullable: bool = False

    @property
    def optional_annotation(self) -> str:
        """The annotation where the value may also be absent."""
        return self.annotation if self.nullable or self.annotation == "Any" else f"{self.annotation} | None"


_SIMPLE: dict[type, Shape] = {
    kinds.StringProperty: Shape("str", "STRING"),
    kinds.IntProperty: Shape("int", "INTEGER"),
    kinds.FloatProperty: Shape("float", "NUMBER"),
    kinds.BooleanProperty: Shape("bool", "BOOLEAN"),
    kinds.DateTimeProperty: Shape("datetime", "TIMESTAMP"),
    kinds.DateProperty: Shape("date", "DATE"),
    kinds.UuidProperty: Shape("UUID", "IDENTIFIER"),
    kinds.NoneProperty: Shape("None", "NULL", nullable=True),
    kinds.AnyProperty: Shape("Any", "ANYTHING", nullable=True),
}


def shape_of(prop: PropertyProtocol) -> Shape:
    """Choose the shape of a property as the generator parsed it."""
    if isinstance(prop, kinds.ListProperty):
        inner = shape_of(prop.inner_property)
        return Shape(f"list[{inner.annotation}]", f"ListOf({inner.kind})", inner.classes)
    if isinstance(prop, kinds.UnionProperty):
        return _union([each for each in prop.inner_properties])
    if isinstance(prop, kinds.ModelProperty):
        return _object(prop)
    if isinstance(prop, (kinds.EnumProperty, kinds.LiteralEnumProperty)):
        return _enum(prop)
    if isinstance(prop, kinds.ConstProperty):
        return _SIMPLE[kinds.StringProperty]
    return _SIMPLE[type(prop)]


def is_free_form(model: kinds.ModelProperty) -> bool:
    """Say whether an object has no documented fields, so that it is a mapping to its user."""
    # From its data: references hold copies that were made before the properties were read.
    return not model.data.properties and not model.data.allOf


def _object(model: kinds.ModelProperty) -> Shape:
    name = str(model.class_info.name)
    if not is_free_form(model):
        return Shape(name, f"ModelOf({name})", frozenset({name}))
    extra = model.additional_properties
    inner = shape_of(extra) if extra else _additional(model)
    return Shape(f"dict[str, {inner.annotation}]", f"MapOf({inner.kind})", inner.classes)


def _additional(model: kinds.ModelProperty) -> Shape:
    schema = model.data.additionalProperties
    declared = getattr(getattr(schema, "type", None), "value", None)
    scalars = {"string": kinds.StringProperty, "integer": kinds.IntProperty, "boolean": kinds.BooleanProperty}
    return _SIMPLE[scalars.get(declared or "", kinds.AnyProperty)]


def _enum(prop: Any) -> Shape:  # noqa: ANN401 - two classes of the generator
    name = str(prop.class_info.name)
    if getattr(prop, "value_type", str) is int:
        return Shape("int", "INTEGER")
    return Shape(f"{name} | str", f"OpenEnum({name})", frozenset({name}))


def _union(members: Sequence[PropertyProtocol]) -> Shape:
    shapes = [shape_of(each) for each in members if not isinstance(each, kinds.NoneProperty)]
    if any(shape.kind.startswith("OpenEnum") for shape in shapes):
        shapes = [shape for shape in shapes if shape.kind != "STRING"]
    nullable = len(shapes) > 0 and any(isinstance(each, kinds.NoneProperty) for each in members)
    kind = shapes[0].kind if len(shapes) == 1 else f"OneOf({', '.join(shape.kind for shape in shapes)})"
    annotation = " | ".join(dict.fromkeys(shape.annotation for shape in shapes))
    classes = frozenset[str]().union(*(shape.classes for shape in shapes))
    if not nullable:
        return Shape(annotation, kind, classes)
    return Shape(f"{annotation} | None", f"Nullable({kind})", classes, nullable=True)
