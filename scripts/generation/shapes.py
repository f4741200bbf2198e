"""What a documented value is in Python: its annotation, and the runtime's word for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

if TYPE_CHECKING:
    from openapi_python_client.parser.properties.protocol import PropertyProtocol


@frozen
class Shape:
    """Code fragments for one kind of value."""

    annotation: str
    kind: str
    """Expression over the names of the runtime's `kinds`."""
    classes: frozenset[str] = frozenset()
    """Generated classes that both need."""
    nullable: bool = False

    @property
    def optional_annotation(self) -> str:
        """The annotation where the value may also be absent."""
        return self.annotation if self.nullable or self.annotation == "Any" else f"{self.annotation} | None"


_SIMPLE: dict[type, Shape] = {
    StringProperty: Shape("str", "STRING"),
    FileProperty: Shape("str", "STRING"),  # `format: binary`, which in JSON is a text like any other
    IntProperty: Shape("int", "INTEGER"),
    FloatProperty: Shape("float", "NUMBER"),
    BooleanProperty: Shape("bool", "BOOLEAN"),
    DateTimeProperty: Shape("datetime", "TIMESTAMP"),
    DateProperty: Shape("date", "DATE"),
    UuidProperty: Shape("UUID", "IDENTIFIER"),
    NoneProperty: Shape("None", "NULL", nullable=True),
    AnyProperty: Shape("Any", "ANYTHING", nullable=True),
}


def shape_of(prop: PropertyProtocol) -> Shape:
    """Choose the shape of a property as the generator parsed it."""
    if isinstance(prop, ListProperty):
        inner = shape_of(prop.inner_property)
        return Shape(f"list[{inner.annotation}]", f"ListOf({inner.kind})", inner.classes)
    if isinstance(prop, UnionProperty):
        return _union(list(prop.inner_properties))
    if isinstance(prop, ModelProperty):
        return _object(prop)
    if isinstance(prop, (EnumProperty, LiteralEnumProperty)):
        return _enum(prop)
    if isinstance(prop, ConstProperty):
        return _SIMPLE[StringProperty]
    return _SIMPLE[type(prop)]


def text_alias(enum: str) -> str:
    """Name the alias of an enum's values as texts, which stands beside its class."""
    return f"{enum}Text"


def is_free_form(model: ModelProperty) -> bool:
    """Say whether an object has no documented fields, so that it is a mapping to its user."""
    # From its data: references hold copies that were made before the properties were read.
    return not model.data.properties and not model.data.allOf


def _object(model: ModelProperty) -> Shape:
    name = str(model.class_info.name)
    if not is_free_form(model):
        return Shape(name, f"ModelOf({name})", frozenset({name}))
    extra = model.additional_properties
    inner = shape_of(extra) if extra else _additional(model)
    return Shape(f"dict[str, {inner.annotation}]", f"MapOf({inner.kind})", inner.classes)


def _additional(model: ModelProperty) -> Shape:
    schema = model.data.additionalProperties
    declared = getattr(getattr(schema, "type", None), "value", None)
    scalars = {
        "string": StringProperty,
        "integer": IntProperty,
        "number": FloatProperty,
        "boolean": BooleanProperty,
    }
    return _SIMPLE[scalars.get(declared or "", AnyProperty)]


def _enum(prop: EnumProperty | LiteralEnumProperty) -> Shape:
    name = str(prop.class_info.name)
    if getattr(prop, "value_type", str) is int:
        return Shape("int", "INTEGER")
    # Literals for those who write code, str for the servers, which add values.
    return Shape(f"{text_alias(name)} | {name} | str", f"OpenEnum({name})", frozenset({name}))


def _union(members: Sequence[PropertyProtocol]) -> Shape:
    shapes = [shape_of(each) for each in members if not isinstance(each, NoneProperty)]
    if any(shape.kind.startswith("OpenEnum") for shape in shapes):
        shapes = [shape for shape in shapes if shape.kind != "STRING"]
    nullable = len(shapes) > 0 and any(isinstance(each, NoneProperty) for each in members)
    kind = shapes[0].kind if len(shapes) == 1 else f"OneOf({', '.join(shape.kind for shape in shapes)})"
    annotation = " | ".join(dict.fromkeys(shape.annotation for shape in shapes))
    classes = frozenset[str]().union(*(shape.classes for shape in shapes))
    if not nullable:
        return Shape(annotation, kind, classes)
    return Shape(f"{annotation} | None", f"Nullable({kind})", classes, nullable=True)
