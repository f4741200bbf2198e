"""What all models have in common: reading, writing, copying; generation adds the documented fields."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self, cast

from listing_runtime.errors import DecodeError
from listing_runtime.model.kinds import Kind
from listing_runtime.model.mismatch import Mismatch, is_object
from listing_runtime.model.origin import Origin, Source, came


class Field(NamedTuple):
    """One documented field of an object."""

    wire: str
    """Name in JSON."""
    name: str
    """Name of the attribute."""
    kind: Kind
    required: bool


class Model:
    """An object that the documentation describes; unknown fields are kept in `additional_properties`."""

    __slots__ = ("__origin__",)
    __origin__: Origin | None
    __fields__: ClassVar[tuple[Field, ...]] = ()
    additional_properties: dict[str, Any]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            # Nearly no object has unknown fields: the fast paths leave the slot empty, and it is filled on demand.
            if name != "additional_properties":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self.additional_properties = {}
            return self.additional_properties

    @classmethod
    def __documented__(cls) -> tuple[Field, ...]:
        """Give the documented fields; overridden by every model."""
        return ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read one JSON object; DecodeError says where it is not what the documentation says."""
        try:
            return cls.__read__(data, Source(value=data))
        except Mismatch as mismatch:
            raise DecodeError(mismatch.pointer, expected=mismatch.expected, actual=mismatch.actual) from None

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object: exactly the one that came, with the changes made since."""
        return self.__write__(None)

    @classmethod
    def __read__(cls, data: object, origin: Origin) -> Self:
        if not isinstance(data, Mapping):
            raise Mismatch("an object", data)
        row = cast("Mapping[str, Any]", data)
        self = object.__new__(cls)
        self.__origin__ = origin
        fields = cls.__table__()
        for field in fields:
            setattr(self, field.name, _read_field(field, row, origin))
        known = {field.wire for field in fields}
        unknown = {key: copy.deepcopy(value) for key, value in row.items() if key not in known}
        setattr(self, "additional_properties", unknown)  # noqa: B010 - a slot of the subclasses
        return self

    @classmethod
    def __table__(cls) -> tuple[Field, ...]:
        # Made on first use: models may refer to each other in a circle.
        if not cls.__fields__:
            cls.__fields__ = cls.__documented__()
        return cls.__fields__

    def __write__(self, like: object) -> dict[str, Any]:
        # An object that holds this one may not know where it came from: then this one's own memory counts.
        own = came(getattr(self, "__origin__", None)) if like is None else like
        guide = own if is_object(own) else {}
        written: dict[str, Any] = {}
        for field in self.__table__():
            value = getattr(self, field.name)
            if value is not None or field.required or (field.wire in guide and guide[field.wire] is None):
                written[field.wire] = None if value is None else field.kind.write(value, guide.get(field.wire))
        written |= copy.deepcopy(self.additional_properties)
        return {key: written[key] for key in dict.fromkeys([*guide, *written]) if key in written}

    def __getstate__(self) -> dict[str, Any]:
        # What came is reduced to this object's own part: a pickled item does not take its page along.
        state = {field.name: getattr(self, field.name) for field in self.__table__()}
        origin = getattr(self, "__origin__", None)
        return state | {"additional_properties": self.additional_properties, "": copy.deepcopy(came(origin))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        like = state.pop("")
        self.__origin__ = None if like is None else Source(value=like)
        for name, value in state.items():
            setattr(self, name, value)


def _read_field(field: Field, data: Mapping[str, Any], origin: Origin) -> object:
    value = data.get(field.wire)
    if value is None and not field.required:
        return None
    if value is None and field.wire not in data:
        raise _missing(field)
    try:
        return field.kind.read(value, (origin, field.wire))
    except Mismatch as mismatch:
        raise mismatch.below(field.wire) from None


def _missing(field: Field) -> Mismatch:
    mismatch = Mismatch(field.kind.expected, None).below(field.wire)
    mismatch.actual = "nothing: the field is missing"
    return mismatch
