"""The documented fields of an object, as the templates write them down."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from attrs import frozen
from openapi_python_client.schema.untrusted_string import UntrustedString

from generation.shapes import Shape, shape_of

if TYPE_CHECKING:
    from openapi_python_client.parser.properties import ModelProperty
    from openapi_python_client.parser.properties.protocol import PropertyProtocol

_TAKEN = frozenset(
    {"additional_properties", "anext_page", "from_dict", "has_next_page", "items", "next_page", "resume"}
    | {"response", "skipped", "to_dict"}
)


@frozen
class FieldView:
    """One field."""

    wire: str
    name: str
    shape: Shape
    required: bool
    description: str

    @property
    def annotation(self) -> str:
        """Type of the attribute; an absent optional is None."""
        return self.shape.annotation if self.required else self.shape.optional_annotation


def fields_of(model: ModelProperty) -> list[FieldView]:
    """Give the fields of a model, the required ones first."""
    return [_view(prop) for prop in (*(model.required_properties or []), *(model.optional_properties or []))]


def attribute_name(prop: PropertyProtocol) -> str:
    """Name the attribute so that it does not hide what every model has."""
    name = str(prop.python_name)
    return f"{name}_" if name in _TAKEN else name


def plain(text: UntrustedString | str | None) -> str:
    """Give text of the document as one line that is safe in a docstring."""
    raw = text.get_untrusted_value() if isinstance(text, UntrustedString) else text or ""
    line = " ".join(raw.split()).replace("\\", "\\\\").replace('"""', "'''")
    return f"{line} " if line.endswith('"') else line


def _view(prop: PropertyProtocol) -> FieldView:
    wire = prop.name.get_untrusted_value()
    return FieldView(wire, attribute_name(prop), shape_of(prop), prop.required, plain(prop.description))


def entry(name: str, text: str, indent: int) -> str:
    """Write one entry of a docstring's list, as wide as code may be."""
    return textwrap.fill(f"{name}: {text}" if text else name, width=110 - indent, subsequent_indent=" " * (indent + 4))
