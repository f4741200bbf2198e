"""The models that a body is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema.untrusted_string import UntrustedString

from generation.fields import FieldView, fields_of
from generation.shapes import shape_of

if TYPE_CHECKING:
    from openapi_python_client.parser.properties.protocol import PropertyProtocol


@frozen
class BodyModel:
    """One model of a body."""

    name: str
    fields: list[FieldView]

    @property
    def is_plain(self) -> bool:
        """Whether it holds no other model."""
        return not any("ModelOf" in field.shape.kind for field in self.fields)

    @property
    def is_exact(self) -> bool:
        """Whether its values alone say what JSON they came from, but for the order of its keys."""
        return not any(
            "TIMESTAMP" in field.shape.kind
            or "IDENT" in field.shape.kind
            or (not field.required and field.shape.nullable)
            for field in self.fields
        )


@frozen
class Models:
    """The models of a document as they were read in the end: references hold earlier copies of them."""

    by_name: dict[str, ModelProperty]

    def within(self, prop: PropertyProtocol | None) -> ModelProperty | None:
        """Give the model that a property is, or may be."""
        found = prop
        if isinstance(prop, UnionProperty):
            found = next((each for each in prop.inner_properties if isinstance(each, ModelProperty)), None)
        return self.by_name.get(str(found.class_info.name)) if isinstance(found, ModelProperty) else None

    def element(self, prop: PropertyProtocol | None) -> ModelProperty | None:
        """Give the model of the elements of an array; the array itself may be null."""
        parts = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
        array = next((each for each in parts if isinstance(each, ListProperty)), None)
        return self.within(array.inner_property) if array is not None else None

    def reachable(self, model: ModelProperty) -> dict[str, BodyModel]:
        """Give a model and all that it refers to, each once, the inner ones first."""
        found: dict[str, BodyModel] = {}
        self._reach(model, found, set())
        return found

    def _reach(self, model: ModelProperty, found: dict[str, BodyModel], seen: set[str]) -> None:
        name = str(model.class_info.name)
        seen.add(name)
        fields = fields_of(model)
        for inner in sorted({each for field in fields for each in field.shape.classes} - seen):
            if inner in self.by_name:
                self._reach(self.by_name[inner], found, seen)
        found[name] = BodyModel(name, fields)

    def blanks(self, model: ModelProperty, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
        """Give a value for every required field; of a constant, the constant."""
        schemas = model.data.properties or {}
        for prop in model.required_properties or []:
            here, inner, shape = (*path, prop.name.get_untrusted_value()), self.within(prop), shape_of(prop)
            if inner is not None:
                yield from self.blanks(inner, here)
            elif not shape.kind.startswith("ListOf"):
                constant = getattr(schemas.get(here[-1]), "const", None)
                plain = constant.get_untrusted_value() if isinstance(constant, UntrustedString) else constant
                blank = _BLANK.get(shape.kind, "") if plain is None else plain
                yield here, None if shape.nullable else blank


_BLANK = {"INTEGER": 0, "NUMBER": 0.0, "BOOLEAN": False}
